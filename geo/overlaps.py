"""Projects that might know of one another: same sector, same or neighbouring commune, same years. A question to ask."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.placement import chosen_places
from geo.register import AREA_WIDE, NO_YEAR, Register
from geo.selection import Selection

IntArray = npt.NDArray[np.int64]
COLUMNS = ("first", "second", "sector", "commune", "other_commune", "from_year", "to_year")


class Meeting(NamedTuple):
    """Where two projects meet: the communes of the one and of the other, equal where they are in the same."""

    commune: int
    other_commune: int


def overlaps(selection: Selection, borders: IntArray) -> pd.DataFrame:
    """Return the pairs of selected projects that share a sector, years, and a commune or two that touch.

    Parameters
    ----------
    selection
        The projects looked at; those known only by a province or wider, or without any date, are never paired.
    borders
        Pairs of commune numbers that share a border, ascending (`geo.neighbours.bordering`).

    Returns
    -------
    pandas.DataFrame
        One row a pair, those of one commune first, then those that meet in most communes. first, second: rows of the
        register, first < second; sector: number of the first sector they share; commune, other_commune: numbers of the
        communes where they meet, the same when they share one; from_year, to_year: years both were active
        (`OPEN_END` when neither is known to end).

    Notes
    -----
    A package and what it contains, and two rows on the same operation, are one work told twice: they are left out.
    Sharing a place and a time is no fault: the work may well be divided between them. The pair is a question.
    """
    register, asked = selection.register, _asked(selection)
    sectors = _by_project(register.sectors["project"], register.sectors["sector"], selection.kept)
    rows = []
    for (first, second), meetings in _meetings(_places(selection), borders).items():
        shared = sectors[first] & sectors[second] & asked
        start, end = _common_years(register, first, second)
        if shared and start <= end and not _told_twice(register, first, second):
            where = min(meetings, key=lambda met: (met.commune != met.other_commune, met))
            rows.append((first, second, min(shared), *where, start, end, len(meetings)))
    table = pd.DataFrame(rows, columns=[*COLUMNS, "meetings"])
    apart = table["commune"] != table["other_commune"]
    by = ["apart", "meetings", "first", "second"]
    order = table.assign(apart=apart).sort_values(by, ascending=[True, False, True, True])
    return order[list(COLUMNS)].reset_index(drop=True).astype("int64")


def _asked(selection: Selection) -> set[int]:
    dimension = selection.register.dimensions["sector"]
    codes = selection.state.sector or dimension.options
    return {dimension.index[code] for code in codes if code in dimension.index}


def _by_project(project: pd.Series, value: pd.Series, kept: npt.NDArray[np.bool_]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row, one in zip(project, value, strict=True):
        if kept[row]:
            found.setdefault(int(row), set()).add(int(one))
    return found


def _places(selection: Selection) -> dict[int, set[int]]:
    """Return the communes of each dated project that has any in the chosen territory."""
    register = selection.register
    located = chosen_places(selection) & (register.place_commune != AREA_WIDE)
    dated = register.first_year != NO_YEAR
    return _by_project(
        register.locations["project"][located], pd.Series(register.place_commune[located]), selection.kept & dated
    )


def _meetings(places: dict[int, set[int]], borders: IntArray) -> dict[tuple[int, int], list[Meeting]]:
    """Return where the projects meet, pair by pair: communes they share, and those of theirs that touch."""
    present: dict[int, list[int]] = {}
    for project, communes in places.items():
        for commune in communes:
            present.setdefault(commune, []).append(project)
    found: dict[tuple[int, int], list[Meeting]] = {}
    for one, other, meeting in _encounters(present, borders):
        if one < other:
            found.setdefault((one, other), []).append(meeting)
        elif other < one:
            found.setdefault((other, one), []).append(Meeting(meeting.other_commune, meeting.commune))
    return found


def _encounters(present: dict[int, list[int]], borders: IntArray) -> Iterator[tuple[int, int, Meeting]]:
    for commune, projects in present.items():
        yield from ((*pair, Meeting(commune, commune)) for pair in combinations(projects, 2))
    for commune, other in borders.tolist():
        pairs = product(present.get(commune, ()), present.get(other, ()))
        yield from ((*pair, Meeting(commune, other)) for pair in pairs)


def _common_years(register: Register, first: int, second: int) -> tuple[int, int]:
    start = max(register.first_year[first], register.first_year[second])
    end = min(register.last_year[first], register.last_year[second])
    return int(start), int(end)


def _told_twice(register: Register, first: int, second: int) -> bool:
    """Say whether one contains the other, both belong to one package, or both tell of one operation."""
    projects = register.projects
    told = [
        {
            str(projects[name].iloc[row])
            for name in ("project_code", "part_of", "same_as")
            if not pd.isna(projects[name].iloc[row]) and projects[name].iloc[row] != ""
        }
        for row in (first, second)
    ]
    return bool(told[0] & told[1])
