"""The map of a territory sheet: the place amid its neighbours, the projects there, and a village where it is known."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from data.texts import Texts
from geo.selection import select
from geo.state import State
from layers.base import AtlasMap
from layers.dots import dots_state
from layers.legend import LegendRow
from layers.payload import Focus
from layers.style import HIDDEN, NEED
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.territory import territory_head
from pages.ui.territory.territory_place import Place
from pages.ui.villages import village_map

AROUND = {"commune": 0.4, "arrondissement": 0.4, "province": 0.08}
"""How much land is shown on each side, in lengths of the place: a commune is found by its neighbours."""
VILLAGE_CLASS = len(NEED) - 1


def drawing(know: Knowledge, found: Place, t: Texts, *, on_paper: bool = False) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run; on paper the legend names every sector."""
    selection = select(know.register, State(territory=found.territory))
    map_, state = map_view.drawing(know, selection, t, on_paper=on_paper)
    focus = _wider(map_view.focus_on(know, found.territory), AROUND.get(territory_head.found_level(found), 0.0))
    number = know.territories.commune_number(found.territory)
    state |= {
        "title": territory_head.finding(know, found, t),
        "focus": {"key": found.code, "first": focus.first, "last": focus.last, "extent": list(focus.extent)},
        "selection": {"projects": [], "communes": [] if number is None else [number], "hatched": []},
    }
    if found.level == "village":
        state["dots"] = _village(know, found.code)
        state["legend"] = _with_village(state["legend"], know, found, t)
    return map_, state


def changes(know: Knowledge, event: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a click on the map leads to: the sheet of another commune, or a project, alone or one of its commune."""
    chosen = map_view.changes(know, event).get("selected", "")
    if not chosen:
        return {}
    return {"territory": chosen} if event.get("kind") == "commune" else {"project": chosen}


def _wider(focus: Focus, share: float) -> Focus:
    west, south, east, north = focus.extent
    across, along = (east - west) * share, (north - south) * share
    return Focus(focus.key, focus.first, focus.last, (west - across, south - along, east + across, north + along))


def _village(know: Knowledge, code: str) -> dict[str, Any] | None:
    """Draw the village alone, at its position; None where it has none: no point is invented."""
    row = know.villages.row_of[code]
    located = np.flatnonzero(know.villages.located)
    if not know.villages.located[row]:
        return None
    number = int(np.searchsorted(located, row))
    classes = np.full(len(located), HIDDEN, np.uint8)
    classes[number] = VILLAGE_CLASS
    return dots_state(village_map.positions(know), classes, NEED, selected=number)


def _with_village(legend: Mapping[str, Any], know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    located = bool(know.villages.located[know.villages.row_of[found.code]])
    symbol = {"kind": "dot", "colour": NEED[VILLAGE_CLASS], "size": 6} if located else {"kind": "hollow"}
    label = territory_head.name(know, found, t) if located else t("villages.sheet.no_position")
    row = LegendRow(symbol, label)
    return {**legend, "rows": [{"symbol": dict(row.symbol), "label": row.label, "count": ""}, *legend["rows"]]}
