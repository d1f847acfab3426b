"""Who lies in whom: country ▸ region ▸ province ▸ commune ▸ arrondissement, by official code."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel import Locale, UnknownLocaleError

from data.errors import CodeError

OFFICIAL = ("ar", "fr")  # the languages of the official names
LEVELS = ("country", "region", "province", "commune", "arrondissement")
SHOWN_CODES = 3

Known = TypeVar("Known")


@dataclass(frozen=True)
class Territories:
    """The territories and their hierarchy, looked up in no time; nothing in it changes after it is built.

    Attributes
    ----------
    codes
        All territory codes, in the order of the table.
    commune_codes
        Codes of the communes, ascending: the position in it is the commune number used on the wire.
    commune_index
        Commune code → that position.
    """

    codes: tuple[str, ...]
    commune_codes: tuple[str, ...]
    commune_index: Mapping[str, int]
    _rows: Mapping[str, Mapping[str, Any]]
    _ancestors: Mapping[str, tuple[str, ...]]
    _children: Mapping[str, tuple[str, ...]]
    _ranges: Mapping[str, tuple[int, int]]

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> "Territories":
        """Build the hierarchy from the table `territories`.

        Raises
        ------
        CodeError
            A code stands twice, a parent is unknown or a territory lies in itself, or the communes of a territory do
            not follow one another: every problem is listed.
        """
        rows = {row["territory_code"]: MappingProxyType(row) for row in table.to_dict("records")}
        codes = tuple(table["territory_code"])
        parents = {code: None if pd.isna(row["parent_code"]) else row["parent_code"] for code, row in rows.items()}
        problems = [
            f"{code} stands twice" for code in table.loc[table["territory_code"].duplicated(), "territory_code"]
        ]
        problems += [
            f"{code} lies in unknown {up}" for code, up in parents.items() if up is not None and up not in rows
        ]
        if problems:
            raise CodeError("territories: " + "; ".join(problems))
        ancestors = {code: _chain(code, parents) for code in codes}
        communes = tuple(sorted(code for code in codes if rows[code]["level"] == "commune"))
        return cls(
            codes=codes,
            commune_codes=communes,
            commune_index=MappingProxyType({code: number for number, code in enumerate(communes)}),
            _rows=rows,
            _ancestors=ancestors,
            _children=_children(codes, parents),
            _ranges=_ranges(codes, communes, ancestors, rows),
        )

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def row(self, code: str) -> Mapping[str, Any]:
        """Return the line of the table `territories` of a code, column by column.

        Raises
        ------
        CodeError
            The code is unknown; so for every method that takes a code.
        """
        return self._find(self._rows, code)

    def level_of(self, code: str) -> str:
        """Return country, region, province, commune or arrondissement."""
        return str(self.row(code)["level"])

    def name(self, code: str, language: str) -> str:
        """Return the official name: in Arabic for `ar`, in French for any other language; the country's in its own."""
        row = self.row(code)
        if row["level"] == "country" and (own := _country(code, language)):
            return own
        return str(row["name_ar" if language == "ar" else "name_fr"])

    def names(self, language: str) -> dict[str, str]:
        """Return the official name of every territory, by its code."""
        return {code: self.name(code, language) for code in self.codes}

    def parent_of(self, code: str) -> str | None:
        """Return the territory that contains it; None for the country."""
        above = self.ancestors(code)
        return above[0] if above else None

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the territories that contain it, the nearest first, without itself."""
        return self._find(self._ancestors, code)

    def is_within(self, code: str, ancestor: str) -> bool:
        """Say whether a territory is, or lies in, another one."""
        self.row(ancestor)
        return code == ancestor or ancestor in self.ancestors(code)

    def children_of(self, code: str, level: str | None = None) -> tuple[str, ...]:
        """Return what lies directly in it, or everything of the given level inside it; in the order of the table."""
        if level is None:
            return self._find(self._children, code)
        if level not in LEVELS:
            raise CodeError(f"level: found «{level}»; allowed: {', '.join(LEVELS)}")
        return tuple(below for below in self.descendants(code) if self._rows[below]["level"] == level)

    def descendants(self, code: str) -> tuple[str, ...]:
        """Return everything inside it, level by level, without itself."""
        found: list[str] = []
        layer: Sequence[str] = self.children_of(code)
        while layer:
            found += layer
            layer = [below for above in layer for below in self._children[above]]
        return tuple(found)

    def commune_range(self, code: str) -> tuple[int, int]:
        """Return the first commune number of a territory and the one after its last.

        An arrondissement gives the number of its city: it has no smaller one.
        """
        return self._find(self._ranges, code)

    def communes_of(self, code: str) -> tuple[str, ...]:
        """Return the codes of the communes of a territory, ascending (of an arrondissement, its city)."""
        first, last = self.commune_range(code)
        return self.commune_codes[first:last]

    def commune_number(self, code: str) -> int | None:
        """Return the number of a commune (of an arrondissement, its city's); None for wider territories."""
        first, _ = self.commune_range(code)
        return first if self.level_of(code) in ("commune", "arrondissement") else None

    def population_2024(self, codes: Iterable[str]) -> npt.NDArray[np.float64]:
        """Return the legal population of each code, census 2024; NaN when unknown."""
        people = [self.row(code)["population_2024"] for code in codes]
        return np.array([np.nan if pd.isna(count) else count for count in people], np.float64)

    def _find(self, known: Mapping[str, Known], code: str) -> Known:
        try:
            return known[code]
        except (KeyError, TypeError):
            close = difflib.get_close_matches(str(code), self.codes, SHOWN_CODES) or self.codes[:SHOWN_CODES]
            raise CodeError(
                f"territory: found «{code}»; allowed: one of the {len(self.codes)} official codes of 2024 as text "
                f"(MA, 2, 5 or 9 digits with the leading zero), for example {', '.join(close)}"
            ) from None


def _chain(code: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    chain: list[str] = []
    above = parents[code]
    while above is not None:
        if above == code or above in chain:
            raise CodeError(f"territories: {code} lies in itself through {above}")
        chain.append(above)
        above = parents[above]
    return tuple(chain)


def _children(codes: Iterable[str], parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {code: [] for code in codes}
    for code, above in parents.items():
        if above is not None:
            below[above].append(code)
    return {code: tuple(children) for code, children in below.items()}


def _ranges(
    codes: Iterable[str],
    communes: Sequence[str],
    ancestors: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, Mapping[str, Any]],
) -> dict[str, tuple[int, int]]:
    numbers: dict[str, list[int]] = {code: [] for code in codes}
    for number, commune in enumerate(communes):
        for code in (commune, *ancestors[commune]):
            numbers[code].append(number)
    for code in numbers:
        if rows[code]["level"] == "arrondissement":
            numbers[code] = numbers[ancestors[code][0]]
    scattered = [code for code, own in numbers.items() if own and own[-1] - own[0] + 1 != len(own)]
    if scattered:
        raise CodeError(f"territories: the communes of {', '.join(scattered)} do not follow one another in code order")
    return {code: (own[0], own[-1] + 1) if own else (0, 0) for code, own in numbers.items()}


@cache
def _country(code: str, language: str) -> str:
    """Return the name of the country in a language that has no official one; empty where none is known."""
    if language in OFFICIAL:
        return ""
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
