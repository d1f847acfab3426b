"""A map of the atlas in a box of a page: what the living map shows of a state, with scale, north and locator."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.path import Path as Outline
from shapely import LineString, get_parts, line_merge, polygonize, union_all

from layers.paper import look
from layers.paper.ground import Ground, joined, mercator
from layers.paper.map_areas import Areas
from layers.paper.map_signs import Signs
from layers.paper.marks import Box, Ink, Words, circle, rectangle
from layers.paper.page import Page
from layers.paper.placing import Edges, Room, around
from layers.paper.projection import Frame, fitted, round_length_km, viewed
from layers.paper.writing import MM_PER_POINT, directed

UNIT_MM = 0.235
"""Millimetres of paper for a pixel of the screen: names of 12 pixels are set in 8 points."""
UNSEEN_MM = 0.03
"""A line this far from where it belongs is not seen: a printer of 600 dots an inch has no finer dot."""
COUNTRY_DEG = (-17.6, 20.4, -0.6, 36.2)  # west, south, east, north of the locator

Around = Callable[[Frame, Room], None]
"""Told where a map lies and what of it is taken."""


def nothing(_frame: Frame, _room: Room) -> None:
    """Draw nothing more."""


def map_frame(
    page: Page,
    state: Mapping[str, Any],
    ground: Ground,
    box: Box,
    *,
    unit: float = UNIT_MM,
    grey: bool = False,
    relief: bool = True,
    labels: bool = True,
    edge: bool = True,
    before_names: Around = nothing,
    after_names: Around = nothing,
) -> Frame:
    """Draw the map of a state in a box: x from the side where reading starts, y, width, height, millimetres.

    Parameters
    ----------
    state
        What the living map is sent (`layers.payload.map_state`); its `view`, when it has one, else its focus.
    ground
        Shapes and names of the language of the page.
    unit
        Millimetres for a pixel of the screen: how large names, signs and lines are.
    grey
        Draw without colour, letters where greys do not tell classes apart.
    before_names
        Draws what lies under the names, and takes the room of what is drawn later (`leave_corners`).
    after_names
        Draws what stands over all, in the room that is left.

    Returns
    -------
    Frame
        Where the map lies: `place(lon, lat)` gives millimetres from the left and the top of the page; `box`.
    """
    x, top, width, height = box
    lies = (page.left_of(x, width), top, width, height)
    frame = viewed(tuple(state["view"]), lies) if state.get("view") else fitted(tuple(state["focus"]["extent"]), lies)
    unit *= float(state.get("magnify", 1.0))
    areas = Areas(page, frame, ground, state, unit, grey=grey, relief=relief)
    areas.paint()
    left, upper, wide, high = lies
    room = Room((left, upper, left + wide, upper + high))
    Signs(areas, room).paint(labels=labels, before_names=lambda: before_names(frame, room))
    after_names(frame, room)
    if edge:
        page.marks.append(Ink(rectangle(lies), edge=look.EDGE, width=0.7, join="miter"))
    return frame


def leave_corners(
    page: Page, frame: Frame, room: Room, *, most_mm: float = 38.0, size: float = 7.0, north_size: float = 7.5
) -> None:
    """Keep names away from where `scale_bar` and `north` will stand."""
    room.add(_scale(page, frame, most_mm, size)[0])
    x, y, radius = _north(page, frame, north_size)
    room.add(around(x, y, radius))


def scale_bar(page: Page, frame: Frame, texts: Mapping[str, str], *, most_mm: float = 38.0, size: float = 7.0) -> float:
    """Draw the scale in the corner of the map where reading ends: a round length, true at its middle; return it in km.

    Parameters
    ----------
    texts
        `unit_km`, `unit_m`, `north` and `number`, the length as the language writes it, by `{}`.
    """
    (west, north_edge, east, south), km, long = _scale(page, frame, most_mm, size)
    at, base = west + 2, south - 2
    ground = rectangle((west, north_edge, east - west, south - north_edge))
    page.marks.append(Ink(ground, fill=look.SURFACE, opacity=0.82))
    for part, fill in enumerate((look.INK, look.SURFACE)):
        box = (at + part * long / 2, base - 1.3, long / 2, 1.3)
        page.marks.append(Ink(rectangle(box), fill=fill, edge=look.INK, width=0.6, join="miter"))
    said = f"{km:g} {texts['unit_km']}" if km >= 1 else f"{km * 1000:g} {texts['unit_m']}"
    words = directed(said, page.direction)
    page.marks.append(Words(at + long / 2, base - 2.4, words, page.hand(size), look.INK, "centre"))
    return km


def _scale(page: Page, frame: Frame, most_mm: float, size: float) -> tuple[Edges, float, float]:
    """Return where the scale stands, the kilometres it shows and how long these are on the page, millimetres."""
    km = round_length_km(frame, most_mm)
    long = km / frame.km_per_mm()
    left, top, width, height = frame.box
    at = left + 4 if page.direction == "rtl" else left + width - 4 - long
    base, tall = top + height - 4.0, page.hand(size).line_mm
    return (at - 2, base - 2.4 - tall, at + long + 2, base + 2), km, long


def north(page: Page, frame: Frame, letter: str, *, size: float = 7.5) -> None:
    """Draw north, which is up everywhere on this map, in the upper corner where reading ends."""
    x, y, radius = _north(page, frame, size)
    times, top = size / 7.5, frame.box[1]
    page.marks.append(Ink(circle(radius, x, y), fill=look.SURFACE, opacity=0.82))
    needle = [(0, 3.6), (1.7, 8.4), (0, 7.3), (-1.7, 8.4), (0, 3.6)]
    page.marks.append(
        Ink(Outline([(x + across * times, top + down * times) for across, down in needle], closed=True), fill=look.INK)
    )
    hand = page.hand(size, "bold")
    base = top + 8.6 * times + hand.points * MM_PER_POINT * 0.8
    page.marks.append(Words(x, base, directed(letter, page.direction), hand, look.INK, "centre"))


def _north(page: Page, frame: Frame, size: float) -> tuple[float, float, float]:
    """Return the middle and the radius of the sign of north."""
    left, top, width, _ = frame.box
    times = size / 7.5
    x = left + 7 * times if page.direction == "rtl" else left + width - 7 * times
    return x, top + 7.4 * times, 4.6 * times


def shows_the_country(frame: Frame) -> bool:
    """Tell whether a map shows the whole country: it then needs no locator."""
    (west, east), (south, upper) = mercator(COUNTRY_DEG[::2], COUNTRY_DEG[1::2])
    seen = frame.extent
    return bool(seen[0] < west + 1 and seen[2] > east - 1 and seen[1] < south + 1 and seen[3] > upper - 1)


def locator(page: Page, ground: Ground, seen: Frame, box: Box, *, grey: bool = False) -> None:
    """Draw the country in a small box and where the map lies in it; `box` as in `map_frame`."""
    x, top, width, height = box
    lies = (page.left_of(x, width), top, width, height)
    frame = fitted(COUNTRY_DEG, lies, margin_mm=1.0)
    land, where_colour = ("#d8d8d8", look.INK) if grey else ("#ddd6c9", look.SAFFRON)
    page.marks.append(Ink(rectangle(lies), fill=look.SURFACE))
    country, regions, outline = (frame.drawn(shape) for shape in _country(ground, UNSEEN_MM / frame.mm_per_degree))
    page.marks.append(Ink(country, fill=land, clip=lies))
    page.marks.append(Ink(regions, edge=look.SURFACE, width=0.4, clip=lies))
    page.marks.append(Ink(outline, edge=look.BORDER, width=0.5, clip=lies))
    west, south, east, upper = seen.extent
    (left, right), (high, low) = frame.on_page([west, east], [upper, south])
    where = (float(left), float(high), float(right - left), float(low - high))
    page.marks.append(Ink(rectangle(where), edge=where_colour, width=1.3, join="miter", clip=lies))
    if max(where[2:]) < 3.0:  # noqa: PLR2004 - a rectangle one would not see
        middle = (where[0] + where[2] / 2, where[1] + where[3] / 2)
        page.marks.append(Ink(circle(2.2, *middle), edge=where_colour, width=1.3, clip=lies))


@lru_cache(maxsize=8)
def _country(ground: Ground, tolerance_deg: float) -> tuple[Outline, Outline, Outline]:
    """Return the land of the country, the borders of its regions, its outline: no line further off than told."""
    regions, outline = (_lighter(ground.shape(name), tolerance_deg) for name in ("regions.lines", "country.outline"))
    faces = get_parts(polygonize([line_merge(union_all(outline))]))
    land = [Outline(np.asarray(face.exterior.coords), closed=True) for face in faces]
    return joined(land), *(joined([Outline(np.asarray(line.coords)) for line in lines]) for lines in (regions, outline))


def _lighter(outline: Outline, tolerance_deg: float) -> list[LineString]:
    """Return the lines of an outline with the fewest points that keep it; their ends, where others begin, stay."""
    starts = np.flatnonzero(outline.codes == Outline.MOVETO)[1:]
    return [LineString(part).simplify(tolerance_deg) for part in np.split(outline.vertices, starts) if len(part) > 1]
