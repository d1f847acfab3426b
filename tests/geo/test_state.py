"""A state survives the address; what the address says wrong is reported, never obeyed and never ignored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.state import ADDRESS, SHOWS, SORTS, TABS, State

decode, encode, with_changes = ADDRESS.decode, ADDRESS.encode, ADDRESS.with_changes

KNOWN = {
    "sector": {"drinking_water", "roads"},
    "funder": {"indh", "union-europeenne"},
    "status": {"closed", "implementation"},
    "carrier": {"commune", "mre_association"},
    "precision": {"village", "commune"},
    "territory": {"MA", "09", "09541", "095410723"},
    "selected": {"B001", "095410723"},
}


def codes(name):
    return st.lists(st.sampled_from(sorted(KNOWN[name])), unique=True).map(tuple)


def bounds(least, greatest):
    low = st.one_of(st.none(), st.integers(least, (least + greatest) // 2).map(float))
    high = st.one_of(st.none(), st.integers((least + greatest) // 2, greatest).map(float))
    return st.tuples(low, high)


STATES = st.builds(
    State,
    territory=st.sampled_from(sorted(KNOWN["territory"])),
    sector=codes("sector"),
    funder=codes("funder"),
    status=codes("status"),
    carrier=codes("carrier"),
    precision=codes("precision"),
    years=bounds(1950, 2050),
    amount=bounds(0, 10**10),
    text=st.text(max_size=40),
    show=st.sampled_from(SHOWS),
    tab=st.sampled_from(TABS),
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
    page=st.integers(1, 500),
    selected=st.sampled_from(["", "B001", "095410723"]),
    view=st.one_of(st.none(), st.tuples(st.sampled_from([5.0, 8.25]), st.just(29.91234), st.just(-8.6))),
)


@given(STATES)
def test_what_is_written_into_an_address_is_read_back_the_same(state):
    back, problems = decode(encode(state), home="09", known=KNOWN)
    assert back == state
    assert problems == ()


def test_an_address_without_parameters_is_home():
    assert decode({}, home="09", known=KNOWN) == (State(territory="09"), ())


def test_the_address_of_a_state_at_rest_is_short():
    assert encode(State(territory="09")) == {"v": "1", "territory": "09"}


@pytest.mark.parametrize(
    ("params", "parameter", "why"),
    [
        ({"sector": "roads.rodas"}, "sector", "unknown"),
        ({"territory": "99"}, "territory", "unknown"),
        ({"years": "2020-2010"}, "years", "years"),
        ({"years": "soon"}, "years", "years"),
        ({"amount": "-5"}, "amount", None),
        ({"amount": "1e9-"}, "amount", "amount"),
        ({"map": "8/95/0"}, "map", "map"),
        ({"map": "99/30/-9"}, "map", "map"),
        ({"page": "0"}, "page", "page"),
        ({"show": "<script>"}, "show", "unknown"),
        ({"sel": "Z999"}, "sel", "unknown"),
        ({"v": "7"}, "v", "version"),
    ],
)
def test_nonsense_in_the_address_is_reported(params, parameter, why):
    _, problems = decode(params, home="09", known=KNOWN)
    assert [(problem.parameter, problem.why) for problem in problems] == ([(parameter, why)] if why else [])


def test_known_codes_beside_unknown_ones_are_kept():
    state, problems = decode({"sector": "roads.rodas"}, home="09", known=KNOWN)
    assert state.sector == ("roads",)
    assert problems[0].value == "rodas"


def test_a_change_of_filter_goes_back_to_the_first_page():
    state = State(territory="09", page=4)
    assert with_changes(state, {"sector": ["roads"]}, home="09", known=KNOWN).page == 1
    assert with_changes(state, {"selected": "B001"}, home="09", known=KNOWN).page == 4
    assert with_changes(state, {"page": 5}, home="09", known=KNOWN).page == 5


def test_a_component_cannot_smuggle_anything_in():
    state = State(territory="09")
    changes = {
        "territory": "nowhere",
        "sector": ["roads", "<img>"],
        "__class__": "x",
        "amount": [None, "a"],
        "page": -1,
    }
    assert with_changes(state, changes, home="09", known=KNOWN) == State(territory="09", sector=("roads",))


def test_ranges_and_their_removal_come_from_components_as_lists():
    state = with_changes(State(territory="09"), {"years": [2015, None], "amount": [None, 5e6]}, home="09", known=KNOWN)
    assert (state.years, state.amount) == ((2015, None), (None, 5e6))
    assert with_changes(state, {"years": None}, home="09", known=KNOWN).years == (None, None)


def test_clearing_keeps_the_view_and_drops_every_filter():
    state = State(territory="MA", sector=("roads",), text="eau", tab="charts", selected="B001")
    cleared = state.cleared("09")
    assert cleared == State(territory="09", tab="charts")
    assert state.in_force("09") == ("sector", "territory", "text")
