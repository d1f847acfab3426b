"""The map of a sheet on paper: the place amid its neighbours as on the screen, where its numbered grid fits whole."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from data.texts import Texts
from geo.coupon_grid import Grid
from layers.paper import village_names
from layers.paper.coupon import draw_grid
from layers.paper.map_frame import leave_corners, locator, map_frame, north, scale_bar
from layers.paper.marks import Box
from layers.paper.page import Page
from layers.paper.place_sheet import DrawMap
from layers.paper.placing import Room
from layers.paper.projection import Frame
from layers.paper.village_names import Village
from pages.ui.knowledge import Knowledge
from pages.ui.paper.paper_ground import ground
from pages.ui.territory import territory_map
from pages.ui.territory.territory_place import Place
from pages.ui.villages import village_words

SCALE_MM = 26.0


def drawer(know: Knowledge, found: Place, grid: Grid, t: Texts) -> DrawMap:
    """Return what draws the map of a place in a box of a page, and the country with the place in another."""

    def draw(page: Page, box: Box, country: Box) -> Mapping[str, Any]:
        _, state = territory_map.drawing(know, found, t, on_paper=True)
        state |= {"focus": state["focus"] | {"extent": list(grid.extent)}, "view": None}
        under, villages = ground(know, t), _villages(know, found, t)

        def before(frame: Frame, room: Room) -> None:
            leave_corners(page, frame, room, most_mm=SCALE_MM)
            draw_grid(page, frame, room, grid)
            village_names.draw_dots(page, frame, room, villages)

        def after(frame: Frame, room: Room) -> None:
            village_names.draw_names(page, frame, room, villages)

        frame = map_frame(page, state, under, box, before_names=before, after_names=after)
        locator(page, under, frame, country)
        north(page, frame, t("map.north"))
        scale_bar(page, frame, {name: t(f"map.{name}") for name in ("unit_km", "unit_m")}, most_mm=SCALE_MM)
        return state

    return draw


def _villages(know: Knowledge, found: Place, t: Texts) -> list[Village]:
    """Return the villages of a commune whose position is known, those of most people first; none of wider places."""
    number = know.territories.commune_number(found.territory)
    if number is None:
        return []
    known = know.villages
    rows = np.flatnonzero((known.commune == number) & known.located)
    rows = rows[np.argsort(-known.people[rows], kind="stable")]
    return [
        Village(village_words.name(know, int(row), t), float(known.lon[row]), float(known.lat[row])) for row in rows
    ]
