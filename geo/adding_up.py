"""Numbers of people added up from communes to provinces, regions and the country, where the communes are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.boundaries import Territories

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

COUNTED_AT_LEAST = 0.999
"""Share of those counted in a territory that its parts must hold for their sum to stand for it."""
STEPS = (("province", "commune"), ("region", "province"), ("country", "region"))


@dataclass(frozen=True)
class Step:
    """Territories of one level and what each is the sum of: `below[starts[n]:starts[n + 1]]` for `rows[n]`."""

    rows: IntArray
    below: IntArray
    starts: IntArray


def steps(territories: Territories) -> tuple[Step, ...]:
    """Lay out who adds up to whom, by row of `territories.codes`, the smallest first."""
    row_of = {code: row for row, code in enumerate(territories.codes)}
    laid = []
    for level, part in STEPS:
        parts = {
            code: [row_of[below] for below in territories.children_of(code, part)]
            for code in territories.codes
            if territories.level_of(code) == level
        }
        laid.append(_step({row_of[code]: below for code, below in parts.items() if below}))
    return tuple(laid)


def add_up(ladder: Sequence[Step], number: FloatArray, counted: FloatArray) -> FloatArray:
    """Return the numbers with each territory above communes as the sum of its parts.

    Parameters
    ----------
    number
        People or households concerned in each territory, NaN where unknown; above communes from its own rate.
    counted
        Those the rate is about. Where the parts that are known hold less than `COUNTED_AT_LEAST` of them, the number
        of the territory itself stays.
    """
    total = number.copy()
    for step in ladder:
        if not len(step.rows):
            continue
        parts = total[step.below]
        known = np.isfinite(parts)
        summed, held = (
            np.add.reduceat(np.where(known, these, 0.0), step.starts) for these in (parts, counted[step.below])
        )
        whole = held >= COUNTED_AT_LEAST * counted[step.rows]
        total[step.rows] = np.where(whole, summed, total[step.rows])
    return total


def _step(parts: dict[int, list[int]]) -> Step:
    sizes = [len(below) for below in parts.values()]
    below = [row for rows in parts.values() for row in rows]
    starts = np.cumsum([0, *sizes], dtype=np.int64)[:-1]
    return Step(np.array(list(parts), np.int64), np.array(below, np.int64), starts)
