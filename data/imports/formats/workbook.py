"""Workbooks of spreadsheets (XLSX): values as last computed, rows streamed, never more than a sheet may hold."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.imports.formats import archive
from data.imports.header import LOOKED_AT, find_header, find_tags
from data.imports.sheet import (
    EPOCH,
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
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<f[ >/]")
_WITHOUT_RESULT = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN_ROW = re.compile(rb'<row [^>]*\bhidden="(?:1|true)"')
NOT_COMPUTED, FORMULA = "#N/A", "f"
SHOWN = 5
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, OSError, SyntaxError, RecursionError, AssertionError)


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read every sheet that holds something.

    Raises
    ------
    FileRefused
        `doctype`, `workbook_damaged`, or larger than a file may be.
    """
    notes = _notes(path)
    try:
        # By its name openpyxl would judge it by its ending, and ours has none.
        with path.open("rb") as stream, path.open("rb") as again:
            book = _opened(stream, data_only=True)
            asked_for = _opened(again, data_only=False) if "formulas_without_result" in dict(notes) else None
            sheets = [
                _sheet(sheet, asked, notes, asked_for and asked_for[sheet.title])
                for sheet in book.worksheets[:MOST_SHEETS]
            ]
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("workbook_damaged", type(error).__name__) from error
    return [sheet for sheet in sheets if sheet.rows]


def _opened(stream: BinaryIO, *, data_only: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)


def _notes(path: Path) -> list[tuple[str, str]]:
    """Count in the parts of a workbook what a reader should know: nothing of it is seen in the values."""
    found: Counter[str] = Counter()
    merged: list[str] = []
    for name in archive.checked(path):
        if not name.endswith(".xml"):
            continue
        content = archive.member(path, name)
        if DOCTYPE.search(content):
            raise FileRefused("doctype", name)
        if name.startswith("xl/worksheets/"):
            found["formulas"] += len(_FORMULA.findall(content))
            found["formulas_without_result"] += len(_WITHOUT_RESULT.findall(content))
            found["hidden_rows"] += len(_HIDDEN_ROW.findall(content))
            ranges = (tuple(part.decode() for part in one) for one in _MERGED.findall(content))
            merged += [f"{left}{top}:{right}{bottom}" for left, top, right, bottom in ranges if top != bottom]
    notes = [(code, str(count)) for code, count in found.items() if count]
    return notes + ([("merged_rows", ", ".join(merged[:SHOWN]))] if merged else [])


def _sheet(sheet: Any, asked: Asked, notes: list[tuple[str, str]], formulas: Any) -> Sheet:
    # The size a sheet says it has is what bombs lie about: rows are counted as they come, columns are cut.
    sheet.reset_dimensions()
    if formulas is not None:
        formulas.reset_dimensions()
    notes = notes + ([("hidden_sheet", sheet.title)] if sheet.sheet_state != "visible" else [])
    facts = {EPOCH: "1904"} if sheet.parent.epoch == CALENDAR_MAC_1904 else {}
    return laid_out(sheet.title, list(_rows(sheet, formulas)), asked, notes, facts)


def laid_out(
    name: str,
    rows: Sequence[tuple[int, list[Any]]],
    asked: Asked,
    notes: Sequence[tuple[str, str]],
    found: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """Find the row that names the columns among numbered rows, and return the sheet below it.

    Raises
    ------
    FileRefused
        There is nothing below, or more than a file may hold.
    """
    if not rows:
        return Sheet(name, "xlsx", (), [])
    head = [cells for _, cells in rows[:LOOKED_AT]]
    tags_at = 0 if asked.header_row else find_tags(head)
    header = asked.header_row or (max(1, tags_at - 1) if tags_at else find_header(head))
    if header > len(rows):
        raise FileRefused("no_rows")
    width = max(len(cells) for _, cells in rows)
    first = rows[header - 1][1]
    columns = named_columns([*first, *[None] * (width - len(first))])
    body = rows[max(header, tags_at) :]
    tags = rows[tags_at - 1][1] if tags_at else []
    hold(len(body), width)
    facts = {"header_row": str(header), "first_row": str(rows[header - 1][0]), **found}
    facts |= {"hxl": "\t".join(str(cell or "").strip() for cell in tags)} if tags else {}
    return Sheet(name, "xlsx", columns, [_row(number, cells, width) for number, cells in body], facts, notes)


def _rows(sheet: Any, formulas: Any) -> Iterable[tuple[int, list[Any]]]:
    """Yield the number and cells of each row that says something, empty cells at its end left out."""
    asked_for = formulas.iter_rows() if formulas is not None else repeat(())
    for count, (cells, said) in enumerate(zip(sheet.iter_rows(), asked_for, strict=False), 1):
        if count > MOST_ROWS + LOOKED_AT:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        if len(cells) > MOST_COLUMNS and any(cell.value not in (None, "") for cell in cells[MOST_COLUMNS:]):
            raise FileRefused("too_many_columns", str(MOST_COLUMNS))
        values = [plain(cell.value) for cell in cells[:MOST_COLUMNS]]
        for at, cell in enumerate(said[: len(values)]):
            if values[at] is None and cell.data_type == FORMULA:
                values[at] = NOT_COMPUTED
        while values and values[-1] in (None, ""):
            values.pop()
        if values:
            number = next((cell.row for cell in cells if getattr(cell, "row", None)), count)
            yield number, values


def _row(number: int, cells: list[Any], width: int) -> Row:
    too_long = any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
    return Row(number, [*cells, *[None] * (width - len(cells))], "cell_too_long" if too_long else "")


def plain(value: Any) -> Any:
    """Return the value of a cell as a text, a number or None; a day as its date."""
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
