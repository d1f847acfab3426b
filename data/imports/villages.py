"""The census office's workbook of villages, held against the villages shipped: what a new edition would change.

Villages are reference: they are renewed by `make tables` from a checked source, never by an import. The comparison says
row by row what is new, changed, the same or not to be trusted.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pandas as pd

from data.catalog import CATALOG_FOLDER
from data.imports.candidate import RowProblem, shown
from data.imports.cells import evidence_of, is_blank, read_cell, text_of
from data.imports.digits import words
from data.imports.fields import FILE
from data.imports.outcome import Ambiguous, Unreadable, Value
from data.imports.sheet import Sheet

REQUIRED = ("douar_code", "households", "people")
DISTANCES = tuple(f"{name}_km" for name in ("paved_road", "track", "primary_school", "middle_school", "high_school"))
DISTANCES = (*DISTANCES, "health_centre_km")
CODE_DIGITS = 13
OUTCOMES = ("created", "updated", "unchanged", "quarantined")


@dataclass(frozen=True)
class Comparison:
    """What became of each row: counts by outcome, and why rows are not to be trusted, by row number."""

    read: int
    counts: Mapping[str, int]
    problems: Sequence[tuple[int, RowProblem]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Lay the comparison out for a program."""
        return {
            "kind": "villages",
            "read": self.read,
            **self.counts,
            "problems": [{"row": number, **vars(problem)} for number, problem in self.problems],
        }


@lru_cache
def _headers() -> Mapping[str, str]:
    declared = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))["village"]
    return {words(word): name for name, listed in declared.items() for word in (name, *listed)}


def columns_of(sheet: Sheet) -> dict[str, int]:
    """Return the position of each column of the layout; empty when the sheet is not of villages."""
    found: dict[str, int] = {}
    for at, column in enumerate(sheet.columns):
        said = words(column).split("(")[0].strip()
        if name := _headers().get(words(column)) or _headers().get(said):
            found.setdefault(name, at)
    is_villages = set(REQUIRED) <= set(found) and any(name in found for name in DISTANCES)
    return found if is_villages else {}


def compare(sheet: Sheet, villages: pd.DataFrame, communes: frozenset[str]) -> Comparison:
    """Hold a workbook of villages against the table `villages`.

    Parameters
    ----------
    communes
        Official codes of communes, of which the first digits of a village's code name one.

    Returns
    -------
    Comparison
        A code that lost its leading zeros in a spreadsheet is given them back; where some distances are missing and
        others not, the row is not to be trusted: withheld is all or nothing.
    """
    at = columns_of(sheet)
    known = villages.set_index("douar_code")
    regions = {code[2:]: code for code in communes}
    signs = {name: evidence_of("number", [row.cells[position] for row in sheet.rows]) for name, position in at.items()}
    counted: Counter[str] = Counter()
    problems: list[tuple[int, RowProblem]] = []
    seen: set[str] = set()
    for row in sheet.rows:
        cells = {name: row.cells[position] for name, position in at.items()}
        read, wrong = _row(cells, sheet, at, signs)
        code = str(read.get("douar_code", ""))
        if code and code[:7] not in regions:
            wrong.append(RowProblem("douar_code", sheet.columns[at["douar_code"]], code, "unknown_commune_of_village"))
        if code in seen:
            wrong.append(RowProblem("douar_code", sheet.columns[at["douar_code"]], code, "repeated_row"))
        seen.add(code)
        problems += [(row.number, problem) for problem in wrong]
        counted[_outcome(read, code, known) if not wrong else "quarantined"] += 1
    return Comparison(len(sheet.rows), {name: counted[name] for name in OUTCOMES}, problems)


def _row(
    cells: Mapping[str, Any], sheet: Sheet, at: Mapping[str, int], signs: Mapping[str, str | None]
) -> tuple[dict[str, Any], list[RowProblem]]:
    read: dict[str, Any] = {}
    wrong: list[RowProblem] = []

    def refuse(name: str, rule: str) -> None:
        wrong.append(RowProblem(name, sheet.columns[at[name]], shown(cells[name]), rule))

    code = text_of(cells["douar_code"])
    if code.isascii() and code.isdecimal() and len(code) <= CODE_DIGITS:
        read["douar_code"] = code.zfill(CODE_DIGITS)
    else:
        refuse("douar_code", "not_a_village_code")
    for name in ("households", "people", *DISTANCES):
        if name not in at or is_blank(cells[name]):
            continue
        outcome = read_cell("integer" if name in REQUIRED else "number", cells[name], signs[name])
        if isinstance(outcome, Value):
            read[name] = outcome.value
        elif isinstance(outcome, Ambiguous | Unreadable):
            refuse(name, outcome.reason)
    for name in ("households", "people"):
        if is_blank(cells[name]):
            refuse(name, "empty_count")
    told = [name for name in DISTANCES if name in at and not is_blank(cells[name])]
    if told and len(told) < len([name for name in DISTANCES if name in at]):
        refuse(told[0], "partly_withheld")
    return read, wrong


def _outcome(read: Mapping[str, Any], code: str, known: pd.DataFrame) -> str:
    if code not in known.index:
        return "created"
    before = known.loc[code]
    same = all(int(before[name]) == int(read[name]) for name in ("households", "people"))
    same &= all(
        Decimal(str(before[name])) == Decimal(str(read[name])) if name in read else True
        for name in DISTANCES
        if not pd.isna(before[name])
    )
    same &= all(not pd.isna(before[name]) for name in DISTANCES if name in read)
    return "unchanged" if same else "updated"
