"""Why a place ranks as it does: three places worked by hand."""

import numpy as np
import pandas as pd
import pytest

from data.errors import CodeError
from geo.counting import lacking_sectors
from geo.hierarchy import Leaf, Node
from geo.needs import Method, score
from geo.reasons import why
from geo.uncertainty import robustness

NAN = np.nan
SECTORS = ("water", "roads", "school")


def result(**method):
    # Needs: A 90 30 0 → 40; B 60 30 30 → 40; C 30 60 15 → 35; D 0 0 30 → 10; E unknown but for school.
    rows = [[90, 30, 0], [60, 30, 30], [30, 60, 15], [0, 0, 30], [NAN, NAN, 50]]
    data = pd.DataFrame(rows, index=list("ABCDE"), columns=list(SECTORS))
    tree = Node("need", children=tuple(Leaf(code, goalposts=(0, 100), threshold=50) for code in SECTORS))
    return score(data, tree, method=Method(**method))


def test_the_largest_contribution_comes_first_and_strengths_are_named():
    facts = why(result(), "A")
    assert (facts.rank, facts.ranked, facts.tied, facts.reason) == (1, 4, 1, "")
    assert [sector.code for sector in facts.sectors] == ["water", "roads", "school"]
    water = facts.sectors[0]
    assert (water.score, water.contribution, water.share, water.weight) == pytest.approx((90, 30, 0.75, 1 / 3))
    assert facts.strengths == ("school", "roads")  # 30 below the median of 30; at the median of 30
    assert facts.dominant == "water"
    # D: 45 below the median, 30 below it, at it.
    assert why(result(), "D").strengths == ("water", "roads", "school")


def test_a_sector_brought_to_the_median_moves_the_place_as_counted_by_hand():
    # A with water at the median of A-D, (60 + 30) / 2 = 45: (45 + 30 + 0) / 3 = 25, behind B 40 and C 35: third.
    water = why(result(), "A").sectors[0]
    assert (water.median, water.rank_at_median, water.places_moved) == (45, 3, 2)
    # Against a national median of 75: (75 + 30) / 3 = 35, equal to C: second.
    national = why(result(), "A", medians=pd.Series({"water": 75.0, "roads": 30.0, "school": 30.0}))
    assert national.sectors[0].rank_at_median == 2
    # D is already at or below every median.
    assert {sector.places_moved for sector in why(result(), "D").sectors} == {0}


def test_without_a_score_the_facts_say_what_is_missing():
    facts = why(result(), "E")
    assert (facts.rank, facts.reason, facts.missing, facts.sectors) == (None, "insufficient", ("water", "roads"), ())
    assert facts.completeness == pytest.approx(1 / 3)
    assert facts.interval is None


def test_the_interval_comes_from_the_random_weightings():
    scored = result()
    interval = why(scored, "A", robustness=robustness(scored, top=2, draws=200)).interval
    assert interval.rank_p5 == 1
    assert interval.top == 2
    assert 0 < interval.top_share <= 1


def test_an_unknown_place_is_refused():
    with pytest.raises(CodeError, match="«Z»"):
        why(result(), "Z")


def test_sectors_beyond_their_threshold_are_counted_and_unknown_ones_are_not():
    table = lacking_sectors(result())
    assert table["lacking"].tolist() == [1, 1, 1, 0, 0]  # the threshold itself (E: 50) is still well
    assert table["decided"].tolist() == [3, 3, 3, 3, 1]
    assert table.loc["E", "water"] is pd.NA


def test_a_sector_lacks_by_its_own_score_or_by_any_of_its_indicators():
    children = (
        Node("water", threshold=40, children=(Leaf("tap_pct", direction=-1, goalposts=(0, 100)),)),
        Node(
            "roads",
            children=(
                Leaf("road_km", goalposts=(0, 5), threshold=2),
                Leaf("bus_pct", direction="higher_is_better", goalposts=(0, 100), threshold=50),
            ),
        ),
        Node("school", children=(Leaf("school_km", goalposts=(0, 5)),)),
    )
    data = pd.DataFrame(
        {
            "tap_pct": [60, 59, NAN, 100, 100],
            "road_km": [2, 2.1, NAN, NAN, NAN],
            "bus_pct": [50, NAN, 49, NAN, 60],
            "school_km": 9.0,
        },
        index=list("ABCDE"),
    )
    # D and E are towns: the distance to a road has no meaning there; the bus is not known in D, and is well in E.
    mask = pd.DataFrame({"road_km": [False, False, False, True, True]}, index=data.index)
    table = lacking_sectors(score(data, Node("need", children=children), not_applicable=mask))
    assert list(table) == ["water", "roads", "lacking", "decided"]
    assert table["water"].tolist() == [False, True, pd.NA, False, False]
    assert table["roads"].tolist() == [False, True, True, pd.NA, False]
    assert table["lacking"].tolist() == [0, 2, 1, 0, 0]
    assert table["decided"].tolist() == [2, 2, 1, 1, 2]
