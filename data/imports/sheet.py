"""What a file holds, before anybody has said what it means: tables of raw cells, each row with its number."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from data.errors import AtlasError

MOST_BYTES = 20_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 300
MOST_CELLS = 3_000_000
LONGEST_CELL = 32_767
LON, LAT = "@lon", "@lat"
"""Columns that a format with geometry adds: degrees east and north, or x and y when the sheet states no CRS."""
EPOCH = "epoch"
"""Fact of workbooks whose numbers of days begin in 1904, as those of old Macintoshes do."""
ABOVE = "above"
"""Fact: what stands above the names of the columns; a title may say what amounts are counted in."""
Cell = Any
"""A text, a number, None for an empty cell; of formats with structure, a list of mappings."""


class FileRefused(AtlasError, ValueError):
    """A file cannot be taken in, in whole.

    Attributes
    ----------
    reason
        `import.file.<reason>` in the texts, with what to do.
    detail
        What the sentence names: a part of the archive, a line, a limit.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail[:200]
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (line, or rank of the feature), its cells in the order of the columns."""

    number: int
    cells: Sequence[Cell]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes
    ----------
    name
        Of the sheet, layer or file.
    format
        csv, xlsx (any workbook), geojson, geopackage, shapefile, kml, iati.
    columns
        Names as the file gives them; unnamed ones are called by their position.
    facts
        What was found on the way: encoding, separator, crs, number of the row (or line) that names the columns.
    notes
        What a reader should know: (`import.note.<code>`, detail).
    """

    name: str
    format: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[tuple[str, str]] = ()

    def as_json(self) -> dict[str, Any]:
        """Lay the sheet out as plain JSON values."""
        return {
            **{name: value for name, value in vars(self).items() if name != "rows"},
            "rows": [[row.number, list(row.cells), row.problem] for row in self.rows],
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Sheet":
        """Read a sheet that `as_json` laid out."""
        return cls(
            name=str(said["name"]),
            format=str(said["format"]),
            columns=tuple(map(str, said["columns"])),
            rows=[Row(int(number), cells, str(problem)) for number, cells, problem in said["rows"]],
            facts={str(name): str(value) for name, value in said["facts"].items()},
            notes=[(str(code), str(detail)) for code, detail in said["notes"]],
        )


@dataclass(frozen=True)
class Asked:
    """How to read a file, where somebody has decided; empty values leave it to the reader."""

    name: str
    encoding: str = ""
    separator: str = ""
    header_row: int = 0

    def as_json(self) -> dict[str, Any]:
        """Lay it out as plain JSON values."""
        return asdict(self)


def named_columns(names: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of columns, each once: what is empty is called by its position, what repeats is numbered."""
    found: dict[str, int] = {}
    made = []
    for position, name in enumerate(names, 1):
        text = " ".join(str(name if name is not None else "").split()) or f"#{position}"
        found[text] = found.get(text, 0) + 1
        made.append(text if found[text] == 1 else f"{text} ({found[text]})")
    return tuple(made)


def hold(rows: int, columns: int) -> None:
    """Refuse more rows, columns or cells than a file may have."""
    if rows > MOST_ROWS:
        raise FileRefused("too_many_rows", str(MOST_ROWS))
    if columns > MOST_COLUMNS:
        raise FileRefused("too_many_columns", str(MOST_COLUMNS))
    if rows * columns > MOST_CELLS:
        raise FileRefused("too_many_cells", str(MOST_CELLS))
