"""The outlines: one coverage, no overlap, no gap, the same at every level, in the right place, served as they are."""

import gzip
import hashlib
import json
from pathlib import Path

import brotli
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.prepare.outlines import DETAILS, simplify
from data.prepare.shapes import areas, borders
from data.store import TABLES_FOLDER, load, load_outlines, load_shapes
from geo.crs import STORAGE_CRS, area_km2

CHECK = Path(__file__).parents[3] / "shared" / "data" / "check" / "provinces_osm_geoboundaries.geojson"
SHAPES = TABLES_FOLDER / "shapes"
# No area is shared and none lost beyond the last digit of the sum of all areas.
NO_AREA_DEG2 = 1e-9
# Areas of the drawn outlines against the exact ones: half the communes, and the smallest wards of Casablanca.
TYPICAL_LOSS, LARGEST_LOSS = {"full": 1e-4, "region": 1e-3}, {"full": 0.005, "region": 0.1}
# An equal-area plane about the country: distances here are right within a few percent.
PLANE = "+proj=laea +lat_0=28.5 +lon_0=-8.5 +datum=WGS84"
STEP_M = 500.0


@pytest.fixture(scope="module")
def communes():
    return load_outlines().set_index("territory_code").geometry


@pytest.fixture(scope="module")
def places():
    return load("territories").set_index("territory_code")


def served(name: str) -> dict:
    return json.loads(brotli.decompress((SHAPES / f"{load_shapes()[name]['file']}.br").read_bytes()))


@pytest.fixture(scope="module")
def drawn():
    """Return the communes as the browser receives them: level → outlines by position."""
    levels: dict[str, dict[int, shapely.Geometry]] = {}
    for name, entry in load_shapes().items():
        if name.startswith("communes."):
            found = {f["properties"]["i"]: shapely.geometry.shape(f["geometry"]) for f in served(name)["features"]}
            levels.setdefault(entry["level"], {}).update(found)
    return {level: np.array([found[i] for i in range(len(found))]) for level, found in levels.items()}


def test_every_outline_is_valid_and_in_the_storage_crs(places):
    arrondissements = load_outlines("arrondissements")
    for table in (load_outlines(), arrondissements):
        assert table.crs.to_epsg() == 4326
        assert table.geometry.is_valid.all()
        assert not table.geometry.is_empty.any()
    for level, outlines in (("commune", load_outlines()), ("arrondissement", arrondissements)):
        assert outlines["territory_code"].tolist() == places.index[places["level"] == level].tolist()


def test_communes_are_one_coverage_without_overlap_gap_or_hole(communes):
    parts = communes.to_numpy()
    assert shapely.coverage_is_valid(parts)
    whole = shapely.coverage_union_all(parts)
    assert abs(sum(part.area for part in parts) - whole.area) < NO_AREA_DEG2
    assert [len(part.interiors) for part in shapely.get_parts(whole)] == [0, 0], "the mainland and a spit near Nador"


def test_a_city_is_its_arrondissements_dissolved(communes, places):
    parts = load_outlines("arrondissements").set_index("territory_code").geometry
    cities = parts.groupby(places["parent_code"].reindex(parts.index))
    assert len(cities) == 6
    for city, wards in cities:
        union = shapely.coverage_union_all(wards.to_numpy())
        assert union.symmetric_difference(communes[city]).area < NO_AREA_DEG2


@pytest.mark.parametrize("level", [detail.level for detail in DETAILS])
def test_the_communes_served_at_each_level_are_a_valid_coverage(drawn, level):
    outlines = drawn[level]
    assert len(outlines) == 1503
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)


def test_the_most_detailed_shapes_are_the_outlines_of_the_table(drawn, communes):
    assert shapely.equals(drawn["full"], communes.to_numpy()).all()


@pytest.mark.parametrize("level", TYPICAL_LOSS)
def test_drawing_with_fewer_points_keeps_areas(drawn, places, level):
    exact = places.loc[places["level"] == "commune", "area_km2"]
    now = area_km2(gpd.GeoSeries(drawn[level], exact.index, crs=STORAGE_CRS))
    loss = (now - exact).abs() / exact
    assert loss.median() < TYPICAL_LOSS[level]
    assert loss.max() < LARGEST_LOSS[level]


@pytest.mark.parametrize("region", ["01", "09", "12"])
@pytest.mark.parametrize("level", ["region", "full"])
def test_border_lines_are_the_outlines_of_the_union_of_communes(drawn, places, region, level):
    lines = [shapely.geometry.shape(f["geometry"]) for f in served(f"lines.{region}.{level}")["features"]]
    codes = places.index[places["level"] == "commune"]
    here = codes.str.startswith(region)
    provinces = pd.Series(drawn[level][here], codes[here]).groupby(codes[here].str[:5])
    assert len(provinces) == (places["parent_code"] == region).sum()
    outlines = [shapely.coverage_union_all(parts.to_numpy()).boundary for _, parts in provinces]
    union = shapely.union_all(outlines)
    drawn_lines = shapely.union_all(lines)
    assert union.difference(drawn_lines).length < NO_AREA_DEG2
    assert drawn_lines.difference(union).length < NO_AREA_DEG2


def test_stored_files_are_one_content_twice_named_by_their_hash():
    files = {entry["file"] for entry in load_shapes().values() if entry["file"].endswith(".json")}
    assert len(files) > 50
    for file in files:
        raw = brotli.decompress((SHAPES / f"{file}.br").read_bytes())
        assert gzip.decompress((SHAPES / f"{file}.gz").read_bytes()) == raw
        assert hashlib.sha256(raw).hexdigest().startswith(file.split(".")[-2])
        assert json.loads(raw)["type"] == "FeatureCollection"


def test_no_file_is_left_that_no_manifest_names():
    named = {entry["file"] for entry in load_shapes().values()}
    stored = {path.name.removesuffix(".br").removesuffix(".gz") for path in SHAPES.iterdir()}
    assert {name for name in stored if not name.endswith(".manifest.json")} == named


def test_a_feature_says_its_number_and_its_extent_holds_it():
    entry = load_shapes()["communes.09.full"]
    features = served("communes.09.full")["features"]
    assert entry["count"] == len(features) == 175
    bounds = shapely.total_bounds([shapely.geometry.shape(f["geometry"]) for f in features])
    assert bounds.tolist() == pytest.approx(entry["extent"], abs=1e-5)
    assert {frozenset(f["properties"]) for f in features} == {frozenset({"i"})}


def test_labels_and_towns_stand_inside_their_territory(communes, places):
    rows = places.loc[communes.index]
    assert shapely.intersects_xy(communes.to_numpy(), rows["lon"], rows["lat"]).all()
    towns = load("towns")
    home = communes.loc[towns["territory_code"]].to_numpy()
    assert len(towns) > 150
    assert shapely.intersects_xy(home, towns["lon"], towns["lat"]).all()


def test_areas_of_a_level_add_up_and_souss_massa_is_not_measured_in_web_mercator(places):
    exact = places.loc[places["level"] == "commune", "area_km2"]
    assert exact.sum() == pytest.approx(places.loc["MA", "area_km2"], abs=0.1)
    # The polygon of OpenStreetMap measures 53,638 km² on the ellipsoid and 71,655 in Web Mercator.
    assert places.loc["09", "area_km2"] == pytest.approx(53_638, rel=0.01)


def squares() -> gpd.GeoSeries:
    """Return three squares of one degree: two of province 01001 side by side, one of 01002 above the first."""
    codes = ["010010101", "010010103", "010020101"]
    boxes = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0, 1, 1, 2)]
    return gpd.GeoSeries(boxes, index=codes, crs=4326)


def test_each_border_is_drawn_once_at_its_highest_rank():
    # Outer border: 1 + 2 + 1 + 1 + 1 + 2 = 8 degrees; between the provinces: 1; between communes of one: none.
    lines = borders(squares())
    assert {kind: round(line.length, 9) for kind, line in lines.items()} == {"country": 8, "province": 1}


def test_features_carry_positions_only():
    assert [feature["properties"] for feature in areas(squares(), [4, 7, 9])] == [{"i": 4}, {"i": 7}, {"i": 9}]


def test_neighbours_keep_one_edge_when_simplified():
    wavy = shapely.linestrings([(1 + 0.0005 * (i % 2), i / 100) for i in range(101)])
    left = shapely.polygonize([shapely.union_all([wavy, shapely.box(0, 0, 2, 1).boundary])]).geoms
    outlines = gpd.GeoSeries(list(left), index=[f"0100101{n:02}" for n in range(len(left))], crs=4326)
    assert len(outlines) == 2
    simpler = simplify(outlines, DETAILS[0])
    assert shapely.coverage_is_valid(simpler.to_numpy())
    assert shapely.get_num_coordinates(simpler.to_numpy()).sum() < 0.2 * outlines.count_coordinates().sum()


@pytest.fixture(scope="module")
def provinces(communes):
    """Return our provinces and those of OpenStreetMap, by code, in metres."""
    if not CHECK.is_file():
        pytest.skip("the outlines of OpenStreetMap are not beside the repository")
    ours = communes.groupby(communes.index.str[:5]).agg(lambda parts: shapely.coverage_union_all(parts.to_numpy()))
    theirs = gpd.read_file(CHECK)
    theirs = theirs.set_index(theirs["geo_code"].str.zfill(5)).geometry.make_valid()
    assert set(theirs.index) == set(ours.index)
    return gpd.GeoSeries(ours, crs=4326).to_crs(PLANE), theirs.to_crs(PLANE).loc[ours.index]


@pytest.mark.shared
def test_provinces_are_not_shifted_against_those_of_openstreetmap(provinces):
    ours, theirs = provinces
    # As published they lay 19 km too far north. Now the middle province is off by 0.12 km north and 0.01 km east.
    assert abs((ours.centroid.y - theirs.centroid.y).median()) < 200
    assert abs((ours.centroid.x - theirs.centroid.x).median()) < 200
    assert ours.centroid.distance(theirs.centroid).median() < 700


@pytest.mark.shared
def test_province_outlines_follow_those_of_openstreetmap(provinces):
    ours, theirs = provinces
    shared_part = ours.intersection(theirs).area / ours.union(theirs).area
    # Laâyoune, Tan-Tan and Tarfaya are drawn otherwise by the two; nine provinces of ten agree over 84 %.
    assert shared_part.quantile(0.1) > 0.84
    assert shared_part.min() > 0.65
    away = [
        shapely.distance(shapely.line_interpolate_point(line, np.arange(0, line.length, STEP_M)), other.boundary)
        for line, other in zip(ours.boundary, theirs, strict=True)
    ]
    # As the card of the outlines says: half of the borders lie within 0.7 km.
    assert np.median(np.concatenate(away)) < 700
