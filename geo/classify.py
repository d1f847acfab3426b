"""Values cut into a few classes for a map: by given thresholds, quantiles, natural breaks, equal steps or the tail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data.errors import MeasureError
from geo.natural_breaks import natural_breaks

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Measure = Callable[[FloatArray], Any]

METHODS = ("thresholds", "quantiles", "natural", "equal", "head_tail", "diverging")
NO_CLASS = -1
DEFAULT_CLASSES = 5


@dataclass(frozen=True)
class Breaks:
    """Where the classes end.

    Class 0 holds everything up to and including `bounds[0]`, class i what is above `bounds[i - 1]` up to and including
    `bounds[i]`, the last one everything above. Kept over places and years, they make maps comparable.

    Attributes
    ----------
    method
        One of `METHODS`.
    bounds
        Upper ends of all classes but the last, ascending; empty for a single class.
    lowest, highest
        Extremes of the values they were made from; NaN when none was known. Values beyond them fall in the first or
        last class.
    note
        `constant` (all values equal: one class), `fewer` (fewer classes than asked, for lack of distinct values),
        `no_values`, or "".
    """

    method: str
    bounds: tuple[float, ...]
    lowest: float
    highest: float
    note: str = ""

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.bounds) + 1

    @property
    def bins(self) -> tuple[float, ...]:
        """Upper end of every class; the last is the highest value."""
        return (*self.bounds, self.highest)


def class_breaks(
    values: npt.ArrayLike,
    method: str,
    *,
    classes: int = DEFAULT_CLASSES,
    thresholds: Sequence[float] = (),
) -> Breaks:
    """Choose where classes end, from the values of the reference set (all communes of the country, all years shown).

    Parameters
    ----------
    values
        Numbers; NaN (not known) is left out.
    method
        `thresholds`: those given, and nothing else. `quantiles`: as many values in each class. `natural`: least
        variance inside classes (Fisher-Jenks). `equal`: equal steps. `head_tail`: at the mean, then at the mean of
        what lies above, again and again (Jiang 2013), `classes` at most. `diverging`: symmetric about 0, the middle
        class around it, ends by quantiles of the absolute values; `classes` is odd.
    classes
        Number of classes wanted, 1 or more; not used by `thresholds`.

    Raises
    ------
    MeasureError
        Method or number of classes unknown, thresholds not ascending, an infinite value.
    """
    known = np.asarray(values, np.float64).ravel()
    known = known[~np.isnan(known)]
    _check(known, method, classes, thresholds)
    if method == "thresholds":
        low, high = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
        return Breaks(method, tuple(map(float, thresholds)), low, high, "" if len(known) else "no_values")
    if not len(known):
        return Breaks(method, (), np.nan, np.nan, "no_values")
    low, high = float(known.min()), float(known.max())
    if low == high:
        return Breaks(method, (), low, high, "constant")
    found = _found(known, method, classes)
    bounds = tuple(float(bound) for bound in np.unique(found) if method == "diverging" or bound < high)
    # Head/tail stops where the tail ends: `classes` is its most, not its aim.
    fewer = method != "head_tail" and len(bounds) + 1 < classes
    return Breaks(method, bounds, low, high, "fewer" if fewer else "")


def assign(values: npt.ArrayLike, breaks: Breaks) -> IntArray:
    """Return the class number of each value, `NO_CLASS` where it is not known."""
    numbers = np.asarray(values, np.float64)
    found = np.searchsorted(np.asarray(breaks.bounds, np.float64), numbers, side="left")
    return np.where(np.isnan(numbers), NO_CLASS, found).astype(np.int64)


def counts(values: npt.ArrayLike, breaks: Breaks) -> IntArray:
    """Return how many values fall in each class."""
    classes = assign(values, breaks)
    return np.bincount(classes[classes != NO_CLASS], minlength=breaks.count).astype(np.int64)


def goodness_of_variance_fit(values: npt.ArrayLike, breaks: Breaks) -> float:
    """Return GVF, 1 - squared deviations from class means / from the mean: 1 is perfect; NaN without variation."""
    return _fit(values, breaks, np.mean, np.square)


def absolute_deviation_fit(values: npt.ArrayLike, breaks: Breaks) -> float:
    """Return GADF, the same with absolute deviations from medians: 1 is perfect; NaN without variation."""
    return _fit(values, breaks, np.median, np.abs)


def _fit(values: npt.ArrayLike, breaks: Breaks, centre: Measure, size: Measure) -> float:
    numbers = np.asarray(values, np.float64).ravel()
    numbers = numbers[~np.isnan(numbers)]
    if not len(numbers) or numbers.min() == numbers.max():
        return float("nan")
    classes = assign(numbers, breaks)
    inside = sum(
        float(size(numbers[classes == number] - centre(numbers[classes == number])).sum())
        for number in np.unique(classes)
    )
    return 1 - inside / float(size(numbers - centre(numbers)).sum())


def _found(known: FloatArray, method: str, classes: int) -> FloatArray:
    if method == "quantiles":
        return np.asarray(np.quantile(known, np.arange(1, classes) / classes))
    if method == "equal":
        return np.asarray(known.min() + (known.max() - known.min()) * np.arange(1, classes) / classes)
    if method == "diverging":
        half = np.quantile(np.abs(known), np.arange(1, classes, 2) / classes)
        half = half[half > 0]
        return np.concatenate([-half, half])
    if method == "head_tail":
        return _head_tail(known, classes)
    return natural_breaks(known, classes)


def _head_tail(known: FloatArray, classes: int) -> FloatArray:
    bounds: list[float] = []
    head = known
    while len(bounds) < classes - 1 and head.min() < head.max():
        bounds.append(float(head.mean()))
        head = head[head > bounds[-1]]
    return np.array(bounds)


def _check(known: FloatArray, method: str, classes: int, thresholds: Sequence[float]) -> None:
    if method not in METHODS:
        raise MeasureError(f"classes: found method {method!r}; allowed: {', '.join(METHODS)}")
    if np.isinf(known).any():
        raise MeasureError("classes: an infinite value; allowed: finite numbers, NaN when not known")
    if method == "thresholds":
        ends = np.asarray(thresholds, np.float64)
        if not len(ends) or not np.isfinite(ends).all() or (np.diff(ends) <= 0).any():
            raise MeasureError(f"classes: thresholds {list(thresholds)}; allowed: one or more numbers, ascending")
    elif classes < 1 or (method == "diverging" and classes % 2 == 0):
        raise MeasureError(f"classes: {classes} asked; allowed: 1 or more, an odd number for diverging ones")
