"""How unequally something is shared among people: Gini, Theil, Palma, Hoover, and poverty against a norm."""

import numpy as np
import numpy.typing as npt

from data.errors import MeasureError
from geo.shares import Curve, FloatArray, cumulate, known_places

BOTTOM_SHARE, TOP_SHARE = 0.4, 0.9  # Palma 2011: the poorest 40 % and the richest 10 %


def lorenz_curve(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Curve:
    """Return the share of the total held by the poorest so many people.

    Parameters
    ----------
    values
        What one person of each place has (a rate per inhabitant), not negative.
    weights
        People of each place; one each when not given. Places where either is not known (NaN) or nobody lives are
        left out; so for every function of this module.

    Raises
    ------
    MeasureError
        A value or weight is negative or infinite, lengths differ, nobody is left, or the total is 0 (there is
        nothing to share; the share of it has no meaning). So for every function of this module.
    """
    held, people = known_places(values, weights)
    return cumulate(held * people, people, held)


def gini(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Gini coefficient: 0 when all have the same, towards 1 when one person has everything."""
    return 1 - 2 * lorenz_curve(values, weights).area


def theil(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return Theil's T: 0 when all have the same, the logarithm of the number of people when one has everything."""
    held, people = known_places(values, weights)
    return _theil(held, people)


def theil_parts(
    values: npt.ArrayLike, groups: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> tuple[float, float]:
    """Split Theil's T into what lies between groups (provinces) and within them; the two sum to it."""
    held, people, group = known_places(values, weights, groups)
    total = (held * people).sum()
    _, number = np.unique(group, return_inverse=True)
    size = np.asarray(np.bincount(number, people), np.float64)
    means = np.bincount(number, held * people) / size
    between = _theil(means, size)
    inside = [_theil(held[number == one], people[number == one]) if means[one] > 0 else 0.0 for one in range(len(size))]
    return between, float((np.array(inside) * means * size).sum() / total)


def palma_ratio(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the share of the 10 % who have most over the share of the 40 % who have least; infinite if these have 0.

    Notes
    -----
    Palma 2011; Cobham & Sumner 2013. People of one place are alike, so a place may lie on both sides of a limit.
    """
    curve = lorenz_curve(values, weights)
    bottom = curve.at(BOTTOM_SHARE)
    return (1 - curve.at(TOP_SHARE)) / bottom if bottom > 0 else float("inf")


def palma_ratio_of_means(values: npt.ArrayLike, rank_by: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the mean of the 10 % highest by another measure (wealth) over the mean of the 40 % lowest by it.

    The form used for access to services: 1 when both have the same on average.
    """
    held, people, order = known_places(values, weights, rank_by)
    curve = cumulate(held * people, people, order)
    bottom = curve.at(BOTTOM_SHARE) / BOTTOM_SHARE
    return (1 - curve.at(TOP_SHARE)) / (1 - TOP_SHARE) / bottom if bottom > 0 else float("inf")


def hoover(amounts: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the share of the amounts that would have to move for shares to equal those of the weights (0 to 1).

    Parameters
    ----------
    amounts
        What each place has in all (dirhams), not per person.
    weights
        People, or people in need, of each place.

    Notes
    -----
    Hoover 1936; the index of dissimilarity of Duncan & Duncan 1955 when both are counts of people.
    """
    had, people = known_places(amounts, weights, amounts=True)
    return float(np.abs(had / had.sum() - people / people.sum()).sum() / 2)


def poverty(
    values: npt.ArrayLike,
    line: float,
    *,
    alpha: float = 0.0,
    weights: npt.ArrayLike | None = None,
    lack_above: bool = False,
) -> float:
    """Return the Foster-Greer-Thorbecke measure: mean of (gap / line)^alpha over all, 0 for those who do not lack.

    Parameters
    ----------
    values
        What one person has; with `lack_above`, what is too much (kilometres to a school).
    line
        The norm, above 0; exactly at it nobody lacks.
    alpha
        0: share of people who lack; 1: their mean gap; 2: weighs the largest gaps more.
    """
    if not (np.isfinite(line) and line > 0) or alpha < 0:
        raise MeasureError(f"poverty: line {line}, alpha {alpha}; allowed: a line above 0, alpha 0 or more")
    held, people = known_places(values, weights, shared=False)
    gap = (held - line if lack_above else line - held) / line
    lacking = gap > 0
    return float((people[lacking] * gap[lacking] ** alpha).sum() / people.sum())


def _theil(held: FloatArray, people: FloatArray) -> float:
    relative = held / ((held * people).sum() / people.sum())
    entropy = np.where(relative > 0, relative * np.log(np.where(relative > 0, relative, 1.0)), 0.0)
    return float((people * entropy).sum() / people.sum())
