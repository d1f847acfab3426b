"""Workbooks of spreadsheets (XLSX): values as last computed, rows streamed, never more than a sheet may hold."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.imports.formats import archive
from data.imports.formats.number_formats import unit_of, with_unit
from data.imports.formats.relations import targets
from data.imports.formats.unseen import Unseen, numbered
from data.imports.formats.xml_text import local, parsed
from data.imports.header import LOOKED_AT, above, find_header, find_tags, named_in_two
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
_ESCAPED = "_x000D_"
"""How workbooks write the return of a carriage; openpyxl leaves it so (ECMA-376-1, 22.9.2.19)."""
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_WITHOUT_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden\s*=\s*["\'](?:1|true)["\'][^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*\bhidden\s*=\s*["\'](?:1|true)["\'][^>]*>')
_BOOK = re.compile(r"xl/(workbook\d*\.xml)")
FORMULAS, WITHOUT_RESULT = "formulas", "formulas_without_result"
MOST_SHOWN_COLUMNS = 16_384
NOT_COMPUTED, FORMULA = "#N/A", "f"
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, OSError, SyntaxError, RecursionError, AssertionError)


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read every sheet that holds something.

    Raises
    ------
    FileRefused
        `doctype`, `workbook_damaged`, or larger than a file may be.
    """
    behind = _behind(path)
    try:
        # By its name openpyxl would judge it by its ending, and ours has none.
        with path.open("rb") as stream, path.open("rb") as again:
            book = _opened(stream, data_only=True)
            asked_for = (
                _opened(again, data_only=False) if any(one.is_without_result for one in behind.values()) else None
            )
            sheets = [
                _sheet(sheet, asked, behind.get(sheet.title, Behind()), asked_for and asked_for[sheet.title])
                for sheet in book.worksheets[:MOST_SHEETS]
            ]
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("workbook_damaged", type(error).__name__) from error
    return [sheet for sheet in sheets if sheet.rows]


def _opened(stream: BinaryIO, *, data_only: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)


@dataclass
class Behind:
    """What the part of a sheet tells besides its values.

    Attributes
    ----------
    notes
        Its formulas, and those whose result nobody computed.
    """

    unseen: Unseen = field(default_factory=Unseen)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_without_result(self) -> bool:
        """Whether a formula has no result."""
        return any(code == WITHOUT_RESULT for code, _ in self.notes)


def _behind(path: Path) -> dict[str, Behind]:
    """Read in the parts of a workbook what is not seen in the values, by the name of the sheet."""
    parts: dict[str, bytes] = {}
    for name in archive.checked(path):
        if name.endswith((".xml", ".rels")):
            content = archive.member(path, name)
            if DOCTYPE.search(content):
                raise FileRefused("doctype", name)
            parts[name.casefold()] = content
    book = next(filter(None, map(_BOOK.fullmatch, parts)), None)
    relations = parts.get(f"xl/_rels/{book[1]}.rels") if book else None
    if book is None or relations is None:
        return {}
    at = targets(parsed(relations))
    named = [one for one in parsed(parts[book[0]]).iter() if local(one) == "sheet"]
    told = ((one.get("name", ""), next((v for k, v in one.items() if k.endswith("}id")), "")) for one in named)
    return {name: _of_part(parts[at[relation]]) for name, relation in told if at.get(relation) in parts}


def _of_part(content: bytes) -> Behind:
    unseen = Unseen(
        {int(number) for number in (_own(tag[0], b"r") for tag in _HIDDEN_ROW.finditer(content)) if number.isdigit()}
    )
    for tag in _HIDDEN_COLUMN.finditer(content):
        first, last = _own(tag[0], b"min"), _own(tag[0], b"max")
        if first.isdigit() and last.isdigit():
            unseen.hidden_columns.update(range(int(first), min(int(last), MOST_SHOWN_COLUMNS) + 1))
    for left, top, right, bottom in _MERGED.findall(content):
        unseen.merged.append((int(top), numbered(left.decode()), int(bottom), numbered(right.decode())))
    counts = {FORMULAS: len(_FORMULA.findall(content)), WITHOUT_RESULT: len(_WITHOUT_RESULT.findall(content))}
    return Behind(unseen, [(code, str(count)) for code, count in counts.items() if count])


def _own(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb'\s*=\s*["\']([^"\']*)', tag)
    return found[1] if found else b""


def _sheet(sheet: Any, asked: Asked, behind: Behind, formulas: Any) -> Sheet:
    # The size a sheet says it has is what bombs lie about: rows are counted as they come, columns are cut.
    sheet.reset_dimensions()
    if formulas is not None:
        formulas.reset_dimensions()
    notes = behind.notes + ([("hidden_sheet", sheet.title)] if sheet.sheet_state != "visible" else [])
    facts = {EPOCH: "1904"} if sheet.parent.epoch == CALENDAR_MAC_1904 else {}
    return laid_out(sheet.title, list(_rows(sheet, formulas)), asked, behind.unseen, notes, facts)


def laid_out(
    name: str,
    rows: Sequence[tuple[int, list[Any]]],
    asked: Asked,
    unseen: Unseen,
    notes: Sequence[tuple[str, str]],
    found: Mapping[str, str],
) -> Sheet:
    """Find the row that names the columns among numbered rows, and return the sheet below it.

    Parameters
    ----------
    rows
        Those that say something, each with its number in the sheet. A header is asked for and told by that number;
        one asked for that says nothing means the next that does.
    unseen
        What the sheet holds besides values.

    Raises
    ------
    FileRefused
        It has more than a file may hold.
    """
    if not rows:
        return Sheet(name, "xlsx", (), [])
    head = [cells for _, cells in rows[:LOOKED_AT]]
    tags_at = 0 if asked.header_row else find_tags(head)
    if asked.header_row:
        header = next((at for at, (number, _) in enumerate(rows, 1) if number >= asked.header_row), len(rows) + 1)
    else:
        header = max(1, tags_at - 1) if tags_at else find_header(head)
    if header > len(rows):  # asked for in another sheet, longer than this one
        return Sheet(name, "xlsx", (), [])
    width = max(len(cells) for _, cells in rows)
    first, last = named_in_two([cells for _, cells in rows[: header + 1]], header)
    columns = named_columns([*first, *[None] * (width - len(first))])
    body = rows[max(last, tags_at) :]
    tags = rows[tags_at - 1][1] if tags_at else []
    hold(len(body), width)
    facts = {"header_row": str(rows[header - 1][0]), **found, **above(cells for _, cells in rows[: header - 1])}
    facts |= {"hxl": "\t".join(str(cell or "").strip() for cell in tags)} if tags else {}
    told = [*notes, *unseen.notes(rows[header - 1 :])]
    sheet = Sheet(name, "xlsx", columns, [_row(number, cells, width) for number, cells in body], facts, told)
    return _without_gaps(sheet, [at for at, cell in enumerate(first) if cell not in (None, "")])


def _without_gaps(sheet: Sheet, named: Sequence[int]) -> Sheet:
    """Leave out the columns that have neither a name nor a cell: tables often begin at B or C."""
    filled = {at for row in sheet.rows for at, cell in enumerate(row.cells) if cell not in (None, "")}
    kept = sorted({*named, *filled})
    if len(kept) == len(sheet.columns) or "hxl" in sheet.facts:
        return sheet
    rows = [replace(row, cells=[row.cells[at] for at in kept]) for row in sheet.rows]
    return replace(sheet, columns=tuple(sheet.columns[at] for at in kept), rows=rows)


def _rows(sheet: Any, formulas: Any) -> Iterable[tuple[int, list[Any]]]:
    """Yield the number and cells of each row that says something, empty cells at its end left out."""
    asked_for = formulas.iter_rows() if formulas is not None else repeat(())
    for count, (cells, said) in enumerate(zip(sheet.iter_rows(), asked_for, strict=False), 1):
        if count > MOST_ROWS + LOOKED_AT:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        if len(cells) > MOST_COLUMNS and any(cell.value not in (None, "") for cell in cells[MOST_COLUMNS:]):
            raise FileRefused("too_many_columns", str(MOST_COLUMNS))
        values = [_value(cell) for cell in cells[:MOST_COLUMNS]]
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


def _value(cell: Any) -> Any:
    value = plain(cell.value)
    if isinstance(value, str) and _ESCAPED in value:
        return value.replace(_ESCAPED, "\r")
    if isinstance(value, int | float) and (unit := unit_of(cell.number_format)):
        return with_unit(value, unit)
    return value


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
