"""The row that names the columns, below titles and notes, and those that only sum up the rows above them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from data.imports.digits import words
from data.imports.fields import known_header
from data.imports.sheet import ABOVE

MOST_ABOVE = 2_000
LOOKED_AT = 25  # as far as HXL lets its row of tags lie
_HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
OWN_KEY = "project_code"
"""In the line of names of our own files, above the line of words."""

_TOTAL = re.compile(
    r"(?:(?:grand |sous[- ]?|sub[- ]?)?total|totaux)"
    r"(?: general| global"
    r"| (?:de la |du |des )?(?:province|prefecture|region|commune|secteur|axe|programme|projets?)\b.*)?"
    r"|(?:المجموع|الاجمالي|مجموع)(?: (?:العام|الكلي|الجزئي|الاجمالي))?"
)
"""In the first cell of words only: « Total » is also the name of a funder."""


def is_total(cells: Sequence[Any]) -> bool:
    """Tell whether a row sums up others: its first words say so."""
    said = (words(cell) for cell in cells if isinstance(cell, str))
    first = next((text for text in said if any(letter.isalpha() for letter in text)), "")
    return _TOTAL.fullmatch(first.split("(")[0].strip(" :.")) is not None


def above(rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    """Return the fact of what stands above the names of the columns; none where nothing does."""
    said = " ".join(str(cell) for cells in rows for cell in cells if cell not in (None, ""))
    return {ABOVE: said[:MOST_ABOVE]} if said else {}


def find_tags(rows: Sequence[Sequence[Any]]) -> int:
    """Return the number, from 1, of the row of HXL hashtags; 0 when there is none. Columns may lack a tag."""
    for number, cells in enumerate(rows[:LOOKED_AT], 1):
        filled = [str(cell).strip() for cell in cells if cell not in (None, "") and str(cell).strip()]
        if filled and all(_HXL.fullmatch(cell) for cell in filled):
            return number
    return 0


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


def named_in_two(rows: Sequence[Sequence[Any]], header: int) -> tuple[list[Any], int]:
    """Return the names of columns, and the number of the last row that names them, where cells span two such rows.

    Below a name that spans several columns (Localisation) stand those of each (Province, Commune); beside it stand
    names that span both rows, written in the upper one.

    Parameters
    ----------
    rows
        From the first of the sheet on.
    header
        Number of the row that names the columns, from 1.
    """
    names = list(rows[header - 1])
    below = list(rows[header]) if header < len(rows) else []
    if _names_only(below) and any(not _at(names, at) for at, cell in enumerate(below) if cell not in (None, "")):
        width = max(len(names), len(below))
        return [_at(below, at) or _at(names, at) for at in range(width)], header + 1
    upper = list(rows[header - 2]) if header > 1 else []
    width = max(len(names), len(upper))
    kept = [_at(names, at) or (_at(upper, at) if _is_name(_at(upper, at)) else None) for at in range(width)]
    return (kept if any(kept[at] != _at(names, at) for at in range(width)) else names), header


def _names_only(cells: Sequence[Any]) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    return bool(filled) and all(map(_is_name, filled))


def _is_name(cell: Any) -> bool:
    return isinstance(cell, str) and known_header(words(cell)) is not None


def _at(cells: Sequence[Any], at: int) -> Any:
    return (cells[at] or None) if at < len(cells) else None


def _filled(cells: Sequence[Any]) -> int:
    return sum(cell not in (None, "") for cell in cells)
