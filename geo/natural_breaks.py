"""Fisher's exact grouping of sorted values into classes of least variance, fast enough for every commune at once."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def natural_breaks(values: npt.ArrayLike, classes: int) -> FloatArray:
    """Return the highest value of each class, ascending: the grouping with the least sum of squared deviations.

    Parameters
    ----------
    values
        Finite numbers, in any order.
    classes
        Number of classes wanted; as many as there are distinct values at most.

    Notes
    -----
    W. D. Fisher, J. Am. Stat. Assoc. 53, 1958 (known to cartographers as Fisher-Jenks). The best last class starts
    ever later as values are added, so each round of the dynamic programme is solved by halving, all halves of one
    size at once: classes x n log n steps instead of classes x n².
    """
    distinct, counts = np.unique(np.asarray(values, np.float64), return_counts=True)
    classes = min(classes, len(distinct))
    if not classes:
        return distinct
    deviation = _Deviation(distinct, counts)
    ends = np.arange(len(distinct))
    cost = deviation.of(np.zeros(len(distinct), np.int64), ends)
    starts = [np.zeros(len(distinct), np.int64)]
    for number in range(1, classes):
        cost, start = _next_round(cost, deviation, number)
        starts.append(start)
    last, found = len(distinct) - 1, []
    for start in reversed(starts):
        found.append(last)
        last = int(start[last]) - 1
    return np.asarray(distinct[found[::-1]])


class _Deviation:
    """Sum of squared deviations from their mean of the values from one position to another, both included."""

    def __init__(self, distinct: FloatArray, counts: IntArray) -> None:
        # About the middle value, so that squares of large numbers do not drown small differences.
        centred = distinct - distinct[len(distinct) // 2]
        self.count, self.sum, self.squares = (
            np.concatenate([[0.0], np.cumsum(counts * centred**power)]) for power in range(3)
        )

    def of(self, start: IntArray, end: IntArray) -> FloatArray:
        total = self.sum[end + 1] - self.sum[start]
        squares = self.squares[end + 1] - self.squares[start]
        found = squares - total * total / (self.count[end + 1] - self.count[start])
        return np.maximum(np.where(start == end, 0.0, found), 0.0)


def _next_round(before: FloatArray, deviation: _Deviation, number: int) -> tuple[FloatArray, IntArray]:
    """Add one class: for every end, the least cost with `number + 1` classes and where the last one starts.

    Ends before `number` cannot hold so many classes; their cost is infinite.
    """
    size = len(before)
    cost, start = np.full(size, np.inf), np.full(size, number, np.int64)
    low, high = np.array([number]), np.array([size - 1])  # stretches of ends still to solve
    least, most = np.array([number]), np.array([size - 1])  # where their last class may start
    while len(low):
        middle = (low + high) // 2
        cost[middle], start[middle] = _best_starts(before, deviation, middle, least, np.minimum(most, middle))
        left, right = low < middle, middle < high
        low, high, least, most = (
            np.concatenate(pair)
            for pair in (
                (low[left], middle[right] + 1),
                (middle[left] - 1, high[right]),
                (least[left], start[middle][right]),
                (start[middle][left], most[right]),
            )
        )
    return cost, start


def _best_starts(
    before: FloatArray, deviation: _Deviation, end: IntArray, least: IntArray, most: IntArray
) -> tuple[FloatArray, IntArray]:
    """For each end, try every start of the last class from `least` to `most`."""
    length = most - least + 1
    first = np.concatenate([[0], np.cumsum(length)[:-1]])
    owner = np.repeat(np.arange(len(end)), length)
    tried = np.arange(length.sum()) - first[owner] + least[owner]
    costs = before[tried - 1] + deviation.of(tried, end[owner])
    best = np.minimum.reduceat(costs, first)
    # The first start that reaches the least cost.
    position = np.where(costs == best[owner], np.arange(len(costs)), len(costs))
    return best, tried[np.minimum.reduceat(position, first)]
