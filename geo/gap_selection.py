"""The one selection behind the gaps page: need, money and what cannot be placed, for map, list, charts and files."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data.measures import Theme
from geo.absence import reporters
from geo.allocation import CENTIMES, RULES
from geo.gap_needs import GapNeed, subject_need
from geo.gaps import Gap, gap
from geo.gaps_state import NORMS, UNFUNDED, GapsState
from geo.need_levels import NeedsGround
from geo.register import Register
from geo.selection import Selection, select
from geo.state import State

JUST_ABOVE = {"commune": "province", "province": "region"}
"""A project of the level just above covers a place; a wider one covers all those compared and so tells none apart."""
LITTLE = 0.1  # of the mean located money per inhabitant: below, a place has little


@dataclass(frozen=True)
class GapSelection:
    """What the page shows: the state asked, the need, the projects that answer it, and both compared.

    Attributes
    ----------
    level
        The level compared: communes where the territory is one.
    """

    state: GapsState
    level: str
    need: GapNeed
    selection: Selection
    gap: Gap

    def __len__(self) -> int:
        return len(self.gap.table)

    @property
    def table(self) -> pd.DataFrame:
        """One row a place of the territory: see `geo.gaps.Gap`."""
        return self.gap.table

    @cached_property
    def listed(self) -> pd.DataFrame:
        """The places of the cell chosen, or all of them."""
        cell = self.state.cell
        if not cell:
            return self.table
        if cell == UNFUNDED:
            return self.gap.unfunded
        need, money = map(int, cell)
        return self.table[(self.table["need_step"] == need) & (self.table["money_step"] == money)]

    @cached_property
    def silent(self) -> pd.DataFrame:
        """The places in which no project is reported."""
        return self.table[self.table["projects"] == 0]

    @cached_property
    def reporters(self) -> int:
        """Publishers whose pages the register cites for the territory, all filters off."""
        return reporters(self.selection.register, self.state.territory)

    @cached_property
    def money_by_rule(self) -> dict[str, float]:
        """Dirhams of the selection by the rule that placed them (`geo.allocation.RULES`); they sum to all of it."""
        cells, inside = self.selection.register.cells, self.selection.cell
        centimes = np.bincount(cells.rule[inside], cells.centimes[inside], minlength=len(RULES))
        return {rule: float(sum_) / CENTIMES for rule, sum_ in zip(RULES, centimes, strict=True)}

    @property
    def mean_mad(self) -> float:
        """Located dirhams per inhabitant over the places where both are known; NaN when nobody lives there."""
        return mean_per_person(self.table)


def select_gaps(ground: NeedsGround, register: Register, themes: Mapping[str, Theme], state: GapsState) -> GapSelection:
    """Return need and money of the subject, the years, the level and the territory chosen.

    Raises
    ------
    CodeError
        The territory does not exist.
    """
    territories = ground.territories
    is_commune = territories.level_of(state.territory) in ("commune", "arrondissement")
    level = "commune" if is_commune else state.level
    need = subject_need(ground, themes, subject=state.subject, level=level, territory=state.territory)
    chosen = select(register, State(state.territory, sector=need.sectors, years=state.years))

    found = gap(
        chosen,
        territories,
        need.score,
        need.people,
        level=ground.levels[level],
        in_need=need.in_need,
        need_thresholds=need.thresholds if state.steps == NORMS else None,
        widest=JUST_ABOVE[level],
    )
    if state.steps == NORMS:
        found = found.with_money_steps(money_norms(mean_per_person(found.table)))
    return GapSelection(state, level, need, chosen, found)


def mean_per_person(table: pd.DataFrame) -> float:
    """Return the located dirhams per inhabitant over the places where both are known; NaN without any."""
    known = table.dropna(subset=["money_mad", "people"])
    people = float(known["people"].sum())
    return float(known["money_mad"].sum()) / people if people else math.nan


def money_norms(mean_mad: float) -> tuple[float, float]:
    """Return the ends of little and of middle money per inhabitant: a tenth of the mean, and the mean, as round steps.

    Examples
    --------
    >>> money_norms(1543)
    (100.0, 1000.0)
    >>> money_norms(0)
    (0.0, 1.0)
    """
    if not mean_mad > 0:
        return 0.0, 1.0
    return _rounded_down(mean_mad * LITTLE), _rounded_down(mean_mad)


def gap_word(need_step: int, money_step: int) -> str:
    """Name how need and money stand to each other: `behind`, `ahead`, `even`; empty when one is not known.

    Examples
    --------
    >>> gap_word(2, 0), gap_word(0, 2), gap_word(1, 1), gap_word(-1, 0)
    ('behind', 'ahead', 'even', '')
    """
    if min(need_step, money_step) < 0:
        return ""
    return "behind" if need_step > money_step else "ahead" if need_step < money_step else "even"


def _rounded_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(step for step in (1, 2, 5) if step * power <= value * (1 + 1e-9)) * power
