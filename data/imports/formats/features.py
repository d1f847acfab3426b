"""Features as rows: their properties in columns, their point in two more."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import orjson

from data.imports.formats.geometry import Where
from data.imports.sheet import LAT, LON, LONGEST_CELL, Row, Sheet, hold, named_columns

LISTED = " ; "
"""Between the values of a list: what the cells of a table hold for several of anything."""
Feature = tuple[int, Mapping[str, Any], Where, str]
"""Rank in the file, properties, where it is, and what is wrong with it."""


def sheet_of(name: str, kind: str, features: Iterable[Feature], **said: Any) -> Sheet:
    """Lay features out as a sheet; a property that some lack is empty there."""
    listed = list(features)
    names = list(dict.fromkeys(str(name) for _, properties, _, _ in listed for name in properties))
    columns = named_columns(names)
    hold(len(listed), len(columns) + 2)
    located = any(where.x is not None for _, _, where, _ in listed)
    rows = []
    for number, properties, place, problem in listed:
        where = _finite(place)
        told = {str(name): value for name, value in properties.items()}
        cells = [_cell(told.get(name)) for name in names]
        too_long = any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
        rows.append(
            Row(
                number,
                [*cells, *([where.x, where.y] if located else [])],
                problem or where.problem or ("cell_too_long" if too_long else ""),
            )
        )
    return Sheet(name, kind, (*columns, LON, LAT) if located else columns, rows, **said)


def _finite(where: Where) -> Where:
    """Return a place, or its problem: JSON would make a missing position of one that is no number."""
    is_number = where.x is None or where.y is None or (isfinite(where.x) and isfinite(where.y))
    return where if is_number else Where(problem="bad_geometry")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value - value != 0:
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and value and all(isinstance(part, str | int | float) for part in value):
        return LISTED.join(map(str, value))
    return orjson.dumps(value, default=str).decode() if isinstance(value, list | dict) else str(value)
