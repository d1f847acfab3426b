"""What the needs page shows: figures anybody can find in the published census, and identities that hold everywhere."""

import numpy as np
import pytest

from data import store
from data.catalog import load_catalog
from data.errors import WeightError
from geo.boundaries import Territories
from geo.indicators import KNOWN, NOT_APPLICABLE, Observations
from geo.need_levels import NeedsGround
from geo.need_selection import index_at, select_needs
from geo.needs_state import NeedsState

TABIA, TIZAGHTE = "Tabia", "Tizaghte"


@pytest.fixture(scope="module")
def ground():
    territories = Territories.from_table(store.load("territories"))
    return NeedsGround.of(Observations.from_table(store.load("observations"), territories, load_catalog().indicators))


def select(ground, territory="09", **choices):
    return select_needs(ground, NeedsState(territory, **choices))


def named(selection, row):
    return selection.ground.territories.name(selection.level.codes[row], "fr")


def first(selection):
    """Return the row that ranks first among those listed."""
    return int(selection.rows[np.nanargmin(selection.ranks[selection.rows])])


def test_souss_massa_has_175_communes_and_tabia_ranks_first_without_running_water(ground):
    water = select(ground, subject="running_water")
    assert len(water) == 175
    assert (named(water, first(water)), water.value[first(water)]) == (TABIA, 0.0)
    # Communes under 50 % of households with running water, counted in the published table of the census.
    assert int(water.beyond[water.rows].sum()) == 21


def test_tizaghte_is_the_farthest_from_a_paved_road_and_towns_have_no_such_distance(ground):
    road = select(ground, subject="paved_road_km")
    assert (named(road, first(road)), road.value[first(road)]) == (TIZAGHTE, 13.6)
    assert int((road.state[road.rows] == NOT_APPLICABLE).sum()) == 21
    assert np.isnan(road.value[road.state == NOT_APPLICABLE]).all()


def test_the_classes_of_a_map_add_up_to_its_communes(ground):
    water = select(ground, subject="running_water")
    counts = np.bincount(water.classes[water.rows], minlength=5)
    # Limits 50, 75, 90, 95 %, the upper one inside its class; by hand on the published table.
    assert counts.tolist() == [21, 17, 35, 29, 73]
    assert counts.sum() == 175


@pytest.mark.parametrize("method", ["thresholds", "quantiles", "natural"])
def test_class_limits_are_those_of_the_country_whatever_the_place_and_the_year(ground, method):
    limits = {
        select(ground, territory, subject="running_water", period=period, method=method).breaks.bounds
        for territory in ("MA", "09", "09541")
        for period in ("2014", "2024")
    }
    assert len(limits) == 1


def test_people_and_rates_disagree_about_who_comes_first(ground):
    water = select(ground, subject="running_water")
    people = water.people.value[water.rows]
    most = int(water.rows[np.nanargmax(people)])
    assert named(water, most) != TABIA
    # ≈ 45,410 households: each commune's households times its share without; the region's own rate gives 45,492.
    assert round(float(np.nansum(people))) == pytest.approx(45_410, abs=2)
    assert water.people_unit == "households"


def test_a_change_is_the_difference_of_the_two_censuses(ground):
    change, old, new = (select(ground, subject="running_water", period=one) for one in ("change", "2014", "2024"))
    assert change.years == (2014, 2024)
    known = change.known
    assert known.sum() > 1_400
    np.testing.assert_allclose(change.value[known], (new.value - old.value)[known], atol=1e-9)


@pytest.mark.parametrize(("subject", "period"), [("paved_road_km", "change"), ("index", "latest"), ("index", "change")])
def test_a_value_is_what_is_written_so_that_a_class_limit_is_met_exactly(ground, subject, period):
    # 1.8 - 2.0 is -0.19999999999999996 in floats, and a class ends at -0.2.
    value = select_needs(ground, NeedsState("MA", subject=subject, period=period)).value
    known = value[np.isfinite(value)]
    assert len(known) > 1000
    assert np.array_equal(known, np.round(known, 9))


def test_a_period_or_milieu_that_is_not_published_falls_back_and_says_so(ground):
    assert select(ground, subject="wood_cooking", period="2014").notes == ("period",)
    assert select(ground, subject="wood_cooking", period="change").years == (2024,)
    assert select(ground, subject="running_water", milieu="rural").notes == ("milieu",)
    rural = select(ground, "MA", subject="running_water", milieu="rural", level="province")
    assert rural.notes == ()
    assert rural.milieu == "rural"


def test_a_commune_chosen_with_provinces_shown_gives_the_province_it_lies_in(ground):
    inside = ground.territories.communes_of("09")  # another Tabia lies in Béni Mellal-Khénifra
    tabia = next(code for code in inside if ground.territories.name(code, "fr") == TABIA)
    shown = select(ground, tabia, subject="running_water", level="province")
    assert [shown.level.codes[row] for row in shown.rows] == ["09541"]


def test_the_index_lies_between_0_and_100_and_is_made_of_its_parts(ground):
    index = select(ground)
    known = index.value[index.known]
    assert len(known) > 1_400
    assert known.min() >= 0
    assert known.max() <= 100
    parts = index.score.sector_contributions.sum(axis=1).to_numpy()
    np.testing.assert_allclose(parts[index.known], known, atol=1e-9)


def test_the_index_of_a_commune_worked_out_by_hand(ground):
    # Aziar 2024, equal weights. Water 100 - 3.2; electricity, paved road over 5 km, sanitation and toilets, education
    # and cooking as published; six needs, each the mean of its indicators.
    index = select(ground)
    row = first(index)
    values = index.score.values.iloc[row]
    needs = [
        100 - values["running_water"],
        100 - values["electricity"],
        min(values["paved_road_km"] / 5, 1) * 100,
        (100 - values["sanitation"] + 100 - values["toilets"]) / 2,
        (values["illiteracy"] + 100 - values["schooling_6_11"]) / 2,
        values["wood_cooking"],
    ]
    assert named(index, row) == "Aziar"
    assert index.value[row] == pytest.approx(sum(needs) / 6)
    assert index.value[row] == pytest.approx(57.2, abs=0.05)


def test_a_need_of_weight_zero_leaves_the_index_and_all_at_zero_is_refused(ground):
    only_water = {"electricity": 0, "roads": 0, "sanitation": 0, "education": 0, "cooking": 0}
    index = select(ground, weights=(("water", 3), *only_water.items()))
    water = select(ground, subject="running_water")
    np.testing.assert_allclose(index.value[index.known], (100 - water.value)[index.known])
    with pytest.raises(WeightError) as refused:
        select(ground, weights=(("water", 0), *only_water.items()))
    assert refused.value.reason == "weights_all_zero"


def test_the_index_of_2014_is_made_of_what_both_censuses_measured_alike(ground):
    change = select(ground, period="change")
    assert change.years == (2014, 2024)
    assert all(ground.indicators[code].comparable for code in change.score.values)


def test_the_index_of_a_wider_territory_is_on_the_same_scale(ground):
    index = select(ground)
    wide = index_at(index, ground.levels["region"])
    assert wide.at("09").value == pytest.approx(10.8, abs=0.05)
    assert (wide.state == KNOWN).all()
