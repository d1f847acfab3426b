"""Coordinate reference systems: what we store, what we measure in, and errors instead of silent nonsense."""

from typing import Protocol, TypeVar

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS, Geod

from data.errors import CrsError

STORAGE_CRS = "EPSG:4326"
METRIC_CRS = "EPSG:32629"  # UTM zone 29 North: scale error below 1 in 1,000 over Souss-Massa, not over the country
ELLIPSOID = Geod(ellps="WGS84")
M_PER_KM = 1_000.0
M2_PER_KM2 = 1_000_000.0

Frame = TypeVar("Frame", gpd.GeoDataFrame, gpd.GeoSeries)


class HasCrs(Protocol):
    """A table of geometries."""

    @property
    def crs(self) -> CRS | None:
        """Its coordinate reference system, None when not stated."""


def require_same_crs(one: HasCrs, other: HasCrs, *, one_name: str = "first", other_name: str = "second") -> None:
    """Refuse two tables that are not in the same coordinate reference system.

    Raises
    ------
    CrsError
        One has no CRS, or they differ: both are named, and what to do.
    """
    for table, name in ((one, one_name), (other, other_name)):
        require_crs(table, name=name)
    if one.crs != other.crs:
        raise CrsError(
            f"{one_name} is in {one.crs}, {other_name} in {other.crs}; allowed: the same for both; "
            f"call {other_name}.to_crs({one_name}.crs) first"
        )


def require_crs(table: HasCrs, *, name: str = "table") -> None:
    """Refuse a table that does not state its coordinate reference system.

    Raises
    ------
    CrsError
        It has none.
    """
    if table.crs is None:
        raise CrsError(
            f"{name} states no coordinate reference system; allowed: any, stated; if its coordinates are degrees of "
            f"longitude and latitude call {name}.set_crs('{STORAGE_CRS}')"
        )


def to_metric(table: Frame) -> Frame:
    """Return the table in `METRIC_CRS`, metres; distances and areas in it hold for Souss-Massa and its surroundings.

    Raises
    ------
    CrsError
        The table states no CRS.
    """
    require_crs(table)
    return table.to_crs(METRIC_CRS)


def area_km2(shapes: gpd.GeoSeries) -> pd.Series:
    """Return the geodesic area of each polygon on WGS 84, km², anywhere; missing and empty shapes have area 0.

    Raises
    ------
    CrsError
        The shapes state no CRS.
    """
    require_crs(shapes, name="shapes")
    areas = [_area_m2(shape) / M2_PER_KM2 for shape in shapes.to_crs(STORAGE_CRS)]
    return pd.Series(areas, index=shapes.index, dtype="float64", name="area_km2")


def _area_m2(shape: object) -> float:
    # Rings are added with a sign for the way they are drawn: a hole drawn like its outline would count twice over.
    return 0.0 if shape is None else float(ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(shape))[0])
