"""Inequality and concentration: cases worked by hand, the reference cases R16 and R17, and what never changes them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.errors import MeasureError
from geo import concentration, inequality

NAN = np.nan
NEED = [5, 4, 3, 2, 1]  # five communes of equal people, the neediest first


@pytest.mark.parametrize(
    ("money", "expected"),
    [([5, 0, 0, 0, 0], -0.8), ([0, 0, 0, 0, 5], 0.8), ([5, 4, 3, 2, 1], -4 / 15), ([1, 1, 1, 1, 1], 0)],
)
def test_concentration_on_five_equal_communes_ranked_by_need(money, expected):
    # R16. And R17: constant funding has concentration 0.
    assert concentration.concentration_index(money, NEED) == pytest.approx(expected)
    assert 1 - 2 * concentration.concentration_curve(money, NEED).area == pytest.approx(expected)


def test_communes_equally_needy_share_their_rank():
    # Two halves: money all in one of two equally needy communes is no concentration at all.
    assert concentration.concentration_index([2, 0], [7, 7]) == pytest.approx(0)
    assert concentration.fractional_ranks([9, 7, 7, 1]).tolist() == [0.125, 0.5, 0.5, 0.875]
    assert concentration.fractional_ranks([9, NAN, 1], [1, 5, 3]).tolist() == pytest.approx(
        [0.125, NAN, 0.625], nan_ok=True
    )
    assert concentration.fractional_ranks([9, 1], neediest_first=False).tolist() == [0.75, 0.25]


def test_people_count_not_communes():
    # A place of three people is three places of one.
    one = concentration.concentration_index([10, 2], [9, 1], [3, 1])
    assert one == pytest.approx(concentration.concentration_index([10, 10, 10, 2], [9, 9, 9, 1]))


def test_the_corrected_index_says_the_same_of_what_people_have_and_of_what_they_lack():
    served = np.array([0.2, 0.5, 0.6, 0.9, 0.9])
    have = concentration.erreygers_index(served, NEED)
    lack = concentration.erreygers_index(1 - served, NEED)
    # Mean 0.62; C = 2/5 (-0.42 x -0.4 + -0.12 x -0.2 + 0 + 0.28 x 0.2 + 0.28 x 0.4) / 0.62; E = 4 x 0.62 x C.
    assert have == pytest.approx(4 * 0.4 * 0.36)
    assert lack == pytest.approx(-have)
    percent = concentration.erreygers_index(served * 100, NEED, lowest=0, highest=100)
    assert percent == pytest.approx(have)
    with pytest.raises(MeasureError, match="ends that hold every value"):
        concentration.erreygers_index([0.5, 3], [2, 1])


def test_money_in_step_with_need_has_a_suits_index_of_zero():
    people_in_need = [50, 30, 20]
    assert concentration.suits_index([5, 3, 2], people_in_need, [9, 5, 1]) == pytest.approx(0)
    # All to the first, half the need: area 0.5 x 0.5 + 0.5 x 1 → 0.75; 1 - 1.5.
    assert concentration.suits_index([10, 0, 0], people_in_need, [9, 5, 1]) == pytest.approx(-0.5)
    # A place with money and nobody in need still holds its share of the money.
    assert concentration.suits_index([0, 4], [10, 0], [9, 1]) == pytest.approx(1)
    curve = concentration.need_curve([10, 0, 0], people_in_need, [9, 5, 1])
    assert curve.along.tolist() == pytest.approx([0, 0.5, 0.8, 1])
    assert curve.share.tolist() == pytest.approx([0, 1, 1, 1])


def test_kakwani_compares_money_with_need_itself():
    assert concentration.kakwani_index([50, 40, 30, 20, 10], NEED) == pytest.approx(0)
    assert concentration.kakwani_index([1, 1, 1, 1, 1], NEED) == pytest.approx(4 / 15)


def test_gini_by_hand():
    # 1, 2, 3, 4: mean absolute difference 1.25 (over all 16 pairs) / (2 x 2.5).
    assert inequality.gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert inequality.gini([7, 7, 7]) == pytest.approx(0)
    assert inequality.gini([0, 0, 0, 1]) == pytest.approx(0.75)  # 1 - 1 / n
    assert inequality.gini([0, 1], [3, 1]) == pytest.approx(0.75)


def test_theil_by_hand_and_its_parts():
    assert inequality.theil([5, 5]) == pytest.approx(0)
    assert inequality.theil([0, 0, 0, 1]) == pytest.approx(np.log(4))
    # 1 and 3, mean 2: (0.5 ln 0.5 + 1.5 ln 1.5) / 2.
    assert inequality.theil([1, 3]) == pytest.approx((0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2)
    between, within = inequality.theil_parts([1, 3, 2, 2], ["a", "a", "b", "b"])
    assert between == pytest.approx(0)
    assert within == pytest.approx(inequality.theil([1, 3, 2, 2]))
    between, within = inequality.theil_parts([1, 1, 3, 3], ["a", "a", "b", "b"])
    assert (between, within) == pytest.approx((inequality.theil([1, 1, 3, 3]), 0))


def test_palma_by_hand():
    # Ten people with 1 to 10: the richest has 10 of 55, the four poorest 10 of 55.
    assert inequality.palma_ratio(range(1, 11)) == pytest.approx(1)
    assert inequality.palma_ratio([1] * 10) == pytest.approx(0.25)
    assert inequality.palma_ratio([0, 0, 0, 0, 1]) == np.inf
    # Access by wealth: the richest tenth has 20 facilities, the poorest four tenths 5 on average.
    access = [2, 4, 6, 8, 9, 9, 9, 9, 9, 20]
    assert inequality.palma_ratio_of_means(access, range(10)) == pytest.approx(4)
    assert inequality.palma_ratio_of_means([3] * 10, range(10)) == pytest.approx(1)


def test_hoover_is_the_share_that_would_have_to_move():
    # Money 80 and 20 for 50 and 50 people: 30 % would have to move.
    assert inequality.hoover([80, 20], [500, 500]) == pytest.approx(0.3)
    assert inequality.hoover([80, 20], [8, 2]) == pytest.approx(0)
    assert inequality.hoover([10, 0], [0, 5]) == pytest.approx(1)  # money where nobody lives moves too


def test_poverty_against_a_norm_by_hand():
    # Norm 10; 4, 8, 10, 20: gaps 0.6, 0.2, none at the norm, none above.
    values = [4, 8, 10, 20]
    assert inequality.poverty(values, 10) == pytest.approx(0.5)
    assert inequality.poverty(values, 10, alpha=1) == pytest.approx(0.2)
    assert inequality.poverty(values, 10, alpha=2) == pytest.approx(0.1)
    assert inequality.poverty(values, 10, weights=[3, 1, 0, 0]) == 1
    # Kilometres to a school, 2 km being the norm: 3 km is half too far.
    assert inequality.poverty([1, 2, 3], 2, alpha=1, lack_above=True) == pytest.approx(1 / 6)
    assert inequality.poverty([0, 0], 2, alpha=2) == 1
    with pytest.raises(MeasureError, match="line"):
        inequality.poverty(values, 0)


def test_places_not_known_or_empty_are_left_out():
    assert inequality.gini([1, 2, 3, 4, NAN, 9], [1, 1, 1, 1, 1, 0]) == pytest.approx(0.25)
    nullable = pd.Series([1, 2, 3, 4, None], dtype="Int64")
    assert inequality.gini(nullable) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("values", "weights", "said"),
    [
        ([0, 0], None, "total is 0"),
        ([1, -1], None, "negative"),
        ([1, 1], [1, -1], "negative"),
        ([1, np.inf], None, "infinite"),
        ([NAN], None, "nobody"),
        ([1, 2], [1], "one value each"),
        ([], None, "nobody"),
    ],
)
def test_what_cannot_be_shared_is_refused(values, weights, said):
    with pytest.raises(MeasureError, match=said):
        inequality.gini(values, weights)


people = st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 50), st.integers(0, 5)), min_size=2, max_size=12)
MEASURES = {
    "gini": lambda held, size, _: inequality.gini(held, size),
    "theil": lambda held, size, _: inequality.theil(held, size),
    "palma": lambda held, size, _: inequality.palma_ratio(held, size),
    "hoover": lambda held, size, _: inequality.hoover(held * size, size),
    "concentration": lambda held, size, need: concentration.concentration_index(held, need, size),
    "kakwani": lambda held, size, need: concentration.kakwani_index(held, need + 1, size),
}


@pytest.mark.parametrize("name", MEASURES)
@given(rows=people, factor=st.sampled_from([0.25, 3, 1000]), random=st.randoms(use_true_random=False))
def test_scale_replication_order_and_splitting_a_place_change_nothing(name, rows, factor, random):
    measure = MEASURES[name]
    held, size, need = (np.array(column, float) for column in zip(*rows, strict=True))
    assume(held.sum() > 0)
    found = measure(held, size, need)
    order = list(range(len(rows)))
    random.shuffle(order)
    assert measure(held * factor, size, need) == pytest.approx(found, abs=1e-9)
    assert measure(np.tile(held, 3), np.tile(size, 3), np.tile(need, 3)) == pytest.approx(found, abs=1e-9)
    assert measure(held[order], size[order], need[order]) == pytest.approx(found, abs=1e-9)
    halves = (np.repeat(held, 2), np.repeat(size / 2, 2), np.repeat(need, 2))
    assert measure(*halves) == pytest.approx(found, abs=1e-9)


@given(people)
def test_measures_stay_in_their_range_and_agree_with_their_curve(rows):
    held, size, need = (np.array(column, float) for column in zip(*rows, strict=True))
    assume(held.sum() > 0)
    gini = inequality.gini(held, size)
    index = concentration.concentration_index(held, need, size)
    assert 0 <= inequality.hoover(held * size, size) <= gini + 1e-9 <= 1
    assert abs(index) <= gini + 1e-9  # no order concentrates more than their own
    assert 1 - 2 * concentration.concentration_curve(held, need, size).area == pytest.approx(index, abs=1e-9)
    turned = concentration.concentration_index(held, need, size, neediest_first=False)
    assert turned == pytest.approx(-index, abs=1e-9)
    between, within = inequality.theil_parts(held, need.astype(int).astype(str), size)
    assert between + within == pytest.approx(inequality.theil(held, size), abs=1e-9)
    assert between >= -1e-9
    assert within >= -1e-9


@given(people)
def test_a_transfer_from_richer_to_poorer_lowers_inequality(rows):
    held = np.array([row[0] for row in rows], float)
    assume(held.max() - held.min() > 2)
    after = held.copy()
    after[held.argmax()] -= 1
    after[held.argmin()] += 1
    assert inequality.gini(after) < inequality.gini(held)
    assert inequality.theil(after) < inequality.theil(held)
