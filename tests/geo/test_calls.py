"""Calls and offices: a rule says met, not met, to be checked or missing; the nearest office comes first."""

import pandas as pd
import pytest

from data.actors_catalog import load_actors_catalog
from data.errors import CodeError
from data.store import load
from data.texts import languages, load_texts
from geo.boundaries import Territories
from geo.calls import Applicant, Calls
from geo.offices import Offices

TODAY = "2024-06-01"


@pytest.fixture(scope="module")
def territories():
    return Territories.from_table(load("territories"))


@pytest.fixture(scope="module")
def calls(territories):
    names = ("calls", "call_eligibility", "call_territories", "call_sectors", "call_funders")
    return Calls.of_tables({name: load(name) for name in names}, territories)


@pytest.fixture(scope="module")
def offices(territories):
    names = ("competences", "competence_territories", "competence_subjects")
    return Offices.of_tables({name: load(name) for name in names}, territories)


def toy(territories, **changes):
    call = {
        "call_code": "T1",
        "state": "open",
        "deadline": "2024-06-30",
        "source_date": "2024-05",
        "eligible_country": "FR",
        "currency": "EUR",
        "amount_min": 2_000.0,
        "amount_max": 10_000.0,
    }
    return Calls(
        table=pd.DataFrame([call | changes]),
        types={"T1": ("mre_association",)},
        territories={"T1": ("09",)},
        sectors={"T1": ("health", "education")},
        funders={"T1": ("forim",)},
        hierarchy=territories,
    )


FITTING = Applicant("mre_association", "FR", "095410723", ("health",), {"EUR": 5_000.0})


def said(calls, applicant, today=TODAY):
    return {one.code: one.kind for one in calls.findings("T1", applicant, today=today)}


def test_a_call_of_which_every_rule_is_met_fits(territories):
    known = toy(territories)
    assert set(said(known, FITTING).values()) == {"met"}
    assert known.for_applicant(FITTING, today=TODAY)["verdict"].tolist() == ["fits"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"organisation_type": "company"}, "call_type"),
        ({"country": "BE"}, "call_country"),
        ({"territory_code": "022510103"}, "call_territory"),
        ({"sector_codes": ("roads",)}, "call_sector"),
        ({"amounts": {"EUR": 10_001.0}}, "call_amount_above"),
        ({"amounts": {"EUR": 1_999.0}}, "call_amount_below"),
    ],
)
def test_one_rule_not_met_is_a_no_that_says_why(territories, change, code):
    applicant = Applicant(**{**FITTING.__dict__, **change})
    row = toy(territories).for_applicant(applicant, today=TODAY).iloc[0]
    assert (row["verdict"], row["reasons"]) == ("no", code)


def test_the_limits_of_the_amount_belong_to_it(territories):
    for amount in (2_000.0, 10_000.0):
        applicant = Applicant(**{**FITTING.__dict__, "amounts": {"EUR": amount}})
        assert said(toy(territories), applicant)["call_amount"] == "met"


def test_what_the_applicant_does_not_say_is_missing_never_a_refusal(territories):
    assert set(said(toy(territories), Applicant()).values()) == {"met", "missing"}
    assert toy(territories).for_applicant(Applicant(), today=TODAY)["verdict"].tolist() == ["to_check"]
    # An amount in another currency is not compared.
    dirhams = Applicant(**{**FITTING.__dict__, "amounts": {"MAD": 5_000.0}})
    assert said(toy(territories), dirhams)["call_amount"] == "missing"


def test_what_the_source_does_not_say_is_to_be_checked(territories):
    vague = toy(territories, eligible_country=None, currency=None, amount_min=None, amount_max=None, deadline=None)
    assert [code for code, kind in said(vague, FITTING).items() if kind == "verify"] == [
        *("call_open_then", "call_country_unsaid", "call_amount_unsaid"),
    ]


def test_the_last_day_counts_and_a_month_is_past_when_it_ends(territories):
    assert said(toy(territories), FITTING, "2024-06-30")["call_open"] == "met"
    assert said(toy(territories), FITTING, "2024-07-01")["call_deadline_past"] == "not_met"
    month = toy(territories, deadline="2024-06")
    assert said(month, FITTING, "2024-06-30")["call_open"] == "met"
    assert said(month, FITTING, "2024-07-01")["call_deadline_past"] == "not_met"


def test_a_closed_call_is_closed_whatever_its_date(territories):
    assert said(toy(territories, state="closed", deadline="2030-01-01"), FITTING)["call_closed"] == "not_met"
    assert said(toy(territories, state="recurring"), FITTING)["call_recurring"] == "verify"


def test_the_calls_of_the_atlas_have_no_open_one_to_promise(calls):
    applicant = Applicant("mre_association", "FR", "095410723", ("drinking_water",), {"EUR": 10_000.0})
    verdicts = calls.for_applicant(applicant, today="2026-01-01").set_index("call_code")
    assert len(verdicts) == 28
    assert "fits" not in set(verdicts["verdict"])
    # PRA/OSIM, yearly, for associations from migration in France, up to 15,000 EUR: to be checked.
    assert verdicts.loc["A01", "verdict"] == "to_check"
    assert "call_closed" in verdicts.loc["A22", "reasons"].split(";")
    assert verdicts.index[0] == "A01"


def test_findings_of_calls_have_words_in_every_language(calls):
    keys = {
        f"match.{one.kind}.{one.code}"
        for applicant in (Applicant(), FITTING, Applicant("company", "XX", "022510103", ("heritage",), {"EUR": 1e9}))
        for code in calls.table["call_code"]
        for one in calls.findings(code, applicant, today=TODAY)
    }
    keys |= {f"match.{kind}" for kind in ("met.call_open", "not_met.call_deadline_past", "not_met.call_amount_below")}
    keys |= {f"match.verdict.{verdict}" for verdict in ("fits", "to_check", "no")}
    assert len(keys) > 20
    for language in languages():
        assert {key for key in keys if not load_texts(language).has(key)} == set()


def test_the_nearest_office_comes_first(offices):
    # Arazane: its commune for water, then the region's company and agency, then what is national.
    levels = offices.of("095410409", ("drinking_water",))["level"].tolist()
    assert levels[0] == "commune"
    assert levels == sorted(levels, key=["commune", "province", "region", "national"].index)


def test_an_office_of_another_province_is_not_of_this_one(offices):
    codes = set(offices.of("095510107")["competence_code"])
    # Tata: its own INDH committee and basin agency; not those of Tiznit or Souss.
    assert {"J16", "J08"} <= codes
    assert {"J15", "J19", "I12", "J07"} & codes == set()


def test_offices_for_those_who_live_abroad_are_apart(offices):
    spain = offices.abroad("ES")["competence_code"].tolist()
    assert spain == ["J53", "J54"]
    assert set(offices.abroad("FR", ("solidarity_funds",))["competence_code"]) == {"J58", "J59"}
    assert "J54" not in set(offices.of("095510107")["competence_code"])


def test_every_theme_of_the_guide_has_an_office_in_souss_massa_or_abroad(offices):
    for theme in load_actors_catalog().themes.values():
        found = (
            offices.of("09", theme.subjects) if theme.country == "MA" else offices.abroad(theme.country, theme.subjects)
        )
        assert len(found), theme.code


def test_an_unknown_territory_is_refused(offices):
    with pytest.raises(CodeError, match="999"):
        offices.of("999")
