"""Classes of a map: the reference case of mapclassify, brute force for natural breaks, and what never changes."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MeasureError
from geo import classify
from geo.classify import NO_CLASS, Breaks, assign, class_breaks, counts
from geo.natural_breaks import natural_breaks

NAN = np.nan
# Jobs per square kilometre in the 58 counties of California: data set calempdensity of PySAL (libpysal, mapclassify).
DENSITIES = """
329.92 0.42 5.9 14.03 2.78 1.34 181.27 1.65 10.03 16.7 1.32 3.99 3.16 0.22 8.7 6.56 3.27 0.33 370.5 4.51 75.29 0.99
2.74 8.68 0.14 0.92 12.63 28.7 12.02 722.85 36.68 0.74 29.82 192.05 3.38 11.15 110.74 4111.45 49.47 10.33 317.11 20.47
264.93 66.26 5.39 0.13 0.61 50.65 40.48 36.67 13.09 1.81 0.2 7.6 2.51 57.26 24.32 6.97
"""
CALIFORNIA = np.array(DENSITIES.split(), float)


@pytest.mark.parametrize(
    ("method", "bins", "in_each", "fit"),
    [
        # R10: FisherJenks and Quantiles of mapclassify, k = 5; GADF as given by mapclassify 2.10.
        ("natural", [75.29, 192.05, 370.5, 722.85, 4111.45], [49, 3, 4, 1, 1], 0.8879032),
        ("quantiles", [1.464, 5.798, 13.278, 54.616, 4111.45], [12, 11, 12, 11, 12], 0.2171023),
        ("equal", [822.394, 1644.658, 2466.922, 3289.186, 4111.45], [57, 0, 0, 0, 1], 0.5754280),
        ("head_tail", [125.9281034, 811.26, 4111.45], [50, 7, 1], None),
    ],
)
def test_densities_of_california_fall_in_the_published_classes(method, bins, in_each, fit):
    assert len(CALIFORNIA) == 58
    breaks = class_breaks(CALIFORNIA, method, classes=5)
    assert breaks.bins == pytest.approx(bins)
    assert counts(CALIFORNIA, breaks).tolist() == in_each
    if fit is not None:
        assert classify.absolute_deviation_fit(CALIFORNIA, breaks) == pytest.approx(fit)


def test_a_value_on_a_bound_belongs_below_it():
    breaks = class_breaks([0, 100], "thresholds", thresholds=(0, 5, 10))
    assert assign([0, 0.1, 5, 5.1, 10, 10.1, 1000, -3, NAN], breaks).tolist() == [0, 1, 1, 2, 2, 3, 3, 0, NO_CLASS]
    assert counts([0, 5, 5, NAN], breaks).tolist() == [1, 2, 0, 0]


def test_thresholds_beyond_every_value_stay_and_leave_empty_classes():
    breaks = class_breaks([1, 2], "thresholds", thresholds=(-5, 50))
    assert counts([1, 2], breaks).tolist() == [0, 2, 0]
    assert (breaks.lowest, breaks.highest) == (1, 2)


@pytest.mark.parametrize("method", ["quantiles", "natural", "equal", "head_tail", "diverging"])
def test_values_all_alike_are_one_class_and_it_is_said(method):
    breaks = class_breaks([7, 7, NAN], method)
    assert (breaks.count, breaks.note) == (1, "constant")
    assert assign([7, NAN], breaks).tolist() == [0, NO_CLASS]


@pytest.mark.parametrize("method", ["quantiles", "natural", "equal", "head_tail", "diverging"])
def test_no_known_value_is_one_empty_class_and_it_is_said(method):
    breaks = class_breaks([NAN, NAN], method)
    assert (breaks.count, breaks.note) == (1, "no_values")
    assert counts([NAN], breaks).tolist() == [0]


def test_no_value_has_no_natural_class():
    assert len(natural_breaks([], 5)) == 0


def test_three_distinct_values_cannot_make_five_natural_classes():
    breaks = class_breaks([1, 1, 2, 9, 9], "natural", classes=5)
    assert (breaks.bounds, breaks.note) == ((1, 2), "fewer")


def test_quantiles_that_coincide_make_fewer_classes():
    breaks = class_breaks([0] * 8 + [1, 2], "quantiles", classes=5)  # the first three fall on 0, the fourth on 0.2
    assert breaks.bounds == pytest.approx((0, 0.2))
    assert breaks.note == "fewer"


def test_change_is_cut_symmetrically_about_zero():
    # Absolute values 1 to 10: quantiles 0.2 and 0.6 are 2.8 and 6.4.
    breaks = class_breaks([-1, 2, -3, 4, -5, 6, -7, 8, -9, 10], "diverging", classes=5)
    assert breaks.bounds == pytest.approx((-6.4, -2.8, 2.8, 6.4))


def test_change_that_mostly_did_not_happen_has_no_bound_at_zero_twice():
    # |x| is 0 up to its 60 % quantile: nothing is left to cut by, and all lies in one class.
    assert class_breaks([0, 0, 0, 0, 5], "diverging", classes=5).bounds == ()
    assert class_breaks([0, 0, 4, 4, 5], "diverging", classes=5).bounds == (-4, 4)


def test_breaks_of_the_country_serve_a_region_and_another_year():
    country = class_breaks(np.arange(101), "quantiles", classes=4)
    assert country.bounds == (25, 50, 75)
    assert assign([10, 60, 250], country).tolist() == [0, 2, 3]


def test_fit_is_perfect_when_classes_hold_one_value_each_and_undefined_without_variation():
    breaks = class_breaks([1, 1, 5, 5], "natural", classes=2)
    assert classify.goodness_of_variance_fit([1, 1, 5, 5], breaks) == 1
    assert classify.absolute_deviation_fit([1, 1, 5, 5], breaks) == 1
    assert np.isnan(classify.goodness_of_variance_fit([2, 2], breaks))
    # Bounds (3): classes 1, 3 and 5. Squares 1 + 1 of 8 (mean 3): 0.75. Absolute 2 of 4 (median 3): 0.5.
    by_hand = Breaks("thresholds", (3.0,), 1.0, 5.0)
    assert classify.goodness_of_variance_fit([1, 3, 5], by_hand) == pytest.approx(0.75)
    assert classify.absolute_deviation_fit([1, 3, 5], by_hand) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "jenks"},
        {"method": "thresholds"},
        {"method": "thresholds", "thresholds": (5, 5)},
        {"method": "thresholds", "thresholds": (5, NAN)},
        {"method": "quantiles", "classes": 0},
        {"method": "diverging", "classes": 4},
        {"method": "equal", "values": [1, np.inf]},
    ],
)
def test_classes_that_make_no_sense_are_refused(wrong):
    with pytest.raises(MeasureError, match="allowed"):
        class_breaks(**{"values": [1, 2, 3]} | wrong)


def brute_force(values, classes):
    """Return the least sum of squares over every way to cut the distinct values."""
    distinct = np.unique(values)
    least = np.inf
    for cut in combinations(range(1, len(distinct)), classes - 1):
        ends = [0, *cut, len(distinct)]
        groups = [values[np.isin(values, distinct[low:high])] for low, high in pairwise(ends)]
        least = min(least, sum(((group - group.mean()) ** 2).sum() for group in groups))
    return least


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=11), st.integers(1, 5))
def test_natural_breaks_leave_the_least_variance_of_all_groupings(values, classes):
    values = np.array(values, float)
    classes = min(classes, len(np.unique(values)))
    bins = natural_breaks(values, classes)
    assert len(bins) == classes
    group = np.searchsorted(bins, values)
    inside = sum(((values[group == number] - values[group == number].mean()) ** 2).sum() for number in range(classes))
    assert inside == pytest.approx(brute_force(values, classes), abs=1e-6)


def test_natural_breaks_of_many_values_agree_with_the_plain_dynamic_programme():
    values = np.sort(np.random.default_rng(3).gamma(0.7, 20, 300))
    sums, squares = (np.concatenate([[0], np.cumsum(values**power)]) for power in (1, 2))
    start, end = np.meshgrid(np.arange(300), np.arange(1, 301), indexing="ij")
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
    inside[start >= end] = np.inf
    cost, back = inside[0], []
    for _ in range(4):
        tried = np.concatenate([[np.inf], cost[:-1]])[:, None] + inside
        back.append(tried.argmin(axis=0))
        cost = tried.min(axis=0)
    last, found = 299, [299]
    for starts in reversed(back):
        last = starts[last] - 1
        found.append(last)
    assert natural_breaks(values, 5) == pytest.approx(values[found[::-1]])


@given(
    st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(NAN)), min_size=1, max_size=40),
    st.sampled_from(["quantiles", "natural", "equal", "head_tail", "diverging"]),
    st.sampled_from([1, 3, 5, 7]),
)
def test_every_known_value_has_one_class_in_the_order_of_the_values(values, method, classes):
    breaks = class_breaks(values, method, classes=classes)
    found = assign(values, breaks)
    known = ~np.isnan(values)
    assert ((found == NO_CLASS) == ~known).all()
    assert breaks.count <= classes
    assert list(breaks.bounds) == sorted(set(breaks.bounds))
    ordered = found[known][np.argsort(np.array(values)[known])]
    assert (np.diff(ordered) >= 0).all()
    assert counts(values, breaks).sum() == known.sum()
