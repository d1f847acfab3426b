"""The adjusted headcount, on the worked example of its authors and on identities that always hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MeasureError, WeightError
from geo.poverty import alkire_foster, deprivations

# R1: Alkire & Foster, Counting and multidimensional poverty measurement, J. Public Econ. 95 (2011), section 7: four
# people, income, years of schooling, self-rated health and insurance, with their cut-offs.
PEOPLE = pd.DataFrame(
    [[13.1, 14, 4, 1], [15.2, 7, 5, 0], [12.5, 10, 1, 0], [20, 11, 3, 1]],
    columns=["income", "schooling", "health", "insurance"],
)
CUTOFFS = {"income": 13.0, "schooling": 12.0, "health": 3.0, "insurance": 1.0}


def test_the_worked_example_of_alkire_and_foster():
    found = alkire_foster(deprivations(PEOPLE, CUTOFFS), 2 / 4)
    assert found.deprivation_scores.tolist() == [0, 0.5, 1, 0.25]
    assert (found.headcount, found.intensity, found.adjusted_headcount) == pytest.approx((0.5, 0.75, 0.375))
    assert found.censored_headcounts.tolist() == pytest.approx([0.25, 0.5, 0.25, 0.5])
    assert found.uncensored_headcounts.tolist() == pytest.approx([0.25, 0.75, 0.25, 0.5])
    assert found.contributions.tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 6, 1 / 3])


def test_a_third_made_of_eighteenths_is_a_third():
    # Six living standards of 1/18 sum to just under 1/3 in floating point: the person is poor all the same.
    weights = {f"i{number}": 1 / 18 for number in range(6)} | {f"h{number}": 1 / 6 for number in range(4)}
    row = {code: code.startswith("i") for code in weights}
    assert alkire_foster(pd.DataFrame([row]), 1 / 3, weights=weights).headcount == 1
    # Who lacks one of them less is not.
    assert alkire_foster(pd.DataFrame([row | {"i0": False}]), 1 / 3, weights=weights).headcount == 0


def test_a_person_not_known_in_full_is_not_counted():
    achievements = PEOPLE.assign(health=[4, 5, 1, np.nan])
    found = alkire_foster(deprivations(achievements, CUTOFFS), 0.5)
    assert found.headcount == pytest.approx(2 / 3)


def test_nobody_poor_has_no_intensity():
    found = alkire_foster(pd.DataFrame({"a": [0, 0], "b": [1, 0]}), 1)
    assert (found.headcount, found.adjusted_headcount) == (0, 0)
    assert np.isnan(found.intensity)
    assert found.contributions.isna().all()


@pytest.mark.parametrize(
    ("table", "asked", "error"),
    [
        ({"a": [1]}, {"cutoff": 0}, MeasureError),
        ({"a": [1]}, {"cutoff": 1.2}, MeasureError),
        ({"a": [2]}, {"cutoff": 1}, MeasureError),
        ({"a": [None]}, {"cutoff": 1}, MeasureError),
        ({"a": [1]}, {"cutoff": 1, "people": [0]}, MeasureError),
        ({"a": [1]}, {"cutoff": 1, "weights": {"b": 1}}, WeightError),
        ({"a": [1]}, {"cutoff": 1, "weights": {"a": 0}}, WeightError),
        ({"a": [1]}, {"cutoff": 1, "weights": {"a": -1}}, WeightError),
    ],
)
def test_what_cannot_be_counted_is_refused(table, asked, error):
    with pytest.raises(error, match="poverty"):
        alkire_foster(pd.DataFrame(table), **asked)


tables = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(1, 9)), min_size=1, max_size=12)


@given(tables, st.sampled_from([0.2, 1 / 3, 0.5, 1.0]))
def test_identities(rows, cutoff):
    table = pd.DataFrame([row[:3] for row in rows], columns=["a", "b", "c"])
    size = np.array([row[3] for row in rows], float)
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    whole = alkire_foster(table, cutoff, weights=weights, people=size)
    assert whole.adjusted_headcount <= whole.headcount + 1e-12
    assert whole.adjusted_headcount == pytest.approx(float((whole.censored_headcounts * whole.weights).sum()))
    if whole.headcount > 0:
        assert whole.headcount * whole.intensity == pytest.approx(whole.adjusted_headcount)
        assert whole.contributions.sum() == pytest.approx(1)
    # Groups weighted by their people make up the whole.
    groups = [slice(0, len(rows) // 2), slice(len(rows) // 2, None)]
    parts = [
        (alkire_foster(table[group], cutoff, weights=weights, people=size[group]).adjusted_headcount, size[group].sum())
        for group in groups
        if len(table[group])
    ]
    assert sum(part * people for part, people in parts) / size.sum() == pytest.approx(whole.adjusted_headcount)
    # One deprivation more never lowers it; the union counts everybody deprived of anything.
    worse = alkire_foster(table.assign(a=True), cutoff, weights=weights, people=size)
    assert worse.adjusted_headcount >= whole.adjusted_headcount - 1e-12
    union = alkire_foster(table, 0.2, weights=weights, people=size)
    assert union.headcount == pytest.approx((size * table.any(axis=1)).sum() / size.sum())
