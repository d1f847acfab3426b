"""Workbooks in the older and other formats of spreadsheets: XLS, XLSB and ODS, read whole by calamine.

It gives a cell whose formula failed as an empty one. Such cells are counted in the file itself, and said.
"""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data.imports.formats import archive, failed_cells
from data.imports.formats.workbook import DOCTYPE, MOST_SHEETS, SHOWN, laid_out, plain
from data.imports.header import LOOKED_AT
from data.imports.sheet import MOST_COLUMNS, MOST_ROWS, Asked, FileRefused, Sheet

ZIPPED = b"PK"


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
        notes = [("failed_cells", str(count))] if (count := failed_cells.count(path, content)) else []
        sheets = [
            _sheet(book.get_sheet_by_name(one.name), asked, notes, is_hidden=one.visible != SheetVisibleEnum.Visible)
            for one in book.sheets_metadata[:MOST_SHEETS]
        ]
    except PasswordError as error:
        raise FileRefused("password") from error
    except (CalamineError, ValueError, LookupError, OSError) as error:
        raise FileRefused("workbook_damaged", type(error).__name__) from error
    return [sheet for sheet in sheets if sheet.rows]


def _no_document_type(path: Path, content: bytes) -> None:
    if not content.startswith(ZIPPED):
        return
    for name in archive.checked(path):
        if name.endswith(".xml") and DOCTYPE.search(archive.member(path, name)):
            raise FileRefused("doctype", name)


def _sheet(sheet: CalamineSheet, asked: Asked, notes: list[tuple[str, str]], *, is_hidden: bool) -> Sheet:
    ranges = [one for one in _merged(sheet) if one[0][0] != one[1][0]]
    told = [("merged_rows", ", ".join(map(_named, ranges[:SHOWN])))] if ranges else []
    told += [("hidden_sheet", sheet.name)] if is_hidden else []
    return laid_out(sheet.name, list(_rows(sheet)), asked, [*notes, *told])


def _merged(sheet: CalamineSheet) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    try:
        return sheet.merged_cell_ranges or ()
    except (CalamineError, NotImplementedError, AttributeError):  # the format does not tell
        return ()


def _named(one: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (top, left), (bottom, right) = one
    return f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}"


def _column(number: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> _column(0), _column(25), _column(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(sheet: CalamineSheet) -> Iterable[tuple[int, list[Any]]]:
    """Yield the number and cells of each row that says something, empty cells at its end left out."""
    if sheet.start is None:
        return
    if sheet.total_height > MOST_ROWS + LOOKED_AT:
        raise FileRefused("too_many_rows", str(MOST_ROWS))
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = [None if value == "" else _whole(plain(value)) for value in cells]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MOST_COLUMNS:
            raise FileRefused("too_many_columns", str(MOST_COLUMNS))
        if values:
            yield number, values


def _whole(value: Any) -> Any:
    """Return a number without a fraction as one: these formats know no others, and a code is no measure."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value
