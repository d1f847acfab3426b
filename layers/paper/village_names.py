"""The villages of a commune on its paper map, each a dot; named where there is room, those of most people first."""

from collections.abc import Sequence
from dataclasses import dataclass

from layers.paper.look import INK, SURFACE
from layers.paper.marks import Ink, Words, circle
from layers.paper.page import Page
from layers.paper.placing import Label, Room
from layers.paper.projection import Frame
from layers.paper.writing import MM_PER_POINT, directed

SIZE, DOT_MM, TALL, SIDE_MM = 6.0, 0.5, 1.1, 0.2
MOST_HIDDEN = 3.0
"""Dots of other villages that a name may hide; a number of the coupon's grid weighs more."""


@dataclass(frozen=True)
class Village:
    """A village to name: its name in the language of the page, its position in degrees."""

    name: str
    lon: float
    lat: float


def draw_dots(page: Page, frame: Frame, room: Room, villages: Sequence[Village]) -> None:
    """Draw the dots, which names rather leave free."""
    for one in villages:
        x, y = (float(at) for at in frame.place(one.lon, one.lat))
        page.marks.append(Ink(circle(DOT_MM, x, y), fill=INK, edge=SURFACE, width=0.4, clip=frame.box))
        room.mind(x, y, DOT_MM)


def draw_names(page: Page, frame: Frame, room: Room, villages: Sequence[Village]) -> None:
    """Write the names that find room."""
    hand = page.hand(SIZE)
    tall = hand.points * MM_PER_POINT
    for one in villages:
        words = directed(one.name, page.direction)
        x, y = (float(at) for at in frame.place(one.lon, one.lat))
        label = Label(x, y, hand.width_mm(words) + 2 * SIDE_MM, TALL * tall, dot=DOT_MM, most=MOST_HIDDEN)
        if centre := room.place(label):
            base = centre[1] + 0.34 * tall
            page.marks.append(Words(centre[0], base, words, hand, INK, "centre", halo=SURFACE, halo_mm=0.35))
