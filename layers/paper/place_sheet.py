"""The sheet of a place on two pages: who lives there, how it fares, what is done; and a coupon to mend it.

Everything written is given in words: what the screen's sheet says, the paper says with the same figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from layers.paper import coupon, place_figures, place_lists, place_sectors
from layers.paper.legend_key import LegendKey, palette_of
from layers.paper.look import ACCENT, INK, LINE, MUTED
from layers.paper.marks import Box
from layers.paper.page import Page
from layers.paper.place_lists import Amounts

MARGIN, TOP, WIDTH = 10.0, 9.0, 190.0
FOOT_Y = 288.0
MAP_WIDTH, MAP_HEIGHT, GAP = 104.0, 92.0, 6.0
QR_MM, LOCATOR_MM = 17.0, 19.0
LEGEND_PT, LEAST_LEGEND_PT, LEGEND_MM = 6.8, 5.4, 29.0

DrawMap = Callable[[Page, Box, Box], Mapping[str, Any]]
"""Draws the map of the place with its grid in a box of a page, the country with the place in another (`x` of both is
measured from where reading starts); returns the state drawn, whose legend stands beside."""


@dataclass(frozen=True)
class PlaceSheet:
    """What the sheet of a territory or a village says.

    Attributes
    ----------
    head, brief, figures, sectors, villages, end
        As the templates of the screen's sheet take them.
    projects, offices
        Titles, lines, and what is said where there is none.
    coupon
        Words of the coupon (see `coupon.lines`), with the grid of the map.
    foots
        What stands at the foot of each page.
    address
        Of the same sheet on a screen, for the QR code; "" leaves it out.
    """

    direction: str
    head: Mapping[str, Any]
    brief: Mapping[str, Any]
    figures: Mapping[str, Any]
    sectors: Mapping[str, Any]
    villages: Mapping[str, Any]
    end: Mapping[str, Any]
    projects: Mapping[str, Any]
    offices: Mapping[str, Any]
    coupon: coupon.Coupon
    foots: tuple[str, str]
    address: str
    draw_map: DrawMap


def pages(sheet: PlaceSheet) -> list[Page]:
    """Draw both pages."""
    return [_first(sheet), _second(sheet)]


def _first(sheet: PlaceSheet) -> Page:
    page = Page("a4", direction=sheet.direction)
    y = _head(page, sheet)
    locator = (MARGIN + WIDTH - _of_qr(sheet) - LOCATOR_MM, TOP - 2, LOCATOR_MM, QR_MM)
    state = sheet.draw_map(page, (MARGIN, y, MAP_WIDTH, MAP_HEIGHT), locator)
    start, wide = MARGIN + MAP_WIDTH + GAP, WIDTH - MAP_WIDTH - GAP
    key = LegendKey(page, state["legend"], palette_of(state), size=LEGEND_PT)
    while key.whole_height(wide, 2) > LEGEND_MM and key.size > LEAST_LEGEND_PT:
        key.size *= 0.95
    low = key.whole_height(wide, 2)
    place_figures.brief(page, start, y, wide, MAP_HEIGHT - low - 3, sheet.brief)
    key.draw(start, y + MAP_HEIGHT - low, wide, 2)
    y += MAP_HEIGHT + 1
    y += page.paragraph(MARGIN, y, WIDTH, sheet.coupon.map_note, size=6.5, colour=MUTED) + 1.5
    place_figures.table(page, MARGIN, y, WIDTH, FOOT_Y - y - 1, sheet.figures)
    foot(page, sheet.foots[0])
    return page


def _head(page: Page, sheet: PlaceSheet) -> float:
    """Write names, kind and finding; return where they end."""
    head, room = sheet.head, WIDTH - _of_qr(sheet) - LOCATOR_MM - 3
    path = " › ".join([head["kicker"], *(up["name"] for up in head["path"])])
    y = TOP + page.paragraph(MARGIN, TOP, room, path, size=7.5, colour=MUTED) + 0.5
    other = head["other_name"] or ""
    used = page.text(MARGIN, y, head["name"], size=21, style="bold", width=room - 40)
    if other:
        page.text(MARGIN + used + 4, y + 2.2, other, size=14, colour=MUTED, width=room - used - 4)
    y += page.hand(21).line_mm
    page.text(MARGIN, y, head["kind"], size=8, colour=MUTED, width=room)
    y += page.hand(8).line_mm + 1
    if sheet.address:
        page.qr(MARGIN + WIDTH - QR_MM, TOP - 2, QR_MM, sheet.address)
    y += page.paragraph(MARGIN, y, WIDTH, head["finding"], size=10.5, style="bold", colour=ACCENT, height=15) + 2
    return y


def _of_qr(sheet: PlaceSheet) -> float:
    return QR_MM + 2 if sheet.address else 0.0


def _second(sheet: PlaceSheet) -> Page:
    """Draw the second page with as many villages and projects as leave room for all the rest."""
    for amounts in Amounts.fewer():
        page = Page("a4", direction=sheet.direction)
        end = _lists(page, sheet, amounts)
        if end <= coupon.TOP_Y - 1:
            break
    coupon.lines(page, MARGIN, WIDTH, sheet.coupon)
    foot(page, sheet.foots[1])
    return page


def _lists(page: Page, sheet: PlaceSheet, amounts: Amounts) -> float:
    y = TOP
    page.text(MARGIN, y, sheet.head["name"], size=10, style="bold", width=WIDTH)
    y += page.hand(10).line_mm + 0.5
    page.rule(MARGIN, y, WIDTH, colour=INK, weight=0.8)
    y += 1.5
    y += place_sectors.sectors(page, MARGIN, y, WIDTH, sheet.sectors) + 2.5
    y += place_lists.villages(page, MARGIN, y, WIDTH, sheet.villages, amounts.villages) + 2.5
    half = (WIDTH - GAP) / 2
    second = MARGIN + half + GAP
    offices, end = sheet.offices, sheet.end
    right = place_lists.actors(page, second, y, half, end, amounts.bodies)
    if amounts.is_listed:
        left = place_lists.projects(page, MARGIN, y, half, sheet.projects, amounts.projects)
        left += 1.5 + place_lists.offices(page, MARGIN, y + left + 1.5, half, offices, amounts.offices)
        right += 1.5 + place_lists.unknown(page, second, y + right + 1.5, half, end, is_listed=True)
        y += max(left, right) + 2
    else:
        right += 1.5 + place_lists.offices(page, second, y + right + 1.5, half, offices, amounts.offices)
        left = place_lists.projects(page, MARGIN, y, half, sheet.projects, amounts.projects, height=right)
        y += max(left, right) + 1.5
        y += place_lists.unknown(page, MARGIN, y, WIDTH, end, is_listed=False) + 1.5
    return y + place_lists.sources(page, MARGIN, y, WIDTH, sheet.end)


def foot(page: Page, said: str) -> None:
    """Write the foot of a page."""
    page.rule(MARGIN, FOOT_Y, WIDTH, colour=LINE)
    page.text(MARGIN, FOOT_Y + 0.8, said, size=6.5, colour=MUTED, width=WIDTH)
