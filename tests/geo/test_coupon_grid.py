"""The numbered grid of the paper coupon: from a cell to the place and back, whatever the shape of the territory."""

import numpy as np
import pytest

from geo.coupon_grid import Grid, NoSuchCell, coupon_grid

TOUBKAL = (-8.058, 30.966, -7.787, 31.125)


def test_every_cell_is_found_again_from_its_centre_and_every_position_lies_in_its_cell():
    for extent in (TOUBKAL, (-10.0, 28.0, -9.9, 30.0), (-13.2, 27.6, -1.0, 35.9), (-9.61, 30.4, -9.609, 30.401)):
        grid = coupon_grid(extent)
        assert 70 <= grid.cells <= 130
        assert [grid.cell_at(*grid.centre_of(cell)) for cell in range(1, grid.cells + 1)] == [*range(1, grid.cells + 1)]
        rng = np.random.default_rng(6)
        west, south, east, north = extent
        for lon, lat in zip(rng.uniform(west, east, 50), rng.uniform(south, north, 50), strict=True):
            left, low, right, high = grid.extent_of(grid.cell_at(lon, lat))
            assert left <= lon <= right
            assert low <= lat <= high


def test_numbers_run_eastwards_in_rows_from_the_north_west_and_lines_belong_to_one_cell():
    grid = Grid((0.0, 0.0, 3.0, 2.0), columns=3, rows=2)  # cells of one degree: 1 2 3 above 4 5 6
    assert grid.extent_of(1) == (0.0, 1.0, 1.0, 2.0)
    assert grid.extent_of(6) == (2.0, 0.0, 3.0, 1.0)
    assert grid.centre_of(5) == (1.5, 0.5)
    assert (grid.cell_at(1.0, 1.5), grid.cell_at(0.5, 1.0), grid.cell_at(3.0, 0.0)) == (2, 4, 6)
    assert grid.cell_at(3.01, 1.0) is None


def test_cells_are_about_as_wide_as_high_on_the_ground_and_a_nudged_outline_keeps_their_numbers():
    grid = coupon_grid(TOUBKAL)
    west, south, east, north = grid.extent_of(1)
    assert 0.8 < (east - west) * np.cos(np.radians(31)) / (north - south) < 1.25
    assert coupon_grid(tuple(side + 0.001 for side in TOUBKAL)) == grid


@pytest.mark.parametrize("cell", [0, -1, 10_000])
def test_a_number_that_no_cell_has_is_refused_with_what_is_allowed(cell):
    grid = coupon_grid(TOUBKAL)
    with pytest.raises(NoSuchCell, match=f"cell {cell}: the cells are numbered from 1 to {grid.cells}"):
        grid.centre_of(cell)
