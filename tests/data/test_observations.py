"""The table of observations: complete, the four kinds of absence, and figures read by hand in the sources or published.

Where a figure was read stands beside it. C = census/communes_2014_2024.csv, F = census/rgph2024_facts.parquet,
P = census/pauvrete2014_provinces.csv; HCP = published by the HCP, not in our sources.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.catalog import load_catalog
from data.prepare import observations as preparation
from data.store import TABLES_FOLDER, load
from geo.boundaries import Territories
from geo.indicators import Observations

SOURCE = Path(__file__).parents[3] / "shared" / "data"
CATALOG = load_catalog()
TABIA, TIZAGHTE, TOUBKAL, AGADIR, TANGER = "095410321", "095510711", "095410723", "090010101", "015110100"


@pytest.fixture(scope="module")
def territories():
    return Territories.from_table(load("territories"))


@pytest.fixture(scope="module")
def known(territories):
    return Observations.from_table(load("observations"), territories, CATALOG.indicators)


def test_every_value_the_catalogue_promises_has_a_row_and_a_state(territories):
    table = load("observations")
    expected = 0
    wide = sum(territories.level_of(code) in ("country", "region", "province") for code in territories.codes)
    for one in CATALOG.indicators.values():
        for year, levels in one.levels.items():
            expected += sum(territories.level_of(code) in levels for code in territories.codes)
            expected += 2 * wide if year == 2024 else 0
    assert len(table) == expected
    assert ((table["state"] == "known") == table["value"].notna()).all()
    assert set(table["indicator_code"]) == set(CATALOG.indicators)


def test_percentages_lie_between_0_and_100_and_counts_are_not_negative():
    table = load("observations")
    unit = table["indicator_code"].map({code: one.unit for code, one in CATALOG.indicators.items()}).astype(str)
    assert table.loc[unit.isin(["pct", "index"]), "value"].dropna().between(0, 100).all()
    assert (table["value"].dropna() >= 0).all()


def test_the_published_population_of_the_census_is_met(known, territories):
    legal = known.of("population")
    assert legal.at("MA").value == 36_828_330
    assert legal.at("09").value == 3_020_431
    for code in ("MA", "09"):
        communes = legal.over(territories.communes_of(code))
        assert communes.value.sum() == legal.at(code).value


def test_households_of_communes_sum_to_the_country(known, territories):
    households = known.of("households")
    assert households.over(territories.communes_of("MA")).value.sum() == households.at("MA").value
    assert households.at("09").value == 785_208  # HCP, region of Souss-Massa


@pytest.mark.parametrize(
    ("indicator", "year", "code", "value"),
    [
        ("running_water", 2024, TABIA, 0.0),  # C water_24
        ("running_water", 2014, TABIA, 6.186),  # C water_14
        ("paved_road_km", 2024, TIZAGHTE, 13.6),  # C dist_paved_km_24
        ("paved_road_km", 2014, TABIA, 17.039),  # C dist_paved_km_14
        ("electricity", 2024, TABIA, 90.9),  # C elec_24
        ("sanitation", 2024, TIZAGHTE, 53.5),  # C sewer_24 1.7 + septic_24 51.8
        ("toilets", 2024, TOUBKAL, 93.4),  # C wc_24
        ("wood_cooking", 2024, TOUBKAL, 38.2),  # C fuel_wood_24
        ("waste_in_open", 2024, TABIA, 99.7),  # C waste_open_24
        ("illiteracy_women", 2024, TABIA, 75.9),  # C illit10_f_24
        ("schooling_6_11", 2024, TABIA, 91.5),  # C school6_11_24
        ("schooling_7_12", 2014, TABIA, 95.804),  # C school7_12_14
        ("multidimensional_poverty", 2004, TABIA, 66.696),  # C pov_multi_04
        ("municipal_population", 2014, TABIA, 1349),  # C pop2014
        ("monetary_poverty", 2014, "09551", 17.011),  # P, Tata 17.010670
        ("running_water", 2024, "MA", 82.9),  # F, NATIONAL, ensemble
        ("unemployment", 2024, "MA", 21.3),  # F, and HCP
        ("unemployment_women", 2024, "MA", 25.9),  # F
    ],
)
def test_figures_read_by_hand_in_the_sources(known, indicator, year, code, value):
    reading = known.of(indicator, year=year).at(code)
    assert (reading.value, reading.computed) == (value, False)


def test_figures_of_2014_computed_from_communes_meet_those_the_hcp_published(known):
    # HCP 2014: unemployment 16.2 %, activity 47.6 %; multidimensional poverty (series of 2017) by region, 8.2 % in all.
    assert round(known.of("unemployment", year=2014).at("MA").value, 1) == 16.2
    assert round(known.of("activity", year=2014).at("MA").value, 1) == 47.6
    poverty = known.of("multidimensional_poverty", year=2014)
    assert poverty.at("MA").computed
    published = {"01": 9.5, "02": 9.5, "03": 9.6, "04": 6.1, "05": 13.4, "06": 4.1, "07": 11.3, "08": 10.0}
    published |= {"09": 7.2, "10": 6.2, "11": 1.7, "12": 3.8, "MA": 8.2}
    assert {code: round(poverty.at(code).value, 1) for code in published} == published


def test_the_city_of_tanger_in_2014_is_the_mean_of_its_four_arrondissements(known, territories):
    # C water_14 and households2014: Bni Makada 91.88, 91,737; Mghogha 94.262, 50,619; Souani 98.371, 30,760;
    # Médina 90.442, 66,127.
    assert len(territories.children_of(TANGER)) == 4
    by_hand = (91.88 * 91_737 + 94.262 * 50_619 + 98.371 * 30_760 + 90.442 * 66_127) / 239_243
    reading = known.of("running_water", year=2014).at(TANGER)
    assert reading.value == pytest.approx(by_hand, abs=5e-4)
    assert reading.computed
    assert not known.of("running_water").at(TANGER).computed


def test_the_paved_road_does_not_apply_to_towns(known, territories):
    road = known.of("paved_road_km")
    assert road.at(AGADIR).state == "not_applicable"
    towns = [code for code in territories.codes if territories.row(code)["milieu"] == "urban"]
    assert len(towns) > 200
    assert road.over(towns).counts["not_applicable"] == len(towns)
    assert road.at("09001").state == "known"  # a province with a countryside
    assert known.of("paved_road_km", milieu="urban").at("09").state == "not_applicable"
    assert known.of("paved_road_km", milieu="rural").at("09").value == road.at("09").value


def test_a_commune_without_published_rates_is_missing_never_zero(known):
    lagouira = "120660103"  # C: no rate in 2014 nor 2024, population 0 in 2014
    for indicator in ("running_water", "illiteracy", "activity"):
        for year in (2014, 2024):
            assert known.of(indicator, year=year).at(lagouira).state == "missing"
    assert known.of("municipal_population", year=2014).at(lagouira).state == "missing"
    assert known.of("population").at(lagouira).value == 3127
    assert known.change("municipal_population").at(lagouira).state == "missing"


def test_population_changes_are_read_on_the_same_population(known):
    # C pop2014 is the municipal population: it sums to 33,610,084, the legal one being 33,848,242 (HCP).
    assert known.of("municipal_population", year=2014).at("MA").value == 33_610_084
    assert CATALOG.indicators["population"].years == (2024,)


def test_nothing_is_computed_where_the_count_that_weighs_is_unknown(known, territories):
    poverty = known.of("multidimensional_poverty", year=2004)
    assert poverty.over(territories.children_of("MA")).counts["missing"] == 12
    assert poverty.at(TANGER).state == "missing"


def test_urban_and_rural_are_published_for_wide_levels_and_two_provinces_have_no_countryside(known, territories):
    rural = known.of("running_water", milieu="rural")
    provinces = rural.over(territories.children_of("MA", "province"))
    assert provinces.counts == {"known": 73, "missing": 0, "withheld": 0, "not_applicable": 2}
    assert rural.at(TABIA).state == "missing"
    assert known.of("running_water", milieu="urban").at("MA").value > rural.at("MA").value


def test_households_without_running_water_are_a_share_of_sedentary_households(known):
    # F: Souss-Massa 94.2 % of 784,347 sedentary households.
    assert known.denominator("running_water") == "sedentary_households"
    households = known.of("sedentary_households").at("09").value
    without = known.people("running_water").at("09").value
    assert round(without) == 45_410  # the sum of its communes, on every page
    assert without == pytest.approx(0.058 * households, abs=0.0005 * households)  # as far as the rounded rate tells


@pytest.mark.parametrize(
    ("indicator", "weight", "tolerance"),
    [
        # What stands for the unknown denominator of 2014, tried on 2024 where provinces are published. Tolerances are
        # points; Aousserd (12066), most of whose communes are not published, is left out.
        ("running_water", "households", 0.6),
        ("illiteracy", "persons_15_plus", 0.4),
        ("illiteracy_women", "women_15_plus", 0.4),
        ("activity_women", "women_15_plus", 0.2),
    ],
)
def test_weighing_communes_gives_the_province_that_is_published(known, territories, indicator, weight, tolerance):
    provinces = [code for code in territories.children_of("MA", "province") if code != "12066"]
    own, count = known.of(indicator), known.of(weight)
    gaps = []
    for code in provinces:
        communes = territories.communes_of(code)
        rate, weights = own.over(communes).value, count.over(communes).value
        usable = np.isfinite(rate) & np.isfinite(weights)
        gaps.append(np.average(rate[usable], weights=weights[usable]) - own.at(code).value)
    assert len(gaps) == 74
    assert np.quantile(np.abs(gaps), 0.95) < tolerance


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE.is_dir(), reason="the shared source data is not here")
def test_communes_agree_with_the_two_sources_of_2024(known, territories):
    listed = pd.read_csv(SOURCE / "census" / "communes_2014_2024.csv", dtype={"code2024": str}).set_index("code2024")
    codes = tuple(code for code in listed.index if code in territories)
    assert len(codes) == 1538
    pairs = {
        "running_water": "water_24",
        "illiteracy": "illit10_24",
        "disability": "disab_24",
        "households": "households_24",
    }
    for indicator, column in pairs.items():
        ours, theirs = known.of(indicator).over(codes).value, listed.loc[list(codes), column].to_numpy()
        assert np.array_equal(ours, theirs, equal_nan=True), indicator


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE.is_dir(), reason="the shared source data is not here")
def test_the_table_made_again_is_the_table_shipped(tmp_path):
    shipped = load("observations")
    (tmp_path / "territories.csv").write_bytes((TABLES_FOLDER / "territories.csv").read_bytes())
    preparation.prepare(SOURCE, tmp_path)
    made = pd.read_parquet(tmp_path / "observations.parquet")
    pd.testing.assert_frame_equal(made.reset_index(drop=True), shipped.reset_index(drop=True))
