"""Lines from countries to communes on paper: a country beyond the map stands at its edge, on the side where it lies."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path as Outline

from layers.paper import look
from layers.paper.map_areas import Areas
from layers.paper.marks import Box, Words, rectangle
from layers.paper.placing import Edges
from layers.paper.writing import MM_PER_POINT, Hand

THICKEST_PX, SIZE_PX, INSET_PX, GAP_PX, BEND = 4.0, 11.5, 22.0, 6.0, 0.12
NORTH_INSETS = 2.8  # insets kept free at both ends of a row: the arrow to the north stands in a corner


@dataclass
class Port:
    """Where the lines of a country begin on the page, and its label there; `side` is flat, upright or inside."""

    label: str
    x: float
    y: float
    width: float
    side: str


class Flows:
    """The lines of one map; where their labels stand is known before anything is drawn."""

    def __init__(self, areas: Areas) -> None:
        self.areas, self.state = areas, areas.state.get("flows") or {"countries": [], "lines": []}
        self.hand = Hand("bold", SIZE_PX * areas.unit / MM_PER_POINT, areas.page.direction)
        self.tall = self.hand.line_mm * 1.2
        self.ports = [_port(areas, self.hand, *country) for country in self.state["countries"]]
        _apart(self.ports, areas.frame.box, INSET_PX * areas.unit, GAP_PX * areas.unit, self.tall)

    def boxes(self) -> list[Edges]:
        """Return where the labels stand."""
        half = self.tall / 2
        return [(one.x - one.width / 2, one.y - half, one.x + one.width / 2, one.y + half) for one in self.ports]

    def paint(self) -> None:
        """Draw the lines over the signs of communes, their labels last."""
        areas = self.areas
        colours = areas.palette(self.state["colours"]) if self.ports else []
        most = max([2, *(count for _, _, count, _ in self.state["lines"])])
        for country, commune, count, strong in self.state["lines"]:
            x, y = areas.frame.on_page(*areas.ground.centres[commune])
            width = 1 + (THICKEST_PX - 1) * (count - 1) / (most - 1) + 0.8 * strong
            line = _bent(self.ports[country].x, self.ports[country].y, float(x), float(y))
            areas.ink(line, edge=look.PAPER, width=areas.pt(width + 2), opacity=0.7)
            areas.ink(line, edge=colours[strong], width=areas.pt(width), opacity=0.95 if strong else 0.55)
        for port, (west, north, east, south) in zip(self.ports, self.boxes(), strict=True):
            box = (west, north, east - west, south - north)
            areas.ink(rectangle(box), fill=look.SURFACE, edge=look.EDGE, width=areas.pt(1))
            base = port.y + 0.36 * self.hand.points * MM_PER_POINT
            said = Words(port.x, base, port.label, self.hand, look.INK, "centre", clip=areas.frame.box)
            areas.page.marks.append(said)


def _port(areas: Areas, hand: Hand, label: str, lon: float, lat: float) -> Port:
    """Return where the way from the middle of the map to a country leaves the map."""
    left, top, wide, high = areas.frame.box
    x, y = (float(at) for at in areas.frame.place(lon, lat))
    width = hand.width_mm(label) + 14 * areas.unit
    if bool(areas.frame.holds(x, y)):
        return Port(label, x, y, width, "inside")
    middle = left + wide / 2, top + high / 2
    dx, dy = x - middle[0], y - middle[1]
    across, along = (wide / 2 / max(abs(dx), 1e-9), high / 2 / max(abs(dy), 1e-9))
    share = min(across, along)
    return Port(label, middle[0] + dx * share, middle[1] + dy * share, width, "upright" if across < along else "flat")


def _apart(ports: list[Port], box: Box, inset: float, gap: float, tall: float) -> None:
    """Keep the labels of one side in their order, inside the map and apart."""
    left, top, wide, high = box
    for upper in (True, False):
        row = sorted((one for one in ports if one.side == "flat" and (one.y < top + high / 2) is upper), key=_by_x)
        for one in row:
            one.y = top + inset if upper else top + high - inset
        ends = left + NORTH_INSETS * inset, left + wide - NORTH_INSETS * inset
        _spread(row, "x", lambda one: one.width, *ends, gap)
    for near in (True, False):
        column = [one for one in ports if one.side == "upright" and (one.x < left + wide / 2) is near]
        for one in column:
            one.x = left + inset + one.width / 2 if near else left + wide - inset - one.width / 2
        _spread(
            sorted(column, key=lambda one: one.y), "y", lambda _: tall, top + 2 * inset, top + high - inset, gap / 3
        )


def _by_x(port: Port) -> float:
    return port.x


def _spread(row: list[Port], axis: str, length: Callable[[Port], float], near: float, far: float, gap: float) -> None:
    """Move labels from the near end to the far one, then back, so that none hides another."""
    for one in row:
        setattr(one, axis, max(getattr(one, axis), near + length(one) / 2))
        near = getattr(one, axis) + length(one) / 2 + gap
    for one in reversed(row):
        setattr(one, axis, min(getattr(one, axis), far - length(one) / 2))
        far = getattr(one, axis) - length(one) / 2 - gap


def _bent(x: float, y: float, to_x: float, to_y: float) -> Outline:
    dx, dy = to_x - x, to_y - y
    way = np.array([(x, y), (x + dx / 2 - dy * BEND, y + dy / 2 + dx * BEND), (to_x, to_y)])
    return Outline(way, [Outline.MOVETO, Outline.CURVE3, Outline.CURVE3])
