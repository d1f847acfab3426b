"""The villages of a commune on its paper map, each a dot; named where there is room, those of most people first."""

from collections.abc import Sequence
from dataclasses import dataclass

from layers.paper.look import INK, SURFACE
from layers.paper.marks import Box, Ink, Words, circle
from layers.paper.page import Page
from layers.paper.projection import Frame
from layers.paper.writing import MM_PER_POINT, directed

SIZE, DOT_MM, GAP_MM = 6.0, 0.5, 0.9


@dataclass(frozen=True)
class Village:
    """A village to name: its name in the language of the page, its position in degrees."""

    name: str
    lon: float
    lat: float


def draw(page: Page, frame: Frame, villages: Sequence[Village], taken: Sequence[Box]) -> None:
    """Draw the dots, and the names that meet neither the edge of the map, nor what is drawn, nor a name before.

    Parameters
    ----------
    taken
        Where something stands already that must stay legible.
    """
    placed = [tuple(float(value) for value in frame.place(one.lon, one.lat)) for one in villages]
    dots = ((x - DOT_MM, y - DOT_MM, 2 * DOT_MM, 2 * DOT_MM) for x, y in placed)
    full: list[Box] = [*taken, *dots]
    hand = page.hand(SIZE)
    tall = hand.points * MM_PER_POINT
    for x, y in placed:
        page.marks.append(Ink(circle(DOT_MM, x, y), fill=INK, edge=SURFACE, width=0.4, clip=frame.box))
    for one, (x, y) in zip(villages, placed, strict=True):
        words = directed(one.name, page.direction)
        wide = hand.width_mm(words)
        for left, top in (
            (x + GAP_MM, y - tall / 2),
            (x - GAP_MM - wide, y - tall / 2),
            (x - wide / 2, y - GAP_MM - tall),
            (x - wide / 2, y + GAP_MM),
        ):
            box = (left, top, wide, tall)
            if _is_inside(box, frame.box) and not any(_meet(box, other) for other in full):
                full.append(box)
                page.marks.append(Words(left, top + tall * 0.8, words, hand, INK, halo=SURFACE, halo_mm=0.35))
                break


def _is_inside(box: Box, whole: Box) -> bool:
    left, top, wide, tall = box
    return whole[0] < left and whole[1] < top and left + wide < whole[0] + whole[2] and top + tall < whole[1] + whole[3]


def _meet(box: Box, other: Box) -> bool:
    return (
        box[0] < other[0] + other[2]
        and other[0] < box[0] + box[2]
        and box[1] < other[1] + other[3]
        and other[1] < box[1] + box[3]
    )
