"""Scales of indicators, worked by hand; outliers drawn in as JRC's COIN Tool does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import ScoringError
from geo.hierarchy import Leaf
from geo.normalisation import NORMALISATIONS, normalise, treat_outliers

NAN = np.nan
VALUES = pd.DataFrame({"x": [2.0, 4.0, 4.0, 10.0, NAN]})


def scaled(how, *, direction=1, values=VALUES, reference=None, **leaf):
    found, notes = normalise(values, [Leaf("x", direction=direction, **leaf)], how=how, reference=reference)
    return found["x"].tolist(), [(note.kind, note.code, note.count) for note in notes]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("goalposts", [0.1, 0.2, 0.2, 0.5, NAN]),  # / 20
        ("min_max", [0, 0.25, 0.25, 1, NAN]),  # (x - 2) / 8
        ("percentile_rank", [0.25, 0.625, 0.625, 1, NAN]),  # ranks 1, 2.5, 2.5, 4 of 4
        ("share_below", [0, 1 / 3, 1 / 3, 1, NAN]),  # 0, 1, 1, 3 of the 3 others
        # mean 5, sample standard deviation sqrt((9 + 1 + 1 + 25) / 3) = sqrt(12)
        ("z_score", [-3 / 12**0.5, -1 / 12**0.5, -1 / 12**0.5, 5 / 12**0.5, NAN]),
        ("as_is", [2, 4, 4, 10, NAN]),
    ],
)
def test_each_scale_by_hand(how, expected):
    found, notes = scaled(how, goalposts=(0, 20))
    assert found == pytest.approx(expected, nan_ok=True)
    assert notes == []


def test_the_direction_turns_a_scale_round():
    assert scaled("goalposts", direction="higher_is_better", goalposts=(0, 20))[0][:2] == pytest.approx([0.9, 0.8])
    assert scaled("min_max", direction=-1)[0][:4] == pytest.approx([1, 0.75, 0.75, 0])
    assert scaled("percentile_rank", direction=-1)[0][:4] == pytest.approx([1, 0.625, 0.625, 0.25])
    assert scaled("share_below", direction=-1)[0][:4] == pytest.approx([1, 1 / 3, 1 / 3, 0])
    assert scaled("z_score", direction=-1)[0][3] == pytest.approx(-5 / 12**0.5)


def test_the_country_fixes_the_scale_of_a_region():
    region, country = pd.DataFrame({"x": [4.0, 30.0]}), pd.DataFrame({"x": [0.0, 4.0, 8.0, 20.0]})
    assert scaled("min_max", values=region, reference=country)[0] == pytest.approx([0.2, 1])  # 30 counts as 20
    assert scaled("percentile_rank", values=region, reference=country)[0] == pytest.approx([0.5, 1])
    assert scaled("share_below", values=region, reference=country)[0] == pytest.approx([1 / 3, 1])


@pytest.mark.parametrize("how", ["min_max", "z_score", "percentile_rank", "share_below"])
def test_a_constant_column_has_no_scale_and_is_named(how):
    found, notes = scaled(how, values=pd.DataFrame({"x": [3.0, 3.0, NAN]}))
    assert np.isnan(found).all()
    assert notes == [("constant", "x", 3)]


def test_a_constant_column_keeps_its_place_between_goalposts_and_is_named():
    assert scaled("goalposts", values=pd.DataFrame({"x": [5.0, 5.0]}), goalposts=(0, 20)) == (
        [0.25, 0.25],
        [("constant_kept", "x", 2)],
    )


@pytest.mark.parametrize("how", NORMALISATIONS)
def test_a_column_nobody_knows_stays_unknown_and_is_named(how):
    found, notes = scaled(how, values=pd.DataFrame({"x": [NAN, NAN]}), goalposts=(0, 1))
    assert np.isnan(found).all()
    assert notes == [("unknown_everywhere", "x", 2)]


def test_a_logarithm_of_nothing_is_refused():
    with pytest.raises(ScoringError, match="x: a value or goalpost is 0"):
        scaled("min_max", values=pd.DataFrame({"x": [0.0, 1.0]}), transform="log")


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20), st.floats(0.001, 1000), st.floats(-1000, 1000))
def test_units_do_not_change_a_scale_made_from_the_data(values, factor, offset):
    data = pd.DataFrame({"x": np.round(values, 3)})
    if data["x"].nunique() < 2:
        return
    other = data * factor + offset
    if other["x"].nunique() < data["x"].nunique():
        return
    for how in ("min_max", "percentile_rank", "share_below"):
        assert scaled(how, values=other)[0] == pytest.approx(scaled(how, values=data)[0], abs=1e-5)


def test_one_far_value_is_drawn_in_to_the_next_and_counted():
    # 1 to 20, 100 and 1,000: with 1,000 drawn to 100, skew is still 2.8; with both drawn to 20 there is none left.
    treated, notes = treat_outliers(pd.DataFrame({"x": [*range(1, 21), 100, 1000]}, dtype=float))
    assert treated["x"].tolist() == [*range(1, 21), 20, 20]
    assert [(note.kind, note.count) for note in notes] == [("winsorised", 2)]


def test_low_outliers_are_drawn_in_from_below_and_missing_values_stay():
    treated, _ = treat_outliers(pd.DataFrame({"x": [-1000.0, -100.0, *range(-20, 0), NAN]}))
    assert treated["x"].tolist()[:3] == [-20, -20, -20]
    assert np.isnan(treated["x"].iloc[-1])


def test_what_five_points_do_not_mend_is_put_on_a_logarithm():
    values = pd.DataFrame({"x": np.exp(np.linspace(0, 100, 60))})
    treated, notes = treat_outliers(values)
    assert [note.kind for note in notes] == ["logged"]
    spread = values["x"].max() - values["x"].min()
    assert treated["x"].iloc[0] == pytest.approx(np.log(0.01 * spread))


def test_ordinary_values_are_left_alone():
    values = pd.DataFrame({"x": np.arange(20.0)})
    treated, notes = treat_outliers(values)
    assert notes == ()
    pd.testing.assert_frame_equal(treated, values)
