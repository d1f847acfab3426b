"""Names on a map of paper: placed by importance, none over another nor over a point, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.paper import look
from layers.paper.ground import Name
from layers.paper.map_areas import Areas
from layers.paper.marks import Words, circle
from layers.paper.placing import Label, Room
from layers.paper.writing import MM_PER_POINT, Hand, directed

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
TALL = 1.24
"""Height of the box of a name, in sizes: Arabic reaches up and down."""
SIDE_MM = 0.6  # around a name: its halo
SIGN_PX = 17.0
"""How far from the middle of a commune its name goes where a sign stands there (`static/labels.js`)."""
MOST_HIDDEN = 3.0
"""Signs, dots of a cloud for instance, that the name of a commune may hide."""
OF_TOWN = 6.0
"""What hiding the dot of a town weighs, beside a sign."""


@dataclass(eq=False)
class Names:
    """Places and writes the names of one map; `room` is what they give way to."""

    areas: Areas
    room: Room

    def placed(self) -> list[tuple[Name, tuple[float, float], tuple[float, float]]]:
        """Choose where names stand, the most important first: each with its place and the middle of its words."""
        shown = [(name, self._at(name)) for name in self.areas.ground.names if self._shows(name)]
        shown = [(name, at) for name, at in shown if bool(self.areas.frame.holds(*at))]
        for name, (x, y) in shown:
            if name.kind in DOTS:
                self.room.mind(x, y, DOTS[name.kind] * self.areas.unit, OF_TOWN)
        found = ((name, at, self.room.place(self._label(name, *at))) for name, at in shown)
        return [(name, at, centre) for name, at, centre in found if centre is not None]

    def _shows(self, name: Name) -> bool:
        return STYLES[name.kind][0] <= self.areas.zoom < LEAVE.get(name.kind, 99)

    def _at(self, name: Name) -> tuple[float, float]:
        x, y = self.areas.frame.on_page(name.x, name.y)
        return float(x), float(y)

    def _label(self, name: Name, x: float, y: float) -> Label:
        hand, unit = self._hand(name), self.areas.unit
        tall = hand.points * MM_PER_POINT
        return Label(
            x,
            y,
            hand.width_mm(name.text) + 2 * SIDE_MM,
            TALL * tall,
            dot=DOTS.get(name.kind, 0.0) * unit,
            step=SIGN_PX * unit if name.kind == "commune" else TALL * tall,
            insists=name.kind in ALWAYS,
            most=MOST_HIDDEN if name.kind == "commune" else np.inf,
        )

    def _hand(self, name: Name) -> Hand:
        _, pixels, weight, _ = STYLES[name.kind]
        return Hand(weight, pixels * self.areas.unit / MM_PER_POINT, self.areas.page.direction)

    def write(self, name: Name, at: tuple[float, float], centre: tuple[float, float]) -> None:
        """Draw a name that was placed, with the dot of its town."""
        hand, frame = self._hand(name), self.areas.frame
        if name.kind in DOTS:
            dot = circle(DOTS[name.kind] * self.areas.unit, *at)
            self.areas.ink(dot, fill=look.SURFACE, edge=look.INK, width=self.areas.pt(1.2))
        colour = look.MUTED if STYLES[name.kind][3] else look.INK
        base = centre[1] + 0.34 * hand.points * MM_PER_POINT
        text = directed(name.text, hand.direction)
        halo_mm = 1.7 * self.areas.unit
        words = Words(centre[0], base, text, hand, colour, "centre", halo=look.PAPER, halo_mm=halo_mm, clip=frame.box)
        self.areas.page.marks.append(words)
