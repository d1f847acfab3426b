"""The map of villages: each at its point by distance, those without one counted at their commune, never invented."""

import itertools
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from data.texts import Texts, load_texts
from geo.placement import MIXED, CommuneAreas
from geo.village_selection import VillageSelection
from layers.base import AtlasMap
from layers.choropleth import choropleth_state, class_rows
from layers.dots import dot_radii, dots_binary, dots_state
from layers.legend import Legend, LegendRow
from layers.payload import Chosen, areas_state, map_state
from layers.style import HIDDEN, NEED, NO_DATA, NOT_APPLICABLE, WITHHELD
from pages.ui.knowledge import Held, Knowledge
from pages.ui.maps import map_view
from pages.ui.served import publish
from pages.ui.villages import village_words

SHARES = (0.0, 0.10, 0.25, 0.50)  # upper bounds of the classes but the last: nobody, up to a tenth, a quarter, half
MOST_UNKNOWN = 0.5  # beyond this share of people whose distance is withheld, a commune's share says too little
STEPS = (1.5, 2.0, 3.0)  # upper bounds of the classes of distance, in times the distance in force
COLOURS = NEED
FEW = 5  # communes: outlined, more of them would be a pattern


def drawing(know: Knowledge, selection: VillageSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run."""
    state = selection.state
    focus = map_view.focus_on(know, state.territory)
    layers = _villages(know, selection, t) if state.show == "villages" else _communes(know, selection, t)
    return map_view.the_map(know, t), map_state(
        focus=focus,
        view=state.view,
        title=village_words.headline(know, selection, t),
        chosen=_chosen(know, state.selected) if state.selected else _found(selection),
        **layers,
    )


def changes(know: Knowledge, event: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a click on the map changes: a village or a commune is selected, an empty place closes the sheet."""
    located = np.flatnonzero(know.villages.located)
    if event.get("kind") == "dot" and 0 <= int(event.get("dot", -1)) < len(located):
        view = {"view": event["view"]} if event.get("view") else {}
        return view | {"selected": know.villages.codes[located[int(event["dot"])]]}
    return map_view.changes(know, event)


def positions(know: Knowledge) -> str:
    """Return where the browser fetches the villages that have a position, once for every page that draws them."""
    return publish("villages", ".bin", _binary(know.version, know=Held(know)))


def _chosen(know: Knowledge, code: str) -> Chosen:
    if code in know.villages:
        return Chosen(communes=(int(know.villages.commune[know.villages.row_of[code]]),))
    number = know.territories.commune_number(code)
    return Chosen(hatched=(know.territories.commune_range(code),)) if number is None else Chosen(communes=(number,))


def _found(selection: VillageSelection) -> Chosen:
    """Outline the communes of villages found by name that have no position: one sign alone may lie under a name."""
    communes = np.flatnonzero(selection.unlocated) if selection.named else ()
    return Chosen(communes=tuple(int(number) for number in communes)) if len(communes) <= FEW else Chosen()


def _villages(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Draw the villages with a position by distance, and count those beyond without one at their commune."""
    villages, state = know.villages, selection.state
    located = np.flatnonzero(villages.located)
    steps = np.searchsorted(np.multiply(STEPS, selection.km or 1), selection.distance, side="left") + 1
    classes = np.where(selection.far, steps, 0).astype(np.uint8)
    classes[selection.unknown] = WITHHELD
    classes[~selection.inside] = HIDDEN
    if selection.named:
        classes[np.setdiff1d(np.arange(len(villages)), selection.rows)] = HIDDEN
    shown = classes[located]
    counts = selection.unlocated
    chosen = villages.row_of.get(state.selected)
    selected = int(np.searchsorted(located, chosen)) if chosen is not None and villages.located[chosen] else None
    dots = dots_state(
        positions(know),
        shown,
        COLOURS,
        tips=_tips(know.version, t.language, state.service, know=Held(know)),
        selected=selected,
    )
    areas = CommuneAreas(counts, np.full(len(counts), MIXED), np.zeros(len(counts)))
    return {
        "dots": dots,
        "areas": areas_state(areas, None, outlined=False),
        "legend": _distance_legend(know, selection, shown, t),
    }


def _distance_legend(
    know: Knowledge, selection: VillageSelection, shown: npt.NDArray[np.uint8], t: Texts
) -> dict[str, Any]:
    bounds = [selection.km, *(selection.km * step for step in STEPS)] if selection.km else [0, *STEPS]
    labels = [t("villages.up_to", value=t.number(bounds[0]))]
    labels += [
        t("villages.between", low=t.number(low), high=t.number(high)) for low, high in itertools.pairwise(bounds)
    ]
    labels.append(t("villages.more_than", value=t.number(bounds[-1])))
    rows = [
        LegendRow({"kind": "dot", "colour": colour, "size": 6}, label, t.number(int((shown == number).sum())))
        for number, (colour, label) in enumerate(zip(COLOURS, labels, strict=True))
    ]
    rows += [
        LegendRow({"kind": "hollow"}, t("villages.legend.withheld"), t.number(int((shown == WITHHELD).sum()))),
        LegendRow(
            {"kind": "area", "apart": True},
            t("villages.legend.unlocated_named" if selection.named else "villages.legend.unlocated"),
            t.number(int(selection.unlocated.sum())),
        ),
    ]
    title = village_words.service(selection.state.service, t)
    if not selection.totals.villages:  # rows that all say 0 would read as if somebody had counted
        return Legend(title, [], village_words.headline(know, selection, t)).as_dict()
    return Legend(title, rows, t("villages.legend.note")).as_dict()


def _communes(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Colour each commune by the share of its villagers, where known, who live beyond the distance."""
    focus = map_view.focus_on(know, selection.state.territory)
    classes = np.full(focus.last - focus.first, NOT_APPLICABLE, np.uint8)
    figures = [t("villages.tip.no_village")] * len(classes)
    for row in selection.places.itertuples():
        number = know.territories.commune_index[row.territory_code] - focus.first
        known = row.people_beyond + row.people_within
        if row.share_unknown > MOST_UNKNOWN or not known:
            classes[number] = WITHHELD
        else:
            classes[number] = np.searchsorted(SHARES, row.people_beyond / known, side="left")
        figures[number] = t("villages.tip.commune", n=row.people_beyond, unknown=t.number(row.people_unknown))
    is_listed = village_words.is_listed(know, selection.state.territory)
    percents = [t.percent(share) for share in SHARES]
    labels = [
        t("villages.legend.nobody"),
        *(t("villages.legend.share", low=low, high=high) for low, high in itertools.pairwise(percents)),
        t("villages.legend.share_more", low=percents[-1]),
    ]
    special = {
        NO_DATA: t("missing.data"),
        WITHHELD: t("villages.legend.mostly_withheld"),
        NOT_APPLICABLE: t("villages.legend.no_village" if is_listed else "villages.tip.no_village"),
    }
    rows = class_rows(classes, NEED, labels, special=special, number=t.number)
    beyond = t(f"service.{selection.state.service}.beyond", km=t.number(selection.km))
    title = t("villages.legend.share_title", beyond=beyond)
    return {
        "choropleth": choropleth_state(classes, NEED, first=focus.first, figures=figures),
        "legend": Legend(title, rows, t("villages.legend.share_note")).as_dict(),
    }


@lru_cache(maxsize=4)
def _binary(version: str, *, know: Held) -> bytes:  # noqa: ARG001 - the version is the key
    villages = know.value.villages
    located = villages.located
    people = villages.people.astype(np.float64)
    return dots_binary(villages.lon[located], villages.lat[located], dot_radii(people[located], float(people.max())))


@lru_cache(maxsize=64)
def _tips(version: str, language: str, service: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t, villages = load_texts(language), know.value.villages
    tips = [
        t(
            "villages.tip.village",
            name=village_words.name(know.value, int(row), t),
            n=int(villages.people[row]),
            km=village_words.km(float(villages.distance[service][row]), t),
        )
        for row in np.flatnonzero(villages.located)
    ]
    return publish(f"villages.{language}.{service}", ".json", json.dumps(tips, ensure_ascii=False).encode())
