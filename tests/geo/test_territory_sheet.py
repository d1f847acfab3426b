"""What a territory sheet says: one commune checked by hand, all against the other questions of the atlas."""

import numpy as np
import pandas as pd
import pytest

from data import store
from data.catalog import load_catalog
from geo.absence import absences, reported_units
from geo.boundaries import Territories
from geo.hierarchy import Leaf, Node
from geo.indicators import Observations
from geo.need_change import need_changes
from geo.need_levels import NeedsGround, level_of
from geo.needs import Method, score
from geo.presence import absence_of, bodies, presence
from geo.profile import comparators, figures, unknown_here
from geo.reasons import why
from geo.register import build_register
from geo.selection import select
from geo.standing import sector_standing, standing
from geo.state import State
from geo.territory_state import ADDRESS, TerritoryState
from geo.uncertainty import robustness
from geo.village_concern import concern
from geo.villages import Villages

TOUBKAL, TOWN, ELSEWHERE = "095410723", "091630103", "030610101"
CATALOG = load_catalog()
TABLES = ("projects", "project_sectors", "project_locations", "project_organisations", "organisations")
DISTANCES = {code: service.default_km for code, service in CATALOG.services.items()}


@pytest.fixture(scope="module")
def land():
    return Territories.from_table(store.load("territories"))


@pytest.fixture(scope="module")
def observations(land):
    return Observations.from_table(store.load("observations"), land, CATALOG.indicators)


@pytest.fixture(scope="module")
def villages(land):
    return Villages.from_table(store.load("villages"), land, CATALOG.services)


@pytest.fixture(scope="module")
def register(land):
    tables = {name: store.load(name) for name in TABLES}
    return build_register(tables, territories=land, sector_codes=tuple(CATALOG.sectors))


# Read in ../shared/data/census/communes_2014_2024.csv, line of code2024 095410723: columns water_24 and water_14, elec,
# dist_paved_km, sewer_24 + septic_24, illit10, fuel_wood_24, waste_open_24, pov_money_14, pop_legal_24, hh_size_24.
READ_BY_HAND = {
    "running_water": (80.7, 80.7 - 69.331),
    "electricity": (90.3, 90.3 - 85.383),
    "paved_road_km": (0.8, 0.8 - 2.888),
    "sanitation": (0.4 + 1.8, None),
    "illiteracy": (44.8, 44.8 - 38.81),
    "wood_cooking": (38.2, None),
    "waste_in_open": (82.1, None),
    "monetary_poverty": (10.932, None),
    "population": (8538.0, None),
    "municipal_population": (8536.0, (8536 - 8489) / 8489 * 100),
    "household_size": (4.7, 4.7 - 8489 / 1464),
}


def test_the_figures_of_toubkal_are_those_read_by_hand_in_the_source(observations, land):
    rows = {row.indicator.code: row for row in figures(observations, comparators(land, TOUBKAL))}
    assert len(READ_BY_HAND) == 11
    for code, (value, change) in READ_BY_HAND.items():
        assert rows[code].own.value == pytest.approx(value, abs=1e-3), code
        if change is None:
            assert rows[code].change is None, code
        else:
            assert rows[code].change.value == pytest.approx(change, abs=1e-3), code


def test_people_concerned_are_a_rate_of_a_known_number(observations):
    rows = {row.indicator.code: row for row in figures(observations, (TOUBKAL,))}
    # 19.3 % of 1,831 sedentary households (rgph2024_facts, geo_code 95410723) lack running water.
    assert rows["running_water"].people.value == pytest.approx(0.193 * 1831, abs=0.5)
    assert rows["running_water"].people_unit == "households"
    assert rows["running_water"].people.computed
    assert rows["paved_road_km"].people is None
    assert rows["population"].people is None


def test_needs_since_2014_are_by_hand_on_the_same_goalposts_and_by_what_both_censuses_measured(observations):
    # Same line of the source: water_14, elec_14, dist_paved_km_14, wc_14 and illit10_14 against 2024. Need is
    # 100 less the share of households served, the share of illiterates, 20 points a kilometre to a paved road.
    found = {change.theme: change for change in need_changes(NeedsGround.of(observations), TOUBKAL)}
    by_hand = {
        "water": (100 - 69.331, 100 - 80.7),
        "electricity": (100 - 85.383, 100 - 90.3),
        "roads": (20 * 2.888, 20 * 0.8),
        "sanitation": (100 - 74.522, 100 - 93.4),
        "education": (38.81, 44.8),
    }
    assert set(found) == {"", *by_hand}  # cooking with wood was not counted in 2014
    for theme, points in by_hand.items():
        assert (found[theme].before, found[theme].after) == pytest.approx(points), theme
    assert found[""].before == pytest.approx(np.mean([before for before, _ in by_hand.values()]))
    assert {change.years for change in found.values()} == {(2014, 2024)}
    assert found["water"].difference == pytest.approx(69.331 - 80.7)  # less need
    assert found["water"].is_known
    assert found["sanitation"].measured == ("toilets",)
    assert [theme for theme, change in found.items() if theme and not change.whole] == ["sanitation", "education"]


def test_comparators_go_up_from_the_place_to_the_country(land):
    assert comparators(land, TOUBKAL) == (TOUBKAL, "09541", "09", "MA")
    assert comparators(land, "MA") == ("MA",)


def test_positions_lie_on_the_line_and_counts_have_none(observations, land):
    rows = figures(observations, comparators(land, TOUBKAL))
    assert len(rows) == sum(indicator.shown for indicator in CATALOG.indicators.values())
    for row in rows:
        known = [at for at in row.positions if at is not None]
        assert all(0 <= at <= 1 for at in known)
        assert (known == []) == row.indicator.is_count
    water = next(row for row in rows if row.indicator.code == "running_water")
    assert water.positions == pytest.approx((0.807, 0.918, 0.942, 0.829))


def test_not_applicable_in_a_town_is_neither_missing_nor_zero(observations):
    rows = figures(observations, (TOWN,))
    assert unknown_here(rows, "not_applicable") == ("paved_road_km",)
    road = next(row for row in rows if row.indicator.code == "paved_road_km")
    assert (road.own.value, road.own.state) == (None, "not_applicable")


def test_a_need_without_a_meaning_in_a_town_counts_as_none_and_is_neither_ranked_nor_praised():
    # Two villages at 4 and 1 km of a road, a town without such a distance: 80, 20, and 0 by convention.
    road = Leaf("road", goalposts=(0, 5), not_applicable="no_need")
    tree = Node(
        "index", children=(Node("roads", children=(road,)), Node("water", children=(Leaf("dry", goalposts=(0, 100)),)))
    )
    data = pd.DataFrame(
        {"road": [4.0, 1.0, np.nan, np.nan], "dry": [10.0, 30.0, 20.0, 20.0]}, index=["far", "near", "town", "unsaid"]
    )
    result = score(data, tree, not_applicable=pd.DataFrame({"road": [False, False, True, False]}, index=data.index))
    assert result.assumed["roads"].tolist() == [False, False, True, False]
    assert not result.assumed["water"].any()
    assert result.sectors.loc["town", "roads"] == 0
    assert sector_standing(result, "roads", "town") is None
    assert (sector_standing(result, "roads", "near").rank, sector_standing(result, "roads", "near").ranked) == (2, 2)
    told = why(result, "town")
    assert {fact.code: fact.is_assumed for fact in told.sectors} == {"roads": True, "water": False}
    assert told.strengths == ("water",)


def test_the_rank_of_a_place_by_hand():
    # Four places, one need: 80, 40, 40 and 20 points; a fifth is unknown.
    tree = Node(
        "index", children=(Node("water", children=(Leaf("dry", direction="higher_is_worse", goalposts=(0, 100)),)),)
    )
    data = pd.DataFrame({"dry": [80.0, 40.0, 40.0, 20.0, np.nan]}, index=list("abcde"))
    result = score(data, tree, method=Method())
    found = standing(result, "b", robustness(result, draws=20))
    assert (found.score, found.rank, found.ranked) == (40, 2, 4)
    assert found.below == pytest.approx(1 / 3)
    assert (found.low, found.high) == (2, 2)
    assert sector_standing(result, "water", "a").below == 1
    assert standing(result, "e") is None


def test_the_projects_of_toubkal_are_the_four_of_the_sources(register, land):
    # ../shared/data/projects/projets_2.csv: C013, C014, C016 and C017 name code 095410723; 120,000 MAD (C013), 175,000
    # USD of 2011 (C016; 8.089875, fx/imf_annual_avg_usd.csv) count, 37,500 USD of no year (C017) cannot be converted.
    found = presence(register, land, TOUBKAL)
    assert register.projects["project_code"].iloc[found.here].tolist() == ["C013", "C014", "C016", "C017"]
    assert (len(found.inside), len(found.own)) == (0, 4)
    assert found.here_mad == pytest.approx(120_000 + 175_000 * 8.089875, abs=0.01)
    assert bodies(register, found.own, ("funding",)) == {"fondation-cdg": 1}
    assert bodies(register, found.own, ("implementing", "accountable"))["high-atlas-foundation"] == 3


@pytest.mark.parametrize("code", ["MA", "09", "09541", TOUBKAL, TOWN, ELSEWHERE])
def test_projects_and_money_of_a_place_are_those_its_selection_gives(register, land, code):
    for sectors in (None, ("drinking_water",), ("roads", "transport")):
        chosen = select(register, State(territory=code, sector=sectors or ()))
        found = presence(register, land, code, sectors)
        assert found.own.tolist() == chosen.rows.tolist()
        assert np.intersect1d(found.own, found.over).tolist() == []
        assert np.nan_to_num(found.here_mad) == pytest.approx(chosen.totals.located_mad, abs=0.01)
        assert np.nan_to_num(found.inside_mad) == pytest.approx(chosen.totals.area_mad, abs=0.01)


@pytest.mark.parametrize(("name", "widest"), [("commune", "province"), ("province", "region")])
def test_each_place_shows_the_absence_the_page_of_gaps_gives_it(register, land, name, widest):
    level = level_of(land, name)
    reported = reported_units(register, land, level)
    for sector in ("drinking_water", "health"):
        kinds = absences(select(register, State(territory="MA", sector=(sector,))), land, level=level, widest=widest)
        own = [
            absence_of(presence(register, land, code, (sector,)), reported=known)
            for code, known in zip(level.codes, reported.tolist(), strict=True)
        ]
        assert len(set(kinds)) > 2
        assert own == kinds.tolist()


def test_the_villages_of_the_region_beyond_ten_kilometres_of_care_are_the_published_ones(villages, land):
    found = concern(villages, land, "09", DISTANCES)
    care = found.services.set_index("service").loc["health_centre"]
    assert (care["km"], care["villages"], care["people"], care["unknown"]) == (10, 659, 173_941, 3294)
    assert found.people == villages.people.sum()


def test_the_foremost_villages_lack_most_then_hold_most_people(villages, land):
    found = concern(villages, land, TOUBKAL, DISTANCES)
    rows = found.foremost(villages, 10)
    keys = [(found.lacking[row], villages.people[row]) for row in rows]
    assert keys == sorted(keys, reverse=True)
    # Afza (../shared/data/douars/douars_2024_souss_massa.csv, 5410723201001): road 2 km is not beyond 2; beyond are
    # track 2 > 1, middle school 12.71 > 5, high school 66.14 > 20 and health centre 16.67 > 10: four.
    assert found.lacking[villages.row_of["5410723201001"]] == 4
    assert not villages.withheld[rows].any()
    assert concern(villages, land, TOWN, DISTANCES) is None


def test_withheld_distances_are_withheld_for_all_services_of_a_village(villages):
    assert len(villages.distance) == 6
    for distance in villages.distance.values():
        assert (~np.isfinite(distance) == villages.withheld).all()


def test_the_address_holds_territories_and_villages_and_reports_the_rest():
    known = {"territory": {"09", TOUBKAL, "5410723201001"}}
    for code in known["territory"]:
        assert ADDRESS.decode(ADDRESS.encode(TerritoryState(code)), home="09", known=known) == (
            TerritoryState(code),
            (),
        )
    state, problems = ADDRESS.decode({"territory": "95410723"}, home="09", known=known)
    assert state == TerritoryState("09")
    assert [(one.parameter, one.value, one.why) for one in problems] == [("territory", "95410723", "unknown")]
    assert TerritoryState(TOUBKAL).cleared("09") == TerritoryState("09")
