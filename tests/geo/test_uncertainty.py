"""How far ranks depend on the weights: cases with a known answer, brute force, and seeds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ScoringError
from geo.hierarchy import Leaf, Node, with_weights
from geo.needs import Method, score
from geo.uncertainty import importance, leave_one_out, robustness

NAN = np.nan


def index(rows, places="ABCDEFGH", **method):
    """Score places given as rows of sector scores (0 to 100), every sector an indicator of its own."""
    data = pd.DataFrame(rows, index=list(places[: len(rows)])).rename(columns=lambda number: f"s{number}")
    tree = Node("need", children=tuple(Leaf(code, goalposts=(0, 100)) for code in data))
    return score(data, tree, method=Method(**method))


def test_a_place_worst_in_everything_is_first_under_any_weights():
    # A lacks more than all others in every sector; B and C trade places as the weights move.
    table = robustness(index([[90, 90], [80, 10], [10, 80]]), top=1, concentration=2).table
    assert table.loc["A", ["rank", "rank_p5", "rank_p50", "rank_p95", "top_share"]].tolist() == [1, 1, 1, 1, 1]
    assert table["is_robust"].tolist() == [True, False, False]
    assert table.loc["B", ["rank_p5", "rank_p95"]].tolist() == [2, 3]


def test_two_sectors_under_any_weights_trade_places_as_often_as_the_first_weighs_more():
    # Dirichlet(2 x (1/2, 1/2)) is uniform: B (80, 10) beats C (10, 80) in half the draws, D (40, 60) beats B where
    # 40 w + 60 (1 - w) > 80 w + 10 (1 - w), that is w < 5/9.
    result = index([[80, 10], [10, 80]])
    assert robustness(result, top=1, concentration=2, draws=20_000).table["top_share"].tolist() == pytest.approx(
        [0.5, 0.5], abs=0.015
    )
    other = robustness(index([[80, 10], [40, 60]]), top=1, concentration=2, draws=20_000).table["top_share"]
    assert other.tolist() == pytest.approx([4 / 9, 5 / 9], abs=0.015)


def test_the_closer_to_the_chosen_weights_the_narrower_the_interval():
    rows = np.random.default_rng(5).uniform(0, 100, (8, 4))
    tables = {near: robustness(index(rows), concentration=near).table for near in (4, 30, 100_000)}
    width = {near: (table["rank_p95"] - table["rank_p5"]).sum() for near, table in tables.items()}
    assert width[4] > width[30] > width[100_000]


def test_the_same_seed_gives_the_same_ranks_and_another_seed_others():
    result = index(np.random.default_rng(5).uniform(0, 100, (8, 4)))
    one, same, other = (robustness(result, seed=seed, draws=50).table for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["arithmetic", "geometric_complement"]))
def test_intervals_agree_with_scoring_again_under_each_weighting(seed, how):
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, 4, (7, 3)) * 30.0  # coarse, so that places tie
    rows[rng.random(rows.shape) < 0.15] = NAN
    result = index(rows, aggregation=how, least_known=0.5)
    weightings = np.random.default_rng(seed).dirichlet(np.full(3, 10.0), size=20)
    ranks = []
    for weights in weightings:
        tree = with_weights(result.tree, dict(zip(result.sector_codes, weights, strict=True)))
        again = score(result.values, tree, method=Method(aggregation=how, least_known=0)).score
        ranks.append(again.where(result.score.notna()).round(9).rank(ascending=False, method="min"))
    expected = pd.concat(ranks, axis=1)
    table = robustness(result, draws=20, concentration=30, seed=seed, top=2).table
    low = np.quantile(expected, 0.05, axis=1, method="inverted_cdf")
    high = np.quantile(expected, 0.95, axis=1, method="inverted_cdf")
    assert table["rank_p5"].to_numpy() == pytest.approx(low, nan_ok=True)
    assert table["rank_p95"].to_numpy() == pytest.approx(high, nan_ok=True)
    share = (expected <= 2).mean(axis=1).where(result.score.notna())
    assert table["top_share"].to_numpy() == pytest.approx(share.to_numpy(), nan_ok=True)


def test_places_alike_share_the_best_rank_in_every_draw():
    table = robustness(index([[50, 20], [50, 20], [0, 0]]), draws=100, top=1).table
    assert table.loc[["A", "B"], "top_share"].tolist() == [1, 1]
    assert table.loc["C", "rank_p5"] == 3


def test_a_place_without_a_score_has_no_interval_and_is_not_robust():
    table = robustness(index([[50, 20], [NAN, NAN]]), draws=100).table
    assert table.loc["B", ["rank", "rank_p5", "top_share"]].isna().all()
    assert not table.loc["B", "is_robust"]


def test_with_one_sector_there_is_nothing_to_vary_and_it_is_said():
    found = robustness(index([[50], [20]]), draws=10)
    assert found.varied == 1
    assert found.table["rank_p95"].tolist() == found.table["rank"].tolist() == [1, 2]
    assert leave_one_out(index([[50], [20]])).mean_shift.empty


def test_other_scales_drawn_at_random_widen_the_interval():
    # Between goalposts A (60, 0) is needier than B (40, 15) with equal weights; between extremes B's 15 counts 100.
    rows = [[60, 0], [40, 15], [0, 0]]
    usual, stretched = index(rows), index(rows, normalisation="min_max")
    assert robustness(usual, concentration=1e6, top=1).table.loc["A", "top_share"] == 1
    mixed = robustness(usual, concentration=1e6, top=1, alternatives=[stretched]).table
    assert mixed.loc["A", "top_share"] == pytest.approx(0.5, abs=0.05)
    with pytest.raises(ScoringError, match="allowed: the same"):
        robustness(usual, alternatives=[index([[1, 2]])])


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"concentration": 0}, {"top": 0}])
def test_draws_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ScoringError, match="allowed: above 0"):
        robustness(index([[1, 2]]), **wrong)


def test_leaving_a_sector_out_moves_ranks_by_what_it_decided():
    # With both, A (90, 0) = 45 leads B (30, 40) = 35. Without the first: B 40, A 0. Without the second: A, B.
    found = leave_one_out(index([[90, 0], [30, 40], [0, NAN]], least_known=0.5))
    assert found.ranks["s0"].tolist() == pytest.approx([2, 1, NAN], nan_ok=True)
    assert found.shifts["s0"].tolist() == pytest.approx([1, -1, NAN], nan_ok=True)
    assert found.mean_shift.to_dict() == {"s0": 1, "s1": 0}


def test_equal_weights_are_not_equal_influence():
    # The second sector hardly varies: it weighs half and decides next to nothing.
    found = importance(index([[0, 50], [50, 51], [100, 49], [30, 50]]))
    assert found["weight"].tolist() == [0.5, 0.5]
    assert found.loc["s0", "r2"] > 0.99
    assert found.loc["s1", "r2"] < 0.3
    assert found["r2_share"].sum() == pytest.approx(1)
    # Two sectors that have nothing to do with each other explain half of their mean each.
    square = importance(index([[0, 0], [0, 100], [100, 0], [100, 100]]))
    assert square["r2"].tolist() == pytest.approx([0.5, 0.5])
    assert importance(index([[50, 1], [50, 9]])).loc["s0"].isna()["r2"]
