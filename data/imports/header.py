"""Which row names the columns? The first that reads like names, below titles and notes."""

from collections.abc import Sequence
from typing import Any

from data.imports.digits import words
from data.imports.fields import known_header

LOOKED_AT = 20
OWN_KEY = "project_code"
"""In the line of names of our own files, above the line of words."""


def find_header(rows: Sequence[Sequence[Any]]) -> int:
    """Return the number, from 1, of the row that names the columns.

    It is the row with most names we know (two at least); else the first with as many filled cells as the widest, all of
    them texts; else the first.
    """
    best, most = 0, 1
    for number, cells in enumerate(rows[:LOOKED_AT], 1):
        if OWN_KEY in cells:
            return number
        known = sum(known_header(words(str(cell))) is not None for cell in cells if isinstance(cell, str))
        if known > most:
            best, most = number, known
    if best:
        return best
    widest = max((_filled(cells) for cells in rows[:LOOKED_AT]), default=0)
    for number, cells in enumerate(rows[:LOOKED_AT], 1):
        if _filled(cells) == widest and all(isinstance(cell, str) for cell in cells if cell not in (None, "")):
            return number
    return 1


def _filled(cells: Sequence[Any]) -> int:
    return sum(cell not in (None, "") for cell in cells)
