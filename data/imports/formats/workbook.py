"""Workbooks of spreadsheets (XLSX): values as last computed, rows streamed, never more than a sheet may hold."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

from data.imports.formats import archive
from data.imports.header import LOOKED_AT, find_header
from data.imports.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Asked,
    FileRefused,
    Row,
    Sheet,
    hold,
    named_columns,
)

MOST_SHEETS = 30
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<f[ >/]")
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, OSError, SyntaxError, RecursionError, AssertionError)


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read every sheet that holds something.

    Raises
    ------
    FileRefused
        `doctype`, `workbook_damaged`, or larger than a file may be.
    """
    formulas = 0
    for name in archive.checked(path):
        if name.endswith(".xml"):
            content = archive.member(path, name)
            if _DOCTYPE.search(content):
                raise FileRefused("doctype", name)
            if name.startswith("xl/worksheets/"):
                formulas += len(_FORMULA.findall(content))
    try:
        with path.open("rb") as stream:  # by its name openpyxl would judge it by its ending, and ours has none
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            sheets = [_sheet(sheet, asked, formulas) for sheet in book.worksheets[:MOST_SHEETS]]
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("workbook_damaged", type(error).__name__) from error
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(sheet: Any, asked: Asked, formulas: int) -> Sheet:
    # The size a sheet says it has is what bombs lie about: rows are counted as they come, columns are cut.
    sheet.reset_dimensions()
    rows = list(_rows(sheet))
    if not rows:
        return Sheet(sheet.title, "xlsx", (), [])
    header = asked.header_row or find_header([cells for _, cells in rows[:LOOKED_AT]])
    if header > len(rows):
        raise FileRefused("no_rows")
    width = max(len(cells) for _, cells in rows)
    first = rows[header - 1][1]
    columns = named_columns([*first, *[None] * (width - len(first))])
    body = rows[header:]
    hold(len(body), width)
    notes = [("formulas", str(formulas))] if formulas else []
    facts = {"header_row": str(header), "first_row": str(rows[header - 1][0])}
    told = [_row(number, cells, width) for number, cells in body]
    return Sheet(sheet.title, "xlsx", columns, told, facts, notes)


def _rows(sheet: Any) -> Iterable[tuple[int, list[Any]]]:
    """Yield the number and cells of each row that says something, empty cells at its end left out."""
    for count, cells in enumerate(sheet.iter_rows(), 1):
        if count > MOST_ROWS + LOOKED_AT:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        if len(cells) > MOST_COLUMNS and any(cell.value not in (None, "") for cell in cells[MOST_COLUMNS:]):
            raise FileRefused("too_many_columns", str(MOST_COLUMNS))
        values = [_value(cell.value) for cell in cells[:MOST_COLUMNS]]
        while values and values[-1] in (None, ""):
            values.pop()
        if values:
            number = next((cell.row for cell in cells if getattr(cell, "row", None)), count)
            yield number, values


def _row(number: int, cells: list[Any], width: int) -> Row:
    too_long = any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
    return Row(number, [*cells, *[None] * (width - len(cells))], "cell_too_long" if too_long else "")


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, float) and (value - value != 0):
        return str(value)
    return value if isinstance(value, str | int | float) or value is None else str(value)
