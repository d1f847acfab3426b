"""GeoPackage, read by SQLite itself: declared tables only, in memory, never a view or a trigger of a stranger."""

import sqlite3
from typing import Any

import shapely

from data.imports.formats.features import WGS84, Feature, degrees, epsg_of, feature_sheet
from data.imports.limits import MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile, Sheet, sheet

_LAYERS = """
    SELECT contents.table_name, columns.column_name, columns.srs_id
    FROM gpkg_contents AS contents
    JOIN sqlite_master ON sqlite_master.name = contents.table_name AND sqlite_master.type = 'table'
      AND sqlite_master.sql NOT LIKE 'CREATE VIRTUAL%'
    LEFT JOIN gpkg_geometry_columns AS columns ON columns.table_name = contents.table_name
    WHERE contents.data_type IN ('features', 'attributes')
"""
_HEADER_BYTES, _ENVELOPES = 8, (0, 32, 48, 48, 64)


def read_geopackage(content: bytes) -> ReadFile:
    """Read the tables a GeoPackage declares, tables only: views and triggers of a stranger are never run.

    Raises
    ------
    FileRefused
        It is no database, or declares no table that is there.
    """
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(content)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA query_only = ON")
        sheets = [_layer(base, *row) for row in base.execute(_LAYERS).fetchall()]
    except sqlite3.Error as error:
        raise FileRefused("damaged", str(error)[:200]) from error
    finally:
        base.close()
    if not sheets:
        raise FileRefused("no_layers")
    return ReadFile("gpkg", tuple(sheets), {})


_LAYERS = """
    SELECT contents.table_name, columns.column_name, columns.srs_id
    FROM gpkg_contents AS contents
    JOIN sqlite_master ON sqlite_master.name = contents.table_name AND sqlite_master.type = 'table'
      AND sqlite_master.sql NOT LIKE 'CREATE VIRTUAL%'
    LEFT JOIN gpkg_geometry_columns AS columns ON columns.table_name = contents.table_name
    WHERE contents.data_type IN ('features', 'attributes')
"""


def _layer(base: sqlite3.Connection, table: str, geometry: str | None, srs: int | None) -> Sheet:
    quoted = table.replace('"', '""')
    cursor = base.execute(f'SELECT * FROM "{quoted}" LIMIT {MOST_ROWS + 1}')  # noqa: S608 - a name, quoted
    names = [column[0] for column in cursor.description]
    crs = WGS84 if srs in (None, 0, -1, WGS84) else epsg_of(int(srs))
    features: list[tuple[int, Feature]] = []
    lost: list[tuple[int, str]] = []
    for number, row in enumerate(cursor, 1):
        if number > MOST_ROWS:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        values = dict(zip(names, row, strict=True))
        blob = values.pop(geometry, None) if geometry else None
        kind, at, good = _binary(blob)
        if not good:
            lost.append((number, "geometry_damaged"))
            continue
        features.append((number, (values, kind, degrees(at, crs))))
    return feature_sheet(table, features, lost) if features or lost else sheet(table, names, [])


_HEADER_BYTES, _ENVELOPES = 8, (0, 32, 48, 48, 64)


def _binary(blob: Any) -> tuple[str, tuple[float, float] | None, bool]:
    """Read a geometry of a GeoPackage: kind, position of a point, and whether it could be read at all."""
    if blob is None:
        return "", None, True
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < _HEADER_BYTES:
        return "", None, False
    envelope = (blob[3] >> 1) & 7
    if envelope >= len(_ENVELOPES):
        return "", None, False
    try:
        geometry = shapely.from_wkb(blob[_HEADER_BYTES + _ENVELOPES[envelope] :])
    except (shapely.errors.ShapelyError, NotImplementedError, ValueError):
        return "", None, False
    if geometry is None or geometry.is_empty:
        return "", None, True
    at = (float(geometry.x), float(geometry.y)) if geometry.geom_type == "Point" else None
    return geometry.geom_type, at, True


# Shapefile ----------------------------------------------------------------------------------------------------
