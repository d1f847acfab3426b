"""Observations laid out by level: the communes, provinces or regions that are coloured and ranked together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.measures import Indicator
from geo.boundaries import Territories
from geo.indicators import NOT_APPLICABLE, BoolArray, FloatArray, Observations, Observed
from geo.needs_state import LEVELS

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Level:
    """The territories of one level: their codes, and the communes [first, last) of each by number."""

    name: str
    codes: tuple[str, ...]
    rows: IntArray
    first: IntArray
    last: IntArray

    def of_communes(self, size: int) -> IntArray:
        """Return for each commune number the row of the territory that contains it; -1 for none."""
        row = np.full(size, -1, np.int64)
        for number, (first, last) in enumerate(zip(self.first, self.last, strict=True)):
            row[first:last] = number
        return row

    def inside(self, territories: Territories, code: str) -> BoolArray:
        """Mark the territories that lie in one, are it, or contain it."""
        start, end = territories.commune_range(code)
        return np.asarray((self.first < end) & (self.last > start))


def level_of(territories: Territories, name: str) -> Level:
    """Lay out the territories of a level, in the order of the table."""
    codes = territories.commune_codes if name == "commune" else territories.children_of("MA", name)
    return layout(territories, name, codes)


def layout(territories: Territories, name: str, codes: Iterable[str]) -> Level:
    """Lay out any territories, in the order given."""
    kept = tuple(codes)
    row_of = {code: row for row, code in enumerate(territories.codes)}
    spans = np.array([territories.commune_range(code) for code in kept], np.int64).reshape(-1, 2)
    rows = np.array([row_of[code] for code in kept], np.int64)
    return Level(name, kept, rows, spans[:, 0], spans[:, 1])


def taken(observed: Observed, level: Level) -> Observed:
    """Return what is known of the territories of a level, by row."""
    rows = level.rows
    return Observed.of_codes(level.codes, observed.value[rows], observed.state[rows], observed.computed[rows])


def index_frames(
    observations: Observations, indicators: Iterable[Indicator], level: Level, years: Mapping[str, int], milieu: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the values of some indicators for a level, and where they have no meaning: one row a territory.

    Parameters
    ----------
    years
        Year of each indicator, by its code.
    """
    values: dict[str, FloatArray] = {}
    empty: dict[str, BoolArray] = {}
    for indicator in indicators:
        observed = observations.of(indicator.code, year=years[indicator.code], milieu=milieu)
        values[indicator.code] = observed.value[level.rows]
        empty[indicator.code] = observed.state[level.rows] == NOT_APPLICABLE
    return pd.DataFrame(values, index=level.codes), pd.DataFrame(empty, index=level.codes)


@dataclass(frozen=True)
class NeedsGround:
    """What all selections stand on, laid out once: observations, levels, the indicators of the index."""

    territories: Territories
    observations: Observations
    levels: Mapping[str, Level]
    indicators: Mapping[str, Indicator]

    @classmethod
    def of(cls, observations: Observations) -> "NeedsGround":
        """Lay out the levels of the territories observed."""
        territories = observations.territories
        levels = {name: level_of(territories, name) for name in LEVELS}
        return cls(territories, observations, levels, observations.indicators)
