"""Access to services: catchments that lose nobody (R6), coverage, grid costs and walking speeds (R15)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MeasureError
from geo.access import (
    E2SFCA_STEPS,
    balanced_catchment,
    coverage,
    floating_catchment,
    nearest,
    opportunities,
    step_weights,
)
from geo.walking import cost_distance, tobler_kmh, walking_minutes

# Three villages of 100, 50 and 50 people, two dispensaries of 3 and 2 nurses; minutes between them.
PEOPLE, NURSES = [100, 50, 50], [3, 2]
MINUTES = [[10, 60], [20, 30], [np.nan, 15]]


def test_supply_in_reach_is_shared_by_those_who_reach_it():
    # Within 30 min: the first reaches 150 people (0.02 each), the second 100 (0.02 each).
    weights = step_weights(MINUTES, ((30, 1),))
    assert weights.tolist() == [[1, 0], [1, 1], [0, 1]]
    assert floating_catchment(PEOPLE, NURSES, weights).tolist() == pytest.approx([0.02, 0.04, 0.02])
    assert opportunities(NURSES, weights).tolist() == [3, 5, 2]


def test_weights_fall_by_steps_whose_end_is_included():
    weights = step_weights([0, 10, 10.1, 20, 30, 30.1, np.inf], E2SFCA_STEPS)
    assert weights.tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0]
    # "However far" is not "where there is no way".
    assert step_weights([5000, np.nan, np.inf], ((np.inf, 1),)).tolist() == [1, 0, 0]
    with pytest.raises(MeasureError, match="ascending"):
        step_weights([1], ((20, 1), (10, 1)))


numbers = st.integers(0, 30)


@given(st.lists(st.tuples(numbers, *[st.integers(0, 45)] * 3), min_size=1, max_size=8), st.tuples(*[numbers] * 3))
def test_no_supply_is_lost_or_counted_twice(rows, supply):
    # R6: people times access sums to the supply that somebody can reach, in every scenario.
    people = np.array([row[0] for row in rows], float)
    minutes = np.array([row[1:] for row in rows], float)
    for steps in (((30, 1),), E2SFCA_STEPS):
        weights = step_weights(minutes, steps)
        reachable = np.array(supply)[(people @ weights) > 0].sum()
        assert people @ floating_catchment(people, supply, weights) == pytest.approx(reachable)


def test_balanced_catchments_do_not_count_the_same_people_twice():
    # The middle village spreads half and half: 100 + 25 people at the first, 25 + 50 at the second.
    weights = step_weights(MINUTES, ((30, 1),))
    levels = np.array([3 / 125, 2 / 75])
    by_hand = [levels[0] / 2, levels[0] / 2 + levels[1] / 2, levels[1] / 2]
    found = balanced_catchment(PEOPLE, NURSES, weights)
    assert found.tolist() == pytest.approx(by_hand)
    assert found.sum() == pytest.approx(levels.sum())


def test_the_nearest_facility_and_none_at_all():
    cost, number = nearest([[3, 2], [np.nan, 5], [np.nan, np.inf]])
    assert cost.tolist() == [2, 5, np.inf]
    assert number.tolist() == [1, 1, -1]
    assert nearest(np.empty((2, 0)))[1].tolist() == [-1, -1]


def test_coverage_counts_people_and_says_how_many_are_not_known():
    assert coverage([1, 5, 5.1, np.nan, np.inf], 5, [10, 20, 30, 40, 0]) == pytest.approx((0.3, 0.4))
    with pytest.raises(MeasureError, match="coverage"):
        coverage([1], 5, [0])


@pytest.mark.parametrize(
    "wrong",
    [
        ([1, 2], [1], [[1]]),
        ([-1], [1], [[1]]),
        ([1], [np.nan], [[1]]),
        ([1, np.inf], [1], [[1], [1]]),
        ([1], [1], [[-1]]),
    ],
)
def test_catchments_that_make_no_sense_are_refused(wrong):
    with pytest.raises(MeasureError, match="allowed"):
        floating_catchment(*wrong)


@pytest.mark.parametrize(
    ("slope", "kmh"),
    [(0, 5.0367), (-0.05, 6.0), (0.1, 3.5493), (-0.1, 5.0367), (0.2, 2.5012), (0.3, 1.7625)],
)
def test_walking_speeds_of_tobler(slope, kmh):
    # R15.
    assert tobler_kmh(slope) == pytest.approx(kmh, abs=5e-5)


def test_costs_on_even_ground_follow_the_eight_neighbours():
    # R15: (max - min) + sqrt(2) min.
    found = cost_distance(np.ones((9, 12)), corner((9, 12)))
    for down in range(9):
        for right in range(12):
            low, high = sorted((down, right))
            assert found[down, right] == pytest.approx(high - low + 2**0.5 * low)


def corner(shape):
    marked = np.zeros(shape, bool)
    marked[0, 0] = True
    return marked


def test_a_barrier_is_walked_round_and_what_lies_behind_it_is_out_of_reach():
    ground = np.ones((3, 3))
    ground[:2, 1] = np.nan
    found = cost_distance(ground, corner((3, 3)), cell=100)
    assert found[0, 2] == pytest.approx(100 * (1 + 2**0.5 + 2**0.5 + 1))
    assert np.isinf(found[0, 1])
    ground[2, 1] = np.nan
    assert np.isinf(cost_distance(ground, corner((3, 3)))[0, 2])
    assert np.isinf(cost_distance(ground, np.zeros((3, 3), bool))).all()


def test_a_step_costs_the_mean_of_its_two_cells():
    assert cost_distance([[1.0, 3.0, 0.0]], [[True, False, False]], cell=2).tolist() == [[0, 4, 7]]


def test_the_way_up_takes_longer_than_the_way_down():
    # 100 m long, 20 m up: 2.5012 km/h is 2.399 min; down at -0.2, 3.5493 km/h, 1.690 min.
    height, school = [[0.0, 20.0]], [[False, True]]
    there = walking_minutes(height, school, cell_m=100)
    back = walking_minutes(height, school, cell_m=100, to_source=False)
    assert there[0, 0] == pytest.approx(0.1 / 2.5012 * 60, abs=1e-3)
    assert back[0, 0] == pytest.approx(0.1 / 3.5493 * 60, abs=1e-3)
    # A cliff of 300 m in a metre is no way.
    assert np.isinf(walking_minutes([[0.0, 300.0]], school, cell_m=1)[0, 0])
    # On a plateau the slope is the same.
    assert walking_minutes([[1500.0, 1520.0]], school, cell_m=100) == pytest.approx(there)


def test_grids_that_make_no_sense_are_refused():
    with pytest.raises(MeasureError, match="negative"):
        cost_distance([[-1.0]], [[True]])
    with pytest.raises(MeasureError, match="rows and columns"):
        cost_distance([1.0], [True])
    with pytest.raises(MeasureError, match="shape"):
        cost_distance([[1.0]], [[True, False]])
