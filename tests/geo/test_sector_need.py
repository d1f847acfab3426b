"""How territories stand in the need a sector answers: from the index of needs, each among those of its level."""

import numpy as np
import pytest

from data.catalog import load_catalog
from data.store import load
from geo.boundaries import Territories
from geo.indicators import Observations
from geo.need_levels import NeedsGround
from geo.sector_need import sector_need


@pytest.fixture(scope="module")
def observations():
    return Observations.from_table(
        load("observations"), Territories.from_table(load("territories")), load_catalog().indicators
    )


@pytest.fixture(scope="module")
def need(observations):
    return sector_need(NeedsGround.of(observations), load_catalog().themes)


def test_every_commune_province_and_region_stands_somewhere(need):
    assert {length: int((need.index.str.len() == length).sum()) for length in (2, 5, 9)} == {2: 12, 5: 75, 9: 1503}
    assert ((need >= 0) & (need <= 1) | need.isna()).all(axis=None)
    assert not need.index.duplicated().any()


def test_a_sector_without_a_measured_need_has_no_column(need):
    # No census says how far care is; rural tourism is an opportunity, not a need.
    assert {"health", "rural_tourism", "culture"} & set(need) == set()
    assert {"drinking_water", "roads", "sanitation", "education", "electricity"} <= set(need)
    assert set(need) <= set(load_catalog().sectors)


def test_need_of_water_follows_the_households_without_running_water(need, observations):
    communes = [code for code in need.index if len(code) == 9]
    served = observations.of("running_water").over(communes).value
    placed = need.loc[communes, "drinking_water"]
    driest, best = communes[np.nanargmin(served)], communes[np.nanargmax(served)]
    assert placed[driest] == placed.max() > 0.99
    assert placed[best] == placed.min()
    # Half of the communes stand above the middle.
    assert placed.median() == pytest.approx(0.5, abs=0.01)


def test_towns_are_least_in_need_of_paved_roads(need):
    urban = load("territories").query("level == 'commune' and milieu == 'urban'")["territory_code"]
    assert need.loc[list(urban), "roads"].nunique() <= 3
    assert need.loc[list(urban), "roads"].max() < need["roads"].median()
