"""A state of the needs page survives its address, whatever is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.needs_state import (
    ADDRESS,
    AGGREGATIONS,
    LEVELS,
    METHODS,
    MILIEUX,
    MOST_WEIGHT,
    NORMALISATIONS,
    SORTS,
    TABS,
    NeedsState,
)

KNOWN = {
    "territory": {"MA", "09", "095410723"},
    "selected": {"MA", "09", "095410723"},
    "subject": {"index", "running_water"},
    "second": {"running_water", "illiteracy"},
    "period": {"latest", "change", "2014", "2024"},
    "weights": {"water", "roads"},
}
STATES = st.builds(
    NeedsState,
    territory=st.sampled_from(sorted(KNOWN["territory"])),
    subject=st.sampled_from(sorted(KNOWN["subject"])),
    level=st.sampled_from(LEVELS),
    period=st.sampled_from(sorted(KNOWN["period"])),
    milieu=st.sampled_from(MILIEUX),
    method=st.sampled_from(METHODS),
    classes=st.integers(3, 5),
    weights=st.dictionaries(st.sampled_from(["water", "roads"]), st.integers(0, MOST_WEIGHT)).map(
        lambda weights: tuple(weights.items())
    ),
    normalisation=st.sampled_from(NORMALISATIONS),
    aggregation=st.sampled_from(AGGREGATIONS),
    second=st.sampled_from(["", "illiteracy"]),
    tab=st.sampled_from(TABS),
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
    page=st.integers(1, 99),
    selected=st.sampled_from(["", "095410723"]),
    view=st.one_of(st.none(), st.just((8.25, 29.91234, -8.6))),
)


@given(STATES)
def test_what_is_written_into_an_address_is_read_back_the_same(state):
    assert ADDRESS.decode(ADDRESS.encode(state), home="MA", known=KNOWN) == (state, ())


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"of": "happiness"}, "unknown"),
        ({"w": "water~9"}, "weights"),
        ({"w": "wat~1"}, "weights"),
        ({"classes": "12"}, "classes"),
        ({"period": "1994"}, "unknown"),
        ({"level": "douar"}, "unknown"),
        ({"sel": "Z9"}, "unknown"),
    ],
)
def test_nonsense_is_reported_and_the_rest_kept(params, why):
    state, problems = ADDRESS.decode({"territory": "09", **params}, home="MA", known=KNOWN)
    assert state == NeedsState("09")
    assert [problem.why for problem in problems] == [why]


def test_another_subject_goes_back_to_the_first_page_and_keeps_the_place():
    state = NeedsState("09", page=3, selected="095410723")
    after = ADDRESS.with_changes(state, {"subject": "running_water"}, home="MA", known=KNOWN)
    assert after == NeedsState("09", subject="running_water", selected="095410723")


def test_clearing_goes_home_with_equal_weights_and_keeps_the_subject():
    state = NeedsState("MA", subject="running_water", level="region", weights=(("water", 5),), tab="table")
    assert state.cleared("09") == NeedsState("09", subject="running_water", tab="table")
