"""What a feature of a map says of where it is: its point, or that it is an area, without inventing a point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

GEOGRAPHIC = "EPSG:4326"
DECIMALS = 6
DEEPEST = 8
KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")


@dataclass(frozen=True)
class Where:
    """Where a feature is: x and y of its point; a problem when its geometry cannot be used."""

    x: float | None = None
    y: float | None = None
    problem: str = ""


NOWHERE = Where()


def where_of(geometry: Any) -> Where:
    """Read a geometry of GeoJSON.

    A point gives its position, several points at one place too. Areas and lines give none, and are no problem: the
    feature's own columns say its commune. Problems: `bad_geometry`, `too_deep`, `several_points`.
    """
    if geometry is None:
        return NOWHERE
    points: list[tuple[float, float]] = []
    problem = _points(geometry, points, 0)
    if problem:
        return Where(problem=problem)
    distinct = list(dict.fromkeys(points))
    if len(distinct) > 1:
        return Where(problem="several_points")
    return Where(*distinct[0]) if distinct else NOWHERE


class Reprojection:
    """From the coordinate system of a file to degrees; one that says nothing leaves the numbers as they are."""

    def __init__(self, crs: str | int | None) -> None:
        self.said = ""
        self._transform: Transformer | None = None
        if crs is None:
            return
        try:
            known = CRS.from_user_input(crs)
            code = known.to_epsg(min_confidence=60)
            self.said = f"EPSG:{code}" if code else known.name
            self._transform = Transformer.from_crs(known, GEOGRAPHIC, always_xy=True)
        except (CRSError, ProjError):
            self.said = ""

    def apply(self, where: Where) -> Where:
        """Return the place in degrees; `bad_geometry` when there is no such place."""
        if self._transform is None or where.x is None or where.y is None:
            return where
        lon, lat = self._transform.transform(where.x, where.y)
        if not (abs(lon) < float("inf") and abs(lat) < float("inf")):
            return Where(problem="bad_geometry")
        if self.said == GEOGRAPHIC:
            return where
        return Where(round(lon, DECIMALS), round(lat, DECIMALS))


def _points(geometry: Any, points: list[tuple[float, float]], depth: int) -> str:
    """Gather the points of a geometry; return what is wrong with it, empty when nothing is."""
    if depth > DEEPEST:
        return "too_deep"
    if not isinstance(geometry, Mapping) or geometry.get("type") not in KINDS:
        return "bad_geometry"
    if geometry["type"] == "GeometryCollection":
        parts = geometry.get("geometries")
        listed = parts if isinstance(parts, list) else [None]
        return next((problem for part in listed if (problem := _points(part, points, depth + 1))), "")
    return _of_coordinates(geometry, points)


def _of_coordinates(geometry: Mapping[str, Any], points: list[tuple[float, float]]) -> str:
    coordinates = geometry.get("coordinates")
    if geometry["type"] == "Point":
        coordinates = [] if coordinates == [] else [coordinates]
    elif geometry["type"] != "MultiPoint":
        return "" if isinstance(coordinates, list) else "bad_geometry"
    if not isinstance(coordinates, list):
        return "bad_geometry"
    for pair in coordinates:
        if not isinstance(pair, list) or len(pair) < 2 or not all(_is_number(part) for part in pair[:2]):  # noqa: PLR2004 - a pair
            return "bad_geometry"
        points.append((float(pair[0]), float(pair[1])))
    return ""


def _is_number(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool)
