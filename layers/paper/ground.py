"""What lies under every map: outlines, lines, relief and names, read once from what the living map is told to fetch."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline
from PIL import Image

Floats = npt.NDArray[np.float64]
Fetch = Callable[[str], bytes]
SEAS = frozenset({"atlantic", "mediterranean"})
OFF_SHORE = {"atlantic": (-10.9, 30.75)}
"""Where a sea is named again from near, as on the screen."""


def mercator(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return Web Mercator eastings and northings in degrees of the equator.

    Examples
    --------
    >>> mercator(-9.6, 0.0)[1]
    np.float64(0.0)
    """
    north = np.degrees(np.arcsinh(np.tan(np.radians(np.asarray(lat, float)))))
    return np.asarray(lon, float), north


@dataclass(frozen=True)
class Name:
    """A name on the map: its kind is that of `layers.labels`, or sea, coast, country; its place in Mercator degrees."""

    text: str
    kind: str
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Ground:
    """The shapes and names of the living map, decoded when first drawn; everything in Mercator degrees.

    Attributes
    ----------
    config
        What the map is told once (`layers.base.map_config`).
    fetch
        Returns what lies at an address of the atlas: shapes, places, points.
    """

    config: Mapping[str, Any]
    fetch: Fetch
    _known: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        return dict(json.loads(self.fetch(self.config["places"])))

    @cached_property
    def centres(self) -> Floats:
        """Where the sign of each commune stands, in the order of the codes: two columns."""
        rows = self._places["communes"]
        return np.column_stack(mercator([row[1] for row in rows], [row[2] for row in rows]))

    @cached_property
    def names(self) -> Sequence[Name]:
        """All names, the most important first: seas and neighbours, then towns, provinces, communes."""
        return [*self._around(), *(Name(text, kind, *_at(lon, lat)) for text, lon, lat, kind in self._places["labels"])]

    def outlines(self, level: str) -> Mapping[int, Outline]:
        """Return the communes of a level (`country`, `region.09`, `full.09`) by their index."""
        if level not in self._known:
            entry = self._entry(level)
            features = json.loads(self.fetch(entry["url"]))["features"]
            self._known[level] = {
                one["properties"]["i"]: _outline(one["geometry"]) for one in features if one["geometry"]
            }
        return dict(self._known[level])

    def levels(self, kind: str) -> Mapping[str, tuple[float, float, float, float]]:
        """Return the regions of a level, `region` or `full`, with their extents in degrees."""
        return {code: tuple(entry["extent"]) for code, entry in self.config["communes"][kind].items()}

    def shape(self, name: str) -> Outline:
        """Return all features of a shape as one outline (`neighbours`, `rivers`, `provinces.lines`…)."""
        if name not in self._known:
            features = json.loads(self.fetch(self.config["shapes"][name]["url"]))["features"]
            self._known[name] = joined([_outline(one["geometry"]) for one in features if one["geometry"]])
        made: Outline = self._known[name]
        return made

    def relief(self, extent: tuple[float, float, float, float]) -> tuple[Floats, npt.NDArray[np.uint8]] | None:
        """Return the finest relief that holds an extent (Mercator degrees), cut to it: its own extent, its pixels."""
        for name in self.config["relief"][::-1]:
            entry = self.config["shapes"][name]
            west, south, east, north = entry["extent"]
            box = np.array([west, _at(0, south)[1], east, _at(0, north)[1]])
            if name != "relief.country" and not (
                box[0] <= extent[0] and box[1] <= extent[1] and box[2] >= extent[2] and box[3] >= extent[3]
            ):
                continue
            return _cut(_picture(self.fetch(entry["url"])), box, extent)
        return None

    def _entry(self, level: str) -> Mapping[str, Any]:
        kind, _, region = level.partition(".")
        entry = self.config["communes"][kind]
        return dict(entry[region]) if region else dict(entry)

    def _around(self) -> list[Name]:
        features = json.loads(self.fetch(self.config["shapes"]["surroundings"]["url"]))["features"]
        words = self.config["around"]
        made = []
        for one in features:
            name, place = one["properties"]["name"], one["geometry"]["coordinates"]
            made.append(Name(words[name], "sea" if name in SEAS else "country", *_at(*place)))
            if name in OFF_SHORE:
                made.append(Name(words[name], "coast", *_at(*OFF_SHORE[name])))
        return made


def joined(outlines: Sequence[Outline]) -> Outline:
    """Return many outlines as one."""
    return Outline.make_compound_path(*outlines) if outlines else Outline(np.empty((0, 2)))


def _at(lon: float, lat: float) -> tuple[float, float]:
    x, y = mercator(lon, lat)
    return float(x), float(y)


def _outline(geometry: Mapping[str, Any]) -> Outline:
    """Return a geometry as an outline: outer rings run one way, holes the other, so that every renderer leaves them."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    rings = [_ring(ring, is_hole=number > 0) for polygon in polygons for number, ring in enumerate(polygon)]
    lines = {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind, [])
    return joined([*rings, *(Outline(np.column_stack(mercator(*np.asarray(line, float).T[:2]))) for line in lines)])


def _ring(ring: Sequence[Sequence[float]], *, is_hole: bool) -> Outline:
    points = np.column_stack(mercator(*np.asarray(ring, float).T[:2]))
    x, y = points.T
    twice_area = float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
    return Outline(points[::-1] if (twice_area > 0) == is_hole else points, closed=True)


@lru_cache(maxsize=4)
def _picture(content: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))


def _cut(
    pixels: npt.NDArray[np.uint8], box: Floats, extent: tuple[float, float, float, float]
) -> tuple[Floats, npt.NDArray[np.uint8]]:
    """Return the part of a picture that an extent needs, whole pixels of it, and where that part lies."""
    rows, columns = pixels.shape[:2]
    across, along = (box[2] - box[0]) / columns, (box[3] - box[1]) / rows
    left = int(np.clip(np.floor((extent[0] - box[0]) / across), 0, columns - 1))
    right = int(np.clip(np.ceil((extent[2] - box[0]) / across), left + 1, columns))
    top = int(np.clip(np.floor((box[3] - extent[3]) / along), 0, rows - 1))
    bottom = int(np.clip(np.ceil((box[3] - extent[1]) / along), top + 1, rows))
    lies = np.array([box[0] + left * across, box[3] - bottom * along, box[0] + right * across, box[3] - top * along])
    return lies, pixels[top:bottom, left:right]
