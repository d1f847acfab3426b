"""The left column of the practical guide: words, who one is, what one wants to do, where. Words travel once."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data.actors_catalog import AUDIENCES
from data.texts import Texts, load_texts
from geo.guide import GuideSelection
from geo.guide_state import ADDRESS
from geo.selection import select
from geo.state import State
from pages.ui import actions, place_search
from pages.ui.component import component
from pages.ui.guide import guide_words
from pages.ui.guide.guide_place import UNDER_WAY
from pages.ui.knowledge import Held, Knowledge
from pages.ui.served import publish

CHOICES = component("atlas-guide-choices", "guide_choices.js", look="atlas-facets")
LABELS = ("title", "clear", "open", "close", "place", "place_go")


def choices(know: Knowledge, selection: GuideSelection, t: Texts) -> None:
    """Show the choices of a selection; what is chosen becomes changes of the state."""
    CHOICES(key="guide-choices", data=model(know, selection, t), on_act_change=_collect)


def model(know: Knowledge, selection: GuideSelection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the counts."""
    state, counts = selection.state, selection.counts["facts"]
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "theme": state.theme,
        "audience": state.audience,
        "text": state.text,
        "counts": {code: int(count) for code, count in counts.items()},
        "territory": _territory(know, state.territory, t),
        "place": place_search.answer(know, t),
        "in_force": list(ADDRESS.in_force(state, know.catalog.default_territory)),
        "total": t("guide.results", n=len(selection)),
    }


def _collect() -> None:
    sent: Any = st.session_state["guide-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _territory(know: Knowledge, code: str, t: Texts) -> dict[str, Any]:
    """Return the path down to the territory and what lies in it, each with its projects under way."""
    dimension = know.register.dimensions["territory"]
    counts = select(know.register, State(territory=code, status=(UNDER_WAY,))).facets["territory"]

    def entry(code: str) -> list[Any]:
        return [code, know.territories.name(code, t.language), int(counts[dimension.index[code]])]

    below = know.territories.children_of(code)
    children = [entry(child) for child in below if know.territories.level_of(child) != "arrondissement"]
    path = [*reversed(know.territories.ancestors(code)), code]
    return {"path": [entry(above) for above in path], "children": sorted(children, key=lambda child: -child[2])}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t = load_texts(language)
    names = ("audience", "everyone", "theme", "all_themes", "text", "counted")
    words = {
        "themes": [{"code": code, "label": guide_words.theme(code, t)} for code in know.value.guide.themes],
        "audiences": [{"code": code, "label": t(f"audience.{code}")} for code in AUDIENCES],
        "labels": {name: t(f"facets.{name}") for name in LABELS}
        | {name: t(f"guide.choice.{name}") for name in names}
        | {"territory": t("filter.territory")},
    }
    return publish(f"guide-choices.{language}", ".json", json.dumps(words, ensure_ascii=False).encode())
