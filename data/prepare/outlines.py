"""The outlines of the communes as one coverage: no overlap, no gap, identical edges, at three levels of detail."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Geod

from data.errors import TableError

Geometries = npt.NDArray[Any]  # shapely geometries; numpy has no narrower word for them

SNAP_DEG = 1e-5  # about 1 m: vertices of two neighbours closer than this become one
GAP_DEG = 1e-3  # about 100 m: a hole between neighbours narrower than this joins the one with the longest border
ELLIPSOID = Geod(ellps="WGS84")
M2_PER_KM2 = 1e6


@dataclass(frozen=True)
class Detail:
    """How finely outlines are drawn: tolerance of the simplification in degrees, decimals kept of a coordinate."""

    level: str
    tolerance_deg: float
    decimals: int


DETAILS = (
    Detail("country", 0.011, 4),
    Detail("region", 0.002, 5),
    Detail("full", 0.0004, 5),
)


def read_outlines(source: Path) -> gpd.GeoSeries:
    """Return the cleaned outlines of the 1,538 units (communes and arrondissements), by code, EPSG:4326.

    Raises
    ------
    TableError
        The cleaning did not give a valid coverage.
    """
    published = gpd.read_file(source / "admin" / "communes_full.gpkg", columns=["code2024"])
    published = published.set_index("code2024", verify_integrity=True).sort_index()["geometry"]
    cleaned = shapely.coverage_clean(published.to_numpy(), snapping_distance=SNAP_DEG, gap_width=GAP_DEG)
    return gpd.GeoSeries(_checked(cleaned, published.index, "after cleaning"), index=published.index, crs=published.crs)


def simplify(outlines: gpd.GeoSeries, detail: Detail) -> gpd.GeoSeries:
    """Return the coverage at one level of detail; neighbours keep identical edges.

    Raises
    ------
    TableError
        Rounding broke a polygon or an edge: keep one more decimal or a smaller tolerance.
    """
    simpler = shapely.coverage_simplify(outlines.to_numpy(), detail.tolerance_deg)
    rounded = shapely.set_precision(simpler, 10.0**-detail.decimals, mode="pointwise")
    # set_precision leaves 9.600000000000001: round the numbers themselves, so that files are short and equal.
    exact = shapely.normalize(shapely.transform(rounded, lambda points: np.round(points, detail.decimals)))
    where = f"simplified by {detail.tolerance_deg}°, rounded to {detail.decimals} decimals"
    return gpd.GeoSeries(_checked(exact, outlines.index, where), index=outlines.index, crs=outlines.crs)


def dissolve(outlines: gpd.GeoSeries, parent_of: pd.Series) -> gpd.GeoSeries:
    """Return the union of the outlines of each parent, by parent code; edges stay those of the parts."""
    parents = parent_of.reindex(outlines.index)
    unions = {
        code: shapely.normalize(shapely.coverage_union_all(outlines.loc[parts].to_numpy()))
        for code, parts in outlines.index.groupby(parents).items()
    }
    return gpd.GeoSeries(unions, crs=outlines.crs).sort_index()


def area_km2(outlines: gpd.GeoSeries) -> pd.Series:
    """Return the geodesic area of each outline on WGS 84, km²."""
    # Rings are added with a sign for the way they are drawn: a hole drawn like its outline would count twice over.
    drawn = shapely.orient_polygons(outlines.to_numpy())
    areas = [ELLIPSOID.geometry_area_perimeter(outline)[0] / M2_PER_KM2 for outline in drawn]
    return pd.Series(areas, index=outlines.index)


def inner_point(outline: Any) -> Any:
    """Return the point farthest from the outline's border (widths compared in ground distance)."""
    stretch = np.cos(np.radians(outline.centroid.y))  # a degree of longitude is shorter than one of latitude
    flat = shapely.transform(outline, lambda points: points * [stretch, 1.0])
    largest = max(shapely.get_parts(flat), key=lambda part: part.area)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.002), 0)
    return shapely.transform(middle, lambda points: points / [stretch, 1.0])


def _checked(outlines: Geometries, codes: pd.Index, where: str) -> Geometries:
    problems = [f"outline of {code} invalid {where}" for code in codes[~shapely.is_valid(outlines)]]
    edges = shapely.coverage_invalid_edges(outlines)
    problems += [f"edge of {code} does not match its neighbour {where}" for code in codes[~shapely.is_empty(edges)]]
    if problems:
        raise TableError("communes", problems)
    return outlines
