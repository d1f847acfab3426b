"""Text tables: CSV, TSV and the like, our own with their lines of comments, HXL with its row of tags."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from data.exchange.formulas import restore
from data.imports.encodings import BYTES, EncodingError, decode, guess_encoding
from data.imports.header import LOOKED_AT, above, find_header, find_tags, named_in_two
from data.imports.sheet import LONGEST_CELL, MOST_COLUMNS, Asked, FileRefused, Row, Sheet, hold, named_columns

SEPARATORS = (";", ",", "\t", "|")
COMMENT = "# "
_SAMPLE_LINES = 60
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ENDS = re.compile("\r\n|\r|\n")


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read a text table.

    Raises
    ------
    FileRefused
        `binary`, `encoding`, `quotes` (a quotation mark that nothing closes), `line_too_long`, or too large.
    """
    content = path.read_bytes()
    guess = guess_encoding(content)
    encoding = asked.encoding or guess.encoding
    if encoding in (*BYTES, "utf-8") and is_binary(content):
        raise FileRefused("binary")
    try:
        text = decode(content, encoding)
    except EncodingError as error:
        raise FileRefused("encoding", encoding) from error
    separator = asked.separator or guess_separator(text)
    lines = _lines(text, separator)
    head = [cells[:MOST_COLUMNS] for _, cells in lines[:LOOKED_AT]]
    tags_at = 0 if asked.header_row else find_tags(head)
    if asked.header_row:
        header = next((at for at, (line, _) in enumerate(lines, 1) if line >= asked.header_row), len(lines) + 1)
    else:
        header = max(1, tags_at - 1) if tags_at else find_header(head)
    if header > len(lines):
        raise FileRefused("no_rows")
    names, last = named_in_two([cells for _, cells in lines[: header + 1]], header)
    columns = named_columns(names)
    body = lines[max(last, tags_at) :]
    tags = lines[tags_at - 1][1] if tags_at else []
    hold(len(body), len(columns))
    facts = {"encoding": encoding, "separator": separator, "header_row": str(lines[header - 1][0])}
    facts |= above(cells for _, cells in lines[: header - 1])
    facts |= {
        "encoding_sure": "yes" if guess.is_sure or asked.encoding else "no",
        "hxl": "\t".join(cell.strip() for cell in tags),
    }
    notes = [("own_export", "")] if text.startswith(COMMENT) and lines and lines[0][0] > 1 else []
    if "\ufffd" in text:
        notes.append(("replaced_letters", str(text.count("\ufffd"))))
    return [Sheet(asked.name, "csv", columns, [_row(line, cells, len(columns)) for line, cells in body], facts, notes)]


def is_binary(content: bytes) -> bool:
    """Tell whether bytes are no text: more controls than slips of a keyboard would leave."""
    return len(_CONTROLS.findall(content)) > max(1, len(content) // 1000)


def guess_separator(text: str) -> str:
    """Return the sign that sets the cells apart: the one that gives most rows the same, greatest, number of cells."""
    first, _, rest = text.partition("\n")
    if named := re.fullmatch(r'"?sep=(.)"?\r?', first.strip("\r"), re.IGNORECASE):
        return named[1]
    sample = [line for line in (first + "\n" + rest).splitlines() if line.strip() and not line.startswith(COMMENT)]
    sample = [line[:LONGEST_CELL] for line in sample[:_SAMPLE_LINES]]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator))
        width, count = max(widths.items(), key=lambda one: (one[0] > 1, one[1], one[0]), default=(1, 0))
        score = count / max(1, sum(widths.values())) * min(width, 30) if width > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def _lines(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the line number and cells of each row that says something; comments stand above all rows, or are none."""
    if len(separator) != 1 or separator in '"\r\n\x00':
        raise FileRefused("separator", separator)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    csv.field_size_limit(LONGEST_CELL * 4)
    lines: list[tuple[int, list[str]]] = []
    start, last = 1, 1
    try:
        for cells in reader:
            last = start
            is_comment = not lines and bool(cells) and _is_comment(cells[0])
            is_sep = start == 1 and len(cells) <= 2 and bool(cells) and cells[0].casefold().startswith("sep=")  # noqa: PLR2004 - alone, or cut in two by its own sign
            if any(cell.strip() for cell in cells) and not is_comment and not is_sep:
                lines.append((start, cells))
            start = reader.line_num + 1
            if len(lines) % 10_000 == 0:
                hold(len(lines) - 20, 1)
    except csv.Error as error:
        raise FileRefused("quotes" if '"' in text else "line_too_long", str(start)) from error
    if reader.line_num > last and _ENDS.split(text, last - 1)[-1].count('"') % 2:
        raise FileRefused("quotes", str(last))  # it would have swallowed every row below
    return lines


def _is_comment(first_cell: str) -> bool:
    return first_cell.startswith(COMMENT) and first_cell != COMMENT


def _row(line: int, cells: Sequence[str], width: int) -> Row:
    told = [restore(cell) for cell in cells[:width]]
    extra = any(cell.strip() for cell in cells[width:])
    # A row cut short by whoever wrote it has lost something; one that Excel cut after its last full cell has not,
    # and nothing tells them apart but the number of cells: both are shown.
    problem = "row_too_long" if extra else "row_too_short" if len(cells) < width else ""
    longest = max((len(cell) for cell in told), default=0)
    if longest > LONGEST_CELL:
        problem = "cell_too_long"
        told = [cell[:LONGEST_CELL] for cell in told]
    return Row(line, [*told, *[""] * (width - len(told))], problem)
