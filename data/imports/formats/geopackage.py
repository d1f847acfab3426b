"""GeoPackage read as the SQLite file it is: the tables its contents list, never a view, nothing of it run."""

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.imports.formats.features import Feature, sheet_of
from data.imports.formats.geometry import NOWHERE, Reprojection, Where
from data.imports.sheet import MOST_ROWS, Asked, FileRefused, Sheet

MOST_TABLES = 50
INSTRUCTIONS = 200_000_000  # of SQLite's machine: a table of 100,000 rows takes a hundredth
POINT, MULTIPOINT = 1, 4
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_IGNORED = ("readme", "layer_styles")


def read(path: Path, _asked: Asked) -> list[Sheet]:
    """Read the tables listed in `gpkg_contents` that are tables.

    Raises
    ------
    FileRefused
        `database_damaged`, `not_geopackage`.
    """
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        base.execute("PRAGMA trusted_schema = OFF")
        base.set_authorizer(_only_reading)
        left = [INSTRUCTIONS // 100_000]
        base.set_progress_handler(lambda: _tick(left), 100_000)
        base.text_factory = lambda content: content.decode("utf-8", "replace")
        return list(_tables(base))
    except sqlite3.Error as error:
        raise FileRefused("database_damaged", type(error).__name__) from error


def _tick(left: list[int]) -> int:
    left[0] -= 1
    return int(left[0] < 0)


def _only_reading(action: int, *_names: Any) -> int:
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _tables(base: sqlite3.Connection) -> Iterator[Sheet]:
    kinds = {str(name): (kind, sql) for name, kind, sql in base.execute("SELECT name, type, sql FROM sqlite_master")}
    if "gpkg_contents" not in kinds or kinds["gpkg_contents"][0] != "table":
        raise FileRefused("not_geopackage")
    listed = base.execute("SELECT table_name, data_type FROM gpkg_contents LIMIT ?", (MOST_TABLES,)).fetchall()
    views = [str(name) for name, _ in listed if kinds.get(str(name), ("", ""))[0] != "table"]
    virtual = [str(n) for n, _ in listed if str(kinds.get(str(n), ("", ""))[1]).upper().startswith("CREATE VIRTUAL")]
    notes = [("view_left_out", name) for name in (*views, *virtual)]
    own = any(str(name) == "readme" for name, _ in listed)
    for name, kind in listed:
        wanted = str(name) not in (*views, *virtual, *_IGNORED) and kind in ("features", "attributes", "aspatial")
        if wanted and (sheet := _table(base, str(name), [*notes, *([("own_export", "")] if own else [])])).rows:
            yield sheet


def _table(base: sqlite3.Connection, name: str, notes: list[tuple[str, str]]) -> Sheet:
    quoted = '"' + name.replace('"', '""') + '"'
    geometry, srs = _geometry_column(base, name)
    reprojection = Reprojection(srs)
    cursor = base.execute(f"SELECT * FROM {quoted} LIMIT {MOST_ROWS + 1}")  # noqa: S608 - quoted, and read only
    columns = [str(column[0]) for column in cursor.description]
    facts = {"crs": reprojection.said}
    return sheet_of(name, "geopackage", _rows(cursor, columns, geometry, reprojection), facts=facts, notes=notes)


def _geometry_column(base: sqlite3.Connection, name: str) -> tuple[str | None, str | None]:
    try:
        found = base.execute(
            "SELECT g.column_name, s.organization, s.organization_coordsys_id, s.definition "
            "FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id "
            "WHERE g.table_name = ?",
            (name,),
        ).fetchone()
    except sqlite3.Error:
        return None, None
    if found is None:
        return None, None
    column, organisation, code, definition = found
    crs = f"EPSG:{code}" if str(organisation).upper() == "EPSG" else definition
    return str(column), None if str(definition).lower() == "undefined" else crs


def _rows(
    cursor: sqlite3.Cursor, columns: list[str], geometry: str | None, reprojection: Reprojection
) -> Iterator[Feature]:
    for number, row in enumerate(cursor, 1):
        told, where = {}, NOWHERE
        for name, value in zip(columns, row, strict=True):
            if name == geometry:
                where = reprojection.apply(_where(value))
            elif name != "fid" and not isinstance(value, bytes):
                told[name] = value
        yield number, told, where, ""


def _where(blob: Any) -> Where:
    """Read the point of a GeoPackage geometry from its first bytes; nothing nested is ever followed."""
    if blob is None:
        return NOWHERE
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:  # noqa: PLR2004 - bytes of its head
        return Where(problem="bad_geometry")
    flags = blob[3]
    wkb = blob[8 + _ENVELOPES.get((flags >> 1) & 7, 0) :]
    if flags & 0x10:
        return NOWHERE
    try:
        return _of_wkb(wkb)
    except struct.error:
        return Where(problem="bad_geometry")


def _of_wkb(wkb: bytes) -> Where:
    order = "<" if wkb[:1] == b"\x01" else ">"
    (kind,) = struct.unpack_from(f"{order}I", wkb, 1)
    if kind % 1000 == POINT:
        return _point(wkb, order, 5)
    if kind % 1000 == MULTIPOINT:
        (count,) = struct.unpack_from(f"{order}I", wkb, 5)
        return _point(wkb, order, 14) if count == 1 else Where(problem="several_points" if count else "")
    return NOWHERE if kind % 1000 <= 17 and len(wkb) > 9 else Where(problem="bad_geometry")  # noqa: PLR2004 - kinds of the standard; a head alone is none


def _point(wkb: bytes, order: str, at: int) -> Where:
    x, y = struct.unpack_from(f"{order}dd", wkb, at)
    return NOWHERE if x != x and y != y else Where(x, y)  # noqa: PLR0124 - NaN twice is an empty point
