"""The map of projects; what is going on may be drawn over what is missing: projects over the need of each commune."""

from collections.abc import Mapping
from typing import Any

from data.texts import Texts
from geo.need_selection import select_needs
from geo.need_view import NeedSelection
from geo.needs_state import NeedsState
from geo.placement import commune_areas
from geo.selection import Selection
from layers.base import AtlasMap
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.needs import need_finding, need_map

NEED = "need"
"""What may lie under the projects (`geo.state.UNDERS`)."""


def drawing(
    know: Knowledge, selection: Selection, t: Texts, *, on_paper: bool = False
) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run; on paper the legend names every sector."""
    map_, projects = map_view.drawing(know, selection, t, on_paper=on_paper)
    if selection.state.under != NEED:
        return map_, projects
    _, needs = need_map.drawing(know, _needs(know, selection), t)
    return map_, projects | {
        "areas": projects["areas"] | {"bare": True},  # their signs alone: the colour below says the need
        "choropleth": needs["choropleth"] | {"figures": _figures(needs["choropleth"], know, selection, t)},
        "legend": _legend(needs["legend"], projects["legend"], t),
    }


def source_codes(know: Knowledge, selection: Selection) -> list[str]:
    """Return the codes of the sources of what lies under the projects."""
    return need_finding.source_codes(know, _needs(know, selection)) if selection.state.under == NEED else []


def source(know: Knowledge, selection: Selection, t: Texts) -> str:
    """Say where what lies under the projects comes from; empty where nothing does."""
    return need_finding.source(know, _needs(know, selection), t) if selection.state.under == NEED else ""


def ground_said(selection: Selection, t: Texts) -> list[str]:
    """Say what lies under the projects, in a sentence or none."""
    if selection.state.under != NEED:
        return []
    return [t("filter.said", name=t("under.label"), values=t("under.need"))]


def _needs(know: Knowledge, selection: Selection) -> NeedSelection:
    return select_needs(know.needs, NeedsState(selection.state.territory))


def _figures(needs: Mapping[str, Any], know: Knowledge, selection: Selection, t: Texts) -> list[str]:
    """Return what the tip says of each commune: its need, then how many projects are known there."""
    first, known = needs["first"], commune_areas(selection, len(know.territories.commune_codes)).projects
    return [
        t("overview.map.tip", need=said, projects=t.number(int(known[first + row])))
        for row, said in enumerate(needs["figures"])
    ]


def _legend(needs: Mapping[str, Any], projects: Mapping[str, Any], t: Texts) -> dict[str, Any]:
    """Put the classes of need over the signs of projects; communes without any have no sign, and need no row."""
    first, *others = [row for row in projects["rows"] if row["symbol"]["kind"] != "empty"]
    apart = first | {"symbol": first["symbol"] | {"apart": True}}
    return {
        "title": t("overview.map.legend"),
        "rows": [*needs["rows"], apart, *others],
        "note": projects["note"],
    }
