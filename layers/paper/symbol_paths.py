"""The shapes of sectors (`layers.symbols`, SVG paths) as outlines of matplotlib."""

import re
from functools import lru_cache

import numpy as np
from matplotlib.path import Path as Outline

TOKEN = re.compile(r"([MLHVAZ])|(-?\d+(?:\.\d+)?)")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}
ARC_STEPS = 16


@lru_cache
def symbol(path: str) -> Outline:
    """Return an SVG path of straight lines and half circles as an outline; `y` grows downwards in both.

    Raises
    ------
    ValueError
        It holds something else, which no symbol of ours does.

    Examples
    --------
    >>> symbol("M-6,-6H6V6H-6Z").vertices[:3].tolist()
    [[-6.0, -6.0], [6.0, -6.0], [6.0, 6.0]]
    """
    at, points, kind = np.zeros(2), [], ""
    tokens = [(match[1], match[2]) for match in TOKEN.finditer(path)]
    while tokens:
        if tokens[0][0]:
            kind = tokens.pop(0)[0]
        taken = [float(tokens.pop(0)[1]) for _ in range(ARGUMENTS[kind])]
        end = _end(kind, taken, at)
        if kind == "A":
            points += _half_circle(at, end, taken[0])
        if kind != "Z":
            points.append(end)
            at = end
    return Outline([*points, points[0]], closed=True)


def _end(kind: str, taken: list[float], at: np.ndarray) -> np.ndarray:
    if kind == "H":
        return np.array([taken[0], at[1]])
    if kind == "V":
        return np.array([at[0], taken[0]])
    return np.array(taken[-2:]) if taken else at


def _half_circle(start: np.ndarray, end: np.ndarray, radius: float) -> list[np.ndarray]:
    """Return points of the arc from start to end, clockwise on the page: half of a circle, the only one we draw."""
    centre = (start + end) / 2
    if not np.isclose(np.hypot(*(end - start)), 2 * radius):
        raise ValueError("an arc that is not half a circle")
    first = np.arctan2(*(start - centre)[::-1])
    turns = first + np.pi * np.arange(1, ARC_STEPS) / ARC_STEPS
    return [centre + radius * np.array([np.cos(turn), np.sin(turn)]) for turn in turns]
