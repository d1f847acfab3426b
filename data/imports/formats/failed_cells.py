"""How many cells of a workbook hold the error of a formula (#N/A, #REF!): counted in its bytes, read nowhere else.

XLS and XLSB are records one after the other; the kinds that matter are those of [MS-XLS] 2.4 and [MS-XLSB] 2.3.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from data.imports.formats import archive

SECTOR_SHIFT_AT, FIRST_DIRECTORY_AT, FIRST_FATS_AT, HEADER_END = 30, 48, 76, 512
LAST_SECTOR = 0xFFFFFFFA
"""From here on a number of a sector says what is none: free, end of a chain, part of the tables."""
ENTRY, NAME_LENGTH_AT, START_AT, SMALL = 128, 64, 116, 64
STREAMS = ("Workbook", "Book")
BOOLERR, FORMULA = 0x0205, 0x0006
IS_ERROR_AT, RESULT_AT, MARK_AT = 7, 6, 12
XLSB_ERRORS = (3, 11)
"""BrtCellError, BrtFmlaError."""
ODS_ERROR = b'calcext:value-type="error"'
"""The mark of LibreOffice, which leaves the value empty; others write the error as a text, which is read as one."""


def count(path: Path, content: bytes) -> int:
    """Return the number of such cells, in all sheets of an XLS, XLSB or ODS; 0 where its bytes cannot be followed."""
    if not content.startswith(b"PK"):
        return sum(_is_failed(kind, body) for kind, body in _xls_records(_stream(content)))
    names = archive.checked(path)
    if "content.xml" in names:
        return archive.member(path, "content.xml").count(ODS_ERROR)
    sheets = [name for name in names if name.casefold().startswith("xl/worksheets/") and name.endswith(".bin")]
    return sum(kind in XLSB_ERRORS for name in sheets for kind in _xlsb_kinds(archive.member(path, name)))


def _is_failed(kind: int, body: bytes) -> bool:
    if kind == BOOLERR:
        return len(body) > IS_ERROR_AT and body[IS_ERROR_AT] == 1
    # A result that is no number is marked by its last two bytes; its first byte says what it is: 2 is an error.
    return kind == FORMULA and body[MARK_AT : MARK_AT + 2] == b"\xff\xff" and body[RESULT_AT] == 2  # noqa: PLR2004


def _xls_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _stream(content: bytes) -> bytes:
    """Return the stream of the workbook in an old container ([MS-CFB]); empty where it is not laid out as such."""
    try:
        size = 1 << struct.unpack_from("<H", content, SECTOR_SHIFT_AT)[0]
        sectors = [content[at : at + size] for at in range(size, len(content), size)]
        listed = struct.unpack_from(f"<{(HEADER_END - FIRST_FATS_AT) // 4}I", content, FIRST_FATS_AT)
        fat = [entry for sector in listed if sector < LAST_SECTOR for entry in _numbers(sectors[sector])]
        first_directory, _, cutoff, first_small = struct.unpack_from("<4I", content, FIRST_DIRECTORY_AT)
        directory = _chain(sectors, fat, first_directory)
        entries = [directory[at : at + ENTRY] for at in range(0, len(directory), ENTRY)]
        found = next((entry for entry in entries if _name(entry) in STREAMS), b"")
        start, long = struct.unpack_from("<II", found, START_AT)
        if long >= cutoff:
            return _chain(sectors, fat, start)[:long]
        # What is small lies in sectors of 64 bytes within the stream of the root.
        inside = _chain(sectors, fat, struct.unpack_from("<I", entries[0], START_AT)[0])
        small = [inside[at : at + SMALL] for at in range(0, len(inside), SMALL)]
        return _chain(small, list(_numbers(_chain(sectors, fat, first_small))), start)[:long]
    except (struct.error, IndexError, MemoryError, OverflowError):
        return b""


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, NAME_LENGTH_AT)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(sectors: list[bytes], fat: list[int], first: int) -> bytes:
    """Follow a chain of sectors, never further than there are sectors."""
    parts: list[bytes] = []
    sector = first
    while sector < LAST_SECTOR and len(parts) <= len(fat):
        parts.append(sectors[sector])
        sector = fat[sector]
    return b"".join(parts)


def _xlsb_kinds(part: bytes) -> Iterator[int]:
    """Yield the kind of each record: one or two bytes, then its length in up to four, seven bits in each."""
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
        yield kind
        at += length
