"""A page declares its parameters once; each kind reads what it wrote and refuses the rest, whoever sent it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import address
from geo.address import Address
from geo.strangers import of_others, strangers

KNOWN = {"territory": {"MA", "09"}, "weights": {"water", "roads", "health"}}


@dataclass(frozen=True)
class Toy:
    territory: str
    weights: tuple[tuple[str, int], ...] = ()
    classes: int = 5
    page: int = 1


TOY = Address(
    Toy,
    (
        address.code("territory", role="filter"),
        address.numbers_by_code("weights", "w", greatest=100),
        address.whole("classes", 2, 7),
        address.whole("page", 1, 999),
    ),
)
WEIGHTS = st.dictionaries(st.sampled_from(sorted(KNOWN["weights"])), st.integers(0, 100)).map(
    lambda weights: tuple(weights.items())
)


def decode(**params):
    return TOY.decode(params, home="09", known=KNOWN)


@given(st.builds(Toy, st.sampled_from(["MA", "09"]), WEIGHTS, st.integers(2, 7), st.integers(1, 999)))
def test_any_state_of_any_page_survives_its_address(state):
    assert TOY.decode(TOY.encode(state), home="MA", known=KNOWN) == (state, ())


def test_numbers_by_code_stay_readable():
    assert TOY.encode(Toy("09", (("water", 3), ("roads", 0))))["w"] == "water~3.roads~0"


@pytest.mark.parametrize(
    ("text", "kept", "refused"),
    [
        ("water~3.rods~1", (("water", 3),), ["rods~1"]),
        ("water~101", (), ["water~101"]),
        ("water~-1", (), ["water~-1"]),
        ("water", (), ["water~"]),
        ("water~0", (("water", 0),), []),
    ],
)
def test_a_number_that_cannot_be_meant_is_reported_and_the_others_kept(text, kept, refused):
    state, problems = decode(w=text)
    assert state.weights == kept
    assert [problem.value for problem in problems] == refused
    assert {problem.why for problem in problems} <= {"weights"}


@pytest.mark.parametrize("text", ["1", "8", "five", "-3", "5.5", "9999999"])
def test_a_whole_number_outside_its_range_leaves_the_rest_value(text):
    state, problems = decode(classes=text)
    assert state.classes == 5
    assert [problem.why for problem in problems] == ["classes"]


def test_a_component_sends_numbers_by_code_as_an_object():
    changed = TOY.with_changes(Toy("09"), {"weights": {"water": 4, "roads": 0}}, home="09", known=KNOWN)
    assert changed.weights == (("water", 4), ("roads", 0))
    assert TOY.with_changes(changed, {"weights": None}, home="09", known=KNOWN).weights == ()
    assert TOY.with_changes(changed, {"weights": {"x": 1}}, home="09", known=KNOWN) == changed


def test_only_filters_count_as_in_force_and_send_back_to_the_first_page():
    state = Toy("09", page=3)
    assert TOY.with_changes(state, {"classes": 4}, home="09", known=KNOWN).page == 3
    assert TOY.with_changes(state, {"weights": {"water": 1}}, home="09", known=KNOWN).page == 1
    assert TOY.in_force(Toy("MA", (("water", 1),), 4), "09") == ("territory", "weights")


def test_a_parameter_nobody_knows_is_reported_once_and_leaves_the_address():
    asked = {"territory": "09", "weight": "water~3", "lang": "ar", "map": "8/30/-9", "utm_source": "x", "fbclid": "y"}
    assert [(one.parameter, one.why) for one in strangers(asked, TOY.keys)] == [("weight", "stranger")]
    assert of_others(asked, TOY.keys) == {"lang": "ar", "map": "8/30/-9", "utm_source": "x", "fbclid": "y"}
    assert strangers(TOY.encode(Toy("09", (("water", 3),))), TOY.keys) == ()
    (many,) = strangers({f"name{number}": "1" for number in range(30)}, TOY.keys)
    assert many.parameter == "name0, name1, name2, …"


def test_parameters_of_other_owners_are_passed_over():
    assert decode(lang="ar", funder="nobody") == (Toy("09"), ())
