"""Names on a map of paper: placed by importance, none over another nor over a point, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.paper import look
from layers.paper.ground import Name
from layers.paper.map_areas import Areas
from layers.paper.marks import Words, circle
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


@dataclass(eq=False)
class Names:
    """Places and writes the names of one map; `taken` is what they give way to."""

    areas: Areas
    taken: Room
    written: Room = field(default_factory=Room)

    def placed(self) -> list[tuple[Name, tuple[float, float], tuple[float, float]]]:
        """Choose where names stand: the most important first, none over another nor over a point."""
        zoom, placed = self.areas.zoom, []
        for name in self.areas.ground.names:
            if not STYLES[name.kind][0] <= zoom < LEAVE.get(name.kind, 99):
                continue
            x, y = (float(value) for value in self.areas.frame.on_page(name.x, name.y))
            if bool(self.areas.frame.holds(x, y)) and (centre := self._beside(name, x, y)):
                placed.append((name, (x, y), centre))
        return placed

    def _beside(self, name: Name, x: float, y: float) -> tuple[float, float] | None:
        hand, dot = self._hand(name), DOTS.get(name.kind, 0.0) * self.areas.unit
        half, tall = hand.width_mm(name.text) / 2 + 0.6, hand.points * MM_PER_POINT * 0.62
        offers = [(x, y)]
        if dot:
            step = hand.points * MM_PER_POINT * 0.95
            offers = [(x + right * (half + dot + 0.3), y + down * step) for right, down in BESIDE]
        boxes = [(cx - half, cy - tall, cx + half, cy + tall) for cx, cy in offers]
        left, top, width, height = self.areas.frame.box
        whole = [a > left and c < left + width and b > top and d < top + height for a, b, c, d in boxes]
        chosen = next((at for at, box in enumerate(boxes) if whole[at] and self.taken.free(box)), None)
        if chosen is None and name.kind in ALWAYS and whole[0] and self.written.free(boxes[0]):
            chosen = 0
        if chosen is None:
            return None
        self.taken.add(boxes[chosen])
        self.written.add(boxes[chosen])
        if dot:
            self.taken.add(around(x, y, dot))
        return offers[chosen]

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


def around(x: float, y: float, reach: float) -> BoxOf:
    """Return the box of what reaches so far from a place."""
    return (x - reach, y - reach, x + reach, y + reach)
