"""The map of who works where: a circle of bodies a commune, and of the body chosen its places and where it is from."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data.texts import Texts
from geo.actor_selection import AT_WORK, ActorSelection, select_actors
from geo.actors_state import ActorsState
from geo.placement import MIXED, CommuneAreas
from geo.ties import RELATIONS
from layers.base import AtlasMap
from layers.choropleth import choropleth_state
from layers.dots import dots_binary, dots_state
from layers.legend import Legend, LegendRow, circles_row
from layers.payload import Chosen, Focus, areas_state, map_state
from layers.style import HIDDEN, NEED, circle_radii, round_values
from layers.symbols import PATHS
from pages.ui.actors import actor_flows, actor_words
from pages.ui.knowledge import Held, Knowledge
from pages.ui.maps import map_view
from pages.ui.served import publish

CIRCLES = 0.7
"""Size of the circles beside those of money: counts differ less, and neighbours should stay apart."""
ORIGIN_SHAPE, ORIGIN_COLOUR, ORIGIN_PX = PATHS["diamond"], NEED[2], 6.0


def drawing(know: Knowledge, selection: ActorSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run: the places of the body chosen, else the bodies of each commune.

    On the view of ties with other countries lines lead from these to the communes.
    """
    state = selection.state
    focus = map_view.focus_on(know, state.territory)
    layers = _of_one(know, selection, t) if state.selected in know.actors.index else _of_all(know, selection, focus, t)
    return map_view.the_map(know, t), map_state(
        focus=focus, view=state.view, title=actor_words.headline(know, selection, t), show="amount", **layers
    )


def _of_all(know: Knowledge, selection: ActorSelection, focus: Focus, t: Texts) -> dict[str, Any]:
    counts = selection.by_commune
    areas = CommuneAreas(counts, np.full(len(counts), MIXED), counts.astype(np.float64))
    figures = [t("actors.tip", n=int(count)) for count in counts[focus.first : focus.last]]
    hidden = np.full(len(figures), HIDDEN, np.uint8)
    return {
        "areas": areas_state(areas, _radii(know, areas.money_mad)),
        "choropleth": choropleth_state(hidden, NEED, first=focus.first, figures=figures),
        "dots": _origins(know, _origins_abroad(know, selection)),
        "flows": actor_flows.flows(know, selection, t),
        "chosen": _territory(know, selection.state.selected),
        "legend": _legend(know, selection, t),
    }


def _of_one(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Outline the communes a body is at work in, hatch what is known more widely, mark where it comes from."""
    code = selection.state.selected
    chosen, from_there = places_of(know, code), origins(know, code)
    rows = [
        LegendRow({"kind": "area"}, t("actors.legend.communes"), t.number(len(chosen.communes))),
        LegendRow({"kind": "hatch"}, t("actors.legend.wider"), t.number(len(chosen.hatched))),
        LegendRow(
            {"kind": "mark", "path": ORIGIN_SHAPE, "colour": ORIGIN_COLOUR},
            t("zone_relation.origin"),
            t.number(len(from_there)),
        ),
    ]
    name = know.organisation_name(code, t)
    return {
        "dots": _origins(know, from_there),
        "chosen": chosen,
        "legend": Legend(name, rows, t("actors.legend.one_note")).as_dict(),
    }


def places_of(know: Knowledge, code: str) -> Chosen:
    """Return the communes a body is at work in, and the ranges of communes of what is known more widely."""
    ties, own = know.actors.ties, know.actors.ties.of(know.actors.row(code))
    work = np.isin(ties.relation[own], [RELATIONS.index(name) for name in AT_WORK])
    wider = _coarsest({know.territories.codes[place] for place in ties.territory[own][work].tolist()}, know)
    return Chosen(
        communes=tuple(sorted({number for number in ties.commune[own][work].tolist() if number >= 0})),
        hatched=tuple(know.territories.commune_range(area) for area in wider),
    )


def _coarsest(codes: set[str], know: Knowledge) -> list[str]:
    """Return the provinces and regions among territories inside which nothing finer is known, in order."""
    territories = know.territories
    finer = {above for code in codes for above in territories.ancestors(code)}
    return sorted(code for code in codes - finer if territories.level_of(code) in ("province", "region"))


def _territory(know: Knowledge, code: str) -> Chosen:
    if not code:
        return Chosen()
    number = know.territories.commune_number(code)
    return Chosen(hatched=(know.territories.commune_range(code),)) if number is None else Chosen(communes=(number,))


def _origins(know: Knowledge, codes: list[str]) -> dict[str, Any] | None:
    """Mark the territories a body comes from, at the middle of each."""
    if not codes:
        return None
    places = [know.territories.row(origin) for origin in codes]
    lon, lat = (np.array([float(place[axis]) for place in places]) for axis in ("lon", "lat"))
    binary = dots_binary(lon, lat, np.full(len(codes), ORIGIN_PX))
    url = publish("origins", ".bin", binary)
    return dots_state(url, np.zeros(len(codes), np.uint8), [ORIGIN_COLOUR], shape=ORIGIN_SHAPE)


def _origins_abroad(know: Knowledge, selection: ActorSelection) -> list[str]:
    """Return the communes that bodies abroad are declared to come from, on the view of ties with other countries."""
    if selection.state.tab != "abroad":
        return []
    codes = know.actors.bodies["organisation_code"].to_numpy()[np.flatnonzero(selection.abroad)]
    found = {origin for code in codes for origin in origins(know, code)}
    return sorted(code for code in found if know.territories.level_of(code) == "commune")


def origins(know: Knowledge, code: str) -> list[str]:
    """Return the territories a body is declared to come from."""
    ties, own = know.actors.ties, know.actors.ties.of(know.actors.row(code))
    from_there = ties.relation[own] == RELATIONS.index("origin")
    return [know.territories.codes[place] for place in ties.territory[own][from_there].tolist()]


def _legend(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    values = round_values(greatest(know))
    values = sorted({*(value for value in values if value > 1), 1.0}, reverse=True)
    first, last = know.territories.commune_range(selection.state.territory)
    shown = selection.by_commune[first:last]
    off_map = int(selection.shown.sum()) - int(selection.on_map.sum())
    rows = [
        circles_row(values, _radii(know, np.array(values)), [t("actors.tip", n=int(v)) for v in values]),
        LegendRow({"kind": "empty"}, t("actors.legend.none"), t.number(int((shown == 0).sum()))),
        LegendRow({"kind": "hatch", "apart": True}, t("actors.legend.off_map"), t.number(off_map)),
    ]
    if selection.state.tab == "abroad":
        symbol = {"kind": "mark", "path": ORIGIN_SHAPE, "colour": ORIGIN_COLOUR}
        count = len(_origins_abroad(know, selection))
        rows.append(LegendRow(symbol, t("actors.legend.origins"), t.number(count)))
        rows += actor_flows.legend_rows(know, selection, t)
    said = t("list.separator").join(t(f"zone_relation.{name}") for name in selection.state.tie)
    base = "actors.legend.title_abroad" if selection.state.tab == "abroad" else "actors.legend.title"
    title = t("actors.legend.title_tie", tie=said) if said else t(base)
    return Legend(title, rows, t("actors.legend.note")).as_dict()


def _radii(know: Knowledge, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return CIRCLES * circle_radii(counts, greatest(know))


def greatest(know: Knowledge) -> float:
    """Return the bodies of the commune that has most of them, no filter: circles keep their size whatever is chosen."""
    return _greatest(know.version, know=Held(know))


@lru_cache(maxsize=4)
def _greatest(version: str, *, know: Held) -> float:  # noqa: ARG001 - the version is the key
    return float(select_actors(know.value.directory, ActorsState(territory="MA")).by_commune.max())
