"""A record keeps to its kind, and every field that does not is named with its value and what is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import CatalogError
from data.records.contract import check, load_kinds
from data.records.repository import PREFIXES

CODES = {"sectors": {"water", "health"}, "territories": {"09.541.05.07"}, "currencies": {"MAD", "EUR"}}
PROJECT = {
    "title": {"fr": "Puits de Tabia", "ar": "بئر"},
    "status": "closed",
    "start_date": "2014-03",
    "end_date": "2015",
    "sectors": [{"sector_code": "water", "share_pct": 60}, {"sector_code": "health", "share_pct": 40}],
    "places": [{"territory_code": "09.541.05.07", "lon": -8.5, "lat": 30.1}],
    "amount": "3981250.00",
    "currency": "MAD",
    "beneficiaries_count": 0,
    "source_url": "https://example.org/a",
}


def broken(change, kind="project", *, draft=False):
    return [(found.path, found.rule) for found in check(kind, {**PROJECT, **change}, CODES, draft=draft)]


def test_a_complete_project_has_no_problem():
    assert broken({}) == []


def test_every_kind_has_its_prefix_and_every_choice_its_options():
    assert load_kinds().kinds.keys() == PREFIXES.keys()
    groups = {**load_kinds().kinds, **load_kinds().groups}
    choices = [field for fields in groups.values() for field in fields.values() if field.type == "choice"]
    assert choices
    assert all(choice.of for choice in choices)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": {"fr": " "}}, [("title", "required")]),
        ({"title": "Puits"}, [("title", "not_words")]),
        ({"title": {"de": "Brunnen"}}, [("title.de", "unknown_language")]),
        ({"title": {"fr": "x" * 301}}, [("title.fr", "too_long")]),
        ({"title": {"fr": "a\x00b"}}, [("title.fr", "control_character")]),
        ({"title": {"fr": "a\uffffb"}}, [("title.fr", "control_character")]),
        ({"status": "done"}, [("status", "not_a_choice")]),
        ({"start_date": "01/03/2014"}, [("start_date", "not_a_date")]),
        ({"start_date": "2014-02-30"}, [("start_date", "not_a_date")]),
        ({"start_date": "2016"}, [("end_date", "end_before_start")]),
        ({"start_date": "2015-12"}, []),
        ({"sectors": []}, [("sectors", "required")]),
        ({"sectors": [{"sector_code": "wafer"}]}, [("sectors.1.sector_code", "unknown_code")]),
        ({"sectors": [{"sector_code": "water", "share_pct": 60}]}, [("sectors", "shares_not_100")]),
        ({"sectors": [{"sector_code": "water"}, {"sector_code": "health"}]}, []),
        ({"places": [{"territory_code": "09.541.05.07", "lon": 30.1, "lat": -8.5}]},
         [("places.1.lon", "out_of_range"), ("places.1.lat", "out_of_range")]),
        ({"places": {"territory_code": "09.541.05.07"}}, [("places", "not_a_list")]),
        ({"places": ["09.541.05.07"]}, [("places", "not_a_list")]),
        ({"amount": "3.981.250,00"}, [("amount", "not_an_amount")]),
        ({"amount": 3981250}, [("amount", "not_an_amount")]),
        ({"amount": "-5"}, [("amount", "not_an_amount")]),
        ({"currency": "DH"}, [("currency", "not_a_currency")]),
        ({"beneficiaries_count": -1}, [("beneficiaries_count", "out_of_range")]),
        ({"beneficiaries_count": float("nan")}, [("beneficiaries_count", "not_a_number")]),
        ({"beneficiaries_count": True}, [("beneficiaries_count", "not_a_number")]),
        ({"source_url": "javascript:alert(1)"}, [("source_url", "not_a_url")]),
        ({"owner": "me"}, [("owner", "unknown_field")]),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_named(change, expected):
    assert broken(change) == expected


def test_a_draft_may_lack_what_is_required_but_not_hold_what_is_wrong():
    assert broken({"title": {}, "places": []}, draft=True) == []
    assert broken({"title": {}, "amount": "much"}, draft=True) == [("amount", "not_an_amount")]


def test_an_amount_needs_its_currency_and_no_amount_needs_none():
    assert broken({"currency": None}) == [("currency", "required")]
    assert broken({"currency": None}, draft=True) == broken({"currency": None, "amount": None}) == []
    part = {"organisation_name": "Tiwizi", "role": "funding", "amount": "10.00"}
    assert broken({"organisations": [part]}) == [("organisations.1.currency", "required")]


def test_all_problems_are_found_at_once():
    assert len(broken({"title": {}, "status": "done", "amount": "much", "currency": "DH"})) == 4


def test_funders_may_give_part_of_the_money_but_not_more_than_all():
    funder = {"organisation_name": "A", "role": "funding"}
    assert broken({"organisations": [{**funder, "share_pct": 40}, {"organisation_name": "B", "role": "funding"}]}) == []
    assert broken({"organisations": [{**funder, "share_pct": 60}] * 2}) == [("organisations", "shares_over_100")]


def test_an_unknown_kind_is_refused():
    with pytest.raises(CatalogError, match="'poem'"):
        check("poem", {}, CODES)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(load_kinds().kinds["project"])), json_values))
def test_no_content_whatever_makes_the_check_fail(content):
    for found in check("project", content, CODES):
        assert found.rule
        assert found.path
