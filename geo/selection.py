"""The one selection that feeds map, table, charts, totals and exports: they can never disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from geo.allocation import CENTIMES, ESTIMATED_RULES, IntArray
from geo.folding import fold
from geo.register import NO_YEAR, Dimension, Register
from geo.state import LISTS, State

BoolArray = npt.NDArray[np.bool_]

FILTERS = (*LISTS, "territory", "years", "amount", "text")


@dataclass(frozen=True)
class Totals:
    """What a selection adds up to.

    Attributes
    ----------
    projects
        Projects selected.
    with_amount, without_amount
        How many of them have a known amount in dirhams, and how many have none.
    counted_mad
        Their money within the chosen sectors and territory, parts never counted twice; `located_mad` of it falls
        in a commune, `area_mad` is known only by province, region or country. The two sum to the first, to the
        centime.
    estimated_mad
        Part of `counted_mad` whose split over places is our estimate (by population, or equal).
    frameworks, frameworks_mad
        Programmes whose content is not itemised, and their announced amounts: shown, never added.
    """

    projects: int
    with_amount: int
    without_amount: int
    counted_mad: float
    located_mad: float
    area_mad: float
    estimated_mad: float
    frameworks: int
    frameworks_mad: float


@dataclass(frozen=True)
class Selection:
    """The projects that pass every filter, and the money of theirs that falls inside the chosen sectors and places.

    Attributes
    ----------
    rows
        Row numbers of the projects, ascending.
    kept
        One boolean per project of the register.
    cell
        One boolean per cell of the allocation: its project is kept, its sector and its place are chosen.
    """

    register: Register
    state: State
    rows: IntArray
    kept: BoolArray
    cell: BoolArray
    passes: Mapping[str, BoolArray]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the projects, in the order of the register."""
        return tuple(self.register.projects["project_code"].to_numpy()[self.rows])

    @cached_property
    def centimes(self) -> IntArray:
        """Counted money of each project of the register inside the selection, hundredths of a dirham."""
        cells = self.register.cells
        inside = np.bincount(cells.project[self.cell], cells.centimes[self.cell], minlength=len(self.register))
        return inside.astype(np.int64)

    @cached_property
    def totals(self) -> Totals:
        """What the selection adds up to."""
        register, cells = self.register, self.register.cells
        money = np.where(self.cell, cells.centimes, 0)
        known = np.isfinite(register.amount_mad)
        framework = (register.projects["envelope"] == "framework").to_numpy(dtype=bool, na_value=False)
        guessed = np.isin(cells.rule, ESTIMATED_RULES)
        return Totals(
            projects=len(self.rows),
            with_amount=int((self.kept & known).sum()),
            without_amount=int((self.kept & ~known).sum()),
            counted_mad=int(money.sum()) / CENTIMES,
            located_mad=int(money[register.located].sum()) / CENTIMES,
            area_mad=int(money[~register.located].sum()) / CENTIMES,
            estimated_mad=int(money[guessed].sum()) / CENTIMES,
            frameworks=int((self.kept & framework).sum()),
            frameworks_mad=float(np.nansum(np.where(self.kept & framework, register.amount_mad, 0.0))),
        )

    @cached_property
    def facets(self) -> dict[str, IntArray]:
        """For each dimension, how many projects each option would give under the other filters."""
        failed = sum((~passed).astype(np.int8) for passed in self.passes.values())
        counts = {}
        for name, dimension in self.register.dimensions.items():
            others = failed - (~self.passes[name]).astype(np.int8) == 0
            counts[name] = np.bincount(dimension.option[others[dimension.project]], minlength=len(dimension.options))
        return counts

    def without(self, name: str) -> BoolArray:
        """Projects that pass every filter but one: what that filter chooses from."""
        others = [passed for other, passed in self.passes.items() if other != name]
        return np.asarray(np.logical_and.reduce(others), np.bool_)


def select(register: Register, state: State) -> Selection:
    """Return the projects that pass every filter of the state.

    Several values of one filter widen it (water or roads); several filters narrow the selection (water, and in
    progress). A project known by several sectors or places is kept once, and only the money allocated to the
    chosen sectors and territory counts. A project without a date or an amount does not pass a filter on it.
    """
    size = len(register)
    passes = {name: _has_any(register.dimensions[name], getattr(state, name), size) for name in LISTS}
    passes["territory"] = _has_any(register.dimensions["territory"], (state.territory,), size)
    passes["years"] = _active(register, state)
    passes["amount"] = _within(register.amount_mad, state.amount)
    passes["text"] = _speaks_of(register, state.text)
    kept = np.logical_and.reduce(list(passes.values()))
    cells = register.cells
    sectors = _chosen(register.dimensions["sector"], state.sector)
    places = _has_any(register.place_territories, (state.territory,), len(register.locations))
    cell = kept[cells.project] & sectors[cells.sector] & places[cells.place]
    return Selection(register, state, np.flatnonzero(kept), kept, cell, passes)


def _chosen(dimension: Dimension, codes: tuple[str, ...]) -> BoolArray:
    """Mark the options chosen; none chosen means all."""
    chosen = np.full(len(dimension.options), not codes)
    chosen[[dimension.index[code] for code in codes if code in dimension.index]] = True
    return chosen


def _has_any(dimension: Dimension, codes: tuple[str, ...], size: int) -> BoolArray:
    """Mark the rows that have at least one of the options chosen; none chosen means all rows."""
    if not codes:
        return np.ones(size, dtype=bool)
    marked = np.zeros(size, dtype=bool)
    marked[dimension.project[_chosen(dimension, codes)[dimension.option]]] = True
    return marked


def _active(register: Register, state: State) -> BoolArray:
    low, high = state.years
    if low is None and high is None:
        return np.ones(len(register), dtype=bool)
    dated = register.first_year != NO_YEAR
    after = register.last_year >= (low if low is not None else NO_YEAR)
    before = register.first_year <= (high if high is not None else np.inf)
    return np.asarray(dated & after & before)


def _within(amount_mad: npt.NDArray[np.float64], bounds: tuple[float | None, float | None]) -> BoolArray:
    low, high = bounds
    if low is None and high is None:
        return np.ones(len(amount_mad), dtype=bool)
    # A comparison with NaN is false: an unknown amount passes no bound.
    return np.asarray((amount_mad >= (low or 0)) & (amount_mad <= (np.inf if high is None else high)))


def _speaks_of(register: Register, text: str) -> BoolArray:
    wanted = fold(text).split()
    if not wanted:
        return np.ones(len(register), dtype=bool)
    found = [pc.match_substring(register.searchable, word).to_numpy(zero_copy_only=False) for word in wanted]
    return np.asarray(np.logical_and.reduce(found), np.bool_)
