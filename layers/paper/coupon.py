"""What lets villagers mend a sheet with a pen: a numbered grid over its map, and a coupon of blank lines to hand in."""

from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path as Outline

from geo.coupon_grid import Grid
from layers.paper.look import EDGE, INK, MUTED, SURFACE
from layers.paper.marks import Ink, Words
from layers.paper.page import Page
from layers.paper.placing import Room
from layers.paper.projection import Frame
from layers.paper.writing import Hand

TOP_Y = 236.0
LINES, LINE_MM = 4, 7.1
FIRST_LINE_Y = TOP_Y + 19.5
QR_MM = 19.0
OF_NUMBER = 4.0
"""What hiding a number by a name weighs, beside a dot."""
GRID_COLOUR = "#3d4654"
NUMBER_SIZE, NUMBER_MM = 6.0, 2.1
WIDTHS = (0.11, 0.53, 0.36)
"""Shares of the width: the number of the cell, what is wrong, how one knows."""


@dataclass(frozen=True)
class Coupon:
    """The words of a coupon.

    Attributes
    ----------
    columns
        Heads of the three columns: cell, what is wrong or missing, how one knows.
    about
        Which sheet it comes from: name, code, date, version. It is read once the coupon is cut off.
    map_note
        What the numbers on the map are for.
    address
        Of the form that takes a coupon, for the QR code; "" leaves it out.
    """

    title: str
    lead: str
    columns: tuple[str, str, str]
    about: str
    map_note: str
    address: str
    grid: Grid


def draw_grid(page: Page, frame: Frame, room: Room, grid: Grid) -> None:
    """Draw the lines and numbers of the grid over a map; each number in a corner of its cell where no sign stands.

    Where signs stand in every corner it stands at the middle of a side, or where it is hidden least.
    """
    west, south, east, north = grid.extent
    along_lat, along_lon = np.linspace(south, north, 9), np.linspace(west, east, 9)
    drawn = [frame.place(np.full(9, lon), along_lat) for lon in grid.meridians]
    drawn += [frame.place(along_lon, np.full(9, lat)) for lat in grid.parallels]
    for left, top in drawn:
        outline = Outline(np.column_stack([left, top]))
        page.marks.append(Ink(outline, edge=SURFACE, width=1.1, opacity=0.55, clip=frame.box))
        page.marks.append(Ink(outline, edge=GRID_COLOUR, width=0.3, opacity=0.75, clip=frame.box))
    hand = Hand("regular", NUMBER_SIZE, "ltr")
    for cell in range(1, grid.cells + 1):
        cell_west, cell_south, cell_east, cell_north = grid.extent_of(cell)
        (left, right), (top, low) = frame.place([cell_west, cell_east], [cell_north, cell_south])
        wide = hand.width_mm(str(cell)) + 0.4
        across, down = (left + 0.3, right - 0.3 - wide), (top + 0.3, low - 0.3 - NUMBER_MM)
        middle, level = sum(across) / 2, sum(down) / 2
        places = [(x, y) for y in down for x in across] + [(middle, y) for y in down] + [(x, level) for x in across]
        boxes = [(float(x), float(y), float(x) + wide, float(y) + NUMBER_MM) for x, y in places]
        stands = min(boxes, key=lambda box: (not room.free(box), room.hides(box)))
        room.mind((stands[0] + stands[2]) / 2, stands[1] + NUMBER_MM / 2, NUMBER_MM / 2, OF_NUMBER)
        base = stands[1] + NUMBER_MM - 0.2
        words = Words(stands[0] + 0.2, base, str(cell), hand, GRID_COLOUR, halo=SURFACE, halo_mm=0.3, clip=frame.box)
        page.marks.append(words)


def lines(page: Page, x: float, width: float, words: Coupon) -> None:
    """Draw the coupon at the foot of the page: where to cut, what to write, the blank lines."""
    left = page.left_of(0, page.width)
    cut = Outline([(left + 6, TOP_Y), (left + page.width - 6, TOP_Y)])
    page.marks.append(Ink(cut, edge=EDGE, width=0.7, dash=(3.0, 2.0)))
    room = width - (QR_MM + 3 if words.address else 0)
    y = TOP_Y + 1.6
    page.text(x, y, words.title, size=9.5, style="bold", width=room)
    y += page.hand(9.5).line_mm
    page.paragraph(x, y, room, words.lead, size=7.2, height=FIRST_LINE_Y - 4 - y)
    if words.address:
        page.qr(x + width - QR_MM, TOP_Y + 0.8, QR_MM, words.address)
    starts = [x + width * sum(WIDTHS[:number]) for number in range(len(WIDTHS))]
    for start, share, head in zip(starts, WIDTHS, words.columns, strict=True):
        wide = min(share * width, x + room - start) - 1
        page.text(start, FIRST_LINE_Y - 4, head, size=7, style="bold", colour=MUTED, width=wide)
    for number in range(1, LINES + 1):
        y = FIRST_LINE_Y + number * LINE_MM - 1
        for start, share in zip(starts, WIDTHS, strict=True):
            page.rule(start, y, share * width - 3, colour=INK, weight=0.5)
    page.text(x, FIRST_LINE_Y + LINES * LINE_MM + 0.3, words.about, size=6.5, colour=MUTED, width=width)
