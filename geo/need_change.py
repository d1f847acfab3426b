"""How each need of one place changed between two censuses, by the indicators both of them measured alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.measures import Indicator
from geo.need_levels import Level, NeedsGround, layout
from geo.need_selection import index_score
from geo.need_tree import comparable, index_indicators, index_themes, node_code
from geo.needs import Score
from geo.needs_state import NeedsState


@dataclass(frozen=True)
class NeedChange:
    """A need in two years, on the same goalposts: points of 100, higher is more need.

    Attributes
    ----------
    theme
        The need; empty for all comparable needs together, of equal weight.
    years
        The earlier and the later year.
    before, after
        Points; NaN when not known. They rest on `measured` alone, so `after` may differ from the need shown elsewhere.
    measured
        Indicators that both censuses measured alike.
    whole
        Whether these are all the indicators of the need.
    """

    theme: str
    years: tuple[int, int]
    before: float
    after: float
    measured: tuple[str, ...]
    whole: bool

    @property
    def difference(self) -> float:
        """Points gained (more need) or lost; NaN when one of the years is not known."""
        return self.after - self.before

    @property
    def is_known(self) -> bool:
        """Whether both years are known."""
        return bool(np.isfinite(self.difference))


def need_changes(ground: NeedsGround, code: str) -> tuple[NeedChange, ...]:
    """Return how the needs of a territory changed: first all of them together, then each that can be compared.

    A need without an indicator measured in both years is left out, not guessed.

    Raises
    ------
    CodeError
        The territory is unknown.
    """
    used = index_indicators(ground.indicators)
    both = comparable(used)
    years = both[0].comparable_years[0], both[0].comparable_years[-1]
    here = layout(ground.territories, "any", (code,))
    scores = tuple(_scored(ground, here, both, year) for year in years)
    changes = [_change("", years, scores, used)]
    changes += [_change(theme, years, scores, used) for theme in index_themes(both)]
    return tuple(changes)


def _scored(ground: NeedsGround, here: Level, both: tuple[Indicator, ...], year: int) -> Score:
    state = NeedsState(here.codes[0])
    return index_score(ground, state, here, indicators=both, year=year)


def _change(theme: str, years: tuple[int, int], scores: tuple[Score, ...], used: Sequence[Indicator]) -> NeedChange:
    wanted = [indicator for indicator in used if theme in ("", indicator.theme)]
    before, after = (float((score.nodes[node_code(theme)] if theme else score.score).iloc[0]) for score in scores)
    measured = tuple(indicator.code for indicator in comparable(wanted))
    return NeedChange(theme, years, before, after, measured, whole=len(measured) == len(wanted))
