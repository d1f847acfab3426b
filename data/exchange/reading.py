"""Exported files read back, each format into the same tables, and checked against what they say about themselves."""

import csv
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pandas as pd

from data.catalog import Table
from data.errors import TableError
from data.exchange import csv_file, xlsx_file
from data.exchange.contract import MONEY, PLACES, PROJECTS
from data.exchange.formulas import restore
from data.exchange.provenance import CitedSource, Provenance, checksum_of, from_pairs, sums_of
from data.schema import parse

Row = Sequence[Any]
Tables = tuple[Table, ...]
_UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, StopIteration, RecursionError, NotImplementedError, OSError),
    *(csv.Error, sqlite3.Error, zipfile.BadZipFile, zlib.error, ParseError),
)
"""All that the readers of the four formats were seen to raise on damaged bytes (`tests/data/test_exchange.py`)."""
README_COLUMNS = 3


@dataclass(frozen=True)
class ReadExport:
    """An exported file read back; `others` is None for the formats that hold the main table only (CSV, GeoJSON)."""

    rows: pd.DataFrame
    others: pd.DataFrame | None
    provenance: Provenance

    @property
    def projects(self) -> pd.DataFrame:
        """The main table of a selection of projects."""
        return self.rows

    @property
    def places(self) -> pd.DataFrame | None:
        """Its places."""
        return self.others


def read_export(content: bytes, *, name: str, tables: Tables = (PROJECTS, PLACES)) -> ReadExport:
    """Read a file made by this package, whatever its format, and check that nothing was altered.

    Parameters
    ----------
    content
        Bytes of the file; the format is recognised by its first bytes, never by its name. Only for files known to
        be ours: a file from a stranger is opened in a process of its own.
    name
        What to call the file in messages.
    tables
        Contract of the main table, and of the one that goes with it where there is one.

    Raises
    ------
    TableError
        The file cannot be read, breaks the contract of its columns, or no longer agrees with its own row count, sums
        or checksum; every problem is named.
    """
    try:
        rows, others, provenance = _reader(content)(content, tables)
    except TableError:
        raise
    except _UNREADABLE as error:
        raise TableError(name, [f"not a file exported by the atlas, or damaged ({error}); export it again"]) from error
    if problems := _disagreements(rows, others, provenance):
        raise TableError(name, problems)
    return ReadExport(rows, others, provenance)


def _disagreements(rows: pd.DataFrame, others: pd.DataFrame | None, provenance: Provenance) -> list[str]:
    found: dict[str, Any] = {"row_count": len(rows), "checksum": checksum_of(rows)}
    said: dict[str, Any] = {"row_count": provenance.row_count, "checksum": provenance.checksum}
    if others is not None:
        found["place_count"], said["place_count"] = len(others), provenance.place_count
    found |= sums_of(rows, others)
    said |= {name: provenance.sums.get(name) for name in found if name in {MONEY, "located_mad", "area_wide_mad"}}
    return [
        f"{key}: the file says {said[key]}, its rows give {found[key]}; the rows were altered; export it again"
        for key in found
        if found[key] != said[key]
    ]


def _reader(content: bytes) -> Any:
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx
    if content.startswith(b"SQLite format 3\x00"):
        return _read_geopackage
    return _read_geojson if content.lstrip().startswith(b"{") else _read_csv


_Read = tuple[pd.DataFrame, pd.DataFrame | None, Provenance]


def _read_csv(content: bytes, tables: Tables) -> _Read:
    lines = csv.reader(
        io.StringIO(content.decode(csv_file.ENCODING), newline=""), delimiter=csv_file.DELIMITER, strict=True
    )
    about, header = [], next(lines)
    while header and header[0].startswith(f"{csv_file.COMMENT} "):
        about.append(header)
        header = next(lines)
    numbers = {column.name for column in tables[0].columns if column.type in ("number", "integer")}
    rows = [
        [_point(cell) if name in numbers else restore(cell) for name, cell in zip(header, row, strict=True)]
        for row in lines
    ]
    # The last comment line names the columns in words.
    provenance = from_pairs(pair for line in about[:-1] for pair in _csv_pairs(line))
    return _table(header, rows, tables[0]), None, provenance


def _csv_pairs(line: Row) -> list[tuple[str, str]]:
    key, values = line[0].removeprefix(f"{csv_file.COMMENT} "), [restore(value) for value in line[2:]]
    if key.startswith("sources."):
        return [(f"{key}.{field.name}", value) for field, value in zip(fields(CitedSource), values, strict=True)]
    return [(key, _point(values[0]) if key.startswith("sums.") else values[0])]


def _point(number: str) -> str:
    return number.replace(csv_file.DECIMAL, ".")


def _read_xlsx(content: bytes, tables: Tables) -> _Read:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    readme, *sheets = book.worksheets
    pairs = [(key, value) for _, value, key in readme.iter_rows(max_col=README_COLUMNS, values_only=True)]
    rows, *others = (_sheet(sheets, table) for table in tables)
    book.close()
    return rows, others[0] if others else None, from_pairs((key, value) for key, value in pairs if key)


def _sheet(sheets: Iterable[Any], table: Table) -> pd.DataFrame:
    """Find the sheet by the names in its first row, as users may rename and reorder sheets."""
    names = tuple(column.name for column in table.columns)
    for sheet in sheets:
        rows = sheet.iter_rows(max_col=len(names))
        header = tuple(cell.value for cell in next(rows, ()))
        if header == names:
            cells = list(rows)[xlsx_file.HEADER_ROWS - 1 :]
            if formulas := [cell.coordinate for row in cells for cell in row if cell.data_type == "f"]:
                raise TableError(
                    sheet.title, [f"{formulas[0]}: a formula; allowed: texts and numbers; export it again"]
                )
            return _table(names, [[cell.value for cell in row] for row in cells], table)
    raise TableError(table.name, [f"no sheet whose first row reads {names[0]}, {names[1]}…; export it again"])


def _read_geojson(content: bytes, tables: Tables) -> _Read:
    collection = json.loads(content)
    names = [column.name for column in tables[0].columns]
    cells = [[feature["properties"][name] for name in names] for feature in collection["features"]]
    said = collection["provenance"]
    sources = [
        (f"sources.{number}.{name}", words)
        for number, cited in enumerate(said["sources"])
        for name, words in cited.items()
    ]
    listed = [(f"{key}.0", words) for key in ("filters_said", "notes") for words in said[key]]
    sums = [(f"sums.{name}", amount) for name, amount in said["sums"].items()]
    plain = [(key, value) for key, value in said.items() if not isinstance(value, list | dict)]
    return _table(names, cells, tables[0]), None, from_pairs([*plain, *listed, *sources, *sums])


def _read_geopackage(content: bytes, tables: Tables) -> _Read:
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(content)
        said = base.execute('SELECT "key", "value" FROM readme ORDER BY fid').fetchall()
        read = [_table(*_select(base, table), table) for table in tables]
    finally:
        base.close()
    provenance = from_pairs((key, value) for key, value in said if not key.startswith("columns."))
    return read[0], read[1] if len(read) > 1 else None, provenance


def _select(base: sqlite3.Connection, table: Table) -> tuple[list[str], list[Row]]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    return names, base.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY fid').fetchall()  # noqa: S608 - our names


def _table(header: Sequence[str], rows: Sequence[Row], table: Table) -> pd.DataFrame:
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    frame, problems = parse(pd.DataFrame(cells, columns=list(header), dtype="str"), table)
    if problems:
        raise TableError(table.name, [str(problem) for problem in problems])
    return frame
