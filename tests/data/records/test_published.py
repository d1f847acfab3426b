"""What is validated stands beside the shipped register, in its contracts, and enters the same sums."""

import pytest

from data import store
from data.catalog import load_catalog
from data.records import checked as records_checked
from data.records.checked import Checked
from data.records.published import TABLES, publish
from data.schema import check

CODES = {
    "sectors": {"water", "health"},
    "territories": {"095410723", "09541", "09"},
    "organisations": {"123-soleil"},
    "projects": {"B001"},
}
WELL = {
    "title": {"fr": "Puits de Tabia", "ar": "بئر"},
    "status": "implementation",
    "start_date": "2014",
    "sectors": [{"sector_code": "water"}, {"sector_code": "health"}],
    "places": [{"territory_code": "095410723", "place_name": "Tabia", "lon": -8.5, "lat": 30.1, "exactness": "1"}],
    "organisations": [
        {"organisation_code": "123-soleil", "role": "funding"},
        {"organisation_name": "Association  Tiwizi", "role": "implementing"},
    ],
    "amount": "100000.00",
    "currency": "EUR",
}


@pytest.fixture
def reference():
    return {name: store.load(name) for name in TABLES}


def published(repository, reference, *contents, status="validated"):
    for content in contents:
        repository.add("project", content, actor="amina", status=status)
    return publish(repository.find(limit=None), reference, store.load("rates"), CODES)


def test_without_a_record_the_shipped_tables_are_returned_themselves(repository, reference):
    assert publish(repository.find(), reference, store.load("rates"), CODES).frames is reference


def test_a_draft_is_not_published(repository, reference):
    assert published(repository, reference, WELL, status="draft").frames is reference


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_what_was_validated_is_published_as_it_was_while_a_later_content_waits(repository, reference, status):
    record = repository.add("project", WELL, actor="amina", status="validated")
    later = {**WELL, "title": {"fr": "Puits de Tabia, approfondi"}}
    repository.update(record.record_id, version=1, actor="amina", content=later, status=status)
    projects = published(repository, reference).frames["projects"]
    assert projects.iloc[-1][["project_code", "title_fr"]].tolist() == [record.record_id, "Puits de Tabia"]
    assert len(projects) == len(reference["projects"]) + 1


@pytest.mark.parametrize("status", ["withdrawn", "merged"])
def test_what_was_withdrawn_or_merged_is_published_no_more(repository, reference, status):
    record = repository.add("project", WELL, actor="amina", status="validated")
    repository.update(record.record_id, version=1, actor="amina", status=status)
    assert published(repository, reference).frames is reference


def test_a_validated_project_stands_in_every_table_by_its_contract(repository, reference):
    frames = published(repository, reference, WELL).frames
    for name in TABLES:
        typed, problems = check(frames[name], load_catalog().tables[name])
        assert problems == []
        assert list(typed.dtypes) == list(reference[name].dtypes)
        assert frames[name].iloc[: len(reference[name])].equals(reference[name])
    project = frames["projects"].iloc[-1]
    assert (project["title_fr"], project["precision"], project["register"]) == ("Puits de Tabia", "point", "entries")
    assert list(frames["project_sectors"].tail(2)["share_pct"]) == [50.0, 50.0]
    assert list(frames["project_organisations"].tail(2)["organisation_code"]) == [
        "123-soleil",
        "said-association-tiwizi",
    ]
    assert frames["organisations"].iloc[-1]["name_fr"] == "Association Tiwizi"


def test_foreign_money_is_converted_at_the_rate_of_its_year(repository, reference):
    rates = store.load("rates")
    rate = rates[(rates["currency"] == "EUR") & (rates["year"] == 2014)]["mad_per_unit"].item()
    project = published(repository, reference, WELL).frames["projects"].iloc[-1]
    assert project["amount_mad"] == project["counted_mad"] == round(100_000 * rate, 2)
    assert (project["amount_year"], project["amount_year_rule"]) == (2014, "start")


def test_what_repeats_a_shipped_project_counts_nothing(repository, reference):
    project = published(repository, reference, {**WELL, "same_as": "B001"}).frames["projects"].iloc[-1]
    assert (project["counted_mad"], project["same_as"]) == (0.0, "B001")


def test_an_unknown_amount_stays_unknown(repository, reference):
    content = {name: value for name, value in WELL.items() if name not in ("amount", "currency")}
    project = published(repository, reference, content).frames["projects"].iloc[-1]
    assert project[["amount", "amount_mad", "counted_mad"]].isna().all()


def test_a_record_whose_code_is_no_longer_known_is_left_out_and_said(repository, reference):
    gone = {**WELL, "places": [{"territory_code": "999999999"}]}
    result = published(repository, reference, WELL, gone)
    assert len(result.frames["projects"]) == len(reference["projects"]) + 1
    assert [[found.path for found in problems] for problems in result.left_out.values()] == [
        ["places.1.territory_code"]
    ]


def test_an_organisation_of_a_record_may_fund_a_project_of_another(repository, reference):
    body = repository.add(
        "organisation",
        {"name": {"fr": "Tiwizi"}, "organisation_type": "village_association"},
        actor="amina",
        status="validated",
    )
    project = {**WELL, "organisations": [{"organisation_code": body.record_id, "role": "funding"}]}
    frames = published(repository, reference, project).frames
    assert frames["project_organisations"].iloc[-1]["organisation_code"] == body.record_id
    assert frames["organisations"].iloc[-1]["organisation_type"] == "village_association"


def test_what_was_found_right_is_not_checked_again_until_a_code_is_taken_away(repository, reference, monkeypatch):
    asked = []
    right = records_checked.check
    monkeypatch.setattr(records_checked, "check", lambda *of: asked.append(of[1]) or right(*of))
    repository.add("project", WELL, actor="amina", status="validated")
    checked = Checked()

    def left_out(codes):
        found = publish(repository.published("project"), reference, store.load("rates"), codes, checked=checked)
        return list(found.left_out)

    assert left_out(CODES) == left_out({**CODES, "sectors": {*CODES["sectors"], "roads"}}) == []
    assert len(asked) == 1
    assert len(left_out({**CODES, "sectors": {"health"}})) == 1
    assert left_out(CODES) == []
    later = repository.published("project")[0]
    repository.update(later.record_id, version=1, actor="b", content={**WELL, "amount": "5"}, status="validated")
    assert left_out(CODES) == []
    assert asked[-1]["amount"] == "5"


def test_a_record_is_read_with_what_it_says_now_beside_what_is_published(repository):
    record = repository.add("project", WELL, actor="amina", status="validated")
    assert repository.published("project") == [record]
    waiting = repository.update(record.record_id, version=1, actor="amina", content={}, status="draft")
    assert repository.published("project") == [waiting]
    assert (waiting.content, waiting.published_content) == ({}, WELL)


def test_an_organisation_stands_in_the_directory_with_its_places_and_sectors(repository, reference):
    content = {
        "name": {"ar": "جمعية تيويزي"},
        "organisation_type": "village_association",
        "places": [{"territory_code": "095410723"}, {"territory_code": "095410723"}],
        "zones_of_origin": [{"territory_code": "09541"}],
        "sectors": [{"sector_code": "water"}],
    }
    added = repository.add("organisation", content, actor="amina", status="validated")
    codes = {**CODES, "organisation_types": {"village_association"}}
    frames = publish(repository.find(limit=None), reference, store.load("rates"), codes).frames
    for name in ("organisations", "organisation_zones", "organisation_sectors"):
        assert check(frames[name], load_catalog().tables[name])[1] == []
    zones = frames["organisation_zones"].tail(2)
    assert zones[["organisation_code", "relation", "territory_code"]].values.tolist() == [
        [added.record_id, "origin", "09541"],
        [added.record_id, "work", "095410723"],
    ]
    assert frames["organisation_sectors"].iloc[-1]["sector_code"] == "water"
