"""Money is spread without gaining or losing a centime, by the first rule that holds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.allocation import RULES, allocate, apportion, place_weights


def test_a_hundred_centimes_over_three_equal_places_go_34_33_33():
    # Largest remainder: 33.33 each, one centime left, given to the first of equals.
    assert apportion(np.array([100]), np.array([0, 0, 0]), np.ones(3)).tolist() == [34, 33, 33]


def test_the_largest_fraction_gets_the_last_centime():
    # 10 over weights 1, 1, 2.9: 2.04, 2.04, 5.92; floors sum to 9, the missing one goes to 5.92.
    assert apportion(np.array([10]), np.array([0, 0, 0]), np.array([1, 1, 2.9])).tolist() == [2, 2, 6]


def test_weights_of_zero_everywhere_mean_equal_parts():
    assert apportion(np.array([9]), np.array([0, 0, 0]), np.zeros(3)).tolist() == [3, 3, 3]


@given(
    st.lists(
        st.tuples(st.integers(0, 10**13), st.lists(st.floats(0, 1.7e308), min_size=1, max_size=6)),
        min_size=1,
        max_size=8,
    )
)
def test_the_members_of_a_group_always_sum_to_its_total(groups):
    totals = np.array([total for total, _ in groups])
    group = np.repeat(np.arange(len(groups)), [len(weights) for _, weights in groups])
    weight = np.array([weight for _, weights in groups for weight in weights])
    parts = apportion(totals, group, weight)
    assert np.bincount(group, parts, minlength=len(groups)).astype(np.int64).tolist() == totals.tolist()
    assert (parts >= 0).all()


def _locations(**columns):
    size = len(columns["project"])
    blank = {"amount_mad": [np.nan] * size, "share_pct": [np.nan] * size}
    return pd.DataFrame(blank | columns)


def _one_sector(*projects):
    return pd.DataFrame({"project": projects, "sector": 0, "share_pct": 100.0})


def test_two_communes_share_by_population_and_it_is_said():
    # 1,000.00 MAD over communes of 3,000 and 1,000 people: 750 and 250.
    locations = _locations(project=[0, 0], territory_code=["A", "B"])
    cells = allocate(np.array([1000.0]), _one_sector(0), locations, np.array([3000.0, 1000.0]))
    assert cells.centimes.tolist() == [75_000, 25_000]
    assert [RULES[rule] for rule in cells.rule] == ["population", "population"]


def test_an_amount_given_for_each_place_wins_over_population():
    locations = _locations(project=[0, 0], territory_code=["A", "B"], amount_mad=[900.0, 100.0])
    cells = allocate(np.array([1000.0]), _one_sector(0), locations, np.array([1.0, 1.0]))
    assert cells.centimes.tolist() == [90_000, 10_000]
    assert RULES[cells.rule[0]] == "amount"


def test_one_unknown_population_means_equal_parts():
    locations = _locations(project=[0, 0], territory_code=["A", "B"])
    cells = allocate(np.array([10.0]), _one_sector(0), locations, np.array([3000.0, np.nan]))
    assert cells.centimes.tolist() == [500, 500]
    assert RULES[cells.rule[0]] == "equal"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"amount_mad": [900.0, np.nan]}, "population"),  # what one place gets is not said
        ({"amount_mad": [0.0, 0.0]}, "population"),  # nothing to share by
        ({"amount_mad": [-1.0, 900.0]}, "population"),
        ({"amount_mad": [900.0, np.nan], "share_pct": [50.0, 50.0]}, "share"),
        ({"share_pct": [60.0, np.nan]}, "population"),
        ({"amount_mad": [0.0, 900.0]}, "amount"),  # one place declared to get nothing gets nothing
        ({"amount_mad": [0.5, 0.25]}, "amount"),
    ],
)
def test_a_rule_holds_for_all_places_of_a_project_or_for_none(given, rule):
    locations = _locations(project=[0, 0], territory_code=["A", "B"], **given)
    weight, found = place_weights(locations, np.array([0, 0]), np.array([3000.0, 1000.0]))
    assert [RULES[number] for number in found] == [rule, rule]
    columns = {"amount": "amount_mad", "share": "share_pct"}
    assert weight.tolist() == (given[columns[rule]] if rule in columns else [3000, 1000])


def test_each_project_has_its_own_rule_and_a_place_alone_needs_none():
    locations = _locations(
        project=[0, 1, 1, 2, 2], territory_code=["A", "A", "B", "A", "B"], share_pct=[np.nan, 70, 30, np.nan, np.nan]
    )
    people = np.array([1.0, 1, 1, 0, 5])  # nobody lives at the first place of the last project: the second has all
    cells = allocate(np.array([1.0, 1.0, 1.0]), _one_sector(0, 1, 2), locations, people)
    assert [RULES[number] for number in cells.rule] == ["single", "share", "share", "population", "population"]
    assert cells.centimes.tolist() == [100, 70, 30, 0, 100]


def test_no_project_is_no_cell():
    nothing = _locations(project=[], territory_code=[])
    assert len(allocate(np.array([]), _one_sector(), nothing, np.array([])).centimes) == 0


def test_two_villages_of_one_commune_share_its_population():
    # A holds two villages and 2,000 people (1,000 each), B one village and 1,000: three equal thirds.
    locations = _locations(project=[0, 0, 0], territory_code=["A", "A", "B"])
    cells = allocate(np.array([3.0]), _one_sector(0), locations, np.array([2000.0, 2000.0, 1000.0]))
    assert cells.centimes.tolist() == [100, 100, 100]


def test_sectors_and_places_cross():
    sectors = pd.DataFrame({"project": [0, 0], "sector": [0, 1], "share_pct": [75.0, 25.0]})
    locations = _locations(project=[0, 0], territory_code=["A", "B"], share_pct=[50.0, 50.0])
    cells = allocate(np.array([8.0]), sectors, locations, np.array([1.0, 1.0]))
    assert list(zip(cells.sector.tolist(), cells.place.tolist(), cells.centimes.tolist(), strict=True)) == [
        (0, 0, 300), (0, 1, 300), (1, 0, 100), (1, 1, 100),
    ]  # fmt: skip


def test_an_unknown_amount_leaves_its_cells_at_nothing():
    locations = _locations(project=[0], territory_code=["A"])
    assert allocate(np.array([np.nan]), _one_sector(0), locations, np.array([1.0])).centimes.tolist() == [0]
