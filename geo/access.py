"""How well services reach people: distance, coverage, what lies in reach, and floating catchments that share it out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from data.errors import MeasureError

FloatArray = npt.NDArray[np.float64]

E2SFCA_STEPS = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
"""Minutes and weights of the enhanced two-step catchment (Luo & Qi, Health & Place 15, 2009)."""


def step_weights(travel_cost: npt.ArrayLike, steps: Sequence[tuple[float, float]]) -> FloatArray:
    """Return the weight of each trip: that of the first step whose end it does not exceed, 0 beyond the last.

    Parameters
    ----------
    travel_cost
        Kilometres or minutes; NaN or infinite where there is no way.
    steps
        Ends (included) and weights, ends ascending: `((30, 1),)` is a plain threshold.
    """
    ends = np.array([end for end, _ in steps], np.float64)
    weights = np.array([weight for _, weight in steps] + [0.0], np.float64)
    if not len(ends) or (np.diff(ends) <= 0).any() or (weights < 0).any() or not np.isfinite(weights).all():
        raise MeasureError(f"catchment: steps {list(steps)}; allowed: ends ascending, weights 0 or more")
    cost = np.asarray(travel_cost, np.float64)
    # An end may be infinite ("anywhere"): where there is no way the weight is 0 all the same.
    return np.where(np.isfinite(cost), weights[np.searchsorted(ends, np.nan_to_num(cost), side="left")], 0.0)


def floating_catchment(demand: npt.ArrayLike, supply: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Return the supply each person can count on, once everybody in reach of it has taken their part (2SFCA).

    Parameters
    ----------
    demand
        People of each place.
    supply
        Size of each facility (doctors, places in class).
    weights
        One row a place, one column a facility: see `step_weights`. Steps of equal weight give 2SFCA, falling ones
        E2SFCA.

    Returns
    -------
    numpy.ndarray
        Supply per person, one a place; 0 where nothing is in reach. People times this sums to the supply that has
        somebody in reach: nothing is lost or counted twice.

    Raises
    ------
    MeasureError
        A negative or unknown number, or a table of another shape; so for every function of this module.

    Notes
    -----
    Luo & Wang, Environ. Plan. B 30, 2003.
    """
    people, size, reach = _checked(demand, supply, weights)
    return reach @ _shared_out(size, people @ reach)


def balanced_catchment(demand: npt.ArrayLike, supply: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Return the level of service each place gets when its people spread over the facilities in reach (BFCA).

    Unlike in `floating_catchment`, nobody is counted at every facility they could go to: each facility serves its part
    of every place, and the levels of service (supply per person served) sum over places to those of the facilities.

    Notes
    -----
    Páez, Higgins & Vivona, PLoS ONE 14(6), 2019.
    """
    people, size, reach = _checked(demand, supply, weights)
    by_place = _divided(reach, reach.sum(axis=1, keepdims=True))
    by_facility = _divided(reach, reach.sum(axis=0, keepdims=True))
    return by_facility @ _shared_out(size, people @ by_place)


def opportunities(supply: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Return the supply in reach of each place, however many share it."""
    reach = np.asarray(weights, np.float64)
    _, size, reach = _checked(np.ones(len(reach)), supply, reach)
    return reach @ size


def nearest(travel_cost: npt.ArrayLike) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """Return the cost to the nearest facility of each place, and its number: infinite and -1 where there is none."""
    cost = np.nan_to_num(np.atleast_2d(np.asarray(travel_cost, np.float64)), nan=np.inf, posinf=np.inf)
    if not cost.shape[1]:
        return np.full(len(cost), np.inf), np.full(len(cost), -1)
    number = cost.argmin(axis=1)
    least = cost[np.arange(len(cost)), number]
    return least, np.where(np.isfinite(least), number, -1)


def coverage(cost: npt.ArrayLike, threshold: float, people: npt.ArrayLike) -> tuple[float, float]:
    """Return the shares of people known to be within a threshold (included), and of those whose cost is not known.

    The rest are beyond it. NaN cost is not known; infinite cost is known to be out of reach.
    """
    far, count = np.asarray(cost, np.float64), np.asarray(people, np.float64)
    if far.shape != count.shape or np.isnan(count).any() or (count < 0).any() or not count.sum() > 0:
        raise MeasureError("coverage: one number of people, 0 or more, for each cost, and somebody at all")
    total = count.sum()
    return float(count[far <= threshold].sum() / total), float(count[np.isnan(far)].sum() / total)


def _checked(
    demand: npt.ArrayLike, supply: npt.ArrayLike, weights: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    people, size, reach = (np.asarray(column, np.float64) for column in (demand, supply, weights))
    if reach.shape != (len(people), len(size)):
        raise MeasureError(
            f"catchment: weights of shape {reach.shape}; allowed: {len(people)} places x {len(size)} facilities"
        )
    for column in (people, size, reach):
        if not np.isfinite(column).all() or (column < 0).any():
            raise MeasureError("catchment: a negative or unknown number; allowed: 0 or more, leave out what is unknown")
    return people, size, reach


def _shared_out(size: FloatArray, reached: FloatArray) -> FloatArray:
    """Supply per person reached; 0 where a facility reaches nobody."""
    return np.divide(size, reached, out=np.zeros_like(size), where=reached > 0)


def _divided(table: FloatArray, sums: FloatArray) -> FloatArray:
    return np.divide(table, sums, out=np.zeros_like(table), where=sums > 0)
