"""How much need each place has of a subject, whom it concerns, where it is high, and which projects answer it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.measures import Indicator, Theme
from geo.need_levels import NeedsGround, taken
from geo.need_selection import select_needs
from geo.need_tree import index_indicators, index_themes, node_code
from geo.need_view import INDEX_THRESHOLD, PEOPLE_INDICATOR, NeedSelection
from geo.needs_state import INDEX, NeedsState

MIDDLE = 2 / 3
"""Need is middle from two thirds of its threshold on: for the index, 20 and 30 points, both limits of its classes."""
WEIGHTED, UNMEASURED = "weighted", ""


@dataclass(frozen=True)
class GapNeed:
    """The need of a subject, one value a place (index: code of the level).

    Attributes
    ----------
    subject, sectors
        What is asked, and the sectors of the projects that answer it; empty means all.
    score
        Points of 100, NaN when not known, all NaN when no census indicator measures the subject.
    in_need
        What shares of need are made of: people or households without the service; where the subject counts nobody
        (the index, a distance), inhabitants by their score.
    counted
        Unit of `in_need`: `households`, `persons`, `WEIGHTED`, or `UNMEASURED`.
    people
        Inhabitants, census 2024; NaN when not known.
    thresholds
        Ends of the low and the middle step by the norms of the catalogue; None when the subject is not measured.
    needs
        The index behind the scores, for its ranks.
    """

    subject: str
    sectors: tuple[str, ...]
    score: pd.Series
    in_need: pd.Series
    counted: str
    people: pd.Series
    thresholds: tuple[float, float] | None
    needs: NeedSelection

    @property
    def is_measured(self) -> bool:
        """Whether a census indicator says how much of it is lacking."""
        return self.counted != UNMEASURED

    def is_assumed(self, code: str) -> bool:
        """Tell whether the need has no meaning in a place and counts as none there: the road in a town."""
        if self.needs.score is None or self.subject not in measured_needs(self.needs.ground.indicators):
            return False
        return bool(self.needs.score.assumed.loc[code, node_code(self.subject)])

    @property
    def has_weights(self) -> bool:
        """Whether ranks depend on weights: those of the index."""
        return self.subject == INDEX


def measured_needs(indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Return the needs of the index, each measured by the census."""
    return index_themes(index_indicators(indicators))


def unmeasured_sectors(
    indicators: Mapping[str, Indicator], themes: Mapping[str, Theme], sectors: Iterable[str]
) -> tuple[str, ...]:
    """Return the sectors of projects that answer no need of the index: tourism, heritage and so on."""
    answering = {sector for need in measured_needs(indicators) for sector in themes[need].sectors}
    return tuple(sector for sector in sectors if sector not in answering)


def subject_need(
    ground: NeedsGround, themes: Mapping[str, Theme], *, subject: str, level: str, territory: str
) -> GapNeed:
    """Return the need of a subject for every place of a level, ranked within the territory.

    Parameters
    ----------
    subject
        `INDEX`, a need of the index, or a sector of projects that no indicator measures.
    level
        `commune` or `province`.
    """
    needs = select_needs(ground, NeedsState(territory, level=level))
    codes = pd.Index(needs.level.codes, name="territory_code")
    people = pd.Series(needs.population, codes)
    assert needs.score is not None  # noqa: S101 - the selection is that of the index
    if subject == INDEX:
        score = pd.Series(needs.value, codes)
        return _need(needs, subject, (), score, _weighted(score, people), WEIGHTED, people, INDEX_THRESHOLD)
    if subject in measured_needs(ground.indicators):
        score = needs.score.sectors[node_code(subject)].set_axis(codes)
        in_need, counted = _concerned(ground, needs, subject, score, people)
        threshold = theme_threshold(ground.indicators, subject)
        return _need(needs, subject, themes[subject].sectors, score, in_need, counted, people, threshold)
    nothing = pd.Series(np.nan, codes)
    return _need(needs, subject, (subject,), nothing, nothing, UNMEASURED, people, None)


def theme_threshold(indicators: Mapping[str, Indicator], theme: str) -> float:
    """Return from where on a need of the index is high, points of 100: the mean of its indicators' thresholds.

    Each threshold of the catalogue is placed between the value of no need (0) and that of full need (100).
    """
    points = []
    for one in index_indicators(indicators):
        if one.theme == theme and one.threshold and one.goalposts:
            none, full = one.goalposts.no_need, one.goalposts.full_need
            points.append(100 * (one.threshold.value - none) / (full - none))
    return float(np.mean(points)) if points else INDEX_THRESHOLD


def _need(
    needs: NeedSelection,
    subject: str,
    sectors: tuple[str, ...],
    score: pd.Series,
    in_need: pd.Series,
    counted: str,
    people: pd.Series,
    threshold: float | None,
) -> GapNeed:
    ends = None if threshold is None else (round(threshold * MIDDLE, 6), threshold)
    return GapNeed(subject, sectors, score, in_need, counted, people, ends, needs)


def _concerned(
    ground: NeedsGround, needs: NeedSelection, theme: str, score: pd.Series, people: pd.Series
) -> tuple[pd.Series, str]:
    """Return whom the first indicator of a need counts; inhabitants by their score where it counts nobody."""
    for one in index_indicators(ground.indicators):
        counted = one.denominator.get(one.latest)
        if one.theme == theme and counted and counted != PEOPLE_INDICATOR:
            found = taken(ground.observations.people(one.code), needs.level)
            return pd.Series(np.where(found.known, found.value, np.nan), score.index), ground.indicators[counted].unit
    return _weighted(score, people), WEIGHTED


def _weighted(score: pd.Series, people: pd.Series) -> pd.Series:
    return score / 100 * people
