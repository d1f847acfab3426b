"""The left column of the villages page: which service, how far, where, which name. Words travel once, then counts."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data.texts import Texts, load_texts
from geo.village_selection import VillageSelection
from geo.villages import people_beyond
from pages.ui import actions, place_search
from pages.ui.component import component
from pages.ui.knowledge import Held, Knowledge
from pages.ui.served import publish

CHOICES = component("atlas-village-choices", "village_choices.js", look="atlas-facets")
LABELS = ("title", "clear", "open", "close", "search", "place", "place_go")


def choices(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the choices of a selection; what is chosen becomes changes of the state."""
    CHOICES(key="village-choices", data=model(know, selection, t), on_act_change=_collect)


def model(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the counts."""
    state = selection.state
    home = know.catalog.default_territory
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "service": state.service,
        "km": selection.km,
        "own": state.km is not None,
        "text": state.text,
        "territory": _territory(know, selection, t),
        "place": place_search.answer(know, t),
        "in_force": [
            name for name in ("territory", "km", "text") if getattr(state, name) != getattr(state.cleared(home), name)
        ],
        "total": t("villages.results", n=len(selection)),
    }


def _collect() -> None:
    sent: Any = st.session_state["village-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _territory(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return the path down to the territory and what lies in it, each with its villages beyond the distance."""
    state = selection.state
    table = people_beyond(know.villages, state.service, selection.km, know.territories)
    counts = dict(zip(table["territory_code"], table["villages_beyond"].tolist(), strict=True))

    def entry(code: str) -> list[Any]:
        # A territory without villages in the table has no count: that is not zero.
        count = (
            int(table.loc[table["level"] == "region", "villages_beyond"].sum()) if code == "MA" else counts.get(code)
        )
        return [code, know.territories.name(code, t.language), "–" if count is None else count]

    below = know.territories.children_of(state.territory)
    children = [entry(code) for code in below if know.territories.level_of(code) != "arrondissement"]
    children.sort(key=lambda child: -1 if child[2] == "–" else child[2], reverse=True)
    path = [*reversed(know.territories.ancestors(state.territory)), state.territory]
    return {"path": [entry(above) for above in path], "children": children}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t, services = load_texts(language), know.value.catalog.services
    words = {
        "services": [
            {
                "code": code,
                "label": t(f"service.{code}.label"),
                "thresholds": [
                    {
                        "km": threshold.value,
                        "label": t("villages.more_than", value=t.number(threshold.value)),
                        "basis": t(f"basis.{threshold.basis}"),
                    }
                    for threshold in service.thresholds
                ],
            }
            for code, service in services.items()
        ],
        "labels": {name: t(f"facets.{name}") for name in LABELS}
        | {name: t(f"villages.choice.{name}") for name in ("service", "km", "own_km", "text")}
        | {"territory": t("filter.territory")},
    }
    return publish(f"village-choices.{language}", ".json", json.dumps(words, ensure_ascii=False).encode())
