"""The villages of the file that stands alone: each with its distances, and a prepared map for each usual distance."""

import math
from itertools import product
from typing import Any

import numpy as np

from data.texts import Texts
from geo.village_selection import VillageSelection, select_villages
from geo.villages_state import DEFAULT_SERVICE, SHOWS, VillagesState
from pages.ui.knowledge import Knowledge
from pages.ui.villages import village_map, village_words, villages_view

KINDS = ("grouped", "dispersed", "split")
POSITIONS = ("geonames", "openstreetmap")
MATCHES = ("name", "near")


def content(know: Knowledge, territory: str, t: Texts) -> dict[str, Any] | None:
    """Return the villages and their maps; None where the tables list none in the territory."""
    inside = np.flatnonzero(know.villages.within(territory, know.territories))
    if not len(inside):
        return None
    services = know.catalog.services
    offered = {code: _distances(know, code) for code in services}
    return {
        "services": [
            {
                "code": code,
                "label": village_words.service(code, t),
                "distances": [{"km": km, "label": t("villages.more_than", value=t.number(km))} for km in offered[code]],
                "usual": know.default_km[code],
            }
            for code in services
        ],
        "service": DEFAULT_SERVICE,
        "shows": [{"code": code, "label": t(f"show.{code}")} for code in SHOWS],
        "views": {
            f"{code} {km:g} {show}": _view(know, selected(know, territory, code, km, show), t)
            for code in services
            for km, show in product(offered[code], SHOWS)
        },
        "located": np.flatnonzero(know.villages.located).tolist(),
        "rows": {str(row): _row(know, int(row), t) for row in inside},
        "source": t("villages.source", version=know.version),
    }


def selected(know: Knowledge, territory: str, service: str, km: float, show: str) -> VillageSelection:
    """Return the villages beyond a distance."""
    return select_villages(
        know.villages,
        know.territories,
        VillagesState(territory, service=service, km=int(km), show=show),
        default_km=know.default_km,
        index=know.village_names,
    )


def _distances(know: Knowledge, service: str) -> list[float]:
    """Return the distances the page proposes, each with its reason, and the usual one."""
    return sorted({one.value for one in know.catalog.services[service].thresholds} | {know.default_km[service]})


def _view(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    _, state = village_map.drawing(know, selection, t)
    if state["dots"]:
        state["dots"] |= {"tips": ""}  # written in the browser from the rows
    shown = villages_view.key_figures(know, selection, t)
    return {"title": state["title"], "state": state, "figures": shown["figures"]}


def _row(know: Knowledge, row: int, t: Texts) -> list[Any]:
    """Return one village: names, commune, people, households, kind, distances, doubts, position."""
    villages = know.villages
    village = villages.at(villages.codes[row])
    at = village.position
    return [
        village.code,
        village_words.name(know, row, t),
        village_words.other_name(know, row, t),
        int(villages.commune[row]),
        village.people,
        village.households,
        KINDS.index(village.kind),
        [None if km is None or math.isnan(km) else km for km in village.distances.values()],
        [number for number, service in enumerate(village.distances) if service in village.doubtful],
        [at.lon, at.lat, POSITIONS.index(at.source), MATCHES.index(at.match), min(max(at.decimals, 2), 4)] if at else 0,
        int(village.name_latin is None),
    ]
