"""Where the map lies on the page: Web Mercator as on the screen, its scale true at a latitude."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

from layers.paper.ground import Floats, mercator
from layers.paper.marks import Box

EARTH_RADIUS_KM = 6378.137  # of the sphere of Web Mercator (EPSG:3857), equal to the equator of WGS 84
KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180
SCREEN_PX_PER_MM = 96 / 25.4
TILE_PX = 256
ROUND = (1, 2, 5)
SEEN_PX = (900, 560)
"""Pixels of map that a visitor is taken to see when a view is printed: what was on the screen is on the paper."""


@dataclass(frozen=True)
class Frame:
    """A map's place on the page: box in millimetres from the left edge; where its corner is, in Mercator degrees."""

    box: Box
    west: float
    north: float
    mm_per_degree: float

    def place(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return where longitudes and latitudes lie on the page, millimetres from its left and its top."""
        return self.on_page(*mercator(lon, lat))

    def on_page(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return where Mercator degrees lie on the page."""
        left, top = self.box[:2]
        across = left + (np.asarray(x, float) - self.west) * self.mm_per_degree
        return across, top + (self.north - np.asarray(y, float)) * self.mm_per_degree

    def drawn(self, outline: Outline) -> Outline:
        """Return an outline of Mercator degrees as it lies on the page."""
        points = np.column_stack(self.on_page(*outline.vertices.T))
        return Outline(points, outline.codes)

    def holds(self, x: npt.ArrayLike, y: npt.ArrayLike, reach: float = 0.0) -> npt.NDArray[np.bool_]:
        """Tell which places of the page lie on the map, or no further from it than `reach`."""
        left, top, width, height = self.box
        x, y = np.asarray(x), np.asarray(y)
        across = (x > left - reach) & (x < left + width + reach)
        return np.asarray(across & (y > top - reach) & (y < top + height + reach))

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north in Mercator degrees."""
        _, _, width, height = self.box
        return (
            self.west,
            self.north - height / self.mm_per_degree,
            self.west + width / self.mm_per_degree,
            self.north,
        )

    @property
    def latitude(self) -> float:
        """Latitude of the middle of the map."""
        _, south, _, north = self.extent
        return float(np.degrees(np.arctan(np.sinh(np.radians((south + north) / 2)))))

    @property
    def zoom(self) -> float:
        """Zoom of the screen at which things have this size on a screen of 96 dots an inch."""
        return float(np.log2(self.mm_per_degree * SCREEN_PX_PER_MM * 360 / TILE_PX))

    def km_per_mm(self) -> float:
        """Kilometres on the ground for a millimetre of paper, at the latitude of the middle."""
        return float(KM_PER_DEGREE * np.cos(np.radians(self.latitude)) / self.mm_per_degree)


def fitted(extent: tuple[float, float, float, float], box: Box, margin_mm: float = 4.0) -> Frame:
    """Return the frame that shows an extent (west, south, east, north, degrees) whole in a box, in its middle."""
    (west, east), (south, north) = mercator([extent[0], extent[2]], [extent[1], extent[3]])
    left, top, width, height = box
    scale = min((width - 2 * margin_mm) / (east - west), (height - 2 * margin_mm) / (north - south))
    middle = (west + east) / 2, (south + north) / 2
    return Frame((left, top, width, height), middle[0] - width / scale / 2, middle[1] + height / scale / 2, scale)


def viewed(view: tuple[float, float, float], box: Box) -> Frame:
    """Return the frame that shows what a view of the screen (zoom, latitude, longitude) does."""
    zoom, lat, lon = view
    degrees_per_px = 360 / (TILE_PX * 2**zoom)
    x, y = (float(value) for value in mercator(lon, lat))
    half = SEEN_PX[0] * degrees_per_px / 2, SEEN_PX[1] * degrees_per_px / 2
    left, top, width, height = box
    scale = min(width / (2 * half[0]), height / (2 * half[1]))
    return Frame((left, top, width, height), x - width / scale / 2, y + height / scale / 2, scale)


def round_length_km(frame: Frame, most_mm: float) -> float:
    """Return the longest round length (1, 2 or 5 times a power of ten), km, that fits so many millimetres."""
    most = most_mm * frame.km_per_mm()
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(step * power for step in ROUND if step * power <= most))
