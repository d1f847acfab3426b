"""In which outline a point lies: on a toy of three squares, two of which share a border."""

import geopandas as gpd
import pytest
from shapely.geometry import Point, box

from data.errors import CrsError
from geo.locate import locate

# B lies west of A, C by itself; listed out of the order of their codes.
SQUARES = gpd.GeoDataFrame(
    {"territory_code": ["C", "B", "A"]}, geometry=[box(5, 5, 6, 6), box(0, 0, 1, 1), box(1, 0, 2, 1)], crs="EPSG:4326"
)


def points(*places, crs="EPSG:4326"):
    return gpd.GeoSeries(places, index=[f"p{number}" for number in range(len(places))], crs=crs)


def test_each_point_gets_the_outline_it_lies_in_and_its_row():
    found = locate(points(Point(1.5, 0.5), Point(0.5, 0.5), Point(5.5, 5.5)), SQUARES)
    assert found.index.tolist() == ["p0", "p1", "p2"]
    assert found["territory_code"].tolist() == ["A", "B", "C"]
    assert found["outline_count"].tolist() == [1, 1, 1]


def test_a_point_on_a_border_belongs_to_the_smallest_code_in_any_order_and_says_so():
    border, outer = Point(1, 0.5), Point(0, 0)
    for outlines in (SQUARES, SQUARES.iloc[::-1]):
        found = locate(points(border, outer), outlines)
        assert found["territory_code"].tolist() == ["A", "B"]
        assert found["outline_count"].tolist() == [2, 1]


def test_a_point_outside_or_missing_lies_nowhere_and_is_not_lost():
    found = locate(points(Point(9, 9), None, Point()), SQUARES)
    assert found["territory_code"].isna().all()
    assert found["outline_count"].tolist() == [0, 0, 0]
    assert locate(points(), SQUARES).empty


def test_points_in_metres_are_refused_not_left_outside():
    there = points(Point(0.5, 0.5))
    with pytest.raises(CrsError, match=r"points is in EPSG:3857.*outlines in EPSG:4326"):
        locate(there.to_crs("EPSG:3857"), SQUARES)
    with pytest.raises(CrsError, match="points states no"):
        locate(points(Point(0.5, 0.5), crs=None), SQUARES)
