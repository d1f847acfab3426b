"""Borders of neighbouring areas: each drawn once, none between areas drawn as one, none beyond the edge of a map.

Neighbours of one coverage share their borders to the last vertex, and every outer ring runs the same way
(`ground.outlines`): a shared border is the one thing that two of them run along, in opposite directions.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

from layers.paper.ground import Floats, joined
from layers.paper.marks import Box

Codes = npt.NDArray[np.int64]
SAME_MM = 1e-4  # places of the page nearer than this are one
REACH_MM = 2.0  # half the width of the widest line, and more


def merged(areas: Sequence[Outline]) -> Outline:
    """Return areas of a page as one: the borders inside it are gone, holes and what lies apart stay.

    Examples
    --------
    >>> left, right = ([(x, 0), (x + 1, 0), (x + 1, 1), (x, 1), (x, 0)] for x in (0, 1))
    >>> merged([Outline(left, closed=True), Outline(right, closed=True)]).vertices.tolist()
    [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    """
    whole = joined(areas)
    if not len(whole.vertices):
        return whole
    at = _places(whole.vertices)
    drawn = whole.codes[1:] != Outline.MOVETO
    start, end = at[:-1][drawn], at[1:][drawn]
    inside = np.isin(start << 32 | end, end << 32 | start)
    _, one_of = np.unique(at, return_index=True)
    rings = _rings(start[~inside], end[~inside])
    return joined([Outline(whole.vertices[one_of[ring]], closed=True) for ring in rings])


def once(areas: Sequence[Outline]) -> Outline:
    """Return the borders of areas as lines: one that two areas share is in it once."""
    whole = joined(areas)
    if not len(whole.vertices):
        return whole
    at = _places(whole.vertices)
    drawn = np.flatnonzero(whole.codes[1:] != Outline.MOVETO)
    ends = np.sort(np.column_stack((at[drawn], at[drawn + 1])), axis=1)
    _, first = np.unique(ends[:, 0] << 32 | ends[:, 1], return_index=True)
    shown = np.zeros(len(at) - 1, bool)
    shown[drawn[first]] = True
    return _lines(whole.vertices, shown)


def within(lines: Outline, box: Box) -> Outline:
    """Return the parts of straight lines that can be seen in a box of a page."""
    if not len(lines.vertices):
        return lines
    left, top, width, height = box
    before, after = lines.vertices[:-1], lines.vertices[1:]
    low, high = np.minimum(before, after), np.maximum(before, after)
    seen = (high > (left - REACH_MM, top - REACH_MM)) & (low < (left + width + REACH_MM, top + height + REACH_MM))
    return _lines(lines.vertices, seen.all(axis=1) & (lines.codes[1:] != Outline.MOVETO))


def _places(vertices: Floats) -> Codes:
    """Return a number for the place of each vertex: the same where the place is the same."""
    across, down = np.rint(vertices / SAME_MM).astype(np.int64).T
    return np.asarray(np.unique((across << 32) + down, return_inverse=True)[1])


def _lines(vertices: Floats, shown: npt.NDArray[np.bool_]) -> Outline:
    """Return those of the steps from each vertex to the next that are shown."""
    arrives, leaves = np.append(False, shown), np.append(shown, False)
    codes = np.where(arrives, Outline.LINETO, Outline.MOVETO)
    return Outline(vertices[arrives | leaves], codes[arrives | leaves])


def _rings(start: Codes, end: Codes) -> list[list[int]]:
    """Walk steps from place to place until each ring is closed."""
    onward: dict[int, list[int]] = {}
    for one, other in zip(start.tolist(), end.tolist(), strict=True):
        onward.setdefault(one, []).append(other)
    rings = []
    for first, ends in onward.items():
        while ends:
            ring = [first]
            while ring[-1] != first or len(ring) == 1:
                ring.append(onward[ring[-1]].pop())
            rings.append(ring)
    return rings
