"""What an ODS holds besides values, read from the tags of its content: what is hidden or merged, what failed."""

import html
import re
from collections.abc import Mapping
from pathlib import Path

from data.imports.formats import archive
from data.imports.formats.unseen import FAILED, Unseen

CONTENT = "content.xml"
_TELLING = re.compile(
    rb'calcext:value-type\s*=\s*["\']error|table:visibility\s*=\s*["\'](?:collapse|filter)|table:number-rows-spanned'
)
"""Without one of these there is nothing to tell: most files, and the largest."""
_FROM_1904 = re.compile(rb'<table:null-date[^>]*table:date-value\s*=\s*["\']1904-01-01')
_TAG = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)"
    rb"((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>"
)
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TEXT = re.compile(rb"\s*<text:p[^>]*>(.*?)</text:p>", re.DOTALL)
_MARK = re.compile(rb"<[^>]*>")
MOST_SPANNED = 100_000


def of_ods(path: Path) -> tuple[list[Unseen], bool]:
    """Return, of each sheet in order, what its tags tell; and whether the days of the file are counted from 1904.

    Raises
    ------
    FileRefused
        As the archive is.
    """
    content = archive.member(path, CONTENT)
    from_1904 = _FROM_1904.search(content) is not None
    if not _TELLING.search(content):
        return [], from_1904
    sheets: list[Unseen] = []
    row = column = 1
    next_row = 1
    for tag in _TAG.finditer(content):
        kind = tag[1].decode()
        told = {name.decode(): (one or other).decode() for name, one, other in _ATTRIBUTE.findall(tag[2])}
        if kind == "table":
            sheets.append(Unseen())
            row, next_row, column = 0, 1, 1
        elif not sheets:
            continue
        elif kind == "table-column":
            column = _column(sheets[-1], told, column)
        elif kind == "table-row":
            row, column = next_row, 1
            next_row = row + _count(told, "table:number-rows-repeated")
            if told.get("table:visibility") in ("collapse", "filter"):
                sheets[-1].hidden_rows.update(range(row, min(next_row, row + MOST_SPANNED)))
        else:
            _cell(sheets[-1], told, row, column, content[tag.end() : tag.end() + 500])
            column += _count(told, "table:number-columns-repeated")
    return sheets, from_1904


def _column(sheet: Unseen, told: Mapping[str, str], column: int) -> int:
    after = column + _count(told, "table:number-columns-repeated")
    if told.get("table:visibility") in ("collapse", "filter"):
        sheet.hidden_columns.update(range(column, min(after, column + MOST_SPANNED)))
    return after


def _cell(sheet: Unseen, told: Mapping[str, str], row: int, column: int, after: bytes) -> None:
    rows, columns = _count(told, "table:number-rows-spanned"), _count(told, "table:number-columns-spanned")
    if rows > 1 or columns > 1:
        sheet.merged.append((row, column, row + rows - 1, column + columns - 1))
    # The mark of LibreOffice, which leaves the value empty; others write the error as a text, which is read as one.
    if told.get("calcext:value-type") == "error":
        said = _TEXT.match(after)
        text = html.unescape(_MARK.sub(b"", said[1]).decode("utf-8", "replace")).strip() if said else ""
        for at in range(column, column + min(_count(told, "table:number-columns-repeated"), 2**14)):
            sheet.failed[row, at] = text if text.startswith(("#", "Err:")) else FAILED


def _count(told: Mapping[str, str], name: str) -> int:
    said = told.get(name, "1")
    return int(said) if said.isascii() and said.isdecimal() and 0 < len(said) < 8 else 1  # noqa: PLR2004 - digits nobody repeats a cell beyond
