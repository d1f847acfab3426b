"""The practical guide: what is found by words and audience, what is old, and that a state survives its address."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import store
from data.actors_catalog import AUDIENCES, GuideTheme, load_actors_catalog
from data.texts import languages
from geo.guide import Guide
from geo.guide_state import ADDRESS, GuideState

KNOWN = {"territory": {"MA", "09", "095410409"}, "theme": {"found", "raise"}, "audience": AUDIENCES}
THEMES = {
    "found": GuideTheme("found", "Fonder", ("mre",), "MA", ("associations",), ()),
    "raise": GuideTheme("raise", "Collecter", ("cooperative",), "FR", ("consular",), ()),
}
TITLES = {"found": ("Fonder", "تأسيس", "Found"), "raise": ("Collecter", "جمع", "Raise")}


def fact(theme, order, step, said, *, to_verify=False):
    row = {"theme_code": theme, "step_order": order, "reference_fr": "", "to_verify": to_verify}
    untold = dict.fromkeys(f"{name}_{code}" for name in ("delay", "cost", "verify") for code in languages())
    translated = {f"{name}_{code}": "" for name in ("step", "fact") for code in languages()}
    return row | untold | translated | {"step_fr": step, "fact_fr": said}


@pytest.fixture
def guide():
    rows = [
        fact("raise", 1, "demande", "écrire au gouverneur"),
        fact("found", 2, "dépôt", "à l’autorité locale", to_verify=True),
        fact("found", 1, "statuts", "rédiger les statuts"),
        fact("found", 3, "dépôt", "garder le récépissé"),
        fact("found", 4, "statuts", "les publier"),
    ]
    return Guide.of(pd.DataFrame(rows), THEMES, titles=TITLES, verify_after_years=3)


def chosen(guide, **fields):
    return guide.select(GuideState("09", **fields))


def test_facts_follow_each_other_as_declared_and_those_under_one_title_are_one_step(guide):
    facts = chosen(guide, theme="found").facts
    assert facts["step_order"].tolist() == [1, 2, 3, 4]
    assert facts["step"].tolist() == [1, 2, 2, 3]
    assert chosen(guide).facts["theme_code"].tolist() == ["found"] * 4 + ["raise"]


def test_all_words_must_be_found_in_any_spelling_the_name_of_the_theme_counting(guide):
    assert chosen(guide, text="RECEPISSE").facts["step_order"].tolist() == [3]
    assert len(chosen(guide, text="statuts récépissé")) == 0
    assert len(chosen(guide, text="تاسيس")) == 4
    assert chosen(guide, text="autorite").counts.to_numpy().tolist() == [[1, 1], [0, 0]]


def test_an_audience_limits_the_themes_but_never_hides_the_one_that_is_read(guide):
    assert chosen(guide, audience="mre").themes == ("found",)
    other = chosen(guide, audience="mre", theme="raise")
    assert other.themes == ("found", "raise")
    assert other.is_for_another
    assert len(other) == 1


@pytest.mark.parametrize(("date", "since"), [
    ("2021", 2024), ("2023", None), ("2023-10", 2026), ("2023-11", None),
    ("2023-11-25", 2026), ("2023-11-26", None), ("2026-01-01", None),
])  # fmt: skip
def test_a_page_is_old_at_the_precision_of_its_own_date(guide, date, since):
    assert guide.stale_since(date, dt.date(2026, 11, 26)) == since


@given(
    st.builds(
        GuideState,
        territory=st.sampled_from(sorted(KNOWN["territory"])),
        theme=st.sampled_from(["", *sorted(KNOWN["theme"])]),
        audience=st.sampled_from(["", *AUDIENCES]),
        text=st.text(max_size=40),
    )
)
def test_a_state_survives_its_address(state):
    assert ADDRESS.decode(ADDRESS.encode(state), home="09", known=KNOWN) == (state, ())


def test_nonsense_is_reported_and_leaves_the_rest():
    asked = {"theme": "raise", "audience": "nobody", "territory": "99"}
    state, problems = ADDRESS.decode(asked, home="09", known=KNOWN)
    assert state == GuideState("09", theme="raise")
    assert [problem.parameter for problem in problems] == ["territory", "audience"]


def test_the_guide_holds_157_facts_in_15_themes_25_of_them_to_verify():
    catalog = load_actors_catalog()
    facts = store.load("guide_facts")
    whole = Guide.of(
        facts,
        catalog.themes,
        titles={code: (theme.label,) for code, theme in catalog.themes.items()},
        verify_after_years=catalog.verify_after_years,
    )
    counts = whole.select(GuideState("09")).counts
    assert counts.sum().tolist() == [157, 25]
    # Counted by hand in data/tables/guide_facts.csv.
    assert counts.loc["association_maroc"].tolist() == [15, 2]
    assert counts.loc["eau_potable_village"].tolist() == [13, 4]
    assert (counts["facts"] > 0).sum() == 15
