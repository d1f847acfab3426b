"""The areas of a map on paper: ground, classes, tints, lines, veil, what is chosen; in the order of the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.path import Path as Outline

from layers.packing import marked, unpacked
from layers.paper import look
from layers.paper.borders import merged, once, within
from layers.paper.ground import Ground, mercator
from layers.paper.marks import Ink, Picture, Stamps, circle, rectangle
from layers.paper.page import Page
from layers.paper.projection import TILE_PX, Frame
from layers.paper.writing import MM_PER_POINT
from layers.style import HIDDEN, NOT_APPLICABLE, SPECIAL_CLASSES

FINER = 1.0  # levels of zoom by which paper needs outlines before the screen does
REGION_ZOOM, FULL_ZOOM = 6.8, 10.0
COMMUNE_ZOOM, PROVINCE_ZOOM, NEAR_ZOOM = 6.6, 5.6, 7.0  # from the last on, lines are drawn wider
TOWN_DEGREES, TOWN_PX, DISC_PX, DISC_ZOOM = 0.0858, 9.0, 4.5, 6.8
"""A commune smaller than this gets a disc while its outline is too small to see (`static/choropleth.js`)."""
OPACITY = 0.88
VEIL = 0.62
RELIEF = 0.5


@dataclass(eq=False)
class Areas:
    """Draws the areas of one map.

    Attributes
    ----------
    unit
        Millimetres of paper for a pixel of the screen: how large signs, names and lines are.
    grey
        Without colour: classes in greys, with letters where greys do not tell them apart.
    """

    page: Page
    frame: Frame
    ground: Ground
    state: Mapping[str, Any]
    unit: float
    grey: bool = False
    relief: bool = True
    _all: dict[int, Outline] = field(default_factory=dict)

    @property
    def zoom(self) -> float:
        """Zoom of the screen at which a pixel is as large as our unit."""
        return float(np.log2(self.frame.mm_per_degree / self.unit * 360 / TILE_PX))

    @cached_property
    def shapes(self) -> Mapping[int, Outline]:
        """The communes that show, as they lie on the page, each in the fineness that the scale asks for."""
        west, south, east, north = self.frame.extent
        found = dict(self.ground.outlines("country"))
        focus = str(self.state["focus"]["key"])
        for kind, least in (("region", REGION_ZOOM - FINER), ("full", FULL_ZOOM - FINER)):
            for code, extent in self.ground.levels(kind).items():
                near = self.zoom >= (least if focus.startswith(code) else least + 1.2)
                (left, right), (low, high) = mercator(extent[::2], extent[1::2])
                if near and left < east and right > west and low < north and high > south:
                    found |= self.ground.outlines(f"{kind}.{code}")
        seen = {}
        for index, outline in found.items():
            low, high = outline.vertices.min(axis=0), outline.vertices.max(axis=0)
            if low[0] < east and high[0] > west and low[1] < north and high[1] > south:
                seen[index] = self.frame.drawn(outline)
        return seen

    def paint(self) -> None:
        """Draw everything that lies under signs and names."""
        self._ground()
        self._classes()
        self._tinted()
        self._lines()
        self._veil()
        self._towns()
        self._chosen()

    def ink(self, outline: Outline, **look_of: Any) -> None:
        """Draw an outline of the page, cut at the edge of the map."""
        if len(outline.vertices):
            self.page.marks.append(Ink(outline, clip=self.frame.box, **look_of))

    def line(self, outline: Outline, **look_of: Any) -> None:
        """Draw straight lines, those parts alone that the map shows."""
        self.ink(within(outline, self.frame.box), **look_of)

    def pt(self, px: float) -> float:
        """Return a width of the screen in points of paper."""
        return px * self.unit / MM_PER_POINT

    def colour(self, colour: str) -> str:
        """Return a colour, or its grey where there is none."""
        return look.grey(colour) if self.grey else colour

    def palette(self, colours: Iterable[str]) -> list[str]:
        """Return the colours of classes, or their greys."""
        return look.greys(list(colours)) if self.grey else list(colours)

    def _ground(self) -> None:
        box = self.frame.box
        self.ink(rectangle(box), fill=self.colour(look.SEA))
        self.ink(self.frame.drawn(self.ground.shape("neighbours")), fill=self.colour(look.ABROAD))
        land, paper = merged(list(self.shapes.values())), self.colour(look.PAPER)
        self.ink(land, fill=paper, edge=paper, width=self.pt(0.8), join="bevel")
        relief = self.ground.relief(self.frame.extent) if self.relief else None
        if relief is not None:
            (west, south, east, north), pixels = relief
            (left, right), (top, bottom) = self.frame.on_page([west, east], [north, south])
            lies = (float(left), float(top), float(right - left), float(bottom - top))
            self.page.marks.append(Picture(lies, _greyed(pixels) if self.grey else pixels, clip=box, opacity=RELIEF))
        # Nothing is known beyond: the map ends with a line.
        self.ink(self.frame.drawn(self.ground.shape("frame")), fill=look.SURFACE, edge=look.EDGE, width=self.pt(1))

    def _classes(self) -> None:
        state = self.state.get("choropleth")
        if not state:
            return
        classes, first = unpacked(state["classes"]), int(state["first"])
        for of in np.unique(classes):
            if of != HIDDEN:
                shown = self._merged(first + int(number) for number in np.flatnonzero(classes == of))
                self._filled(shown, int(of), self.palette(state["palette"]))
        for name, marks in (state.get("over") or {}).items():
            shown = self._merged(first + int(number) for number in marked(marks))
            self.ink(shown, hatch=look.OVER[name], hatch_colour=look.INK, hatch_width=self.pt(0.9))

    def _filled(self, outline: Outline, of: int, palette: list[str]) -> None:
        if of not in SPECIAL_CLASSES:
            self.ink(outline, fill=palette[of], opacity=OPACITY)
            return
        fill = look.PAPER if of == NOT_APPLICABLE else look.NO_DATA_GREY
        hatch = look.EDGE if of == NOT_APPLICABLE else look.MUTED
        width = self.pt(0.9)
        self.ink(outline, fill=self.colour(fill), hatch=look.PATTERNS[of], hatch_colour=hatch, hatch_width=width)

    def _tinted(self) -> None:
        """Tint the communes by which projects are known, where they are drawn as areas."""
        state = self.state.get("areas")
        if not state or state.get("bare") or self.state["show"] == "amount":
            return
        counts = unpacked(state["counts"])
        indexes = [int(state["first"]) + int(number) for number in np.flatnonzero(counts)]
        self.ink(self._merged(indexes), fill=self.colour("#4678d7"), opacity=0.13)
        edges = once([self.shapes[index] for index in indexes if index in self.shapes])
        self.line(edges, edge=self.colour(look.ACCENT), edge_opacity=0.6, width=self.pt(0.9))

    def _lines(self) -> None:
        zoom, ink = self.zoom, self.colour(look.BORDER)
        is_near = zoom >= NEAR_ZOOM
        river = self.colour(look.RIVER)
        self.line(self.frame.drawn(self.ground.shape("rivers")), edge=river, width=self.pt(1 if is_near else 0.6))
        if zoom >= COMMUNE_ZOOM:
            self.line(once(list(self.shapes.values())), edge=ink, width=self.pt(0.5), edge_opacity=0.34)
        if zoom >= PROVINCE_ZOOM:
            self._border("provinces.lines", 1.2 if is_near else 0.8, 0.55)
        self._border("regions.lines", 1.7 if is_near else 1.1, 0.75)
        self._border("country.outline", 1.3, 0.85)

    def _border(self, name: str, width: float, opacity: float) -> None:
        outline = self.frame.drawn(self.ground.shape(name))
        self.line(outline, edge=self.colour(look.BORDER), width=self.pt(width), edge_opacity=opacity)

    def _veil(self) -> None:
        focus = self.state["focus"]
        if focus["last"] - focus["first"] >= len(self.ground.centres):
            return
        outside = [shape for index, shape in self.shapes.items() if not focus["first"] <= index < focus["last"]]
        self.ink(merged(outside), fill=look.SURFACE if self.grey else look.PAPER, opacity=VEIL)

    def _towns(self) -> None:
        """Draw towns too small to be seen as areas as discs of their class."""
        state = self.state.get("choropleth")
        if not state or self.zoom < DISC_ZOOM:
            return
        classes, first = unpacked(state["classes"]), int(state["first"])
        for number in np.flatnonzero(classes != HIDDEN):
            shape = self.shapes.get(first + int(number))
            if shape is None:
                continue
            extent = float(np.max(np.ptp(shape.vertices, axis=0)))
            if extent >= TOWN_PX * self.unit or extent >= TOWN_DEGREES * self.frame.mm_per_degree:
                continue
            x, y = self.frame.on_page(*self.ground.centres[first + int(number)])
            disc = circle(DISC_PX * self.unit, float(x), float(y))
            self._filled(disc, int(classes[number]), self.palette(state["palette"]))
            self.ink(disc, edge=look.INK, width=self.pt(1))

    def _chosen(self) -> None:
        selection = self.state["selection"]
        spans = [range(*span) for span in selection["hatched"]]
        wide = self._merged(index for span in spans for index in span)
        self.ink(wide, hatch=look.CHOSEN, hatch_colour=self.colour(look.SAFFRON), hatch_width=self.pt(1))
        outline = self._merged(selection["communes"])  # a province is outlined as one
        for thick, colour in ((5.0, look.PAPER), (2.4, look.INK)):
            self.ink(outline, edge=colour, width=self.pt(thick))

    def _merged(self, indexes: Iterable[int]) -> Outline:
        return merged([self.shapes[index] for index in indexes if index in self.shapes])


def stamped(areas: Areas, outline: Outline, places: np.ndarray, **look_of: Any) -> None:
    """Stamp an outline at many places of a map, cut at its edge."""
    if len(places):
        areas.page.marks.append(Stamps(outline, places, clip=areas.frame.box, **look_of))


def _greyed(pixels: np.ndarray) -> np.ndarray:
    light = (pixels[..., :3] @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
    return np.dstack((light, light, light, pixels[..., 3]))
