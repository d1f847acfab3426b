"""Measures on the ellipsoid against published figures, and the refusal of what states no coordinate system."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from data.errors import CrsError
from geo.crs import ELLIPSOID, M2_PER_KM2, METRIC_CRS, STORAGE_CRS, area_km2, require_same_crs, to_metric

# GeographicLib, documentation of its Python package: latitude and longitude of a rough outline of Antarctica, around
# the pole and over the antimeridian; 13,662,703,680,020.1 m².
ANTARCTICA = """
-63.1 -58 -72.9 -74 -71.9 -102 -74.9 -102 -74.3 -131 -77.5 -163 -77.4 163 -71.7 172 -65.9 140 -65.7 113 -66.6 88
-66.9 59 -69.8 25 -70.0 -4 -71.0 -14 -77.3 -33 -77.9 -46 -74.7 -61
"""
AGADIR = Point(-9.598, 30.4202)


def outlines(*shapes, crs=STORAGE_CRS):
    return gpd.GeoSeries(shapes, crs=crs)


def test_geodesics_are_those_of_karney():
    # C. F. F. Karney, GeographicLib: New York JFK to London Heathrow, the example of GeodSolve; and the first line of
    # the test set for geodesics (GeodTest.dat, doi 10.5281/zenodo.32156).
    assert ELLIPSOID.inv(-73.8, 40.6, -0.5, 51.6)[2] == pytest.approx(5_551_759.400, abs=5e-4)
    azimuth, _, metres = ELLIPSOID.inv(0, 36.530042355041, 5.762344694676510456, -48.164270779097768864)
    assert metres == pytest.approx(9_398_502.0434687, abs=1e-6)
    assert azimuth == pytest.approx(176.125875162171, abs=1e-11)


def test_an_area_around_the_pole_and_over_the_antimeridian():
    latitude, longitude = np.array(ANTARCTICA.split(), float).reshape(-1, 2).T
    shape = Polygon(zip(longitude, latitude, strict=True))
    assert area_km2(outlines(shape, shape.reverse())).tolist() == pytest.approx([13_662_703.680_020_1] * 2, rel=1e-12)


def test_all_the_earth_is_the_sum_of_its_squares():
    # Moritz 2000, Geodetic Reference System 1980: the sphere of equal surface has a radius of 6,371,007.181 m; that of
    # WGS 84 differs by less than a tenth of a millimetre in it.
    squares = [box(x, y, x + 90, y + 90) for x in (-180, -90, 0, 90) for y in (-90, 0)]
    assert area_km2(outlines(*squares)).sum() * M2_PER_KM2 == pytest.approx(4 * np.pi * 6_371_007.181**2, rel=1e-9)


def test_holes_are_left_out_parts_are_summed_and_no_shape_has_no_area():
    whole, hole, beside = box(-10, 30, -9, 31), box(-9.6, 30.4, -9.4, 30.6), box(-8, 30, -7, 31)
    for inner in (hole.exterior, hole.reverse().exterior):  # files draw holes either way round
        pierced = Polygon(whole.exterior, [inner])
        both = MultiPolygon([pierced, beside.reverse()])
        found = area_km2(outlines(whole, hole, beside, pierced, both, Polygon(), None))
        assert found[3] == pytest.approx(found[0] - found[1])
        assert found[4] == pytest.approx(found[3] + found[2])
        assert found[5] == found[6] == 0


def test_an_area_does_not_depend_on_the_coordinates_it_came_in():
    # Square metres of Web Mercator would be a third too many at the latitude of Agadir.
    shape = outlines(box(-9.7, 30.3, -9.5, 30.5))
    for crs in (METRIC_CRS, "EPSG:26192", "EPSG:3857"):
        assert area_km2(shape.to_crs(crs))[0] == pytest.approx(area_km2(shape)[0], rel=1e-4)
    assert shape.to_crs("EPSG:3857").area[0] / 1e6 > 1.3 * area_km2(shape)[0]


def test_metres_are_those_of_zone_29():
    # R12 of the reference cases.
    there = to_metric(outlines(AGADIR))[0]
    assert (there.x, there.y) == pytest.approx((442_568.30, 3_365_500.17), abs=0.005)


@given(st.floats(-12, -6), st.floats(27, 36))
def test_metres_there_and_back_are_the_same_place(lon, lat):
    back = to_metric(outlines(Point(lon, lat))).to_crs(STORAGE_CRS)[0]
    assert (back.x, back.y) == pytest.approx((lon, lat), abs=1e-9)


def test_what_states_no_system_or_another_is_refused_with_the_remedy():
    stated, unstated, metres = outlines(AGADIR), outlines(AGADIR, crs=None), outlines(AGADIR).to_crs(METRIC_CRS)
    for refused in (lambda: area_km2(unstated), lambda: to_metric(unstated)):
        with pytest.raises(CrsError, match=r"set_crs\('EPSG:4326'\)"):
            refused()
    with pytest.raises(CrsError, match=r"villages states no coordinate reference system"):
        require_same_crs(stated, unstated, one_name="communes", other_name="villages")
    with pytest.raises(CrsError, match=r"communes is in EPSG:4326, villages in EPSG:32629.*villages\.to_crs"):
        require_same_crs(stated, metres, one_name="communes", other_name="villages")
    require_same_crs(stated, outlines(None))
