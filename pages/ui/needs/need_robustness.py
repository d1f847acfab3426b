"""How sure the ranks of the index are: computed for the territory in view, kept while its choices stay the same."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from geo.need_view import NeedSelection
from geo.needs import Score
from geo.needs_state import NeedsState
from geo.uncertainty import LeaveOneOut, Robustness, leave_one_out, robustness

LONGEST_TOP = 20
TOP_SHARE = 0.2  # of the places compared, where there are few


@dataclass(frozen=True)
class _Asked:
    """A selection as an argument that its choices, not its content, tell apart."""

    key: tuple[object, ...]
    selection: NeedSelection = field(compare=False)


def inside_score(selection: NeedSelection) -> Score:
    """Return the index of the territories listed, ranked among themselves; weights and scale are the country's."""
    assert selection.score is not None  # noqa: S101 - asked only of the index
    return selection.score.within([selection.level.codes[row] for row in selection.rows])


def top_of(selection: NeedSelection) -> int:
    """Return how long the list is that a territory should stay in: 20, or a fifth where there are few."""
    return min(LONGEST_TOP, max(1, round(TOP_SHARE * len(selection))))


def robust(selection: NeedSelection, version: str) -> Robustness:
    """Return ranks under 1,000 weightings around the chosen one."""
    return _robust(_asked(selection, version))


def left_out(selection: NeedSelection, version: str) -> LeaveOneOut:
    """Return ranks without each need in turn."""
    return _left_out(_asked(selection, version))


def _asked(selection: NeedSelection, version: str) -> _Asked:
    state = selection.asked
    rest = NeedsState(state.territory)
    view = replace(
        rest,
        level=state.level,
        weights=state.weights,
        normalisation=state.normalisation,
        aggregation=state.aggregation,
    )
    return _Asked((version, view, selection.years, selection.milieu), selection)


@lru_cache(maxsize=64)
def _robust(asked: _Asked) -> Robustness:
    return robustness(inside_score(asked.selection), top=top_of(asked.selection))


@lru_cache(maxsize=64)
def _left_out(asked: _Asked) -> LeaveOneOut:
    return leave_one_out(inside_score(asked.selection))
