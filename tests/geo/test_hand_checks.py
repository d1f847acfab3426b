"""Figures worked out by hand from cells of the sources, none of them a published total; the cells stand beside each.

F = census/rgph2024_facts.parquet (geo_code, both sexes and milieux unless said), C = census/communes_2014_2024.csv
(code2024), D = douars/douars_2024_souss_massa.csv (code).
"""

import pytest

from data.catalog import load_catalog
from data.store import load
from geo.boundaries import Territories
from geo.indicators import Observations
from geo.need_levels import NeedsGround
from geo.need_selection import select_needs
from geo.needs_state import NeedsState
from geo.villages import Villages, people_beyond

CATALOG = load_catalog()
AZIAR, IMSOUANE, INEZGANE, AKKA, TABIA, TIZAGHTE = (
    "090010707",
    "090010715",
    "092730115",
    "095510101",
    "095410321",
    "095510711",
)
TATA = "09551"


@pytest.fixture(scope="module")
def land():
    return Territories.from_table(load("territories"))


@pytest.fixture(scope="module")
def known(land):
    return Observations.from_table(load("observations"), land, CATALOG.indicators)


@pytest.fixture(scope="module")
def ground(known):
    return NeedsGround.of(known)


@pytest.fixture(scope="module")
def villages(land):
    return Villages.from_table(load("villages"), land, CATALOG.services)


def index_of(ground, code, **settings):
    selection = select_needs(ground, NeedsState("09", **settings))
    return selection.value[selection.level.codes.index(code)]


def test_hand_check_of_households_of_aziar_without_running_water(known):
    # F 90010707: running water 3.2 %, 618 sedentary households: 96.8 % x 618 = 598.2.
    assert known.people("running_water").at(AZIAR).value == pytest.approx(598.224)


def test_hand_check_of_women_of_imsouane_who_cannot_read(known):
    # F 90010715: illiteracy of women 53.0 %, 2,911 women of 10 and over: 1,542.8.
    assert known.people("illiteracy_women").at(IMSOUANE).value == pytest.approx(1542.83)


def test_hand_check_of_the_sewers_of_inezgane(known):
    # F 92730115: public network 99.2 % + septic tank 0.5 %. A town: no distance to a paved road in F.
    assert known.of("sanitation").at(INEZGANE).value == 99.7
    assert known.of("paved_road_km").at(INEZGANE).state == "not_applicable"


def test_hand_check_of_unemployed_women_in_akka(known):
    # F 95510101, feminine: 57.5 %. C has no unemployment by sex in 2014, so the atlas has none.
    assert known.of("unemployment_women").at(AKKA).value == 57.5
    assert CATALOG.indicators["unemployment_women"].years == (2024,)


def test_hand_check_of_town_and_countryside_in_souss_massa(known):
    # F 9: running water 98.6 % urbain, 87.4 % rural; legal population 1,816,102 and 1,204,329, together 3,020,431.
    assert known.of("running_water", milieu="urban").at("09").value == 98.6
    assert known.of("running_water", milieu="rural").at("09").value == 87.4
    parts = [known.of("population", milieu=milieu).at("09").value for milieu in ("urban", "rural")]
    assert parts == [1_816_102, 1_204_329]
    assert sum(parts) == known.of("population").at("09").value


def test_hand_check_of_the_people_tata_lost(known):
    # C: pop2014 of the 20 communes of 09551 sums to 114,758. F 9551: municipal population 107,521, so 7,237 fewer.
    assert known.of("municipal_population", year=2014).at(TATA).value == 114_758
    assert known.of("municipal_population").at(TATA).value == 107_521
    change = known.change("municipal_population", relative=True).at(TATA)
    assert change.value == pytest.approx(-100 * 7_237 / 114_758)


def test_hand_check_of_souss_massa_in_2014(known):
    # C: the 175 communes of region 09, pop2014 2,657,906 and households2014 601,511.
    assert known.of("municipal_population", year=2014).at("09").value == 2_657_906
    assert known.of("households", year=2014).at("09").value == 601_511


def test_hand_check_of_what_changed_in_aziar(known):
    # C 090010707: electricity 81.515 in 2014, 93.5 in 2024; paved road 4.061 km, then 3.3; running water 0 %, then 3.2.
    changed = {name: known.change(name).at(AZIAR).value for name in ("electricity", "paved_road_km", "running_water")}
    assert changed == pytest.approx({"electricity": 11.985, "paved_road_km": -0.761, "running_water": 3.2})
    assert known.of("running_water", year=2014).at(AZIAR).value == 0  # a zero that was published, not a gap


def test_hand_check_of_the_index_of_aziar(ground):
    # F 90010707: water 3.2; electricity 93.5; road 3.3 km of 5; network 0.5 + tank 0.2, toilets 93.5; illiteracy 56.1,
    # schooling 90.3; wood 88.2. Lacks: 96.8, 6.5, 66, (99.3 + 6.5) / 2 = 52.9, (56.1 + 9.7) / 2 = 32.9, 88.2.
    assert index_of(ground, AZIAR) == pytest.approx((96.8 + 6.5 + 66 + 52.9 + 32.9 + 88.2) / 6)
    # Social: education 5, water and sanitation 3, the others 2, of 17.
    social = CATALOG.presets["social"].weights
    expected = (3 * 96.8 + 2 * 6.5 + 2 * 66 + 3 * 52.9 + 5 * 32.9 + 2 * 88.2) / 17
    assert index_of(ground, AZIAR, weights=tuple(social.items())) == pytest.approx(expected)


def test_hand_check_of_the_index_of_a_town(ground):
    # F 92730115: lacks water 1.3, electricity 0.9, road none (a town), sanitation (0.3 + 0.3) / 2, education
    # (22.4 + 2.1) / 2 = 12.25, wood 0. Six needs: the road counts as no need, it is not left out.
    assert index_of(ground, INEZGANE) == pytest.approx((1.3 + 0.9 + 0 + 0.3 + 12.25 + 0) / 6)


def test_hand_check_of_the_villages_of_tizaghte(villages, land):
    # D 5510711…: 28 villages of 3,349 people; 6 of 1,043 people beyond 10 km of a paved road; 16 of 1,123 withheld.
    table = people_beyond(villages, "paved_road", 10, land).set_index("territory_code")
    row = table.loc[TIZAGHTE]
    assert row[["villages", "villages_beyond", "villages_unknown"]].tolist() == [28, 6, 16]
    assert row[["people", "people_beyond", "people_unknown"]].tolist() == [3_349, 1_043, 1_123]
    assert row["share_unknown"] == pytest.approx(1_123 / 3_349)


def test_hand_check_of_the_primary_schools_of_tata(villages, land):
    # D 551…: 233 villages of 70,217 people, 84 of 4,699 withheld; no known distance to a primary school beyond 5 km.
    row = people_beyond(villages, "primary_school", 5, land).set_index("territory_code").loc[TATA]
    assert row[["villages", "people", "villages_unknown", "people_unknown"]].tolist() == [233, 70_217, 84, 4_699]
    assert row[["villages_beyond", "people_beyond"]].tolist() == [0, 0]


def test_hand_check_of_the_only_village_of_tabia_whose_distances_are_told(villages):
    # D 5410321201019, ازغار: 72 people in 36 households, lycée at 101.25 km, which is flagged and kept.
    told = [code for code in villages.codes if code.startswith("5410321") and not villages.at(code).withheld]
    assert told == ["5410321201019"]
    village = villages.at("5410321201019")
    assert (village.people, village.households) == (72, 36)
    assert village.distances["high_school"] == 101.25
    assert "high_school" in village.doubtful
