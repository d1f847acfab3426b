"""Official territories as an import asks for them: names to codes, points to communes, how far a point is outside."""

from collections.abc import Sequence
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from data.imports.outcome import Ambiguous, Option, Outcome, Unreadable, Value
from geo.boundaries import Territories
from geo.crs import ELLIPSOID, M_PER_KM, STORAGE_CRS
from geo.locate import locate
from geo.places import PlaceIndex

FEW = 6
NAMES_KEPT = 20_000


class OfficialPlaces:
    """Answers what `data.imports.places.Places` asks.

    Parameters
    ----------
    territories, place_names
        The shipped tables of those names.
    outlines
        Outlines of communes, EPSG:4326.
    """

    def __init__(self, territories: pd.DataFrame, place_names: pd.DataFrame, outlines: gpd.GeoDataFrame) -> None:
        self._index = PlaceIndex.from_tables(territories, place_names)
        self._known = Territories.from_table(territories)
        self._outlines = outlines
        self._shape = dict(zip(outlines["territory_code"], outlines.geometry, strict=True))
        self._found = lru_cache(NAMES_KEPT)(self._find)

    def find(self, text: str, *, level: str | None = None, within: str | None = None) -> Outcome:
        """Return the code a name or a code means, only when it can be said."""
        return self._found(text, level, within)

    def locate(self, points: Sequence[tuple[float, float]]) -> list[str]:
        """Return the code of the commune each (lon, lat) lies in; empty for none."""
        if not points:
            return []
        series = gpd.GeoSeries(gpd.points_from_xy(*zip(*points, strict=True)), crs=STORAGE_CRS)
        return [str(code) if isinstance(code, str) else "" for code in locate(series, self._outlines)["territory_code"]]

    def distance_km(self, code: str, lon: float, lat: float) -> float | None:
        """Return how far a point is from a territory along the ellipsoid, 0 inside; None without an outline."""
        shapes = [self._shape[one] for one in self._communes(code) if one in self._shape]
        if not shapes:
            return None
        point = shapely.Point(lon, lat)
        nearest = [shapely.shortest_line(shape, point).coords[0] for shape in shapes]
        return float(min(ELLIPSOID.inv(x, y, lon, lat)[2] for x, y in nearest)) / M_PER_KM

    def name(self, code: str) -> str:
        """Return the French name of a territory."""
        return self._known.name(code, "fr")

    def _communes(self, code: str) -> tuple[str, ...]:
        return (code,) if self._known.level_of(code) == "commune" else self._known.communes_of(code)

    def _find(self, text: str, level: str | None, within: str | None) -> Outcome:
        if text in self._known:
            return Value(text)
        answer = self._index.resolve(text, level=level, within=within)
        if answer.status == "found":
            return Value(answer.candidates[0].territory_code)
        if answer.status == "ambiguous":
            options = tuple(Option(one.territory_code, self._said(one.territory_code)) for one in answer.candidates)
            return Ambiguous("which_place", options[:FEW])
        return Unreadable("unknown_place")

    def _said(self, code: str) -> str:
        above = self._known.parent_of(code)
        return f"{self.name(code)}, {self.name(above)} ({code})" if above else f"{self.name(code)} ({code})"
