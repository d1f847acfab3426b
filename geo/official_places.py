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
from geo.places import SURE_RATIO, PlaceIndex
from geo.resolution import Match

FEW = 6
EXACT_SCORE = 100.0
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
        self._towns = frozenset(territories.loc[territories["milieu"] == "urban", "territory_code"])
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
            return Ambiguous("which_place", options[:FEW], self._usual(text, answer.candidates, level))
        return Unreadable("unknown_place")

    def _usual(self, text: str, candidates: Sequence[Match], level: str | None) -> Value | None:
        """Return what a bare name means to whoever keeps a register, when nothing else tells; None for nothing sure.

        A town is called by its bare name, while a rural commune is cut short (Tnine Aday becomes Aday): the one town
        that bears exactly this name is meant. So is the town that a province is called after, by the name or a close
        spelling of the province (Taroudant, تيزنيت); and the one province spelled so, where a province is asked for.
        """
        if level == "commune":
            exact = [one.territory_code for one in candidates if one.score == EXACT_SCORE]
            if len(exact) == 1 and self._is_town(exact[0]):
                return Value(exact[0], "place_town")
            town = None if exact else self._town_of(self._province(text))
            offered = [one.territory_code for one in candidates]
            return Value(town, "place_of_province") if town in offered else None
        province = self._province(text) if level == "province" else None
        return Value(province, "place_spelled") if province else None

    def _province(self, text: str) -> str | None:
        """Return the one province a text spells, closely enough among so few names."""
        answer = self._index.resolve(text, level="province")
        if len(answer.candidates) == 1 and answer.candidates[0].score >= SURE_RATIO:
            return answer.candidates[0].territory_code
        return None

    def _town_of(self, province: str | None) -> str | None:
        """Return the town that bears the name of its province."""
        if province is None:
            return None
        named = [code for code in self._known.communes_of(province) if self.name(code) == self.name(province)]
        return named[0] if len(named) == 1 and self._is_town(named[0]) else None

    def _is_town(self, code: str) -> bool:
        return code in self._towns

    def _said(self, code: str) -> str:
        above = self._known.parent_of(code)
        return f"{self.name(code)}, {self.name(above)} ({code})" if above else f"{self.name(code)} ({code})"
