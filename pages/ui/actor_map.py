"""The map of who works where: a circle of bodies a commune, and of the body chosen its places and where it is from."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data.texts import Texts
from geo.actor_selection import AT_WORK, ActorSelection, select_actors
from geo.actors_state import ActorsState
from geo.placement import MIXED, CommuneAreas
from geo.ties import NOWHERE, RELATIONS
from layers.base import AtlasMap
from layers.choropleth import choropleth_state
from layers.dots import dots_binary, dots_state
from layers.legend import Legend, LegendRow, circles_row
from layers.payload import Chosen, areas_state, map_state
from layers.style import HIDDEN, NEED, circle_radii, round_values
from layers.symbols import PATHS
from pages.ui import actor_words, map_view
from pages.ui.knowledge import Held, Knowledge
from pages.ui.served import publish

CIRCLES = 0.7
"""Size of the circles beside those of money: counts differ less, and neighbours should stay apart."""
ORIGIN_SHAPE, ORIGIN_COLOUR, ORIGIN_PX = PATHS["diamond"], NEED[2], 6.0


def drawing(know: Knowledge, selection: ActorSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run."""
    state = selection.state
    focus = map_view.focus_on(know, state.territory)
    counts = selection.by_commune
    areas = CommuneAreas(counts, np.full(len(counts), MIXED), counts.astype(np.float64))
    figures = [t("actors.tip", n=int(count)) for count in counts[focus.first : focus.last]]
    hidden = np.full(len(figures), HIDDEN, np.uint8)
    return map_view.the_map(know, t), map_state(
        focus=focus,
        view=state.view,
        title=actor_words.headline(know, selection, t),
        show="amount",
        areas=areas_state(areas, _radii(know, areas.money_mad)),
        choropleth=choropleth_state(hidden, NEED, first=focus.first, figures=figures),
        dots=_origins(know, state.selected),
        chosen=_chosen(know, state.selected),
        legend=_legend(know, selection, t),
    )


def _chosen(know: Knowledge, code: str) -> Chosen:
    """Outline the communes a body is at work in and hatch what is known more widely; or outline a territory."""
    if not code:
        return Chosen()
    if code not in know.actors.index:
        number = know.territories.commune_number(code)
        return Chosen(hatched=(know.territories.commune_range(code),)) if number is None else Chosen(communes=(number,))
    ties, own = know.actors.ties, know.actors.ties.of(know.actors.row(code))
    work = np.isin(ties.relation[own], [RELATIONS.index(name) for name in AT_WORK])
    communes, places = ties.commune[own][work], ties.territory[own][work]
    wide = {know.territories.codes[place] for place in places[communes == NOWHERE].tolist()} - {"MA"}
    return Chosen(
        communes=tuple(sorted(set(communes[communes != NOWHERE].tolist()))),
        hatched=tuple(know.territories.commune_range(area) for area in sorted(wide)),
    )


def _origins(know: Knowledge, code: str) -> dict[str, Any] | None:
    """Mark where the chosen body comes from, at the middle of each commune or wider area."""
    codes = origins(know, code)
    if not codes:
        return None
    places = [know.territories.row(origin) for origin in codes]
    lon, lat = (np.array([float(place[axis]) for place in places]) for axis in ("lon", "lat"))
    binary = dots_binary(lon, lat, np.full(len(codes), ORIGIN_PX))
    url = publish("origins", ".bin", binary)
    return dots_state(url, np.zeros(len(codes), np.uint8), [ORIGIN_COLOUR], shape=ORIGIN_SHAPE)


def origins(know: Knowledge, code: str) -> list[str]:
    """Return the territories a body is declared to come from; none for what is no body."""
    if code not in know.actors.index:
        return []
    ties, own = know.actors.ties, know.actors.ties.of(know.actors.row(code))
    from_there = ties.relation[own] == RELATIONS.index("origin")
    return [know.territories.codes[place] for place in ties.territory[own][from_there].tolist()]


def _legend(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    greatest = _greatest(know.version, know=Held(know))
    values = round_values(greatest)
    values = sorted({*(value for value in values if value > 1), 1.0}, reverse=True)
    first, last = know.territories.commune_range(selection.state.territory)
    shown = selection.by_commune[first:last]
    off_map = len(selection) - int(selection.on_map.sum())
    rows = [
        circles_row(values, _radii(know, np.array(values)), [t("actors.tip", n=int(v)) for v in values]),
        LegendRow({"kind": "empty"}, t("actors.legend.none"), t.number(int((shown == 0).sum()))),
        LegendRow({"kind": "hatch", "apart": True}, t("actors.legend.off_map"), t.number(off_map)),
    ]
    if found := origins(know, selection.state.selected):
        symbol = {"kind": "mark", "path": ORIGIN_SHAPE, "colour": ORIGIN_COLOUR}
        rows.append(LegendRow(symbol, t("zone_relation.origin"), t.number(len(found))))
    if selection.state.tie:
        said = t("list.separator").join(t(f"zone_relation.{name}") for name in selection.state.tie)
        title = t("actors.legend.title_tie", tie=said)
    else:
        title = t("actors.legend.title")
    return Legend(title, rows, t("actors.legend.note")).as_dict()


def _radii(know: Knowledge, counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return CIRCLES * circle_radii(counts, _greatest(know.version, know=Held(know)))


@lru_cache(maxsize=4)
def _greatest(version: str, *, know: Held) -> float:  # noqa: ARG001 - the version is the key
    """Bodies of the commune that has most of them, no filter: circles keep their size whatever is chosen."""
    return float(select_actors(know.value.directory, ActorsState(territory="MA")).by_commune.max())
