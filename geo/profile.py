"""The key figures of one place beside those of what contains it: values, change, people concerned, in one row each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.measures import Indicator
from geo.boundaries import Territories
from geo.indicators import Observations, Reading

PERCENT = 100.0


@dataclass(frozen=True)
class Figure:
    """One indicator of a place.

    Attributes
    ----------
    readings
        Of the place and of each comparator, in the order asked for, newest year of the indicator.
    change
        Newest less oldest comparable year, in points of a percentage, in percent of the first for a count, in its unit
        for any other; None where the years measured different things.
    people
        Households or persons concerned (those without, where more is better); None where it counts nobody.
    people_unit
        `persons` or `households`; empty where it counts nobody.
    """

    indicator: Indicator
    readings: tuple[Reading, ...]
    change: Reading | None
    people: Reading | None
    people_unit: str

    @property
    def own(self) -> Reading:
        """The reading of the place itself."""
        return self.readings[0]

    @property
    def positions(self) -> tuple[float | None, ...]:
        """Where each reading stands on one line, 0 to 1: from 0 to 100 for a percentage, else from 0 to the greatest.

        None where it is not known, and everywhere for a count, which says how large a place is, not how it fares.
        """
        known = [reading.value for reading in self.readings if reading.value is not None]
        end = PERCENT if self.indicator.unit in ("pct", "index") else max(known, default=0.0)
        if self.indicator.is_count or not end > 0:
            return (None,) * len(self.readings)
        return tuple(
            None if reading.value is None else float(np.clip(reading.value / end, 0.0, 1.0))
            for reading in self.readings
        )


def comparators(territories: Territories, code: str) -> tuple[str, ...]:
    """Return a territory and those that contain it, the nearest first.

    Raises
    ------
    CodeError
        The territory is unknown; so for the other functions.
    """
    return (code, *territories.ancestors(code))


def figures(observations: Observations, codes: Sequence[str]) -> tuple[Figure, ...]:
    """Return a row for each indicator that is shown, in the order of the catalogue.

    Parameters
    ----------
    codes
        The place first, then its comparators.
    """
    return tuple(
        _figure(observations, indicator, codes) for indicator in observations.indicators.values() if indicator.shown
    )


def unknown_here(rows: Sequence[Figure], state: str) -> tuple[str, ...]:
    """Return the indicators whose reading of the place is in a state: `missing`, `withheld`, `not_applicable`."""
    return tuple(row.indicator.code for row in rows if row.own.state == state)


def _figure(observations: Observations, indicator: Indicator, codes: Sequence[str]) -> Figure:
    observed = observations.of(indicator.code)
    change = people = None
    unit = ""
    if indicator.comparable:
        change = observations.change(indicator.code, relative=indicator.is_count).at(codes[0])
    if not indicator.is_count and indicator.direction != "none" and indicator.latest in indicator.denominator:
        people = observations.people(indicator.code).at(codes[0])
        unit = observations.indicators[observations.denominator(indicator.code)].unit
    return Figure(indicator, tuple(observed.at(code) for code in codes), change, people, unit)
