"""Figures to be shared out among places: what is known of them, and their cumulative shares."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import MeasureError

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """Cumulative shares from (0, 0) to (1, 1): of people or need along the way, and of what is shared."""

    along: FloatArray
    share: FloatArray

    @property
    def area(self) -> float:
        """Area under the curve, between straight lines."""
        return float((np.diff(self.along) * (self.share[1:] + self.share[:-1])).sum() / 2)

    def at(self, along: float) -> float:
        """Share reached at a point along the way, between straight lines."""
        return float(np.interp(along, self.along, self.share))


def cumulate(amounts: FloatArray, along: FloatArray, order: FloatArray) -> Curve:
    """Cumulate both along the ascending order; places equal in it make one straight piece."""
    _, level = np.unique(order, return_inverse=True)
    steps = (np.bincount(level, part) for part in (along, amounts))
    shares = [np.concatenate([[0.0], np.cumsum(step) / step.sum()]) for step in steps]
    return Curve(*shares)


def known_places(
    values: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    *others: npt.ArrayLike,
    amounts: bool = False,
    shared: bool = True,
) -> tuple[FloatArray, ...]:
    """Return values, weights and what they are ordered by, for the places where all of them are known.

    Parameters
    ----------
    values
        One person's value, or with `amounts` the total of the place.
    weights
        People (or need) of each place; one each when not given.
    others
        Numbers that order places, or names of groups (returned as numbers).
    amounts
        The values are totals: a place with money and nobody in need stays. Otherwise places without people go.
    shared
        Refuse a total of 0: the share of nothing has no meaning.

    Raises
    ------
    MeasureError
        A value or weight is negative or infinite, lengths differ, nobody is left, or the total is 0.
    """
    held = numbers(values)
    people = np.ones(len(held)) if weights is None else numbers(weights)
    beside = [_ordered(other) for other in others]
    lengths = {len(column) for column in (held, people, *beside)}
    if len(lengths) > 1:
        raise MeasureError(f"shares: columns of {sorted(lengths)} places; allowed: one value each a place")
    known = ~np.logical_or.reduce([np.isnan(column) for column in (held, people, *beside)])
    if not amounts:
        known &= people != 0
    held, people, *beside = (column[known] for column in (held, people, *beside))
    if not len(held):
        raise MeasureError("shares: nobody is left; allowed: at least one place with people and a known value")
    if min(held.min(), people.min()) < 0 or not np.isfinite([held.max(), people.max()]).all():
        raise MeasureError("shares: a negative or infinite value or weight; allowed: 0 or more, NaN when not known")
    total = held.sum() if amounts else (held * people).sum()
    if not people.sum() > 0 or (shared and not total > 0):
        raise MeasureError("shares: the total is 0; allowed: something to share; widen the selection")
    return (held, people, *beside)


def numbers(column: npt.ArrayLike) -> FloatArray:
    """Return a column as floats; NaN where a nullable column is empty."""
    if isinstance(column, pd.Series):
        return np.asarray(column.to_numpy("float64", na_value=np.nan))
    return np.asarray(column, np.float64).ravel()


def _ordered(column: npt.ArrayLike) -> FloatArray:
    names = pd.Series(column)
    return numbers(names) if pd.api.types.is_numeric_dtype(names) else pd.factorize(names, sort=True)[0].astype(float)
