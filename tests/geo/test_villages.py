"""Villages beyond a distance: strictly, withheld apart, everyone counted once; then the published totals."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.catalog import load_catalog
from data.errors import CodeError, RangeError
from data.prepare import douars
from data.store import TABLES_FOLDER, load, load_outlines
from geo.boundaries import Territories
from geo.crs import STORAGE_CRS, to_metric
from geo.locate import locate
from geo.village_search import VillageIndex
from geo.villages import Villages, beyond, ordered, people_beyond

SOURCE = Path(__file__).parents[3] / "shared" / "data"
SERVICES = load_catalog().services


@pytest.fixture(scope="module")
def territories():
    return Territories.from_table(load("territories"))


@pytest.fixture(scope="module")
def villages(territories):
    return Villages.from_table(load("villages"), territories, SERVICES)


@pytest.fixture(scope="module")
def index(villages, territories):
    return VillageIndex.of(villages, territories)


TOY_CODES = ["MA", "09", "09541", "095410101", "095410103"]


@pytest.fixture(scope="module")
def toy_land():
    levels = ["country", "region", "province", "commune", "commune"]
    parents = [None, "MA", "09", "09541", "09541"]
    frame = pd.DataFrame({"territory_code": TOY_CODES, "level": levels, "parent_code": parents, "population_2024": 1})
    return Territories.from_table(frame.assign(name_fr="x", name_ar="x"))


@pytest.fixture(scope="module")
def toy(toy_land):
    """Commune 01: A 100 people at 5 km of everything, B 50 at 10 km, C 20 withheld. Commune 03: D 70 at 10.1 km."""
    far = {"A": 5.0, "B": 10.0, "C": None, "D": 10.1}
    table = pd.DataFrame({"douar_code": list(far), "people": [100, 50, 20, 70], "households": [30, 30, 5, 30]})
    table["commune_code"] = ["095410101", "095410101", "095410101", "095410103"]
    columns = [service.column for service in SERVICES.values()]
    table = table.assign(**{column: pd.Series(list(far.values()), dtype="float64") for column in columns})
    table = table.assign(withheld=table["track_km"].isna(), name_ar="دوار", name_latin=[None, "Tizi", None, None])
    blank = dict.fromkeys(["doubtful", "position_source", "position_id", "position_match", "position_decimals"])
    table = table.assign(kind="grouped", lon=[-8.0, np.nan, np.nan, -8.1], lat=[30.0, np.nan, np.nan, 30.1], **blank)
    table["doubtful"] = pd.Series([None, "track health_centre", None, None], dtype="str")
    return Villages.from_table(table, toy_land, SERVICES)


def test_beyond_is_strictly_more_than_and_withheld_is_not_beyond(toy):
    assert beyond(toy, "health_centre", 10).tolist() == [False, False, False, True]
    assert beyond(toy, "health_centre", 9.99).tolist() == [False, True, False, True]
    assert beyond(toy, "health_centre", 0).tolist() == [True, True, False, True]


def test_a_threshold_beyond_every_value_finds_none_and_still_counts(toy, toy_land):
    table = people_beyond(toy, "health_centre", 500, toy_land).set_index("territory_code")
    assert table.loc["09", ["villages_beyond", "people_beyond", "people_within", "people_unknown"]].tolist() == [
        0,
        0,
        220,
        20,
    ]


@pytest.mark.parametrize("km", [-1, float("nan"), float("inf")])
def test_a_threshold_that_is_no_distance_is_refused(toy, km):
    with pytest.raises(RangeError, match="allowed: a number of km"):
        beyond(toy, "health_centre", km)


def test_people_beyond_within_and_unknown_are_counted_apart(toy, toy_land):
    table = people_beyond(toy, "health_centre", 9, toy_land).set_index("territory_code")
    assert list(table.index) == ["09", "09541", "095410101", "095410103"]
    people = ["people", "people_beyond", "people_within", "people_unknown"]
    assert table.loc["095410101", people].tolist() == [170, 50, 100, 20]
    assert table.loc["095410103", people].tolist() == [70, 70, 0, 0]
    assert table.loc["09", people].tolist() == [240, 120, 100, 20]
    assert table.loc["095410101", "share_unknown"] == pytest.approx(20 / 170)
    assert table.loc["09", ["villages", "villages_beyond", "villages_unknown"]].tolist() == [4, 2, 1]


def test_villages_are_ordered_by_people_or_by_distance_unknown_last(toy):
    everyone = np.ones(4, bool)
    assert ordered(toy, everyone, by="people", service="track").tolist() == [0, 3, 1, 2]
    assert ordered(toy, everyone, by="distance", service="track").tolist() == [3, 1, 0, 2]


def test_a_withheld_distance_is_none_and_a_village_without_a_position_has_none(toy):
    hidden = toy.at("C")
    assert hidden.withheld
    assert set(hidden.distances.values()) == {None}
    assert hidden.position is None
    assert toy.at("B").doubtful == ("track", "health_centre")


@pytest.mark.parametrize(
    "question",
    [
        lambda toy: toy.at("0010501205006"),
        lambda toy: beyond(toy, "hospital", 5),
        lambda toy: ordered(toy, np.ones(4, bool), by="name", service="track"),
        lambda toy: ordered(toy, np.ones(4, bool), by="people", service="hospital"),
    ],
)
def test_a_wrong_code_says_what_is_allowed(toy, question):
    with pytest.raises(CodeError, match="allowed"):
        question(toy)


def test_a_village_of_no_known_commune_is_refused(toy, toy_land):
    with pytest.raises(CodeError, match="«999999999»"):
        Villages.from_table(toy.table.assign(commune_code="999999999"), toy_land, SERVICES)


def test_all_villages_are_there_and_the_withheld_ones_said(villages, territories):
    assert len(villages) == 5470
    assert villages.withheld.sum() == 3294
    assert villages.located.sum() == 3507
    assert villages.people.sum() == 1_196_727
    assert len(np.unique(villages.commune)) == 154
    assert villages.within("09", territories).all()
    for distance in villages.distance.values():
        assert (np.isnan(distance) == villages.withheld).all()
    assert (villages.households[villages.withheld] < 30).all()
    assert (villages.households[~villages.withheld] >= 30).all()


def test_659_villages_and_173_941_people_are_beyond_10_km_of_a_health_centre(villages, territories):
    region = people_beyond(villages, "health_centre", 10, territories).set_index("territory_code").loc["09"]
    assert (region["villages_beyond"], region["people_beyond"]) == (659, 173_941)
    assert region["people_unknown"] == 144_647


@pytest.mark.parametrize("service", list(SERVICES))
def test_communes_sum_to_provinces_and_to_the_region(villages, territories, service):
    table = people_beyond(villages, service, SERVICES[service].default_km, territories)
    counted = [name for name in table if name.startswith(("villages", "people"))]
    by_level = table.groupby("level")[counted].sum()
    assert set(by_level.index) == {"region", "province", "commune"}
    assert (by_level == by_level.iloc[0]).all(axis=None)
    assert (table["people_beyond"] + table["people_within"] + table["people_unknown"] == table["people"]).all()


def test_villages_never_hold_more_people_than_the_census_counts_in_their_commune(villages, territories):
    people = np.bincount(villages.commune, villages.people, minlength=len(territories.commune_codes))
    municipal = [territories.row(code)["municipal_population_2024"] for code in territories.commune_codes]
    assert (people <= np.array(municipal, float)).all()


def test_figures_read_by_hand_in_the_list_of_villages(villages):
    # douars_2024_souss_massa.csv, lines of these codes.
    tiourar = villages.at("0010501205006")
    assert (tiourar.households, tiourar.people, tiourar.kind, tiourar.name_latin) == (212, 901, "split", "Tiourar")
    assert tiourar.distances["high_school"] == 12.18
    assert tiourar.commune_code == "090010501"
    assert villages.at("5510711204004").distances["paved_road"] == 40.39
    assert villages.at("5411113203005").distances["high_school"] == 150.1


def test_the_lycees_of_imilmaiss_at_145_km_are_flagged_and_kept(villages):
    odd = [villages.at(f"54111132{end}") for end in ("03005", "04006", "04007", "04008")]
    assert [village.distances["high_school"] for village in odd] == [150.1, 145.24, 150.0, 150.0]
    assert all("high_school" in village.doubtful for village in odd)
    # A track 14.31 km away, beside a paved road at 170 m.
    assert villages.at("5410429201010").doubtful == ("track",)
    assert sum(bool(villages.at(code).doubtful) for code in villages.codes) == 182


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE.is_dir(), reason="the shared source data is not here")
def test_the_table_made_again_is_the_table_shipped(tmp_path):
    (tmp_path / "territories.csv").write_bytes((TABLES_FOLDER / "territories.csv").read_bytes())
    douars.prepare(SOURCE, tmp_path)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "villages.parquet"), load("villages"))


def test_points_lie_in_their_own_commune_or_near_it(villages, territories):
    found = np.flatnonzero(villages.located)
    points = gpd.GeoSeries(gpd.points_from_xy(villages.lon[found], villages.lat[found]), crs=STORAGE_CRS)
    outlines = load_outlines()
    own = np.array(territories.commune_codes)[villages.commune[found]]
    inside = locate(points, outlines)["territory_code"].to_numpy() == own
    assert inside.mean() == pytest.approx(0.994, abs=0.0005)
    shapes = to_metric(gpd.GeoSeries(outlines.set_index("territory_code").geometry).loc[own[~inside]])
    away = to_metric(points[~inside]).reset_index(drop=True).distance(shapes.reset_index(drop=True))
    assert away.max() < 2_000


def test_the_two_licences_of_positions_are_kept_apart(villages):
    sources = villages.table["position_source"].value_counts().to_dict()
    assert sources == {"geonames": 2874, "openstreetmap": 633}
    assert (villages.table["position_source"].notna() == villages.located).all()


def test_a_village_is_found_in_arabic_and_in_latin_letters(index):
    for text in ("تيورار", "تِيورار", "Tiourar", "TIOURAR", "tiourar"):
        assert index.search(text)[0].code == "0010501205006"


def test_namesakes_are_all_shown_and_a_container_narrows_them(index, villages, territories):
    anamer = index.search("أنامر", limit=50)
    assert [match.score for match in anamer[:16]] == [100.0] * 16
    inside = index.search("أنامر (Tiout)")
    assert territories.name(villages.at(inside[0].code).commune_code, "fr") == "Tiout"
    assert len({villages.at(match.code).commune_code for match in inside}) == 1
    assert all(
        territories.is_within(villages.at(one.code).commune_code, "09581")
        for one in index.search("Tizi", within="09581")
    )


def test_a_code_or_its_beginning_finds_the_village(index):
    assert [match.code for match in index.search("0010501205006")] == ["0010501205006"]
    assert all(match.code.startswith("00105") for match in index.search("00105"))


@pytest.mark.parametrize("text", ["", "   ", "zzzzqq", "???", "12"])
def test_nothing_is_found_for_nothing(index, text):
    assert index.search(text) == []
