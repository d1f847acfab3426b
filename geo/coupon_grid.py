"""The numbered grid over the map of a paper sheet: a villager writes the number of a cell, the atlas finds it again."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data.errors import AtlasError

CELLS = 100
"""About how many: on a map a hand wide a cell takes a pen's cross and its number."""
STEP_DEGREES = 0.01
"""The extent of a territory is widened to whole steps: a nudged outline does not renumber sheets handed out."""

Extent = tuple[float, float, float, float]  # west, south, east, north, degrees (EPSG:4326)


class NoSuchCell(AtlasError, ValueError):
    """A number that no cell of the grid has.

    Attributes
    ----------
    cell, cells
        The number asked for, and how many cells there are.
    """

    def __init__(self, cell: int, cells: int) -> None:
        self.cell, self.cells = cell, cells
        super().__init__(f"cell {cell}: the cells are numbered from 1 to {cells}")


@dataclass(frozen=True)
class Grid:
    """Cells of equal steps of longitude and latitude, numbered from 1 in rows from the north-west, eastwards.

    The numbers are those of the map, which is never mirrored: they are the same on an Arabic sheet.

    Examples
    --------
    >>> grid = Grid((-10.0, 30.0, -9.0, 30.5), columns=10, rows=5)
    >>> grid.cell_at(-9.95, 30.49), grid.cell_at(-9.05, 30.01), grid.cell_at(-9.95, 29.9)
    (1, 50, None)
    >>> [round(degrees, 6) for degrees in grid.centre_of(11)]
    [-9.95, 30.35]
    """

    extent: Extent
    columns: int
    rows: int

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.columns * self.rows

    @cached_property
    def meridians(self) -> npt.NDArray[np.float64]:
        """Longitudes between the columns, both edges included, from the west."""
        west, _, east, _ = self.extent
        return np.linspace(west, east, self.columns + 1)

    @cached_property
    def parallels(self) -> npt.NDArray[np.float64]:
        """Latitudes between the rows, both edges included, from the north."""
        _, south, _, north = self.extent
        return np.linspace(north, south, self.rows + 1)

    def cell_at(self, lon: float, lat: float) -> int | None:
        """Return the number of the cell a position lies in, degrees; None outside the grid.

        A position on a line belongs to the cell east or south of it, on the last line to the last cell.
        """
        west, south, east, north = self.extent
        if not (west <= lon <= east and south <= lat <= north):
            return None
        column = min(int(np.searchsorted(self.meridians, lon, side="right")) - 1, self.columns - 1)
        row = min(int(np.searchsorted(-self.parallels, -lat, side="right")) - 1, self.rows - 1)
        return row * self.columns + column + 1

    def extent_of(self, cell: int) -> Extent:
        """Return the extent of a cell.

        Raises
        ------
        NoSuchCell
            The grid has no cell of that number.
        """
        if not 1 <= cell <= self.cells:
            raise NoSuchCell(cell, self.cells)
        row, column = divmod(cell - 1, self.columns)
        (north, south), (west, east) = self.parallels[row : row + 2], self.meridians[column : column + 2]
        return float(west), float(south), float(east), float(north)

    def centre_of(self, cell: int) -> tuple[float, float]:
        """Return longitude and latitude of the middle of a cell. Raises `NoSuchCell`."""
        west, south, east, north = self.extent_of(cell)
        return (west + east) / 2, (south + north) / 2


def coupon_grid(extent: Extent, cells: int = CELLS) -> Grid:
    """Lay a grid over a territory, of about so many cells, about as wide as high on the ground.

    Parameters
    ----------
    extent
        Of the territory, degrees; widened to whole hundredths.
    """
    west, south, east, north = (
        round(step(side / STEP_DEGREES) * STEP_DEGREES, 6)
        for step, side in zip((math.floor, math.floor, math.ceil, math.ceil), extent, strict=True)
    )
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    side = math.sqrt(wide * (north - south) / cells)
    return Grid((west, south, east, north), max(1, round(wide / side)), max(1, round((north - south) / side)))
