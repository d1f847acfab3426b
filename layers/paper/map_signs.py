"""The signs of a map on paper: clouds of places, projects at points and by commune, circles, letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path as Outline

from geo.placement import MIXED
from layers import style
from layers.packing import marked, unpacked
from layers.paper import look
from layers.paper.fetched import places_of_dots, points
from layers.paper.ground import Floats
from layers.paper.map_areas import Areas, stamped
from layers.paper.map_flows import Flows
from layers.paper.map_names import Names
from layers.paper.marks import Words, circle, cross
from layers.paper.placing import Room, around
from layers.paper.symbol_paths import symbol
from layers.paper.writing import MM_PER_POINT, Hand

REFERENCE_ZOOM, GROWTH = 8.0, 2.2  # of dots, as on the screen (`static/dots.js`)
CLUSTER_PX, HALF_PX, SMALL_PX, LETTER_PX = 34.0, 8.0, 3.0, 4.0
CROSS_PX = 2.0
OF_COMMUNE = 2.0
"""What hiding the sign of a commune by a name weighs, beside a dot of a cloud."""


@dataclass(frozen=True)
class Cluster:
    """Points drawn as one sign: where on the page, how many, the sector they share (MIXED when they do not)."""

    x: float
    y: float
    count: int
    sector: int


@dataclass(eq=False)
class Signs:
    """Draws the signs and names of one map over its areas; `room` is what of it is taken."""

    areas: Areas
    room: Room = field(default_factory=Room)

    @property
    def unit(self) -> float:
        """Millimetres for a pixel of the screen."""
        return self.areas.unit

    def paint(self, *, labels: bool = True, before_names: Callable[[], None] = lambda: None) -> None:
        """Draw: dots, then the signs of communes, names over them, points over all; points choose their room first.

        Parameters
        ----------
        before_names
            Called when the places of points are known and nothing stands on them yet: a grid is drawn under names.
        """
        self._dots()
        clusters = self._clusters() if self.areas.state["show"] != "amount" else []
        for one in clusters:
            self.room.keep(around(one.x, one.y, self._radius(one)))
        flows = Flows(self.areas)
        for box in flows.boxes():
            self.room.add(box)
        self._mind_communes()
        before_names()
        names = Names(self.areas, self.room)
        placed = names.placed() if labels else []
        self._communes()
        self._letters()
        for name in placed:
            names.write(*name)
        for cluster in clusters:
            self._cluster(cluster)
        flows.paint()

    def inside(self, x: npt.ArrayLike, y: npt.ArrayLike, reach: float = 0.0) -> npt.NDArray[np.bool_]:
        """Tell which places of the page lie on the map."""
        return self.areas.frame.holds(x, y, reach)

    # Clouds of places ---------------------------------------------------------------------------------------------
    def _dots(self) -> None:
        state = self.areas.state.get("dots")
        if not state:
            return
        lon, lat, radii = places_of_dots(self.areas.ground.fetch(state["url"]))
        classes = unpacked(state["classes"])
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
                if special and self.areas.grey:  # a hollow dot would look like one of the palest class
                    fill = edge = self.areas.colour(look.EDGE)
                    shape = cross(max(radius, CROSS_PX * self.unit))
                stamped(self.areas, shape, places, fill=fill, edge=edge, width=self.areas.pt(0.6))
        self.room.mind(x[seen], y[seen], size[seen])
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
        shown = marked(state["visible"])
        x, y = self.areas.frame.place(lon, lat)
        for number in shown[np.isin(project[shown], self.areas.state["selection"]["projects"])]:
            self._ring(float(x[number]), float(y[number]), 12 * self.unit)
        kept = shown[self.inside(x[shown], y[shown], 1.0)]
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
        letter = self._sector_letters.get((look_of["path"], look_of["colour"]), "")
        fill = look.SURFACE if letter else self.areas.colour(look_of["colour"])
        self.areas.ink(moved, fill=fill, edge=look.INK, width=self.areas.pt(1.2))
        if letter:
            self._number(letter, x, y, 1.1 * radius / self.unit)

    @cached_property
    def _sector_letters(self) -> Mapping[tuple[str, str], str]:
        return look.sector_letters(self.areas.state["legend"]) if self.areas.grey else {}

    def _sector(self, sector: int) -> Mapping[str, str]:
        return dict(self.areas.ground.config["symbols"][sector])

    # Projects by commune, circles ---------------------------------------------------------------------------------
    def _mind_communes(self) -> None:
        """Have names leave the signs of communes, and the letters of their classes, legible."""
        state, show = self.areas.state.get("areas"), self.areas.state["show"]
        if state:
            signs = np.flatnonzero(unpacked(state["radii"]) if show == "amount" else unpacked(state["counts"]))
            self._mind(signs + int(state["first"]), HALF_PX, OF_COMMUNE)
        state, letters = self._lettered()
        if state:
            lettered = np.flatnonzero(unpacked(state["classes"]) < len(letters))
            self._mind(lettered + int(state["first"]), LETTER_PX, 1.0)

    def _mind(self, communes: npt.NDArray[Any], pixels: float, weight: float) -> None:
        x, y = self.areas.frame.on_page(*self.areas.ground.centres[communes].T)
        self.room.mind(x, y, pixels * self.unit, weight)

    def _communes(self) -> None:
        state = self.areas.state.get("areas")
        if not state:
            return
        counts, sectors = unpacked(state["counts"]), unpacked(state["sectors"])
        radii = unpacked(state["radii"]) / style.RADIUS_STEPS if "radii" in state else np.zeros(len(counts))
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
        box = around(x, y, (HALF_PX + 1) * self.unit)
        free = self.room.free(box)
        if free:
            self.room.add(box)
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
            self._number(str(count), x, y, 11 if count < 100 else 8.5)  # noqa: PLR2004 - three digits are set smaller
        else:
            self._mark(sector, x, y, half * 0.66)

    def _letters(self) -> None:
        """Write the letter of its class on each commune where greys alone would not tell the classes apart."""
        state, letters = self._lettered()
        if state is None:
            return
        for number, of in enumerate(unpacked(state["classes"])):
            x, y = self.areas.frame.on_page(*self.areas.ground.centres[state["first"] + number])
            if of < len(letters) and self.inside(x, y):
                box = around(float(x), float(y), LETTER_PX * self.unit)
                if self.room.free(box):
                    self.room.add(box)
                    self._number(letters[of], float(x), float(y), 8, halo=look.PAPER)

    def _lettered(self) -> tuple[Mapping[str, Any] | None, list[str]]:
        """Return the classes of a map that needs letters, and these; None where its greys tell them apart."""
        state = self.areas.state.get("choropleth")
        letters = look.letters(state["palette"]) if state and self.areas.grey else []
        return (state if letters else None), letters

    def _number(self, text: str, x: float, y: float, pixels: float, halo: str = "") -> None:
        hand = Hand("bold", pixels * self.unit / MM_PER_POINT, "ltr")
        base = y + 0.36 * hand.points * MM_PER_POINT
        self.areas.page.marks.append(
            Words(x, base, text, hand, look.INK, "centre", halo=halo, clip=self.areas.frame.box)
        )


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
