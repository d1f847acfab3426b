"""The need index: worked by hand, then on published indices, then as properties of any tree and any data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import CodeError, GoalpostError, ScoringError, WeightError
from geo.hierarchy import AGGREGATIONS, Leaf, Node, effective_weights, with_weights
from geo.needs import Method, bounds, rank, score

NAN = np.nan


def water_and_roads(**changes):
    # Need of water: without a tap (share with a tap, so lower is worse). Roads: kilometres, 5 and beyond is the worst.
    water = Node("water", children=(Leaf("tap_pct", direction="higher_is_better", goalposts=(0, 100)),))
    roads = Node("roads", children=(Leaf("road_km", goalposts=(0, 5)), Leaf("track_km", goalposts=(0, 5), weight=3)))
    return Node("need", children=(water, roads), **changes)


def places():
    return pd.DataFrame(
        {"tap_pct": [80.0, 0.0, 50.0], "road_km": [1.0, 5.0, NAN], "track_km": [0.0, 10.0, 2.0]},
        index=["A", "B", "C"],
    )


def test_a_score_is_the_weighted_mean_of_scaled_indicators():
    # A: water (100 - 80) = 20; roads 20 and 0 with weights 1 and 3: 5; need (20 + 5) / 2 = 12.5.
    # B: water 100; roads 100 and (beyond 5 km) 100; need 100.
    result = score(places(), water_and_roads())
    assert result.score["A"] == pytest.approx(12.5)
    assert result.score["B"] == pytest.approx(100)
    assert result.sectors.loc["A"].to_dict() == pytest.approx({"water": 20, "roads": 5})
    assert {(note.kind, note.code, note.count) for note in result.notes} == {("beyond_goalposts", "track_km", 1)}


def test_a_missing_value_passes_its_weight_to_its_siblings_and_is_never_a_zero():
    # C: water 50; roads known by the track alone: 40; need 45. Known weight: 1/2 + 1/2 x 3/4.
    result = score(places(), water_and_roads())
    assert result.score["C"] == pytest.approx(45)
    assert result.completeness.loc["C", "need"] == pytest.approx(0.875)
    assert result.completeness.loc["C", "roads"] == pytest.approx(0.75)
    assert result.contributions.loc["C"].to_dict() == pytest.approx({"tap_pct": 25, "road_km": 0, "track_km": 20})


def test_below_two_thirds_known_there_is_no_score_but_a_reason():
    data = places().assign(tap_pct=[80.0, NAN, NAN]).assign(track_km=[0.0, 1.0, NAN])
    result = score(data, water_and_roads())
    assert result.reason.to_dict() == {"A": "", "B": "insufficient", "C": "unknown"}
    assert result.score.isna().tolist() == [False, True, True]
    assert result.rank.isna().tolist() == [False, True, True]
    assert result.contributions.loc["B"].isna().all()
    half = score(data, water_and_roads(), method=Method(least_known=0.5))
    assert half.reason["B"] == ""  # exactly half is known


def test_a_node_inside_can_need_its_own_share_of_known_values():
    # C knows 3/4 of its roads: asked for 80 %, roads count as not known and water alone (half the weight) is left.
    method = Method(least_known=0.5, least_known_inside=0.8)
    result = score(places(), water_and_roads(), method=method)
    assert result.score["C"] == pytest.approx(50)
    assert np.isnan(result.sectors.loc["C", "roads"])
    assert result.completeness.loc["C", "need"] == pytest.approx(0.5)


def test_what_does_not_apply_is_left_out_or_no_need_as_declared_and_is_not_missing():
    # A town without a distance to the paved road. Left out: water alone. No need: roads 0.
    data = pd.DataFrame({"tap_pct": [60.0], "road_km": [NAN]}, index=["T"])
    mask = pd.DataFrame({"road_km": [True]}, index=["T"])
    for declared, expected in (("left_out", 40), ("no_need", 20)):
        tree = Node(
            "need",
            children=(
                Leaf("tap_pct", direction=-1, goalposts=(0, 100)),
                Leaf("road_km", goalposts=(0, 5), not_applicable=declared),
            ),
        )
        result = score(data, tree, not_applicable=mask)
        assert result.score["T"] == pytest.approx(expected)
        assert result.completeness.loc["T", "need"] == 1
        assert bounds(result).loc["T"].tolist() == pytest.approx([expected, expected])


def test_a_sector_counts_while_one_of_its_parts_applies_and_passes_its_weight_on_when_none_does():
    # T has no roads at all: water alone. U has tracks only: 40; water 40; need 40, the paved road not missing.
    data = pd.DataFrame({"tap_pct": [60.0, 60], "road_km": [NAN, NAN], "track_km": [NAN, 2]}, index=["T", "U"])
    mask = pd.DataFrame({"road_km": [True, True], "track_km": [True, False]}, index=["T", "U"])
    result = score(data, water_and_roads(), not_applicable=mask)
    assert result.score.to_dict() == pytest.approx({"T": 40, "U": 40})
    assert result.contributions.loc["U"].to_dict() == pytest.approx({"tap_pct": 20, "road_km": 0, "track_km": 20})
    assert result.completeness.loc["T"].to_dict() == {"need": 1, "water": 1, "roads": 0}
    assert result.completeness.loc["U"].to_dict() == {"need": 1, "water": 1, "roads": 1}
    unknown = score(data.assign(track_km=NAN), water_and_roads(), not_applicable=mask)
    assert unknown.completeness.loc["U", "need"] == pytest.approx(0.5)  # its track applies and nobody knows it


def test_a_sector_none_of_whose_parts_has_a_meaning_is_a_convention_and_no_measure():
    # T has neither kind of road and counts as not lacking any; U has tracks; of V nothing is known, which is neither.
    roads = (Leaf(code, goalposts=(0, 5), not_applicable="no_need") for code in ("road_km", "track_km"))
    water = Leaf("tap_pct", direction=-1, goalposts=(0, 100))
    data = pd.DataFrame({"tap_pct": [60.0] * 3, "road_km": [NAN] * 3, "track_km": [NAN, 2, NAN]}, index=list("TUV"))
    mask = pd.DataFrame({"road_km": [True, True, False], "track_km": [True, False, False]}, index=list("TUV"))
    result = score(data, Node("need", children=(water, Node("roads", children=tuple(roads)))), not_applicable=mask)
    assert result.assumed["roads"].tolist() == [True, False, False]
    assert not result.assumed["tap_pct"].any()
    assert result.sectors["roads"].tolist() == pytest.approx([0, 20, NAN], nan_ok=True)


def test_an_indicator_that_does_not_vary_tells_nothing_and_is_not_missed():
    # Under min-max a column of one value has no scale: it leaves the index, and what is left is known in full.
    tree = Node("need", children=(Leaf("a"), Leaf("b", weight=9)))
    result = score(pd.DataFrame({"a": [1.0, 3.0], "b": [7.0, 7.0]}), tree, method=Method(normalisation="min_max"))
    assert result.score.tolist() == pytest.approx([0, 100])
    assert result.completeness["need"].tolist() == [1, 1]
    assert [(note.kind, note.code) for note in result.notes] == [("constant", "b")]


def test_a_geometric_mean_of_values_on_their_own_scale_has_no_floor():
    tree = Node("x", children=(Leaf("a"), Leaf("b")))
    method = Method(normalisation="as_is", aggregation="geometric")
    assert score(pd.DataFrame({"a": [2.0], "b": [8.0]}), tree, method=method).score[0] == pytest.approx(4)


def test_with_no_share_asked_for_the_least_that_is_known_gives_a_score():
    # Roads are one part of twenty and water is not known: a score where one asks for no share, else none.
    data = places().assign(tap_pct=NAN)
    tree = with_weights(water_and_roads(), {"water": 19})
    assert score(data, tree, method=Method(least_known=0)).score["A"] == pytest.approx(5)
    assert score(data, tree).reason["A"] == "insufficient"


def test_bounds_hold_whatever_the_missing_value_may_be():
    # C misses a quarter of the roads: roads 30 at best, 55 at worst; need 40 to 52.5.
    found = bounds(score(places(), water_and_roads()))
    assert found.loc["C"].tolist() == pytest.approx([40, 52.5])
    assert found.loc["A"].tolist() == pytest.approx([12.5, 12.5])


@pytest.mark.parametrize("how", AGGREGATIONS)
def test_equal_parts_give_that_part_under_every_mean(how):
    data = pd.DataFrame({"a": [0.0, 30.0, 100.0], "b": [0.0, 30.0, 100.0]})
    tree = Node("need", children=(Leaf("a", goalposts=(0, 100)), Leaf("b", goalposts=(0, 100), weight=2)))
    result = score(data, tree, method=Method(aggregation=how))
    assert result.score.tolist() == pytest.approx([0, 30, 100], abs=1e-9)


def test_one_severe_lack_weighs_more_in_the_geometric_complement_and_less_in_the_geometric_mean():
    # Parts 0.9 and 0.1, no floor. Complement: 1 - sqrt(0.1 x 0.9) = 0.7; geometric: sqrt(0.09) = 0.3;
    # harmonic: 2 / (1 / 0.9 + 1 / 0.1) = 0.18; arithmetic: 0.5.
    data = pd.DataFrame({"a": [90.0], "b": [10.0]})
    tree = Node("need", children=(Leaf("a", goalposts=(0, 100)), Leaf("b", goalposts=(0, 100))))
    expected = {"arithmetic": 50, "geometric_complement": 70, "geometric": 30, "harmonic": 18}
    found = {how: score(data, tree, method=Method(aggregation=how, floor=0)).score[0] for how in expected}
    assert found == pytest.approx(expected)


def test_the_floor_keeps_a_single_zero_from_deciding_alone():
    # Without: 0. With 0.01: x' = 0.01 and 0.505, mean sqrt(0.00505) = 0.071063, back (0.071063 - 0.01) / 0.99.
    data = pd.DataFrame({"a": [0.0], "b": [50.0]})
    tree = Node("x", children=(Leaf("a", goalposts=(0, 100)), Leaf("b", goalposts=(0, 100))))
    assert score(data, tree, method=Method(aggregation="geometric", floor=0)).score[0] == 0
    assert score(data, tree, method=Method(aggregation="geometric")).score[0] == pytest.approx(6.16801, abs=1e-3)


def test_ranks_start_at_the_neediest_and_say_how_equals_share():
    scores = pd.Series([10.0, 30.0, NAN, 30.0, 20.0], index=list("abcde"))
    assert rank(scores).tolist() == pytest.approx([4, 1, NAN, 1, 3], nan_ok=True)
    assert rank(scores, ties="average").tolist() == pytest.approx([4, 1.5, NAN, 1.5, 3], nan_ok=True)
    with pytest.raises(ScoringError, match="min, average, max"):
        rank(scores, ties="dense")


def test_scores_that_differ_by_rounding_alone_are_equal():
    assert rank(pd.Series([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_narrowing_the_places_keeps_scores_and_renews_ranks():
    whole = score(places(), water_and_roads())
    part = whole.within(["A", "C"])
    assert part.score.to_dict() == whole.score[["A", "C"]].to_dict()
    assert part.rank.to_dict() == {"A": 2, "C": 1}
    with pytest.raises(CodeError, match="Z"):
        whole.within(["Z"])


def test_weights_of_leaves_multiply_down_the_tree():
    found = effective_weights(water_and_roads())
    assert found == pytest.approx({"tap_pct": 0.5, "road_km": 0.125, "track_km": 0.375})
    assert effective_weights(with_weights(water_and_roads(), {"water": 0}))["tap_pct"] == 0


def test_a_sector_of_weight_zero_is_shown_but_does_not_count():
    result = score(places(), with_weights(water_and_roads(), {"roads": 0}))
    assert result.score["A"] == pytest.approx(20)
    assert result.sectors.loc["A", "roads"] == pytest.approx(5)
    assert result.completeness.loc["C", "need"] == 1
    assert result.contributions.loc["B"].to_dict() == pytest.approx({"tap_pct": 100, "road_km": 0, "track_km": 0})
    # Inside a sector that weighs nothing all weights may be 0 too: it has no score of its own to show.
    bare = score(places(), with_weights(water_and_roads(), {"roads": 0, "road_km": 0, "track_km": 0}))
    assert bare.score["A"] == pytest.approx(20)
    assert bare.sectors["roads"].isna().all()


# Published indices ----------------------------------------------------------------------------------------------------

ASEM = pd.DataFrame(
    # Pillars of the ASEM sustainable connectivity index as printed by COINr 1.1 (Becker et al., J. Open Source Softw.
    # 7(78), 2022), vignette "Presenting Results": the six first countries, with index, sub-indices and rank.
    [
        ("CHE", 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88, 68.38, 62.79, 73.98),
        ("NLD", 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78, 64.82, 61.94, 67.70),
        ("DNK", 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29, 64.80, 57.10, 72.51),
        ("NOR", 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59, 64.47, 57.44, 71.50),
        ("BEL", 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09, 63.54, 63.99, 63.09),
        ("SWE", 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27, 63.00, 53.87, 72.12),
    ],
    columns=[
        *("country", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"),
        *("Index", "Conn", "Sust"),
    ],
).set_index("country")


def test_pillars_of_the_asem_index_give_its_published_sub_indices_scores_and_ranks():
    connectivity = ("Physical", "ConEcFin", "Political", "Instit", "P2P")
    tree = Node(
        "Index",
        children=(
            Node("Conn", children=tuple(Leaf(code) for code in connectivity)),
            Node("Sust", children=tuple(Leaf(code) for code in ("Environ", "Social", "SusEcFin"))),
        ),
    )
    result = score(ASEM, tree, method=Method(normalisation="as_is"))
    for code in ("Index", "Conn", "Sust"):
        assert result.nodes[code].to_numpy() == pytest.approx(ASEM[code].to_numpy(), abs=0.011)
    assert result.rank.tolist() == [1, 2, 3, 4, 5, 6]


def test_the_human_development_index_is_a_tree_with_its_own_means_goalposts_and_logarithm():
    # Goalposts of UNDP: 20-85 years, 0-18 and 0-15 years of school (arithmetic), 100-75,000 dollars (logarithm), then
    # the geometric mean. Worked: 52/65 = 0.8; (0.75 + 0.45) / 2 = 0.6; 100 x 750^0.7 gives 0.7; (0.336)^(1/3).
    school = Node(
        "school",
        aggregation="arithmetic",
        children=(Leaf("expected", goalposts=(0, 18)), Leaf("mean", goalposts=(0, 15))),
    )
    income = Leaf("income", goalposts=(100, 75_000), transform="log")
    tree = Node("hdi", children=(Leaf("life", goalposts=(20, 85)), school, income), aggregation="geometric")
    data = pd.DataFrame({"life": [72.0], "expected": [13.5], "mean": [6.75], "income": [100 * 750**0.7]})
    result = score(data, tree, method=Method(floor=0))
    assert result.score[0] / 100 == pytest.approx(0.336 ** (1 / 3))


# What it refuses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "error", "reason"),
    [
        (with_weights(water_and_roads(), {"water": 0, "roads": 0}), WeightError, "weights_all_zero"),
        (with_weights(water_and_roads(), {"road_km": 0, "track_km": 0}), WeightError, "weights_all_zero"),
        (with_weights(water_and_roads(), {"water": -1}), WeightError, "weight_negative"),
        (with_weights(water_and_roads(), {"water": NAN}), WeightError, "weight_negative"),
        (Node("need", children=(Leaf("tap_pct", goalposts=(5, 5)),)), GoalpostError, "goalposts_equal"),
        (Node("need", children=(Leaf("tap_pct", goalposts=(9, 5)),)), GoalpostError, "goalposts_equal"),
        (Node("need", children=(Leaf("tap_pct"),)), GoalpostError, "goalposts_missing"),
        (Node("need"), ScoringError, "tree_wrong"),
        (Node("need", children=(Leaf("tap_pct"), Leaf("tap_pct"))), ScoringError, "tree_wrong"),
        (Node("need", children=(Leaf("tap_pct", direction="worse"),)), ScoringError, "tree_wrong"),
        (Node("need", children=(Leaf("tap_pct", transform="log", goalposts=(0, 9)),)), ScoringError, "log_of_zero"),
    ],
)
def test_a_tree_that_cannot_be_computed_is_refused_with_its_reason(tree, error, reason):
    with pytest.raises(error) as caught:
        score(places(), tree)
    assert caught.value.reason == reason
    assert "allowed" in str(caught.value)


def test_data_that_cannot_be_scored_are_refused_by_name():
    tree = water_and_roads()
    with pytest.raises(CodeError, match="track_km"):
        score(places().drop(columns="track_km"), tree)
    with pytest.raises(ScoringError, match=r"infinite.*road_km"):
        score(places().replace(1.0, np.inf), tree)
    with pytest.raises(ScoringError, match="allowed: numbers"):
        score(places().astype(object).replace(80.0, "80 %"), tree)
    with pytest.raises(ScoringError, match="A stand twice"):
        score(places().set_axis(["A", "A", "B"]), tree)
    with pytest.raises(ScoringError, match="unknown wells"):
        with_weights(tree, {"wells": 1})
    for wrong in ({"normalisation": "x"}, {"aggregation": "x"}, {"floor": 1}, {"least_known": 2}):
        with pytest.raises(ScoringError, match="allowed"):
            Method(**wrong)
    with pytest.raises(ScoringError, match="arithmetic"):
        score(places(), tree, method=Method(normalisation="z_score", aggregation="geometric"))
    beyond = places().assign(tap_pct=-1.5, road_km=0.2, track_km=0.2)  # 1.5 of what can lack is more than all
    with pytest.raises(ScoringError, match="at most 1 for the complement"):
        score(beyond, tree, method=Method(normalisation="as_is", aggregation="geometric_complement"))


def test_a_single_indicator_is_an_index_and_no_place_at_all_is_an_empty_one():
    tree = Node("need", children=(Leaf("tap_pct", direction=-1, goalposts=(0, 100)),))
    assert score(places(), tree).score.tolist() == pytest.approx([20, 100, 50])
    assert len(score(places().iloc[:0], tree).rank) == 0


# What always holds ----------------------------------------------------------------------------------------------------


@st.composite
def trees_and_data(draw):
    sectors = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    weight = st.floats(0.1, 5)
    numbers = iter(range(100))
    children = tuple(
        Node(
            f"s{sector}",
            draw(weight),
            tuple(
                Leaf(f"i{next(numbers)}", draw(weight), draw(st.sampled_from([1, -1])), goalposts=(0, 10))
                for _ in range(size)
            ),
        )
        for sector, size in enumerate(sectors)
    )
    value = st.one_of(st.floats(-2, 12), st.just(NAN))
    rows = draw(st.lists(st.lists(value, min_size=sum(sectors), max_size=sum(sectors)), min_size=1, max_size=6))
    data = pd.DataFrame(rows, columns=[f"i{number}" for number in range(sum(sectors))])
    return Node("need", children=children), data


@settings(max_examples=30, deadline=None)
@given(trees_and_data(), st.sampled_from(AGGREGATIONS), st.sampled_from([0.0, 0.01, 0.3]))
def test_contributions_of_indicators_and_of_sectors_sum_to_the_score(case, how, floor):
    # R17 of the reference cases, under every way of aggregating.
    tree, data = case
    result = score(data, tree, method=Method(aggregation=how, floor=floor, least_known=0.5))
    known = result.score.notna()
    assert result.contributions.sum(axis=1)[known].to_numpy() == pytest.approx(result.score[known].to_numpy(), abs=1e-6)
    sectors = result.sector_contributions.sum(axis=1)[known].to_numpy()
    assert sectors == pytest.approx(result.score[known].to_numpy(), abs=1e-6)
    assert (result.contributions[known] >= -1e-9).to_numpy().all()


def test_contributions_of_distances_from_the_mean_sum_to_the_score_below_it_too():
    # A has most taps and the shortest ways: it stands below the mean by both, and its contributions are negative.
    data = places().assign(road_km=[1.0, 5, 3])
    result = score(data, water_and_roads(), method=Method(normalisation="z_score"))
    assert result.score["A"] < 0
    assert result.contributions.loc["A"].max() < 0
    assert result.contributions.sum(axis=1).to_numpy() == pytest.approx(result.score.to_numpy())


@settings(max_examples=30, deadline=None)
@given(trees_and_data(), st.sampled_from(AGGREGATIONS))
def test_scores_lie_between_0_and_100_and_within_their_bounds(case, how):
    tree, data = case
    result = score(data, tree, method=Method(aggregation=how, least_known=0))
    known = result.score.dropna()
    assert ((known >= -1e-9) & (known <= 100 + 1e-9)).all()
    ends = bounds(result).loc[known.index]
    assert (ends["lowest"] <= known + 1e-6).all()
    assert (known <= ends["highest"] + 1e-6).all()


@settings(max_examples=30, deadline=None)
@given(trees_and_data(), st.randoms(use_true_random=False), st.floats(0.5, 20))
def test_order_of_rows_and_the_size_of_weights_change_nothing(case, random, factor):
    tree, data = case
    usual = score(data, tree)
    order = list(data.index)
    random.shuffle(order)
    larger = with_weights(tree, {sector.code: sector.weight * factor for sector in tree.children})
    other = score(data.loc[order], larger)
    assert other.score.loc[data.index].to_numpy() == pytest.approx(usual.score.to_numpy(), nan_ok=True, abs=1e-9)
    assert other.rank.loc[data.index].to_numpy() == pytest.approx(usual.rank.to_numpy(), nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(trees_and_data(), st.sampled_from(AGGREGATIONS), st.data())
def test_more_need_in_one_indicator_never_lowers_the_score(case, how, choice):
    tree, data = case
    leaf = choice.draw(st.sampled_from([leaf for sector in tree.children for leaf in sector.children]))
    worse = data.assign(**{leaf.code: data[leaf.code] + leaf.sign * 2.5})
    method = Method(aggregation=how)
    before, after = score(data, tree, method=method).score, score(worse, tree, method=method).score
    assert (after.dropna() >= before.dropna() - 1e-9).all()
