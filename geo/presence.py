"""The projects of one place by how well they are placed: here, somewhere inside, or over the territory above."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.absence import AREA_ONLY, NO_REPORTER, NONE_REPORTED, PRESENT
from geo.allocation import CENTIMES, IntArray
from geo.boundaries import Territories
from geo.register import AREA_WIDE, Register

COUNTRY = "country"

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Presence:
    """Projects of a place, as row numbers, each in one list only: the first that holds it.

    Attributes
    ----------
    here
        Placed in a commune of it, or finer.
    inside
        Known only by an area wider than a commune that is the place or lies in it.
    over
        Known only by the territory just above (the country excepted): they may work here, nothing says so.
    wider
        Known only by a territory wider still: it covers so many places that it tells none apart.
    here_mad, inside_mad, over_mad
        Dirhams allocated to those places and sectors, whichever list the project is in; NaN where no amount is known.
        `here_mad` and `inside_mad` add up to the money of the place; `over_mad` is money of the territory above.
    """

    here: IntArray
    inside: IntArray
    over: IntArray
    wider: IntArray
    here_mad: float
    inside_mad: float
    over_mad: float

    @property
    def own(self) -> IntArray:
        """Projects of the place: here, or somewhere inside."""
        return np.union1d(self.here, self.inside)


def presence(
    register: Register, territories: Territories, code: str, sectors: Collection[str] | None = None
) -> Presence:
    """Return the projects of a place.

    Parameters
    ----------
    sectors
        Only projects that have one of these sectors, and only the money of these sectors; None is all.

    Raises
    ------
    CodeError
        The territory is unknown.
    """
    ancestors = territories.ancestors(code)
    just_above = [up for up in ancestors[:1] if territories.level_of(up) != COUNTRY]
    chosen = _chosen(register, sectors)
    inside = _inside(register, code)
    located = register.place_commune != AREA_WIDE
    codes = register.locations["territory_code"]
    over = codes.isin(just_above).to_numpy()
    wider = codes.isin(set(ancestors) - set(just_above)).to_numpy()
    taken: IntArray = np.zeros(0, np.int64)
    lists: list[IntArray] = []
    for places in (inside & located, inside & ~located, over, wider):
        rows = np.setdiff1d(register.locations["project"].to_numpy()[places & chosen], taken)
        taken = np.union1d(taken, rows)
        lists.append(rows.astype(np.int64))
    here, within, above, beyond = lists
    return Presence(
        here=here,
        inside=within,
        over=above,
        wider=beyond,
        here_mad=_money(register, inside & located, sectors),
        inside_mad=_money(register, inside & ~located, sectors),
        over_mad=_money(register, over, sectors),
    )


def absence_of(found: Presence, *, reported: bool) -> str:
    """Say which kind of absence a place shows (see `geo.absence`); "" where a project is its own.

    Parameters
    ----------
    reported
        Whether some source reports on the place (`geo.absence.reported_units`).
    """
    if len(found.own):
        return PRESENT
    if len(found.over):
        return AREA_ONLY
    return NONE_REPORTED if reported else NO_REPORTER


def bodies(register: Register, projects: IntArray, roles: Collection[str]) -> dict[str, int]:
    """Count the projects of each organisation that has one of the roles in them, most projects first, then by code."""
    links = register.organisations
    own = links[links["role"].isin(list(roles)) & links["project"].isin(projects)]
    counts = own.drop_duplicates(["project", "organisation_code"])["organisation_code"].value_counts()
    return {str(code): int(count) for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))}


def _inside(register: Register, code: str) -> BoolArray:
    dimension = register.place_territories
    marked = np.zeros(len(register.locations), np.bool_)
    marked[dimension.project[dimension.option == dimension.index[code]]] = True
    return marked


def _chosen(register: Register, sectors: Collection[str] | None) -> BoolArray:
    """Mark the rows of `locations` whose project has one of the sectors."""
    if sectors is None:
        return np.ones(len(register.locations), np.bool_)
    dimension = register.dimensions["sector"]
    numbers = [dimension.index[code] for code in sectors]
    has_any = np.zeros(len(register), np.bool_)
    has_any[dimension.project[np.isin(dimension.option, numbers)]] = True
    return np.asarray(has_any[register.locations["project"].to_numpy()], np.bool_)


def _money(register: Register, places: BoolArray, sectors: Collection[str] | None) -> float:
    cells, dimension = register.cells, register.dimensions["sector"]
    counted = places[cells.place]
    if sectors is not None:
        counted &= np.isin(cells.sector, [dimension.index[code] for code in sectors])
    known = np.isfinite(register.counted_mad[cells.project])
    if not (counted & known).any():
        return 0.0 if not counted.any() else float("nan")
    return int(cells.centimes[counted].sum()) / CENTIMES
