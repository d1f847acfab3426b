"""What the needs page shows of one subject: values, classes, ranks and people, the same for map, table and files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data.measures import Indicator
from geo.classify import Breaks, IntArray, assign, class_breaks
from geo.indicators import KNOWN, BoolArray, FloatArray, Observed, Reading, StateArray
from geo.need_levels import Level, NeedsGround, taken
from geo.needs import Score, rank
from geo.needs_state import NeedsState
from geo.normalisation import UNIT_NORMALISATIONS

INDEX_LIMITS = {"unit": (10.0, 20.0, 30.0, 40.0), "z_score": (-1.0, -0.5, 0.5, 1.0)}
"""Class limits of the index, points of 100: round steps; few communes lie above 50, none is at 100."""
INDEX_THRESHOLD = 30.0  # one class limit of the index: about the neediest quarter of communes with equal weights
CHANGE_LIMITS = {"pct": (2.0, 10.0), "km": (0.2, 1.0), "index": (2.0, 10.0)}
SMALL_CHANGES = (0.1, 0.5)  # persons per room or household, standard deviations of the index
RELATIVE_LIMITS = (5.0, 20.0)  # counts change in percent
PEOPLE_INDICATOR = "population"


@dataclass(frozen=True)
class NeedSelection:
    """What is shown of one subject: every array has one entry for each territory of the level, in the whole country.

    Attributes
    ----------
    indicator
        The subject; None for the index.
    level
        The territories coloured and ranked.
    inside
        Those that lie in the chosen territory, are it or contain it: what is listed, counted and ranked.
    years
        First and last year of a change, or the one year shown; for the index the newest year of its indicators.
    milieu
        What the values are about; `total` where the milieu asked for is not published.
    value, state
        Value in the unit of the subject (points of 100 for the index; difference for a change), NaN unless `state`
        is KNOWN; else MISSING, WITHHELD, NOT_APPLICABLE or INSUFFICIENT_DATA.
    computed
        Whether we computed the value.
    score
        The index behind the values (the later one for a change); None for an indicator.
    notes
        What could not be shown as asked: `period`, `milieu`.
    """

    ground: NeedsGround
    asked: NeedsState
    indicator: Indicator | None
    level: Level
    inside: BoolArray
    years: tuple[int, ...]
    milieu: str
    value: FloatArray
    state: StateArray
    computed: BoolArray
    reference: FloatArray
    score: Score | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.inside.sum())

    @property
    def is_change(self) -> bool:
        """Whether values are differences between two years."""
        return len(self.years) > 1

    @property
    def is_count(self) -> bool:
        """Whether values are numbers of people or households: circles, not areas."""
        return self.indicator is not None and self.indicator.is_count and not self.is_change

    @property
    def unit(self) -> str:
        """Unit of the values: that of the indicator, `pct_change` for a count that changed.

        The index has `points` of 100, or `deviations` (standard deviations from the mean) with `z_score`.
        """
        if self.indicator is None:
            return "points" if self.asked.normalisation in UNIT_NORMALISATIONS else "deviations"
        if self.is_change and self.indicator.is_count:
            return "pct_change"
        return self.indicator.unit

    @property
    def worse(self) -> int:
        """1 when higher values are worse, -1 when lower ones are, 0 when neither."""
        if self.indicator is None:
            return 1
        return {"higher_is_worse": 1, "higher_is_better": -1}.get(self.indicator.direction, 0)

    @property
    def known(self) -> BoolArray:
        """Where there is a value."""
        return np.asarray(self.state == KNOWN)

    @cached_property
    def rows(self) -> IntArray:
        """Rows of the territories listed."""
        return np.flatnonzero(self.inside)

    @cached_property
    def breaks(self) -> Breaks:
        """Where classes end: by the values of the whole country in the newest year, the same for every place."""
        if self.is_change:
            return Breaks("diverging", _symmetric(*self._change_steps), np.nan, np.nan)
        limits = self._policy_limits
        if self.asked.method == "thresholds" and limits:
            return class_breaks(self.reference, "thresholds", thresholds=limits)
        method = "quantiles" if self.asked.method == "thresholds" else self.asked.method
        return class_breaks(self.reference, method, classes=self.asked.classes)

    @cached_property
    def classes(self) -> IntArray:
        """Class of each value, -1 where there is none."""
        return assign(self.value, self.breaks)

    @cached_property
    def ranks(self) -> FloatArray:
        """Rank inside the chosen territory, 1 the neediest (or the highest, or the one that worsened most)."""
        ranks = np.full(len(self.value), np.nan)
        order = self.value * (self.worse or 1)
        ranks[self.rows] = rank(pd.Series(order[self.rows])).to_numpy()
        return ranks

    @cached_property
    def people(self) -> Observed:
        """People or households concerned, newest year; inhabitants where the subject counts nobody."""
        return taken(self._people_everywhere, self.level)

    def people_at(self, code: str) -> Reading:
        """Return the same of any territory, whatever its level."""
        return self._people_everywhere.at(code)

    @cached_property
    def _people_everywhere(self) -> Observed:
        observations = self.ground.observations
        if self.people_unit == "population":
            return observations.of(PEOPLE_INDICATOR)
        assert self.indicator is not None  # noqa: S101 - the index counts inhabitants
        return observations.people(self.indicator.code, year=self.years[-1], milieu=self.milieu)

    @property
    def people_unit(self) -> str:
        """What `people` counts: persons, households, or population where the subject counts nobody in particular."""
        indicator = self.indicator
        if indicator is None or indicator.is_count or indicator.direction == "none":
            return "population"
        if self.years[-1] not in indicator.denominator:
            return "population"
        return self.ground.indicators[indicator.denominator[self.years[-1]]].unit

    @cached_property
    def change(self) -> Observed:
        """Difference between the first and the last comparable year of the indicator.

        Raises
        ------
        CodeError
            The years of the indicator do not measure the same thing.
        """
        assert self.indicator is not None  # noqa: S101 - the index has a selection of its own for its change
        return taken(self.ground.observations.change(self.indicator.code), self.level)

    @cached_property
    def population(self) -> FloatArray:
        """Inhabitants of each territory, census 2024; NaN when unknown."""
        return taken(self.ground.observations.of(PEOPLE_INDICATOR), self.level).value

    @cached_property
    def beyond(self) -> BoolArray:
        """Where the value is worse than the threshold of the subject; false where there is none."""
        limit = self.threshold
        if limit is None:
            return np.zeros(len(self.value), np.bool_)
        return np.asarray(self.value * self.worse > limit * self.worse)

    @property
    def threshold(self) -> float | None:
        """The threshold of the subject, in its unit; None for a change or a subject without one."""
        if self.is_change or not self.worse:
            return None
        if self.indicator is None:
            return INDEX_THRESHOLD if self.asked.normalisation in UNIT_NORMALISATIONS else None
        return self.indicator.threshold.value if self.indicator.threshold else None

    def row_of(self, code: str) -> int | None:
        """Return the row of a territory of this level, or of the one that contains it; None for wider ones."""
        territories = self.ground.territories
        for candidate in (code, *territories.ancestors(code)):
            if candidate in self._row_by_code:
                return self._row_by_code[candidate]
        return None

    @cached_property
    def _row_by_code(self) -> Mapping[str, int]:
        return {code: row for row, code in enumerate(self.level.codes)}

    @property
    def _policy_limits(self) -> tuple[float, ...]:
        if self.indicator is None:
            return INDEX_LIMITS["z_score" if self.asked.normalisation == "z_score" else "unit"]
        return self.indicator.breaks.values if self.indicator.breaks else ()

    @property
    def _change_steps(self) -> tuple[float, float]:
        if self.unit == "pct_change":
            return RELATIVE_LIMITS
        key = ("index" if self.unit == "points" else self.unit) if self.indicator is None else self.indicator.unit
        return CHANGE_LIMITS.get(key, SMALL_CHANGES)


def _symmetric(small: float, large: float) -> tuple[float, ...]:
    return (-large, -small, small, large)
