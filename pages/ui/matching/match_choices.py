"""The left column of the matching page: who looks, where, what is sought, how much each criterion weighs."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from data.actors_catalog import CRITERIA
from data.texts import Texts, load_texts
from geo.matching_selection import MatchSelection, bodies_named
from geo.matching_state import MOST_WEIGHT, PLACE, WAYS
from pages.ui import actions
from pages.ui.component import component
from pages.ui.knowledge import Held, Knowledge
from pages.ui.matching import match_place, match_words
from pages.ui.served import publish

CHOICES = component("atlas-match-choices", "match_choices.js", look="atlas-facets atlas-needs")
LABELS = ("title", "clear", "open", "close", "search", "place", "place_go")
OWN_LABELS = (
    *("way", "association", "funder", "seek", "change_body", "no_body", "sector", "sector_note", "amount_mad"),
    *("weights", "weights_note", "weights_reset", "weight", "weight_none"),
)


def choices(know: Knowledge, selection: MatchSelection, t: Texts) -> None:
    """Show what can be chosen; what is chosen becomes changes of the state."""
    CHOICES(key="match-choices", data=model(know, selection, t), on_act_change=_collect)


def model(know: Knowledge, selection: MatchSelection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the bodies on offer."""
    state = selection.state
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "way": state.way,
        "body": _body(know, state.body, t) if state.body and state.way != PLACE else None,
        "seek": state.seek,
        "offered": [_body(know, code, t) for code in offered(know, selection)],
        "sector": state.sector,
        "amount_mad": state.amount_mad,
        "weights": dict(selection.weights),
        "own_weights": bool(state.criteria),
        "most": MOST_WEIGHT,
        "territory": _territory(know, selection, t),
        "place": match_place.answer(know, t),
        "in_force": list(state.in_force(know.catalog.default_territory)),
        "total": t("matching.results", n=len(selection)),
    }


def offered(know: Knowledge, selection: MatchSelection) -> list[str]:
    """Return the codes of the bodies to choose from: none for a place, nor once one is chosen and no name is typed."""
    state = selection.state
    if state.way == PLACE or (state.body and not state.seek):
        return []
    return bodies_named(know.actors, state.seek, state.way)


def _collect() -> None:
    sent: Any = st.session_state["match-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _body(know: Knowledge, code: str, t: Texts) -> dict[str, str]:
    note = [match_words.kind_of(know, code, t), match_words.country_of(know, code, t)]
    return {"code": code, "label": know.organisation_name(code, t), "note": " · ".join(part for part in note if part)}


def _territory(know: Knowledge, selection: MatchSelection, t: Texts) -> dict[str, Any]:
    """Return the path down to the territory and what lies in it; no figure stands beside a name here."""
    code = selection.state.territory

    def entry(code: str) -> list[str]:
        return [code, know.territories.name(code, t.language), ""]

    below = [one for one in know.territories.children_of(code) if know.territories.level_of(one) != "arrondissement"]
    path = [*reversed(know.territories.ancestors(code)), code]
    return {
        "path": [entry(above) for above in path],
        "children": sorted((entry(child) for child in below), key=lambda child: child[1]),
    }


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t, measured = load_texts(language), know.value.matcher.need.columns
    labels = {name: t(f"facets.{name}") for name in LABELS} | {
        name: t(f"matching.choice.{name}") for name in OWN_LABELS
    }
    labels |= {"title": t("matching.choice.title"), "open": t("matching.choice.open")}
    # The browser fills these in while a slider moves.
    labels["weight"] = t("matching.choice.weight", n="{n}", most="{most}")
    sectors = [{"code": "", "label": t("matching.choice.any_sector")}] + [
        {
            "code": code,
            "label": match_words.sector(know.value, code, t)
            if code in measured
            else t("matching.choice.unmeasured", sector=match_words.sector(know.value, code, t)),
        }
        for code in know.value.catalog.sectors
    ]
    words = {
        "labels": labels,
        "places": {way: t("matching.choice.place" if way == PLACE else "matching.choice.within") for way in WAYS},
        "ways": [
            {"code": way, "label": t(f"matching.way.{way}"), "note": t(f"matching.way_note.{way}")} for way in WAYS
        ],
        "sectors": sectors,
        "criteria": [{"code": name, "label": t(f"match.criterion.{name}")} for name in CRITERIA],
    }
    return publish(f"match-choices.{language}", ".json", json.dumps(words, ensure_ascii=False).encode())
