"""What a sheet of a workbook holds besides values: what is hidden, merged, and where its formulas failed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

SHOWN = 5
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""Errors of formulas by the byte that stands for them in XLS and XLSB."""
FAILED = "#VALUE!"
"""What is shown of an error that nobody listed."""
_Range = tuple[int, int, int, int]


@dataclass
class Unseen:
    """What lies behind the values of one sheet; rows and columns count from 1.

    Attributes
    ----------
    hidden_rows, hidden_columns
        By hand, by an outline, or by a filter.
    merged
        Top, left, bottom, right of merged cells.
    failed
        Row and column of the cells whose formula failed → the error they show.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[_Range] = field(default_factory=list)
    failed: dict[tuple[int, int], str] = field(default_factory=dict)

    def notes(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> list[tuple[str, str]]:
        """Return what should be known of rows that say something: hidden ones, hidden columns, merged cells."""
        filled = {at for _, cells in rows for at, cell in enumerate(cells, 1) if cell not in (None, "")}
        down = [one for one in self.merged if one[0] != one[2]]
        told = (
            ("hidden_rows", _numbered(self.hidden_rows & {number for number, _ in rows}, str)),
            ("hidden_columns", _numbered(self.hidden_columns & filled, letters)),
            ("merged_rows", ", ".join(map(_named, down[:SHOWN])) + (", …" if len(down) > SHOWN else "")),
        )
        return [(code, detail) for code, detail in told if detail]


def filled_in(unseen: Unseen, number: int, cells: list[Any]) -> list[Any]:
    """Return the cells of a row, those whose formula failed with the error they show."""
    if not unseen.failed:
        return cells
    last = max((column for row, column in unseen.failed if row == number), default=0)
    told = [*cells, *[None] * (last - len(cells))]
    return [unseen.failed.get((number, at), cell) for at, cell in enumerate(told, 1)]


def letters(column: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> letters(1), letters(26), letters(27)
    ('A', 'Z', 'AA')
    """
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def numbered(said: str) -> int:
    """Return the number of a column named by letters.

    Examples
    --------
    >>> numbered("A"), numbered("AA")
    (1, 27)
    """
    number = 0
    for letter in said:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _numbered(numbers: Collection[int], name: Any) -> str:
    """Return how many there are and which, those that follow one another as a range: "5 (8, 12–15)"."""
    runs = list(_runs(sorted(numbers)))
    named = [name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in runs[:SHOWN]]
    more = ["…"] if len(runs) > SHOWN else []
    return f"{len(numbers)} ({', '.join([*named, *more])})" if runs else ""


def _runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    first = None
    for at, number in enumerate(numbers):
        first = number if first is None else first
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield first, number
            first = None


def _named(one: _Range) -> str:
    top, left, bottom, right = one
    return f"{letters(left)}{top}:{letters(right)}{bottom}"
