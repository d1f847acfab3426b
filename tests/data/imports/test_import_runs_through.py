"""From rows to records: each in one of four, the same file twice changes nothing, doubts asked, nothing overwritten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from data import store
from data.imports.commit import RowsHeldBack, commit, held_sheet, retry
from data.imports.knowing import shipped_codes, shipped_names
from data.imports.plan import ImportPlan, guess_plan
from data.imports.preview import OUTCOMES, Preview, dry_run
from data.imports.rules import ImportCancelled, Known
from data.imports.sheet import EPOCH, Row, Sheet
from data.records.database import Database
from data.records.errors import AlreadyBroughtIn
from data.records.import_runs import ImportRuns
from data.records.repository import Repository
from data.records.rights import VISITOR, Person, RightsError
from data.texts import languages, load_texts
from geo.official_places import OfficialPlaces
from pages.ui.imports.import_past import after_editing

AUTHOR = Person("acc-amina", "contributor")
OTHER = Person("acc-driss", "contributor")
VALIDATOR = Person("acc-brahim", "validator", territory_codes=("09",))
COLUMNS = ("id", "titre", "secteur", "commune", "province", "montant", "début", "lat", "lon")
WELL = ("1", "Puits", "eau", "Imilmaiss", "Taroudannt", "120 000,50 DH", "25/12/2013", "", "")
ROAD = ("2", "Piste", "pistes", "095410723", "", "3,3 MDH", "2014", "", "")


@lru_cache
def known() -> Known:
    places = OfficialPlaces(store.load("territories"), store.load("place_names"), store.load_outlines())
    return Known(places, shipped_names(), shipped_codes())


@pytest.fixture
def repository(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path}/atlas.sqlite")
    yield Repository(database)
    database.close()


def sheet_of(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> Sheet:
    return Sheet("projets.csv", "csv", columns, [Row(number, list(cells)) for number, cells in enumerate(rows, 2)])


def preview_of(sheet: Sheet, repository: Repository | None = None, person: Person = AUTHOR, **plan) -> Preview:
    guessed = guess_plan(sheet, origin="province")
    return dry_run(
        sheet,
        ImportPlan(**{**vars(guessed), **plan}),
        known(),
        repository=repository,
        person=person,
    )


def rules_of(preview: Preview) -> list[str]:
    return [problem.rule for one in preview.held_back for problem in one.problems]


def test_a_row_becomes_what_it_says():
    (change,) = preview_of(sheet_of(ROAD)).changes
    assert change.content == {
        "title": {"fr": "Piste"},
        "status": "unknown",
        "start_date": "2014",
        "sectors": [{"sector_code": "roads"}],
        "places": [{"territory_code": "095410723"}],
        "amount": "3300000",
        "currency": "MAD",
    }
    (named,) = preview_of(sheet_of(WELL)).changes
    assert known().places.name(named.content["places"][0]["territory_code"]).startswith("Imilm")
    assert (named.content["amount"], named.content["start_date"]) == ("120000.50", "2013-12-25")


def test_the_same_file_twice_changes_nothing(repository):
    sheet = sheet_of(WELL, ROAD)
    done = commit(preview_of(sheet, repository), repository=repository, person=AUTHOR, content=b"x")
    assert len(done.applied.created) == 2
    again = preview_of(sheet, repository)
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 2, "quarantined": 0}
    assert again.changes == []


def test_a_row_without_identifier_is_known_again_by_its_title_and_place(repository):
    sheet = sheet_of(("", *WELL[1:]), ("", *ROAD[1:]))
    commit(preview_of(sheet, repository), repository=repository, person=AUTHOR, content=b"x")
    later = sheet_of(("", *WELL[1:5], "130 000,50 DH", *WELL[6:]), ("", *ROAD[1:]))
    assert preview_of(later, repository).counts == {"created": 0, "updated": 1, "unchanged": 1, "quarantined": 0}


def test_what_somebody_corrected_since_is_not_overwritten(repository):
    commit(preview_of(sheet_of(WELL), repository), repository=repository, person=AUTHOR, content=b"x")
    (record,) = repository.find()
    content = {**record.content, "title": {"fr": "Puits de la mosquée"}}
    repository.update(record.record_id, version=1, actor="acc-amina", content=content, act="edit")
    assert rules_of(preview_of(sheet_of(WELL), repository)) == ["edited_since"]


def test_an_import_after_an_import_updates(repository):
    for amount in ("1 MDH", "2 MDH", "3 MDH"):
        row = (*WELL[:5], amount, *WELL[6:])
        commit(preview_of(sheet_of(row), repository), repository=repository, person=AUTHOR, content=b"x")
    (record,) = repository.find()
    assert (record.version, record.content["amount"]) == (3, "3000000")


def test_rows_of_others_are_not_changed(repository):
    commit(preview_of(sheet_of(WELL), repository), repository=repository, person=AUTHOR, content=b"x")
    changed = sheet_of((*WELL[:5], "1 MDH", *WELL[6:]))
    assert rules_of(preview_of(changed, repository, OTHER)) == ["not_yours_to_change"]


def test_a_contributors_rows_wait_and_a_validators_are_published_where_they_decide():
    assert preview_of(sheet_of(WELL)).changes[0].status == "submitted"
    assert preview_of(sheet_of(WELL), person=VALIDATOR).changes[0].status == "validated"
    elsewhere = Person("acc-loin", "validator", territory_codes=("01",))
    assert preview_of(sheet_of(WELL), person=elsewhere).changes[0].status == "submitted"
    with pytest.raises(RightsError):
        preview_of(sheet_of(WELL), person=VISITOR)


def test_all_or_nothing_unless_the_good_rows_alone_are_asked_for(repository):
    bad = ("3", "École", "inconnu", "Nulle-Part-Ville", "", "abc", "31/02/2014", "", "")
    preview = preview_of(sheet_of(WELL, bad), repository)
    with pytest.raises(RowsHeldBack):
        commit(preview, repository=repository, person=AUTHOR, content=b"x")
    assert repository.find() == []
    done = commit(preview, repository=repository, person=AUTHOR, content=b"x", valid_only=True)
    runs = ImportRuns(repository.database)
    (run,) = runs.find()
    assert (run.run_id, run.waiting, len(repository.find())) == (done.run_id, 1, 1)
    held = runs.held(run.run_id)
    sheet, plan = held_sheet(run, held)
    mended = Sheet(
        sheet.name, sheet.format, sheet.columns, [Row(held[0].row_number, ["3", "École", "école", *ROAD[3:]])]
    )
    again = dry_run(mended, plan, known(), repository=repository, person=AUTHOR)
    assert len(retry(again, held, repository=repository, person=AUTHOR).created) == 1
    assert runs.find()[0].waiting == 0


def test_of_two_who_bring_the_same_rows_at_the_same_moment_one_is_told_and_nothing_is_there_twice(repository):
    previews = [preview_of(sheet_of(WELL, ROAD), repository) for _ in range(2)]
    together = Barrier(2)

    def bring(preview):
        together.wait()
        try:
            return commit(preview, repository=repository, person=AUTHOR, content=b"x").run_id
        except AlreadyBroughtIn as error:
            return error.reason

    with ThreadPoolExecutor(2) as both:
        said = list(both.map(bring, previews))
    (run,) = ImportRuns(repository.database).find()
    assert sorted(said) == sorted(["already_brought_in", run.run_id])
    assert len(repository.find()) == 2
    assert all(load_texts(language).has("import.already_brought_in") for language in languages())


def test_records_are_not_kept_when_their_import_and_the_rows_held_back_cannot_be(repository):
    bad = ("3", "École", "inconnu", "Nulle-Part-Ville", "", "abc", "31/02/2014", "", "")
    preview = preview_of(sheet_of(WELL, bad), repository)
    with repository.database.writing() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON quarantine BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    with pytest.raises(IntegrityError, match="refused"):
        commit(preview, repository=repository, person=AUTHOR, content=b"x", valid_only=True)
    assert repository.find() == []
    assert ImportRuns(repository.database).find() == []


def test_a_row_mended_by_two_is_kept_once_and_leaves_the_rows_that_wait_once(repository):
    bad = ("3", "École", "inconnu", "095410723", "", "", "2014", "", "")
    run_id = commit(
        preview_of(sheet_of(WELL, bad), repository), repository=repository, person=AUTHOR, content=b"x", valid_only=True
    ).run_id
    runs = ImportRuns(repository.database)
    held = runs.held(run_id)
    mended = sheet_of(("3", "École", "école", *bad[3:]))
    mended = Sheet(mended.name, mended.format, mended.columns, [Row(held[0].row_number, mended.rows[0].cells)])
    first, second = (preview_of(mended, repository) for _ in range(2))
    retry(first, held, repository=repository, person=AUTHOR)
    with pytest.raises(AlreadyBroughtIn):
        retry(second, held, repository=repository, person=AUTHOR)
    assert (len(repository.find()), runs.find()[0].waiting) == (2, 0)


def test_a_doubt_is_asked_once_for_its_column_and_the_answer_settles_it():
    rows = [(str(n), f"Puits {n}", "eau", "095410723", "", "250.000 DH", "", "", "") for n in range(5)]
    preview = preview_of(sheet_of(*rows))
    (question,) = preview.questions()
    assert (question.field, question.rule, question.rows, set(question.readings)) == (
        "amount",
        "decimal_sign",
        5,
        {"comma", "point"},
    )
    settled = preview_of(sheet_of(*rows), readings={"amount": "comma"})
    assert [change.content["amount"] for change in settled.changes] == ["250000"] * 5


def test_the_other_rows_of_a_column_settle_it():
    rows = [("1", "A", "eau", "095410723", "", "250.000 DH", "01/03/2014", "", "")]
    rows += [("2", "B", "eau", "095410723", "", "1.250,50 DH", "25/12/2013", "", "")]
    contents = [change.content for change in preview_of(sheet_of(*rows)).changes]
    assert [(one["amount"], one["start_date"]) for one in contents] == [
        ("250000", "2014-03-01"),
        ("1250.50", "2013-12-25"),
    ]


def test_points_agree_with_their_commune_or_the_distance_is_said():
    # 095410723 is in the province of Taroudannt; Agadir (30.4202, -9.5982) is some hundred kilometres away.
    far = ("1", "Puits", "eau", "095410723", "", "", "", "30.4202", "-9.5982")
    (problem,) = preview_of(sheet_of(far)).held_back[0].problems
    place, _, away = problem.detail.partition("|")
    assert problem.rule == "outside_commune"
    assert 50 < float(away) < 200
    assert place == known().places.name("095410723")
    nowhere = ("1", "Puits", "eau", "", "", "", "", "30.4202", "-9.5982")
    (place,) = preview_of(sheet_of(nowhere)).changes[0].content["places"]
    assert known().places.name(place["territory_code"]) == "Agadir"
    assert (place["lon"], place["lat"], place["exactness"]) == (-9.5982, 30.4202, "1")


def test_swapped_columns_are_asked_about_and_put_right_by_one_answer():
    swapped = ("1", "Puits", "eau", "", "", "", "", "-9.5982", "30.4202")
    assert rules_of(preview_of(sheet_of(swapped)))[0] == "swapped"
    (place,) = preview_of(sheet_of(swapped), readings={"position": "swapped"}).changes[0].content["places"]
    assert (place["lon"], place["lat"]) == (-9.5982, 30.4202)


def test_a_placeholder_point_is_dropped_and_said():
    rows = [
        (str(n), f"Puits {n}", "eau", code, "", "", "", "30.70000", "-8.20000")
        for n, code in enumerate(("095410723", "095410719", "095410725"))
    ]
    preview = preview_of(sheet_of(*rows))
    assert [note.rule for one in preview.judged for note in one.candidate.notes] == ["shared_point"] * 3
    assert all("lon" not in change.content["places"][0] for change in preview.changes)


def test_codes_keep_their_leading_zeros_and_a_name_of_several_places_is_asked_about():
    (one,) = preview_of(sheet_of(ROAD)).changes
    assert one.content["places"] == [{"territory_code": "095410723"}]
    territories = store.load("territories")
    names = territories.loc[territories["level"] == "commune", "name_fr"]
    shared = names[names.duplicated()].iloc[0]
    assert rules_of(preview_of(sheet_of((*WELL[:3], shared, "", *WELL[5:])))) == ["which_place"]


def test_repeated_identifiers_are_held_back_not_merged():
    preview = preview_of(sheet_of(WELL, ("1", *ROAD[1:])))
    assert preview.counts["created"] == 1
    assert rules_of(preview) == ["repeated_row"]


def test_a_preview_can_be_cancelled():
    guessed = guess_plan(sheet_of(WELL), origin="x")
    with pytest.raises(ImportCancelled):
        dry_run(sheet_of(WELL), guessed, known(), repository=None, person=AUTHOR, cancelled=lambda: True)


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.sampled_from([*WELL, *ROAD, "0", "-9.6"])
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=6))
def test_every_row_read_is_created_updated_unchanged_or_held_back(rows):
    sheet = Sheet("x", "xlsx", COLUMNS, [Row(number, cells) for number, cells in enumerate(rows, 2)])
    preview = preview_of(sheet)
    assert sum(preview.counts.values()) == preview.read == len(rows)
    assert set(preview.counts) == set(OUTCOMES)
    assert all(one.problems for one in preview.held_back)


def test_a_row_tried_again_means_what_it_meant_among_the_others(repository):
    columns = ("titre", "secteur", "commune", "montant (dh)", "début", "fin")
    rows = [
        ("Puits", "eau", "Toubkal", "12,50", "25/12/2013", "25/12/2013"),
        ("Piste", "?", "Toubkal", "250.000", "03/04/2014", 40_000),  # held back for its sector alone
    ]
    sheet = replace(sheet_of(*rows, columns=columns), facts={EPOCH: "1904"})
    found = preview_of(sheet, repository, VALIDATOR)
    commit(found, repository=repository, person=VALIDATOR, content=b"x", valid_only=True)
    runs = ImportRuns(repository.database)
    (run,) = runs.find()
    held = runs.held(run.run_id)
    waiting, plan = held_sheet(run, held)
    mended = [Row(row.number, ["pistes" if cell == "?" else cell for cell in row.cells]) for row in waiting.rows]
    again = dry_run(replace(waiting, rows=mended), plan, known(), repository=repository, person=VALIDATOR)
    (road,) = again.judged
    assert (road.candidate.content["amount"], road.candidate.content["start_date"]) == ("250000", "2014-04-03")
    assert road.candidate.content["end_date"] == "2013-07-07"


def test_a_doubt_the_column_left_open_is_not_settled_by_the_rows_that_wait(repository):
    rows = [("Puits", "eau", "Toubkal", "25/12/2013"), ("Pont", "?", "Toubkal", "12/25/2013")]
    rows += [("Piste", "?", "Toubkal", "03/04/2014")]
    found = preview_of(sheet_of(*rows, columns=("titre", "secteur", "commune", "début")), repository, VALIDATOR)
    commit(found, repository=repository, person=VALIDATOR, content=b"x", valid_only=True)
    runs = ImportRuns(repository.database)
    (run,) = runs.find()
    waiting, plan = held_sheet(run, runs.held(run.run_id))
    mended = [Row(row.number, ["pistes" if cell == "?" else cell for cell in row.cells]) for row in waiting.rows]
    again = dry_run(replace(waiting, rows=mended), plan, known(), repository=repository, person=VALIDATOR)
    assert rules_of(again) == ["day_or_month"]


def test_a_row_that_is_given_up_waits_no_longer_and_writes_nothing(repository):
    rows = [WELL, ("Total", "", "", "", "", "5", "", "", ""), ("3", "Pont", "?", "Toubkal", "", "", "", "", "")]
    found = preview_of(sheet_of(*rows), repository, VALIDATOR)
    commit(found, repository=repository, person=VALIDATOR, content=b"x", file_name="bilan.xlsx", valid_only=True)
    runs = ImportRuns(repository.database)
    (run,) = runs.find()
    assert (run.file_name, run.waiting) == ("bilan.xlsx", 2)
    held = runs.held(run.run_id)
    at = {column: number for number, column in enumerate(COLUMNS)}
    state = {"edited_rows": {1: {"secteur": "pistes", "nothing": "x"}, 7: {}}, "deleted_rows": [0, "1", 9]}
    mended, dropped = after_editing(held, state, at)
    assert [one.raw[0] for one in dropped] == ["Total"]
    waiting, plan = held_sheet(run, held)
    again = dry_run(replace(waiting, rows=mended), plan, known(), repository=repository, person=VALIDATOR)
    applied = retry(again, held, repository=repository, person=VALIDATOR, dropped=dropped)
    assert len(applied.created) == 1
    assert (runs.held(run.run_id), len(repository.find())) == ([], 2)
    assert after_editing(held, "nonsense", at)[1] == []
