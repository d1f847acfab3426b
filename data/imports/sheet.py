"""A file from outside, read: sheets of raw cells, each a text as it stands, with the rows they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.errors import AtlasError

POINT_COLUMNS = ("lon", "lat")
"""Columns a format with geometry adds: degrees, EPSG:4326."""


class FileRefused(AtlasError, ValueError):  # noqa: N818
    """A file that cannot be read, or must not be.

    Attributes
    ----------
    reason
        `import.file.<reason>` in the texts says what and what to do.
    detail
        What the sentence names.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}{f': {detail}' if detail else ''}")


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes
    ----------
    columns
        Headers as they stand; empty ones are named by their place, repeated ones numbered.
    rows
        Cells as texts, "" for an empty one, as many as there are columns.
    row_numbers
        Number of each row as the file's own program shows it (1 is the first line).
    lost
        Rows that could not be read at all, with why: they count as read, and are quarantined.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    lost: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """All sheets of a file, and what was found out about it: format, encoding, separator, coordinate system."""

    format: str
    sheets: tuple[Sheet, ...]
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "ReadFile":
        """Read what the child wrote."""
        sheets = tuple(
            Sheet(
                one["name"],
                tuple(one["columns"]),
                tuple(tuple(row) for row in one["rows"]),
                tuple(one["row_numbers"]),
                tuple((int(number), str(why)) for number, why in one["lost"]),
            )
            for one in document["sheets"]
        )
        return cls(document["format"], sheets, document["facts"])


def sheet(name: str, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], **more: Any) -> Sheet:
    """Make a sheet of a header and numbered rows: headers told apart, rows as long as they are, blank ones left out."""
    columns: list[str] = []
    for place, words in enumerate(header, 1):
        label = " ".join(words.split()) or f"column {place}"
        columns.append(label if label not in columns else f"{label} ({place})")
    width = len(columns)
    kept = [
        (number, (*cells[:width], *[""] * (width - len(cells))))
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    return Sheet(name, tuple(columns), tuple(row for _, row in kept), tuple(number for number, _ in kept), **more)
