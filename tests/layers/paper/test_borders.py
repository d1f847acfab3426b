"""Borders on paper: a coverage keeps its area and its holes when it is drawn as one, and each border is drawn once."""

import numpy as np
import pytest
import shapely
from matplotlib.path import Path as Outline

from layers.paper.borders import merged, once, within
from layers.paper.ground import joined


def ring(*corners: tuple[float, float]) -> Outline:
    return Outline([*corners, corners[0]], closed=True)


def square(x: float, y: float, side: float = 1.0) -> Outline:
    return ring((x, y), (x + side, y), (x + side, y + side), (x, y + side))


FRAME = joined([square(0, 0, 3), ring((1, 1), (1, 2), (2, 2), (2, 1))])
"""Three by three with a hole of one in the middle: its ring runs the other way."""


def steps(lines: Outline) -> list[frozenset[tuple[float, float]]]:
    points = [tuple(point) for point in lines.vertices.tolist()]
    pairs = zip(points, points[1:], lines.codes[1:], strict=False)
    return [frozenset(pair) for *pair, code in pairs if code != Outline.MOVETO]


def area(outline: Outline) -> float:
    return abs(float(sum(_twice(part) for part in _rings(outline)))) / 2


def _rings(outline: Outline) -> list[np.ndarray]:
    return np.split(outline.vertices, np.flatnonzero(outline.codes == Outline.MOVETO)[1:])


def _twice(points: np.ndarray) -> float:
    x, y = points.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def test_an_enclave_fills_the_hole_of_what_surrounds_it_and_a_hole_that_is_left_stays():
    assert len(_rings(merged([FRAME, square(1, 1)]))) == 1
    assert area(merged([FRAME, square(1, 1)])) == 9
    assert area(merged([FRAME])) == 8


def test_what_touches_at_a_corner_or_lies_apart_keeps_its_area():
    assert area(merged([square(0, 0), square(1, 1), square(5, 5)])) == 3
    assert len(merged([]).vertices) == 0


def test_a_shared_border_is_drawn_once_and_all_others_stay():
    drawn = steps(once([square(0, 0), square(1, 0), square(0, 1)]))
    assert len(drawn) == len(set(drawn)) == 10  # twelve sides, two of them shared


def test_lines_beyond_the_map_are_left_out_and_those_that_cross_it_stay():
    lines = joined([Outline([(-50, 5), (50, 5)]), Outline([(30, 0), (30, 9), (0, 9)])])
    assert steps(within(lines, (0, 0, 10, 10))) == [frozenset({(-50, 5), (50, 5)}), frozenset({(30, 9), (0, 9)})]


@pytest.mark.parametrize("seed", range(3))
def test_any_part_of_a_coverage_merges_into_what_shapely_says_it_is(seed):
    chance = np.random.default_rng(seed)
    cells = shapely.voronoi_polygons(shapely.multipoints(chance.uniform(0, 100, (60, 2))))
    chosen = [cell for cell in shapely.get_parts(cells) if chance.random() < 0.6]
    turned = [Outline(shapely.get_coordinates(shapely.orient_polygons(cell)), closed=True) for cell in chosen]
    assert len(chosen) > 20
    assert area(merged(turned)) == pytest.approx(shapely.union_all(chosen).area)
