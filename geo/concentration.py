"""Whether something goes to the neediest: concentration by need, its curve and its corrected forms."""

import numpy as np
import numpy.typing as npt

from data.errors import MeasureError
from geo.shares import Curve, FloatArray, cumulate, known_places, numbers


def fractional_ranks(
    need: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, neediest_first: bool = True
) -> FloatArray:
    """Return where people stand in the queue from the neediest (0) to the least needy (1), equals in the middle.

    A place holds the middle of its people; NaN stays NaN.
    """
    order = numbers(need)
    people = np.ones(len(order)) if weights is None else numbers(weights)
    known = np.isfinite(order) & np.isfinite(people)
    _, level = np.unique(-order[known] if neediest_first else order[known], return_inverse=True)
    size = np.bincount(level, people[known])
    middle = (np.cumsum(size) - size / 2) / size.sum()
    ranks = np.full(len(order), np.nan)
    ranks[known] = middle[level]
    return ranks


def concentration_index(
    values: npt.ArrayLike,
    need: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    neediest_first: bool = True,
) -> float:
    """Say whether something goes to the neediest: from -1 (all to them) over 0 to 1 (all to the least needy).

    Parameters
    ----------
    values
        What one person of each place has (dirhams per inhabitant).
    need
        By which places are ranked; only its order counts, equals share their rank.
    neediest_first
        False ranks from the lowest value of `need`: from the poorest, when it is a measure of wealth.

    Notes
    -----
    C = 2 sum p (f - mean)(r - 1/2) / mean (Kakwani, Wagstaff & van Doorslaer 1997): 0 for equal values.
    """
    held, people, order = known_places(values, weights, need)
    share = people / people.sum()
    mean = float((share * held).sum())
    ranks = fractional_ranks(order, people, neediest_first=neediest_first)
    return float(2 * (share * (held - mean) * (ranks - 0.5)).sum() / mean)


def erreygers_index(
    values: npt.ArrayLike,
    need: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    lowest: float = 0.0,
    highest: float = 1.0,
    neediest_first: bool = True,
) -> float:
    """Return the concentration index corrected for values that have ends (shares, percentages): 4 mean / range x C.

    The same, with the sign turned, for what people have and for what they lack (Erreygers 2009).
    """
    held, people, _ = known_places(values, weights, need)
    if not lowest < highest or held.min() < lowest or held.max() > highest:
        raise MeasureError(
            f"Erreygers: values from {held.min():g} to {held.max():g} between ends {lowest} and {highest}; "
            "allowed: ends that hold every value, the lower first"
        )
    mean = float((held * people).sum() / people.sum())
    index = concentration_index(values, need, weights, neediest_first=neediest_first)
    return 4 * mean / (highest - lowest) * index


def concentration_curve(
    values: npt.ArrayLike,
    need: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    neediest_first: bool = True,
) -> Curve:
    """Return the share of the total held by the neediest so many people; above the diagonal it is pro-need."""
    held, people, order = known_places(values, weights, need)
    return cumulate(held * people, people, -order if neediest_first else order)


def need_curve(amounts: npt.ArrayLike, needs: npt.ArrayLike, rank_by: npt.ArrayLike) -> Curve:
    """Return the share of the amounts against the share of the *need* they meet, from the neediest place on.

    Parameters
    ----------
    amounts
        What each place has in all (dirhams).
    needs
        How much need each place has in all (people without the service).
    rank_by
        The order of places, highest first (the need index, or the rate).
    """
    had, needed, order = known_places(amounts, needs, rank_by, amounts=True)
    return cumulate(had, needed, -order)


def suits_index(amounts: npt.ArrayLike, needs: npt.ArrayLike, rank_by: npt.ArrayLike) -> float:
    """Return 1 - 2 x the area under `need_curve`: below 0 when money goes ahead of need to the neediest, 0 with it.

    Notes
    -----
    In the form of Suits (1977) for taxes, need standing for income.
    """
    return 1 - 2 * need_curve(amounts, needs, rank_by).area


def kakwani_index(
    values: npt.ArrayLike,
    needs: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> float:
    """Return the concentration of the values minus that of need itself, both ranked by need, per person.

    Below 0 the values are concentrated on the neediest even more than need is (in the form of Kakwani 1977).
    """
    return concentration_index(values, needs, weights) - concentration_index(needs, needs, weights)
