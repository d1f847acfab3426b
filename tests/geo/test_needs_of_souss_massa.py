"""The index on the census of 2024, against figures computed apart, with other tools, when the method was chosen."""

import pandas as pd
import pytest

from geo.hierarchy import Leaf, Node
from geo.needs import Method, score
from geo.uncertainty import importance, robustness
from tests.conftest import SHARED_DATA

pytestmark = pytest.mark.shared

COLUMNS = {
    "tap": "water_24",
    "power": "elec_24",
    "road_km": "dist_paved_km_24",
    "school": "school6_11_24",
    "illiterate": "illit10_24",
    "sewer": "sewer_24",
    "pit": "septic_24",
    "toilet": "wc_24",
    "wood": "fuel_wood_24",
}


def percent(code, direction="higher_is_better"):
    return Leaf(code, direction=direction, goalposts=(0, 100))


TREE = Node(
    "need",
    children=(
        Node("water", children=(percent("tap"),)),
        Node("electricity", children=(percent("power"),)),
        Node("roads", children=(Leaf("road_km", goalposts=(0, 5)),)),
        Node("education", children=(percent("school"), percent("illiterate", "higher_is_worse"))),
        Node("sanitation", children=(percent("drained"), percent("toilet"))),
        Node("cooking", children=(percent("wood", "higher_is_worse"),)),
    ),
)


@pytest.fixture(scope="module")
def communes():
    table = pd.read_csv(SHARED_DATA / "census" / "communes_2014_2024.csv", dtype=str).set_index("code2024")
    table = table[table.index.str.startswith("09")]
    data = table[list(COLUMNS.values())].apply(pd.to_numeric).set_axis(list(COLUMNS), axis=1)
    # No distance is published in towns: a paved road is at the door.
    data = data.assign(drained=data["sewer"] + data["pit"], road_km=data["road_km"].fillna(0))
    return data.assign(people=pd.to_numeric(table["pop_mun_24"]))


def scored(communes, how):
    return score(communes, TREE, method=Method(normalisation=how))


def test_equal_weights_give_unequal_influence(communes):
    assert len(communes) == 175
    found = importance(scored(communes, "min_max"))["r2"].to_dict()
    by_other_tools = {
        "cooking": 0.74,
        "education": 0.59,
        "sanitation": 0.58,
        "water": 0.54,
        "electricity": 0.41,
        "roads": 0.28,
    }
    assert found == pytest.approx(by_other_tools, abs=0.015)


@pytest.mark.parametrize(("how", "expected"), [("z_score", 0.989), ("percentile_rank", 0.962), ("goalposts", 0.982)])
def test_ranks_under_other_scales_agree_as_much_as_was_found(communes, how, expected):
    usual, other = scored(communes, "min_max").score, scored(communes, how).score
    assert usual.corr(other, method="spearman") == pytest.approx(expected, abs=0.0015)


def test_under_any_weights_the_middle_interval_is_some_43_places_of_175(communes):
    table = robustness(scored(communes, "min_max"), concentration=len(TREE.children), draws=2_000).table
    assert (table["rank_p95"] - table["rank_p5"]).median() == pytest.approx(43, abs=2)


def test_rate_and_number_disagree(communes):
    # The 20 neediest communes hold 18 % of the people without running water; Agadir alone, at 1.4 %, has 7,025 of them.
    without = communes["people"] * (100 - communes["tap"]) / 100
    neediest = scored(communes, "min_max").rank <= 20
    assert without[neediest].sum() / without.sum() == pytest.approx(0.18, abs=0.005)
    assert without.idxmax() == "090010101"
    assert without.max() == pytest.approx(7_025, abs=0.5)
