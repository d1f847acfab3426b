"""The filter column: every option with the number of projects it would give. Words travel once, then counts only."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data.texts import Texts, load_texts
from geo.selection import Selection
from geo.state import LISTS
from pages.ui import actions, place_search, words
from pages.ui.component import component
from pages.ui.knowledge import Held, Knowledge
from pages.ui.marks import mark
from pages.ui.served import publish

FACETS = component("atlas-facets", "facets.js")


def facets(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show the filters of a selection; what is chosen becomes changes of the state."""
    FACETS(key="facets", data=model(know, selection, t), on_act_change=_collect)


def model(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the counts."""
    state = selection.state
    counts = selection.facets
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "chosen": {name: list(getattr(state, name)) for name in LISTS},
        "years": list(state.years),
        "amount": list(state.amount),
        "text": state.text,
        "counts": {name: counts[name].tolist() for name in LISTS},
        "territory": _territory(know, selection, t),
        "place": place_search.answer(know, t),
        "in_force": list(state.in_force(know.catalog.default_territory)),
        "total": t("facets.results", n=len(selection)),
    }


def _collect() -> None:
    sent: Any = st.session_state["facets"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _territory(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return the path from the country down to the chosen territory, and what lies in it, each with its count."""
    dimension = selection.register.dimensions["territory"]
    counts = selection.facets["territory"]
    code = selection.state.territory

    def entry(code: str) -> list[Any]:
        return [code, know.territories.name(code, t.language), int(counts[dimension.index[code]])]

    children = sorted((entry(child) for child in know.territories.children_of(code)), key=lambda child: -child[2])
    path = [*reversed(know.territories.ancestors(code)), code]
    return {"path": [entry(above) for above in path], "children": children}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    return publish(f"facets.{language}", ".json", json.dumps(_words(know.value, language), ensure_ascii=False).encode())


def _words(know: Knowledge, language: str) -> dict[str, Any]:
    t = load_texts(language)
    groups = []
    for name in LISTS:
        options = [_option(know, name, code, t) for code in know.register.dimensions[name].options]
        groups.append({"name": name, "label": t(f"filter.{name}"), "options": options})
    names = (
        "title",
        "clear",
        "more",
        "fewer",
        "search",
        "from",
        "to",
        "open",
        "close",
        "apply",
        "any",
        "place",
        "place_go",
    )
    labels = {name: t(f"facets.{name}") for name in names}
    for name in ("territory", "years", "amount", "text"):
        labels[name] = t(f"filter.{name}")
    return {"groups": groups, "labels": labels}


def _option(know: Knowledge, name: str, code: str, t: Texts) -> dict[str, Any]:
    option: dict[str, Any] = {"code": code, "label": words.option(know, name, code, t)}
    if name == "sector":
        look = mark(know, code, t)
        option |= {"path": look.path, "colour": look.colour}
    return option
