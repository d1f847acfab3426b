"""Why a commune shows no project: none is reported, only a wider project covers it, or nobody reports on it."""

import numpy as np
import numpy.typing as npt

from data.errors import CodeError
from geo.boundaries import LEVELS, Territories
from geo.register import AREA_WIDE, Register
from geo.selection import Selection

BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.object_]

PRESENT, AREA_ONLY, NONE_REPORTED, NO_REPORTER = "", "area_only", "none_reported", "no_reporter"
KINDS = (AREA_ONLY, NONE_REPORTED, NO_REPORTER)
WIDEST = "region"


def reported_communes(register: Register, territories: Territories) -> BoolArray:
    """Mark the communes some source of the register reports on: those of provinces where it places any project.

    All filters off: a province in which no source names a single place is one we know nothing of, and saying "no
    project" there would be a claim nobody made. One boolean a commune, in the order of `commune_codes`.
    """
    province = commune_provinces(territories)
    known = register.place_commune[register.place_commune != AREA_WIDE]
    return np.isin(province, province[np.unique(known)])


def commune_provinces(territories: Territories) -> TextArray:
    """Return the code of the province of each commune, in the order of `commune_codes`."""
    return np.array([territories.parent_of(code) for code in territories.commune_codes], dtype=object)


def located_counts(selection: Selection, commune_count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count the selected projects placed in each commune, and how many of them have money that counts.

    A project of several places in one commune is one project there.
    """
    register = selection.register
    project = register.locations["project"].to_numpy()
    placed = selection.kept[project] & (register.place_commune != AREA_WIDE)
    pairs = np.unique(register.place_commune[placed] * np.int64(len(register) or 1) + project[placed])
    commune, number = np.divmod(pairs, len(register) or 1)
    has_money = np.nan_to_num(register.counted_mad[number]) > 0
    return (
        np.bincount(commune, minlength=commune_count).astype(np.int64),
        np.bincount(commune[has_money], minlength=commune_count).astype(np.int64),
    )


def covered_widely(selection: Selection, territories: Territories, *, widest: str = WIDEST) -> BoolArray:
    """Mark the communes covered by a project known only by a province or a wider territory.

    The chosen territory does not narrow this: a project of the province covers each commune looked at alone. The other
    filters do.

    Parameters
    ----------
    widest
        The widest level that counts; a national programme, which covers every commune, says nothing of any.

    Raises
    ------
    CodeError
        The level does not exist.
    """
    if widest not in LEVELS:
        raise CodeError(f"level: found «{widest}»; allowed: {', '.join(LEVELS)}")
    register = selection.register
    passing = selection.without("territory")[register.locations["project"].to_numpy()]
    codes = register.locations["territory_code"].to_numpy()[passing & (register.place_commune == AREA_WIDE)]
    covered = np.zeros(len(territories.commune_codes), dtype=bool)
    for code in np.unique(codes.astype(str)):
        if LEVELS.index(territories.level_of(code)) >= LEVELS.index(widest):
            first, last = territories.commune_range(code)
            covered[first:last] = True
    return covered


def absences(
    selection: Selection, territories: Territories, *, reported: BoolArray | None = None, widest: str = WIDEST
) -> TextArray:
    """Say of each commune which kind of absence it shows; "" where a selected project has a place in it.

    Parameters
    ----------
    selection
        The projects looked at; another sector gives other absences.
    reported
        Communes somebody reports on; `reported_communes` when not given.
    widest
        See `covered_widely`.

    Returns
    -------
    numpy.ndarray
        One of `KINDS` or "", in the order of `commune_codes`. `area_only`: a selected project covers the province or
        the region, nothing says that it works here. `no_reporter`: neither, and no source speaks of the province.
    """
    count = len(territories.commune_codes)
    present = located_counts(selection, count)[0] > 0
    known = reported_communes(selection.register, territories) if reported is None else reported
    wide = covered_widely(selection, territories, widest=widest)
    kinds = np.where(wide, AREA_ONLY, np.where(known, NONE_REPORTED, NO_REPORTER))
    return np.where(present, PRESENT, kinds).astype(object)
