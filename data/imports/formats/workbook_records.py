"""What XLS and XLSB hold besides values, read from their records: [MS-XLS] 2.4, [MS-XLSB] 2.3.

calamine gives a cell whose formula failed as an empty one, and says nothing of what is hidden.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from data.imports.formats import archive
from data.imports.formats.old_container import workbook_stream
from data.imports.formats.relations import targets
from data.imports.formats.unseen import ERRORS, FAILED, Unseen
from data.imports.formats.xml_text import parsed

Found = tuple[list[Unseen], bool]
"""Of each sheet in the order of the workbook; and whether its days are counted from 1904."""
NOTHING: Found = ([], False)

# XLS
BEGIN, END, SHEET, DATE_MODE = 0x0809, 0x000A, 0x0085, 0x0022
BOOLERR, FORMULA, ROW, COLUMNS, MERGED = 0x0205, 0x0006, 0x0208, 0x007D, 0x00E5
ROW_IS_HIDDEN = 0x20

# XLSB
XLSB_ROW, XLSB_COLUMNS, XLSB_MERGED = 0, 60, 176
XLSB_ERRORS = (3, 11)  # BrtCellError, BrtFmlaError
XLSB_BOOK, XLSB_SHEET = 153, 156
XLSB_ROW_IS_HIDDEN = 0x10
RELATIONS, BOOK = "xl/_rels/workbook.bin.rels", "xl/workbook.bin"


def of_xls(content: bytes) -> Found:
    """Return what the records of an XLS tell; nothing where its bytes cannot be followed."""
    stream = workbook_stream(content)
    starts, from_1904 = [], False
    for kind, body in _records(stream, 0):
        if kind == SHEET and len(body) >= 4:  # noqa: PLR2004 - the position of the sheet
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == DATE_MODE:
            from_1904 = body[:1] == b"\x01"
        elif kind == END:
            break
    return [_xls_sheet(stream, start) for start in starts], from_1904


def _xls_sheet(stream: bytes, start: int) -> Unseen:
    found, depth = Unseen(), 0
    for kind, body in _records(stream, start):
        # A chart lies within its sheet, with cells of its own.
        depth += (kind == BEGIN) - (kind == END)
        if depth == 0:
            break
        if depth == 1:
            _take_xls(found, kind, body)
    return found


def _take_xls(found: Unseen, kind: int, body: bytes) -> None:
    try:
        if kind == BOOLERR and body[7] == 1:
            _fail(found, body, "<HH", body[6])
        # A result that is no number is marked by its last two bytes; its first byte says what it is: 2 is an error.
        elif kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004 - as said above
            _fail(found, body, "<HH", body[8])
        elif kind == ROW and body[12] & ROW_IS_HIDDEN:
            found.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == COLUMNS and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            found.hidden_columns.update(range(first + 1, last + 2))
        elif kind == MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + (len(body) - 2) // 8 * 8]):
                found.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    except (struct.error, IndexError):
        return  # a record cut short says nothing


def _fail(found: Unseen, body: bytes, layout: str, error: int) -> None:
    row, column = struct.unpack_from(layout, body)
    found.failed[row + 1, column + 1] = ERRORS.get(error, FAILED)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def of_xlsb(path: Path) -> Found:
    """Return what the records of an XLSB tell; nothing where its parts are not named as they should be.

    Raises
    ------
    FileRefused
        As the archive and the list of its parts are.
    """
    names = {name.casefold(): name for name in archive.checked(path)}
    if BOOK not in names or RELATIONS not in names:
        return NOTHING
    parts = targets(parsed(archive.member(path, names[RELATIONS])))
    found, from_1904 = [], False
    for kind, body in _xlsb_records(archive.member(path, names[BOOK])):
        if kind == XLSB_BOOK:
            from_1904 = bool(body[:1] and body[0] & 1)
        elif kind == XLSB_SHEET:
            part = names.get(parts.get(_wide(body, 8), ""))
            found.append(_xlsb_sheet(archive.member(path, part)) if part else Unseen())
    return found, from_1904


def _wide(body: bytes, at: int) -> str:
    length = int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _xlsb_sheet(part: bytes) -> Unseen:
    found, row = Unseen(), 0
    for kind, body in _xlsb_records(part):
        try:
            if kind == XLSB_ROW:
                row = struct.unpack_from("<I", body)[0] + 1
                if body[11] & XLSB_ROW_IS_HIDDEN:
                    found.hidden_rows.add(row)
            elif kind in XLSB_ERRORS:
                found.failed[row, struct.unpack_from("<I", body)[0] + 1] = ERRORS.get(body[8], FAILED)
            elif kind == XLSB_COLUMNS and body[16] & 1:
                first, last = struct.unpack_from("<II", body)
                found.hidden_columns.update(range(first + 1, min(last + 2, 2**14 + 1)))
            elif kind == XLSB_MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                found.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        except (struct.error, IndexError):
            continue
    return found


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each record: its kind in one or two bytes, then its length in up to four, seven bits in each."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80 and at < len(part):
            kind, at = (kind & 0x7F) | (part[at] << 7), at + 1
        length, shift = 0, 0
        while at < len(part):
            byte, at = part[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, part[at : at + length]
        at += length
