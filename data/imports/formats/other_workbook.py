"""Workbooks in the older and other formats of spreadsheets: XLS, XLSB and ODS, read whole by calamine.

It gives a cell whose formula failed as an empty one, and not what is hidden: both are read from the file itself.
"""

import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.imports.formats import archive
from data.imports.formats.open_document import CONTENT, of_ods
from data.imports.formats.unseen import Unseen, filled_in
from data.imports.formats.workbook import DOCTYPE, MOST_SHEETS, laid_out, plain
from data.imports.formats.workbook_records import of_xls, of_xlsb
from data.imports.header import LOOKED_AT
from data.imports.sheet import EPOCH, MOST_COLUMNS, MOST_ROWS, Asked, FileRefused, Sheet

ZIPPED = b"PK"
VISIBLE = SheetVisibleEnum.Visible


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read every sheet that holds something.

    Raises
    ------
    FileRefused
        `password`, `doctype`, `workbook_damaged`, or larger than a file may be.
    """
    content = path.read_bytes()
    _no_document_type(path, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        unseen, from_1904 = _unseen(path, content)
        facts = {EPOCH: "1904"} if from_1904 else {}
        sheets = [
            _sheet(book.get_sheet_by_name(one.name), asked, told or Unseen(), facts, is_hidden=one.visible != VISIBLE)
            for one, told in zip_longest(book.sheets_metadata[:MOST_SHEETS], unseen[:MOST_SHEETS])
            if one is not None and one.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise FileRefused("password") from error
    except (CalamineError, ValueError, LookupError, OSError) as error:
        raise FileRefused("workbook_damaged", type(error).__name__) from error
    return [sheet for sheet in sheets if sheet.rows]


def _unseen(path: Path, content: bytes) -> tuple[Sequence[Unseen], bool]:
    if not content.startswith(ZIPPED):
        return of_xls(content)
    return of_ods(path) if CONTENT in archive.checked(path) else of_xlsb(path)


def _no_document_type(path: Path, content: bytes) -> None:
    if not content.startswith(ZIPPED):
        return
    for name in archive.checked(path):
        if name.endswith(".xml") and DOCTYPE.search(archive.member(path, name)):
            raise FileRefused("doctype", name)


def _sheet(sheet: CalamineSheet, asked: Asked, unseen: Unseen, facts: dict[str, str], *, is_hidden: bool) -> Sheet:
    notes = [("hidden_sheet", sheet.name)] if is_hidden else []
    return laid_out(sheet.name, list(_rows(sheet, unseen)), asked, unseen, notes, facts)


def _rows(sheet: CalamineSheet, unseen: Unseen) -> Iterable[tuple[int, list[Any]]]:
    """Yield the number and cells of each row that says something, empty cells at its end left out."""
    if sheet.start is None:
        return
    # Rows come from the first of the sheet on, columns from the first that holds something.
    before = [None] * sheet.start[1]
    if sheet.total_height > MOST_ROWS + LOOKED_AT:
        raise FileRefused("too_many_rows", str(MOST_ROWS))
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = filled_in(
            unseen, number, [*before, *(None if value == "" else _whole(plain(value)) for value in cells)]
        )
        while values and values[-1] is None:
            values.pop()
        if len(values) > MOST_COLUMNS:
            raise FileRefused("too_many_columns", str(MOST_COLUMNS))
        if values:
            yield number, values


def _whole(value: Any) -> Any:
    """Return a number without a fraction as one: these formats know no others, and a code is no measure."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value
