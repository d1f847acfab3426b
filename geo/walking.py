"""Travel over a grid of cells: cost across terrain, and the time it takes on foot up and down slopes."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from data.errors import MeasureError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FLAT_OPTIMUM, STEEPNESS, FASTEST_KMH = 0.05, 3.5, 6.0  # Tobler 1993, Three presentations on geographical analysis
METRES_A_MINUTE = 1000 / 60  # at 1 km/h
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))  # to the right and downwards; each is also walked the other way


def tobler_kmh(slope: npt.ArrayLike) -> FloatArray:
    """Return the walking speed on a slope (rise over run, below 0 downhill), fastest on a gentle descent."""
    steep = np.abs(np.asarray(slope, np.float64) + FLAT_OPTIMUM)
    return np.asarray(FASTEST_KMH * np.exp(-STEEPNESS * steep))


def cost_distance(friction: npt.ArrayLike, sources: npt.ArrayLike, *, cell: float = 1.0) -> FloatArray:
    """Return the least cost from each cell to the nearest source, through its eight neighbours.

    Parameters
    ----------
    friction
        Cost of one unit of length in each cell; NaN is a barrier. A step costs the mean of its two cells times its
        length.
    sources
        True where a source lies.
    cell
        Side of a cell, in the unit of length.

    Returns
    -------
    numpy.ndarray
        The same shape; infinite where no source can be reached, at barriers too.

    Notes
    -----
    On even ground, (long side - short side) + sqrt(2) x short side: up to 8.2 % longer than the straight line.
    """
    ground = _grid(friction)
    if (ground[~np.isnan(ground)] < 0).any():
        raise MeasureError("cost grid: a negative friction; allowed: 0 or more, NaN for a barrier")
    start, end, length = _edges(ground.shape, cell)
    flat = ground.ravel()
    cost = (flat[start] + flat[end]) / 2 * length
    return _from_sources(ground, sources, (start, end, cost), (end, start, cost))


def walking_minutes(
    elevation_m: npt.ArrayLike, sources: npt.ArrayLike, *, cell_m: float, to_source: bool = True
) -> FloatArray:
    """Return the minutes on foot from each cell to the nearest source, or back, at Tobler's speed.

    Parameters
    ----------
    elevation_m
        Height of each cell, metres; NaN is a barrier.
    sources
        True where a facility lies.
    cell_m
        Side of a cell, metres; over about 250 m paths in the mountains are smoothed away.
    to_source
        True for the way there, False for the way back.
    """
    ground = _grid(elevation_m)
    start, end, length = _edges(ground.shape, cell_m)
    flat = ground.ravel()
    slope = (flat[end] - flat[start]) / length
    with np.errstate(divide="ignore"):  # a cliff: at no speed it takes for ever
        there, back = (length / (tobler_kmh(way) * METRES_A_MINUTE) for way in (slope, -slope))
    # Searching outwards from the sources walks every edge against the way asked for.
    forth, against = (back, there) if to_source else (there, back)
    return _from_sources(ground, sources, (start, end, forth), (end, start, against))


def _edges(shape: tuple[int, int], cell: float) -> tuple[IntArray, IntArray, FloatArray]:
    """Pair each cell with its neighbours to the right and below, and give the length of the step."""
    number = np.arange(shape[0] * shape[1]).reshape(shape)
    starts, ends, lengths = [], [], []
    for down, right in STEPS:
        first = number[: shape[0] - down, max(0, -right) : shape[1] - max(0, right)]
        second = number[down:, max(0, right) : shape[1] + min(0, right)]
        starts.append(first.ravel())
        ends.append(second.ravel())
        lengths.append(np.full(first.size, cell * np.hypot(down, right)))
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(lengths)


def _from_sources(
    ground: FloatArray, sources: npt.ArrayLike, *ways: tuple[IntArray, IntArray, FloatArray]
) -> FloatArray:
    marked = np.asarray(sources, bool)
    if marked.shape != ground.shape:
        raise MeasureError(f"cost grid: sources of shape {marked.shape}; allowed: that of the grid, {ground.shape}")
    at = np.flatnonzero(marked.ravel() & ~np.isnan(ground.ravel()))
    if not len(at):
        return np.full(ground.shape, np.inf)
    start, end, cost = (np.concatenate([way[place] for way in ways]) for place in range(3))
    open_way = np.isfinite(cost)
    # A free step would read as no step in a sparse matrix: the smallest cost stands for it.
    paid = np.maximum(cost[open_way], np.finfo(float).tiny)
    graph = csr_array(coo_array((paid, (start[open_way], end[open_way])), shape=(ground.size, ground.size)))
    return np.asarray(dijkstra(graph, indices=at, min_only=True)).reshape(ground.shape)


def _grid(values: npt.ArrayLike) -> FloatArray:
    ground = np.asarray(values, np.float64)
    if ground.ndim != 2 or np.isinf(ground).any():  # noqa: PLR2004 (rows and columns)
        raise MeasureError("cost grid: allowed: a table of finite numbers in rows and columns, NaN for a barrier")
    return ground
