"""The left column of the directory: every option with the number of bodies it would give. Words travel once."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data.texts import Texts, load_texts
from geo.actor_selection import ActorSelection
from geo.actors_state import ADDRESS, LISTS
from geo.directory import UNSAID
from geo.ties import RELATIONS
from pages.ui import actions, place_search
from pages.ui.actors import actor_words
from pages.ui.component import component
from pages.ui.knowledge import Held, Knowledge
from pages.ui.marks import mark
from pages.ui.served import publish

CHOICES = component("atlas-actor-choices", "actor_choices.js", look="atlas-facets")
LABELS = ("title", "clear", "more", "fewer", "search", "open", "close", "place", "place_go")
OPEN = ("type", "sector", "tie")
"""Groups unfolded from the start."""


def choices(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show the filters of a selection; what is chosen becomes changes of the state."""
    CHOICES(key="actor-choices", data=model(know, selection, t), on_act_change=_collect)


def model(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the counts."""
    state = selection.state
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "chosen": {name: list(getattr(state, name)) for name in LISTS},
        "text": state.text,
        "counts": {name: selection.facets[name].tolist() for name in LISTS},
        "territory": _territory(know, selection, t),
        "place": place_search.answer(know, t),
        "in_force": list(ADDRESS.in_force(state, know.catalog.default_territory)),
        "total": t("actors.results", n=len(selection)),
    }


def _collect() -> None:
    sent: Any = st.session_state["actor-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _territory(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    counts, code = selection.territory_counts, selection.state.territory

    def entry(code: str) -> list[Any]:
        return [code, know.territories.name(code, t.language), counts.get(code, 0)]

    below = [
        child for child in know.territories.children_of(code) if know.territories.level_of(child) != "arrondissement"
    ]
    children = sorted((entry(child) for child in below), key=lambda child: -child[2])
    path = [*reversed(know.territories.ancestors(code)), code]
    return {"path": [entry(above) for above in path], "children": children}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t = load_texts(language)
    options = {**know.value.directory.options, "tie": RELATIONS}
    groups = [
        {
            "name": name,
            "label": t(f"actors.filter.{name}"),
            "open": name in OPEN,
            "options": [_option(know.value, name, code, t) for code in options[name]],
        }
        for name in LISTS
    ]
    labels = {name: t(f"facets.{name}") for name in LABELS}
    labels |= {"territory": t("filter.territory"), "text": t("actors.filter.text")}
    body = json.dumps({"groups": groups, "labels": labels}, ensure_ascii=False).encode()
    return publish(f"actor-choices.{language}", ".json", body)


def _option(know: Knowledge, name: str, code: str, t: Texts) -> dict[str, Any]:
    option: dict[str, Any] = {"code": code, "label": actor_words.option(know, name, code, t)}
    if name == "sector" and code != UNSAID:
        look = mark(know, code, t)
        option |= {"path": look.path, "colour": look.colour}
    return option
