"""Features of any format as a sheet: attributes as texts, the position of a point as two columns, degrees, EPSG:4326.

A geometry that is not a point gives no position: its feature keeps the name of its kind in the column `geometry`.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

import pyproj

from data.imports.limits import LONGEST_CELL, MOST_COLUMNS
from data.imports.sheet import POINT_COLUMNS, FileRefused, Sheet, sheet

WGS84 = 4326
GEOMETRY = "geometry"
Feature = tuple[Mapping[str, Any], str, tuple[float, float] | None]
"""Attributes, kind of the geometry, position of a point."""


def epsg_of(said: Any) -> int:
    """Return the EPSG code of a coordinate system, however it is named; refuse the file when there is none."""
    try:
        code = pyproj.CRS.from_user_input(said).to_epsg()
    except (pyproj.exceptions.CRSError, TypeError, ValueError):
        code = None
    if code is None:
        raise FileRefused("crs_unknown", str(said)[:100])
    return int(code)


def position(coordinates: Any) -> tuple[float, float] | None:
    """Read longitude and latitude, or x and y; None when they are no finite numbers."""
    try:
        lon, lat = (float(number) for number in coordinates[:2])
    except (TypeError, ValueError, OverflowError):
        return None
    return (lon, lat) if math.isfinite(lon) and math.isfinite(lat) else None


def degrees(at: tuple[float, float] | None, crs: int) -> tuple[float, float] | None:
    """Bring a position to degrees, EPSG:4326."""
    if at is None or crs == WGS84:
        return at
    lon, lat = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True).transform(*at)
    return (float(lon), float(lat)) if math.isfinite(lon) and math.isfinite(lat) else None


def feature_sheet(name: str, features: list[tuple[int, Feature]], lost: list[tuple[int, str]]) -> Sheet:
    """Lay features out as a sheet; `lost` are rows that could not be read, with why."""
    names = list(dict.fromkeys(str(key) for _, (attributes, _, _) in features for key in attributes))
    if len(names) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", str(MOST_COLUMNS))
    if not features and not lost:
        raise FileRefused("no_rows")
    own = [column for column in POINT_COLUMNS if column not in names]
    header = [*names, *own, GEOMETRY]
    rows = []
    for number, (attributes, kind, at) in features:
        texts = {str(key): _text(value) for key, value in attributes.items()}
        if at is not None:
            texts |= {column: repr(value) for column, value in zip(POINT_COLUMNS, at, strict=True)}
        rows.append((number, [texts.get(column, "") for column in [*names, *own]] + [kind or "none"]))
    return sheet(name, header, rows, lost=tuple(lost))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, bytes):
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:LONGEST_CELL]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact in a double
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)[:LONGEST_CELL]
