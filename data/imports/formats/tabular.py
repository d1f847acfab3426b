"""CSV in whatever encoding and separator, and XLSX, as sheets of texts."""

import csv
import datetime as dt
import io
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

import openpyxl

from data.imports.limits import EMPTY_ROWS_IN_A_ROW, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile, Sheet, sheet

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = (";", ",", "\t", "|")
LOOKED_AT = 50
COMMENT = "# "
LETTERS_OF_FRENCH = set("éèêëàâäîïôöùûüçœÉÈÀÇÊÔÎ’«»°€–…")


def read_csv(content: bytes) -> ReadFile:
    """Read separated values.

    Raises
    ------
    FileRefused
        It holds NUL bytes, too many rows or columns, or no row at all.
    """
    encoding = encoding_of(content)
    text = content.decode(encoding)
    if "\x00" in text:
        raise FileRefused("binary")
    separator = separator_of(text)
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in lines:
            rows.append((lines.line_num, cells))
            if len(rows) > MOST_ROWS + 1:
                raise FileRefused("too_many_rows", str(MOST_ROWS))
    except csv.Error as error:
        raise FileRefused("cell_too_long", str(error)) from error
    # Our own files say what they are in lines that begin with "# ".
    table = [(number, cells) for number, cells in rows if not (cells and cells[0].startswith(COMMENT))]
    return ReadFile("csv", (_sheet("", table),), {"encoding": encoding, "separator": separator})


def encoding_of(content: bytes) -> str:
    """Return the encoding: told by its mark, UTF-8 where it reads so, else Windows Arabic or Western by its letters."""
    for mark, encoding in BOMS.items():
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    sample = content[:200_000]
    if sample[1::2].count(0) > len(sample) // 3:
        return "utf-16-le"
    western = sample.decode("cp1252", errors="replace")
    arabic = sample.decode("cp1256", errors="replace")
    high = [letter for letter in western if ord(letter) > 127]  # noqa: PLR2004 - beyond ASCII
    french = sum(letter in LETTERS_OF_FRENCH for letter in high)
    in_arabic = sum("\u0600" <= letter <= "\u06ff" for letter in arabic)
    # Arabic words are runs of high bytes; French ones have one here and there.
    runs = sum("\u0600" <= one <= "\u06ff" and "\u0600" <= two <= "\u06ff" for one, two in itertools.pairwise(arabic))
    return "cp1256" if in_arabic and runs > french else "cp1252" if "�" not in western else "latin-1"


def separator_of(text: str) -> str:
    """Return the separator that parts most of the first lines into the same number of cells, more than one."""
    first = [line for line in text.splitlines()[: 3 * LOOKED_AT] if line and not line.startswith("#")][:LOOKED_AT]
    best, score = ",", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(cells) for cells in csv.reader(first, delimiter=separator) if cells)
        if not widths:
            continue
        width, lines = max(widths.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        value = lines / sum(widths.values()) + width / 1000 if width > 1 else 0.0
        if value > score:
            best, score = separator, value
    return best


def read_xlsx(content: bytes) -> ReadFile:
    """Read every sheet of a workbook that holds a table; formulas give the value last worked out.

    Raises
    ------
    FileRefused
        It is no workbook that can be read, or holds no table.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (KeyError, ValueError, TypeError, OSError, EOFError) as error:
        raise FileRefused("damaged", str(error)[:200]) from error
    sheets = [made for one in book.worksheets if (made := _worksheet(one)) and made.rows]
    if not sheets:
        raise FileRefused("no_rows")
    return ReadFile("xlsx", tuple(sheets), {})


def _worksheet(worksheet: Any) -> Sheet | None:
    rows: list[tuple[int, list[str]]] = []
    empty = 0
    worksheet.reset_dimensions()  # what a file says of its size is not believed
    for number, cells in enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        written = [_text(cell) for cell in cells]
        empty = empty + 1 if not any(written) else 0
        if empty > EMPTY_ROWS_IN_A_ROW:
            break
        rows.append((number, written))
        if len(rows) > MOST_ROWS + EMPTY_ROWS_IN_A_ROW:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
    return _sheet(worksheet.title, rows) if any(any(cells) for _, cells in rows) else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact in a double
        return str(int(value))
    return str(value)[:LONGEST_CELL]


def _sheet(name: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    """Take the first row that names most columns for the header: titles above a table have one cell or two."""
    if not rows:
        raise FileRefused("no_rows")
    if max(len(cells) for _, cells in rows) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", str(MOST_COLUMNS))
    head = _header(rows)
    header = _trimmed(rows[head][1])
    body = rows[head + 1 :]
    longer = max((len(_trimmed(cells)) for _, cells in body), default=0)
    header = [*header, *[""] * (longer - len(header))]
    return sheet(name, header, body)


def _header(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    first = list(itertools.islice(rows, 20))
    counts = [sum(bool(cell.strip()) for cell in cells) for _, cells in first]
    enough = max(counts) * 0.6
    return next(place for place, count in enumerate(counts) if count >= enough)


def _trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
