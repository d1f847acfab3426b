"""Geometry of exported rows: real points as points, territories as generalised outlines, no false precision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.errors import CrsError

CRS = "EPSG:4326"
TOLERANCE_DEG = 0.004  # square root of the area of the bends removed: about 400 m
COUNTRY = "MA"
DECIMALS = 5  # 1 m; RFC 7946 §11.2 calls six reasonable


@dataclass(frozen=True)
class Drawing:
    """What can be drawn of each project, EPSG:4326, by project code.

    Attributes
    ----------
    points
        Its real positions: a Point or a MultiPoint.
    outlines
        The communes it is known by, joined: a Polygon or a MultiPolygon.
    not_drawn
        Codes of its places without geometry: provinces, regions, the country, or a commune without an outline.
    """

    points: Mapping[str, BaseGeometry]
    outlines: Mapping[str, BaseGeometry]
    not_drawn: Mapping[str, tuple[str, ...]]

    def whole(self, project_code: str) -> BaseGeometry | None:
        """Return all that can be drawn of a project; None when it is known only by wider areas."""
        parts = [drawn[project_code] for drawn in (self.points, self.outlines) if project_code in drawn]
        return parts[0] if len(parts) == 1 else shapely.geometrycollections(parts) if parts else None


def generalise(outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lighten the outlines of communes for export, shared borders staying shared.

    Parameters
    ----------
    outlines
        Columns territory_code and geometry, EPSG:4326, a coverage without overlaps.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows: bends under about 400 m removed, 5 decimals, outer rings counter-clockwise (RFC 7946 §3.1.6).

    Raises
    ------
    CrsError
        The outlines are not in EPSG:4326.
    """
    if outlines.crs != CRS:
        raise CrsError(f"outlines of communes: coordinate system {outlines.crs}; allowed: {CRS}; use to_crs(4326)")
    lighter = shapely.coverage_simplify(outlines.geometry.to_numpy(), TOLERANCE_DEG)
    return outlines[["territory_code"]].assign(geometry=_tidy(lighter)).pipe(gpd.GeoDataFrame, crs=CRS)


def draw(places: pd.DataFrame, outlines: gpd.GeoDataFrame) -> Drawing:
    """Draw the projects of a table of places (`data.exchange.contract.PLACES`).

    Parameters
    ----------
    outlines
        Outlines of communes as `generalise` returns them; a commune that is not in it is listed as not drawn.
    """
    shape_of = dict(zip(outlines["territory_code"], outlines.geometry, strict=True))
    drawable = places["territory_code"].isin(list(shape_of))
    is_point = (places["located_by"] == "point").to_numpy()
    is_outline = ((places["located_by"] == "commune") & drawable).to_numpy()
    communes = _codes_by_project(places[is_outline])
    joined = {codes: _join([shape_of[code] for code in codes]) for codes in set(communes.values())}
    return Drawing(
        points=_points(places[is_point]),
        outlines={project: joined[codes] for project, codes in communes.items()},
        not_drawn=_codes_by_project(places[~is_point & ~is_outline]),
    )


def draw_territories(codes: Iterable[str | None], outlines: gpd.GeoDataFrame) -> list[BaseGeometry | None]:
    """Draw communes by their outlines, provinces and regions by those of their communes joined.

    The official code of a commune begins with that of its province, and this one with that of its region. None for a
    territory none of whose communes has an outline, and where no territory is known.
    """
    shape_of = dict(zip(outlines["territory_code"], outlines.geometry, strict=True))

    def shape(code: str | None) -> BaseGeometry | None:
        if not isinstance(code, str):
            return None
        if code in shape_of:
            return shape_of[code]
        parts = [shape for one, shape in shape_of.items() if code == COUNTRY or one.startswith(code)]
        return _join(parts) if parts else None

    return [shape(code) for code in codes]


def draw_rows(rows: pd.DataFrame, outlines: gpd.GeoDataFrame) -> list[BaseGeometry | None]:
    """Draw the rows of a table: by their own position where the table has columns lon and lat, else by territory.

    None where the position is not known: no point is made up.
    """
    if not {"lon", "lat"} <= set(rows):
        return draw_territories(rows["territory_code"], outlines)
    positions = np.round(rows[["lon", "lat"]].to_numpy("float64"), DECIMALS)
    return [shapely.Point(position) if np.isfinite(position).all() else None for position in positions]


def _codes_by_project(places: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    grouped = places.groupby("project_code", sort=False)["territory_code"]
    return {project: tuple(sorted(set(codes))) for project, codes in grouped}


def _points(places: pd.DataFrame) -> dict[str, BaseGeometry]:
    positions = np.round(places[["lon", "lat"]].to_numpy("float64"), DECIMALS)
    codes, number = np.unique(places["project_code"].to_numpy("object"), return_inverse=True)
    order = np.argsort(number, kind="stable")
    points = shapely.multipoints(shapely.points(positions[order]), indices=number[order])
    return {
        code: shapely.get_geometry(point, 0) if len(point.geoms) == 1 else point
        for code, point in zip(codes, points, strict=True)
    }


def _join(shapes: list[BaseGeometry]) -> BaseGeometry:
    # Neighbours in one MultiPolygon would share an edge, which simple features forbid: they are dissolved. Outlines are
    # a coverage, their borders the same corner for corner: an eighth of the work of a union of any shapes.
    return shapes[0] if len(shapes) == 1 else _tidy(np.array([shapely.coverage_union_all(shapes)]))[0]


def _tidy(shapes: np.ndarray) -> np.ndarray:
    rounded = shapely.transform(shapes, lambda corners: np.round(corners, DECIMALS))
    # Rounding may fold a sliver onto itself; only such shapes are mended, and only their areas are kept.
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.buffer(shapely.make_valid(rounded[broken]), 0)
    return np.asarray(shapely.orient_polygons(rounded, exterior_cw=False))
