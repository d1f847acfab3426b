"""Why a commune or province shows no project: none is reported, only a wider one covers it, or nobody reports on it."""

from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from data.errors import CodeError
from geo.allocation import IntArray
from geo.boundaries import LEVELS, Territories
from geo.need_levels import Level, level_of
from geo.register import AREA_WIDE, Register
from geo.selection import Selection

BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.object_]

PRESENT, AREA_ONLY, NONE_REPORTED, NO_REPORTER = "", "area_only", "none_reported", "no_reporter"
KINDS = (AREA_ONLY, NONE_REPORTED, NO_REPORTER)
WIDEST = "region"


def place_units(register: Register, level: Level) -> IntArray:
    """Return for each place of the register the row of the unit that holds it; `AREA_WIDE` when it is known wider.

    A project known by its province has a place among provinces, and none among communes.
    """
    commune = register.place_commune
    last = int(level.last.max()) if len(level.codes) else 0
    row_of_commune = level.of_communes(max(last, int(commune.max(initial=0)) + 1))
    rows = np.where(commune == AREA_WIDE, AREA_WIDE, row_of_commune[commune])
    row_of = {code: row for row, code in enumerate(level.codes)}
    named = [row_of.get(code, AREA_WIDE) for code in register.locations["territory_code"]]
    return np.where(rows == AREA_WIDE, np.array(named, np.int64), rows).astype(np.int64)


def reported_units(register: Register, territories: Territories, level: Level) -> BoolArray:
    """Mark the units some source of the register reports on: those of provinces where it places any project.

    All filters off: a province in which no source names a single place is one we know nothing of, and saying "no
    project" there would be a claim nobody made. One boolean a unit of the level.
    """
    province = np.array([_province(territories, code) for code in level.codes], dtype=object)
    named = place_units(register, level)
    return np.isin(province, province[np.unique(named[named != AREA_WIDE])])


def reporters(register: Register, territory: str) -> int:
    """Count the publishers whose pages the register cites for projects in a territory, all filters off.

    A publisher is the site of the page a project was read on, whatever its subdomain `www`.
    """
    places = register.dimensions["territory"]
    rows = places.project[places.option == places.index[territory]]
    pages = register.projects["source_url"].iloc[rows].dropna()
    return len({(urlsplit(page).hostname or page).removeprefix("www.") for page in pages})


def located_counts(selection: Selection, unit: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """Count the selected projects placed in each unit, and how many of them have money that counts.

    A project of several places in one unit is one project there.

    Parameters
    ----------
    unit
        Unit of each place of the register (`place_units`).
    count
        Number of units.
    """
    register = selection.register
    project = register.locations["project"].to_numpy()
    placed = selection.kept[project] & (unit != AREA_WIDE)
    pairs = np.unique(unit[placed] * np.int64(len(register) or 1) + project[placed])
    row, number = np.divmod(pairs, len(register) or 1)
    has_money = np.nan_to_num(register.counted_mad[number]) > 0
    return (
        np.bincount(row, minlength=count).astype(np.int64),
        np.bincount(row[has_money], minlength=count).astype(np.int64),
    )


def covered_widely(selection: Selection, territories: Territories, level: Level, *, widest: str = WIDEST) -> BoolArray:
    """Mark the units covered by a project known only by a territory wider than they are.

    The chosen territory does not narrow this: a project of the province covers each commune looked at alone. The other
    filters do.

    Parameters
    ----------
    widest
        The widest level that counts; a programme that covers every unit looked at says nothing of any.

    Raises
    ------
    CodeError
        The level does not exist.
    """
    if widest not in LEVELS:
        raise CodeError(f"level: found «{widest}»; allowed: {', '.join(LEVELS)}")
    register = selection.register
    passing = selection.without("territory")[register.locations["project"].to_numpy()]
    codes = register.locations["territory_code"].to_numpy()[passing & (place_units(register, level) == AREA_WIDE)]
    covered = np.zeros(len(level.codes), dtype=bool)
    for code in np.unique(codes.astype(str)):
        if LEVELS.index(territories.level_of(code)) >= LEVELS.index(widest):
            first, last = territories.commune_range(code)
            covered |= (level.first >= first) & (level.last <= last)
    return covered


def absences(
    selection: Selection,
    territories: Territories,
    *,
    level: Level | None = None,
    reported: BoolArray | None = None,
    widest: str = WIDEST,
) -> TextArray:
    """Say of each unit which kind of absence it shows; "" where a selected project has a place in it.

    Parameters
    ----------
    selection
        The projects looked at; another sector gives other absences.
    level
        The units; the communes when not given.
    reported
        Units somebody reports on; `reported_units` when not given.
    widest
        See `covered_widely`.

    Returns
    -------
    numpy.ndarray
        One of `KINDS` or "", in the order of the level. `area_only`: a selected project covers a wider territory,
        nothing says that it works here. `no_reporter`: neither, and no source speaks of the province.
    """
    units = level_of(territories, "commune") if level is None else level
    present = located_counts(selection, place_units(selection.register, units), len(units.codes))[0] > 0
    known = reported_units(selection.register, territories, units) if reported is None else reported
    wide = covered_widely(selection, territories, units, widest=widest)
    kinds = np.where(wide, AREA_ONLY, np.where(known, NONE_REPORTED, NO_REPORTER))
    return np.where(present, PRESENT, kinds).astype(object)


def _province(territories: Territories, code: str) -> str:
    above = (code, *territories.ancestors(code))
    return next((one for one in above if territories.level_of(one) == "province"), code)
