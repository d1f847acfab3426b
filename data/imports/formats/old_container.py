"""The container of old Office files ([MS-CFB]): the stream in it that holds a workbook."""

import struct

SECTOR_SHIFT_AT, FIRST_DIRECTORY_AT, FIRST_FATS_AT, HEADER_END = 30, 48, 76, 512
FIRST_DIFAT_AT = 68
LAST_SECTOR = 0xFFFFFFFA
"""From here on a number of a sector says what is none: free, end of a chain, part of the tables."""
ENTRY, NAME_LENGTH_AT, START_AT, SMALL = 128, 64, 116, 64
STREAMS = ("Workbook", "Book")


def workbook_stream(content: bytes) -> bytes:
    """Return the stream of the workbook; empty where the container is not laid out as such."""
    try:
        size = 1 << struct.unpack_from("<H", content, SECTOR_SHIFT_AT)[0]
        sectors = [content[at : at + size] for at in range(size, len(content), size)]
        fat = [entry for sector in _fat_sectors(content, sectors) for entry in _numbers(sectors[sector])]
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


def _fat_sectors(content: bytes, sectors: list[bytes]) -> list[int]:
    """Return the sectors of the table of sectors: the header names 109, a chain those of files beyond 7 MB."""
    listed = list(struct.unpack_from(f"<{(HEADER_END - FIRST_FATS_AT) // 4}I", content, FIRST_FATS_AT))
    further = struct.unpack_from("<I", content, FIRST_DIFAT_AT)[0]
    for _ in sectors:
        if further >= LAST_SECTOR:
            break
        *named, further = _numbers(sectors[further])
        listed += named
    return [sector for sector in listed if sector < LAST_SECTOR]


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
