"""The signs of a map on paper: clouds of places, projects at points and by commune, circles, letters, names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

from geo.placement import MIXED
from layers import style
from layers.paper import look
from layers.paper.ground import Floats, Name
from layers.paper.map_areas import Areas, stamped
from layers.paper.marks import Words, circle
from layers.paper.state import bits, classes_of_dots, numbers, places_of_dots, points
from layers.paper.symbol_paths import symbol
from layers.paper.writing import MM_PER_POINT, Hand, directed

REFERENCE_ZOOM, GROWTH = 8.0, 2.2  # of dots, as on the screen (`static/dots.js`)
CLUSTER_PX, HALF_PX, SMALL_PX = 34.0, 8.0, 3.0
STYLES: Mapping[str, tuple[float, float, str, bool]] = {
    # kind: least zoom, size in pixels, style, muted; as on the screen (`static/labels.js`)
    "country": (5.0, 14.0, "regular", True),
    "sea": (4.0, 13.0, "italic", True),
    "coast": (6.8, 13.0, "italic", True),
    "region": (5.2, 12.5, "bold", True),
    "town1": (4.5, 13.5, "bold", False),
    "town2": (5.0, 12.5, "bold", False),
    "town3": (6.6, 12.0, "regular", False),
    "town4": (8.0, 11.5, "regular", False),
    "province": (7.0, 11.5, "regular", True),
    "commune": (8.6, 10.5, "regular", False),
}
LEAVE = {"region": 7.2, "province": 9.6, "country": 8.0, "sea": 6.8, "coast": 9.0}
DOTS = {"town1": 3.2, "town2": 2.8, "town3": 2.3, "town4": 1.8}
ALWAYS = frozenset({"town1", "town2"})
BESIDE = ((0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0))

BoxOf = tuple[float, float, float, float]  # west, north, east, south on the page


@dataclass
class Room:
    """Boxes already taken, so that signs and names give way to what is more important."""

    boxes: list[BoxOf] = field(default_factory=list)

    def add(self, box: BoxOf) -> None:
        """Take a box."""
        self.boxes.append(box)

    def free(self, box: BoxOf) -> bool:
        """Tell whether nothing has taken any of it."""
        west, north, east, south = box
        return not any(west < c and east > a and north < d and south > b for a, b, c, d in self.boxes)


@dataclass(frozen=True)
class Cluster:
    """Points drawn as one sign: where on the page, how many, the sector they share (MIXED when they do not)."""

    x: float
    y: float
    count: int
    sector: int


@dataclass(eq=False)
class Signs:
    """Draws the signs and names of one map over its areas."""

    areas: Areas
    taken: Room = field(default_factory=Room)
    names: Room = field(default_factory=Room)

    @property
    def unit(self) -> float:
        """Millimetres for a pixel of the screen."""
        return self.areas.unit

    def paint(self, *, labels: bool = True) -> None:
        """Draw: dots, then the signs of communes, names over them, points over all; points choose their room first."""
        self._dots()
        clusters = self._clusters() if self.areas.state["show"] != "amount" else []
        for one in clusters:
            self.taken.add(_around(one.x, one.y, self._radius(one)))
        placed = self._places() if labels else []
        self._communes()
        self._letters()
        for name, at, centre in placed:
            self._name(name, at, centre)
        for one in clusters:
            self._cluster(one)

    def inside(self, x: npt.ArrayLike, y: npt.ArrayLike, reach: float = 0.0) -> npt.NDArray[np.bool_]:
        """Tell which places of the page lie on the map."""
        left, top, width, height = self.areas.frame.box
        x, y = np.asarray(x), np.asarray(y)
        across = (x > left - reach) & (x < left + width + reach)
        return np.asarray(across & (y > top - reach) & (y < top + height + reach))

    # Clouds of places ---------------------------------------------------------------------------------------------
    def _dots(self) -> None:
        state = self.areas.state.get("dots")
        if not state:
            return
        lon, lat, radii = places_of_dots(self.areas.ground.fetch(state["url"]))
        classes = classes_of_dots(state, len(lon))
        x, y = self.areas.frame.place(lon, lat)
        growth = float(np.clip(2 ** ((self.areas.zoom - REFERENCE_ZOOM) / GROWTH), 0.7, 3))
        palette = self.areas.palette(state["palette"])
        hollow = classes >= min(style.SPECIAL_CLASSES)
        size = np.maximum(1.2, radii * growth * np.where(hollow, 0.7, 1.0)) * self.unit
        seen = self.inside(x, y, 2.0) & (classes != style.HIDDEN)
        order = [style.NO_DATA, style.NOT_APPLICABLE, style.WITHHELD, *range(len(palette))]
        outline = symbol(state["shape"]) if state["shape"] else None
        for of in order:
            for radius in np.unique(size[seen & (classes == of)])[::-1]:
                places = np.column_stack((x, y))[seen & (classes == of) & (size == radius)]
                special = of in style.SPECIAL_CLASSES
                shape = circle(radius) if outline is None else _scaled(outline, max(radius, 4 * self.unit) / 8)
                fill, edge = (look.SURFACE, look.MUTED) if special else (palette[of], look.INK)
                stamped(self.areas, shape, places, fill=fill, edge=edge, width=self.areas.pt(0.6))
        self._selected_dot(state["selected"], x, y, size)

    def _selected_dot(self, chosen: int | None, x: Floats, y: Floats, size: Floats) -> None:
        if chosen is not None:
            self._ring(float(x[chosen]), float(y[chosen]), float(size[chosen]) + 5 * self.unit)

    def _ring(self, x: float, y: float, radius: float) -> None:
        for thick, colour in ((6.0, look.PAPER), (2.8, look.INK)):
            self.areas.ink(circle(radius, x, y), edge=colour, width=self.areas.pt(thick))

    # Projects at points -------------------------------------------------------------------------------------------
    def _clusters(self) -> list[Cluster]:
        state = self.areas.state.get("points")
        if not state:
            return []
        lon, lat, project, sector = points(self.areas.ground.fetch(state["url"]))
        shown = bits(state["visible"], len(lon))
        x, y = self.areas.frame.place(lon, lat)
        for number in np.flatnonzero(shown & np.isin(project, self.areas.state["selection"]["projects"])):
            self._ring(float(x[number]), float(y[number]), 12 * self.unit)
        kept = np.flatnonzero(shown & self.inside(x, y, 1.0))
        return clustered(x[kept], y[kept], sector[kept], CLUSTER_PX * self.unit * 0.8)

    def _radius(self, one: Cluster) -> float:
        pixels = 7.0 if one.count == 1 else 8 + min(8.0, np.log2(one.count) * 1.4)
        return float(pixels) * self.unit

    def _cluster(self, one: Cluster) -> None:
        ink, radius = self.areas.ink, self._radius(one)
        if one.count == 1:
            self._mark(one.sector, one.x, one.y, radius)
            return
        colour = look.EDGE if one.sector == MIXED else self._sector(one.sector)["colour"]
        ink(circle(radius, one.x, one.y), fill=look.INK)
        ink(circle(radius - self.unit, one.x, one.y), fill=self.areas.colour(colour))
        ink(circle(radius - 3 * self.unit, one.x, one.y), fill=look.SURFACE)
        self._number(str(one.count), one.x, one.y, 11)

    def _mark(self, sector: int, x: float, y: float, radius: float) -> None:
        look_of = self._sector(sector)
        outline = _scaled(symbol(look_of["path"]), radius / 8)
        moved = Outline(outline.vertices + np.array([x, y]), outline.codes)
        self.areas.ink(moved, fill=self.areas.colour(look_of["colour"]), edge=look.INK, width=self.areas.pt(1.2))

    def _sector(self, sector: int) -> Mapping[str, str]:
        return dict(self.areas.ground.config["symbols"][sector])

    # Projects by commune, circles ---------------------------------------------------------------------------------
    def _communes(self) -> None:
        state = self.areas.state.get("areas")
        if not state:
            return
        counts, sectors = numbers(state["counts"], "<u2"), numbers(state["sectors"])
        radii = numbers(state["radii"]) / style.RADIUS_STEPS if "radii" in state else np.zeros(len(counts))
        centres = self.areas.ground.centres[state["first"] : state["first"] + len(counts)]
        x, y = self.areas.frame.on_page(*centres.T)
        if self.areas.state["show"] == "amount":
            for number in np.argsort(-radii, kind="stable"):
                if radii[number] and self.inside(x[number], y[number], 10.0):
                    self._circle(float(x[number]), float(y[number]), float(radii[number]) * self.unit)
            return
        order = np.argsort(-counts.astype(int), kind="stable")
        shown = [number for number in order if counts[number] and self.inside(x[number], y[number], 2.0)]
        whole = {number for number in shown if self._takes_room(float(x[number]), float(y[number]))}
        for number in [*(one for one in shown if one not in whole), *(one for one in shown if one in whole)]:
            at = float(x[number]), float(y[number])
            self._sign(at, int(counts[number]), int(sectors[number]), is_whole=number in whole)

    def _takes_room(self, x: float, y: float) -> bool:
        box = _around(x, y, (HALF_PX + 1) * self.unit)
        free = self.taken.free(box)
        if free:
            self.taken.add(box)
        return free

    def _circle(self, x: float, y: float, radius: float) -> None:
        colour = self.areas.colour(style.MONEY_COLOUR)
        outline = circle(radius, x, y)
        self.areas.ink(
            outline, fill=colour, opacity=0.62, edge=look.SURFACE, edge_opacity=1.0, width=self.areas.pt(1.1)
        )

    def _sign(self, at: tuple[float, float], count: int, sector: int, *, is_whole: bool) -> None:
        half = (HALF_PX if is_whole else SMALL_PX) * self.unit
        x, y = at
        outline = Outline(
            [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), at], closed=True
        )
        self.areas.ink(outline, fill=look.SURFACE, edge=self.areas.colour(look.ACCENT), width=self.areas.pt(1.2))
        if not is_whole:
            return
        if count > 1 or sector == MIXED:
            self._number(str(count), x, y, 11 if count < 100 else 8.5)  # noqa: PLR2004
        else:
            self._mark(sector, x, y, half * 0.66)

    def _letters(self) -> None:
        """Write the letter of its class on each commune where greys alone would not tell the classes apart."""
        state = self.areas.state.get("choropleth")
        letters = look.letters(state["palette"]) if state and self.areas.grey else []
        if not letters or state is None:
            return
        for number, of in enumerate(numbers(state["classes"])):
            x, y = self.areas.frame.on_page(*self.areas.ground.centres[state["first"] + number])
            if of < len(letters) and self.inside(x, y):
                box = _around(float(x), float(y), 4 * self.unit)
                if self.taken.free(box):
                    self.taken.add(box)
                    self._number(letters[of], float(x), float(y), 8, halo=look.PAPER)

    def _number(self, text: str, x: float, y: float, pixels: float, halo: str = "") -> None:
        hand = Hand("bold", pixels * self.unit / MM_PER_POINT, "ltr")
        base = y + 0.36 * hand.points * MM_PER_POINT
        self.areas.page.marks.append(
            Words(x, base, text, hand, look.INK, "centre", halo=halo, clip=self.areas.frame.box)
        )

    # Names ----------------------------------------------------------------------------------------------------------
    def _places(self) -> list[tuple[Name, tuple[float, float], tuple[float, float]]]:
        """Choose where names stand: the most important first, none over another nor over a point."""
        zoom, placed = self.areas.zoom, []
        for name in self.areas.ground.names:
            if not STYLES[name.kind][0] <= zoom < LEAVE.get(name.kind, 99):
                continue
            x, y = (float(value) for value in self.areas.frame.on_page(name.x, name.y))
            if self.inside(x, y) and (centre := self._beside(name, x, y)):
                placed.append((name, (x, y), centre))
        return placed

    def _beside(self, name: Name, x: float, y: float) -> tuple[float, float] | None:
        hand, dot = self._hand(name), DOTS.get(name.kind, 0.0) * self.unit
        half, tall = hand.width_mm(name.text) / 2 + 0.6, hand.points * MM_PER_POINT * 0.62
        offers = [(x, y)]
        if dot:
            step = hand.points * MM_PER_POINT * 0.95
            offers = [(x + right * (half + dot + 0.3), y + down * step) for right, down in BESIDE]
        boxes = [(cx - half, cy - tall, cx + half, cy + tall) for cx, cy in offers]
        left, top, width, height = self.areas.frame.box
        whole = [a > left and c < left + width and b > top and d < top + height for a, b, c, d in boxes]
        chosen = next((at for at, box in enumerate(boxes) if whole[at] and self.taken.free(box)), None)
        if chosen is None and name.kind in ALWAYS and whole[0] and self.names.free(boxes[0]):
            chosen = 0
        if chosen is None:
            return None
        self.taken.add(boxes[chosen])
        self.names.add(boxes[chosen])
        if dot:
            self.taken.add(_around(x, y, dot))
        return offers[chosen]

    def _hand(self, name: Name) -> Hand:
        _, pixels, weight, _ = STYLES[name.kind]
        return Hand(weight, pixels * self.unit / MM_PER_POINT, self.areas.page.direction)

    def _name(self, name: Name, at: tuple[float, float], centre: tuple[float, float]) -> None:
        hand, frame = self._hand(name), self.areas.frame
        if name.kind in DOTS:
            dot = circle(DOTS[name.kind] * self.unit, *at)
            self.areas.ink(dot, fill=look.SURFACE, edge=look.INK, width=self.areas.pt(1.2))
        colour = look.MUTED if STYLES[name.kind][3] else look.INK
        base = centre[1] + 0.34 * hand.points * MM_PER_POINT
        text = directed(name.text, hand.direction)
        halo_mm = 1.7 * self.unit
        words = Words(centre[0], base, text, hand, colour, "centre", halo=look.PAPER, halo_mm=halo_mm, clip=frame.box)
        self.areas.page.marks.append(words)


def clustered(x: Floats, y: Floats, sector: npt.NDArray[Any], radius: float) -> list[Cluster]:
    """Return points as signs: those within a radius of the first of them become one, at their mean.

    Examples
    --------
    >>> clustered(np.array([0.0, 1.0, 9.0]), np.zeros(3), np.array([4, 4, 2]), 2.0)
    [Cluster(x=0.5, y=0.0, count=2, sector=4), Cluster(x=9.0, y=0.0, count=1, sector=2)]
    """
    left, made = np.ones(len(x), bool), []
    for number in range(len(x)):
        if not left[number]:
            continue
        near = left & (np.hypot(x - x[number], y - y[number]) <= radius)
        left &= ~near
        shared = int(sector[number]) if (sector[near] == sector[number]).all() else MIXED
        made.append(Cluster(float(x[near].mean()), float(y[near].mean()), int(near.sum()), shared))
    return made


def _scaled(outline: Outline, times: float) -> Outline:
    return Outline(outline.vertices * times, outline.codes)


def _around(x: float, y: float, reach: float) -> BoxOf:
    return (x - reach, y - reach, x + reach, y + reach)
