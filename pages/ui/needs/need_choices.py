"""The left column of the needs page: words travel once, then the choices in force and what is on offer for them."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from data.texts import Texts, load_texts
from geo.indicators import Observed
from geo.need_levels import NeedsGround
from geo.need_tree import full_weights, index_indicators, index_themes
from geo.need_view import NeedSelection
from geo.needs_state import (
    AGGREGATIONS,
    CHANGE,
    CLASSES,
    INDEX,
    LEVELS,
    METHODS,
    MILIEUX,
    MOST_WEIGHT,
    NORMALISATIONS,
    NeedsState,
)
from pages.ui import actions, place_search
from pages.ui.component import component
from pages.ui.knowledge import Held, Knowledge
from pages.ui.needs import need_finding, need_words
from pages.ui.needs.need_presets import preset_of
from pages.ui.served import publish

CHOICES = component("atlas-needs", "need_choices.js", look="atlas-facets")
LABELS = ("title", "clear", "open", "close", "search", "place", "place_go")
OWN_LABELS = (
    *("subject", "nothing", "weights", "weight", "weight_none", "expert", "expert_note", "normalisation"),
    *("aggregation", "when", "period", "milieu", "level", "classes", "class_count", "classes_note"),
)


def choices(
    know: Knowledge, state: NeedsState, selection: NeedSelection | None, near: Observed | None, t: Texts
) -> None:
    """Show what can be chosen; what is chosen becomes changes of the state."""
    CHOICES(key="needs", data=model(know, state, selection, near, t), on_act_change=_collect)


def model(
    know: Knowledge, state: NeedsState, selection: NeedSelection | None, near: Observed | None, t: Texts
) -> dict[str, Any]:
    """Return what travels on each run; `selection` is None when nothing can be computed, `near` its figures around."""
    weights = full_weights(know.needs.indicators, state.weights)
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "subject": state.subject,
        "level": state.level,
        "period": _period(selection, state),
        "periods": _periods(know.needs, state, t),
        "period_note": _note(selection, "period", t),
        "milieu": selection.milieu if selection else state.milieu,
        "milieu_note": _note(selection, "milieu", t) or _milieu_reason(selection, state, t),
        "method": state.method,
        "classes": state.classes,
        "weights": weights,
        "most": MOST_WEIGHT,
        "preset": preset_of(know.catalog, state),
        "normalisation": state.normalisation,
        "aggregation": state.aggregation,
        "off": {"milieux": _milieux_off(selection, state, t)},
        "territory": _territory(know, state, selection, near, t),
        "place": place_search.answer(know, t),
        "in_force": list(state.in_force(know.catalog.default_territory)),
        "total": t("needs.choices.results", n=len(selection) if selection else 0),
    }


def _collect() -> None:
    sent: Any = st.session_state["needs"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _period(selection: NeedSelection | None, state: NeedsState) -> str:
    if selection is None:
        return state.period
    return CHANGE if selection.is_change else str(selection.years[0])


def _periods(ground: NeedsGround, state: NeedsState, t: Texts) -> list[dict[str, str]]:
    """Offer the years of the subject, the newest first, and the change where two years measure the same thing."""
    if state.subject == INDEX:
        comparable = [one for one in index_indicators(ground.indicators) if one.comparable]
        years = sorted({year for one in comparable for year in one.comparable_years})
        can_change = bool(comparable)
    else:
        indicator = ground.indicators[state.subject]
        years, can_change = list(indicator.years), indicator.comparable
    offered = [{"code": str(year), "label": str(year), "off": ""} for year in years[::-1]]
    off = "" if can_change else t("needs.choices.no_change")
    if len(years) == 1:
        off = t("needs.choices.one_year", year=str(years[0]))
    return [*offered, {"code": CHANGE, "label": t("needs.choices.change"), "off": off}]


def _note(selection: NeedSelection | None, name: str, t: Texts) -> str:
    if selection is None:
        return ""
    if name == "period" and "period" not in selection.notes and selection.indicator is None and selection.score:
        left = len(index_indicators(selection.ground.indicators)) - len(selection.score.values.columns)
        return t("needs.choices.fewer_indicators", n=left) if left else ""
    indicator = selection.indicator
    if name == "period" and not selection.notes and indicator is not None and len(indicator.years) == 1:
        return t("needs.choices.one_year", year=str(indicator.latest))
    return t(f"needs.choices.no_{name}") if name in selection.notes else ""


def _milieu_reason(selection: NeedSelection | None, state: NeedsState, t: Texts) -> str:
    if state.level == "commune" or (selection and selection.is_change):
        return t("needs.choices.milieu_from_province")
    return ""


def _milieux_off(selection: NeedSelection | None, state: NeedsState, t: Texts) -> dict[str, str]:
    if not _milieu_reason(selection, state, t):
        return {}
    return {name: t("needs.choices.milieu_from_province") for name in MILIEUX if name != "total"}


def _territory(
    know: Knowledge, state: NeedsState, selection: NeedSelection | None, near: Observed | None, t: Texts
) -> dict[str, Any]:
    """Return the path down to the chosen territory and what lies in it, each with its figure, the neediest first."""
    territories = know.territories
    path = [*reversed(territories.ancestors(state.territory)), state.territory]
    children = need_finding.children(know, state.territory)

    def entry(code: str) -> list[Any]:
        if selection is None or near is None:
            return [code, territories.name(code, t.language), ""]
        found = near.at(code)
        said = t("needs.absent.short")
        if found.value is not None:
            said = need_words.value(selection, found.value, t, short=True)
            said = need_words.about(said, t) if need_words.is_ours(selection, found.computed) else said
        return [code, territories.name(code, t.language), said]

    if selection and near:
        need = dict(zip(near.codes, np.nan_to_num(near.value * (selection.worse or 1), nan=-np.inf), strict=True))
        children = sorted(children, key=lambda code: -need[code])
    return {"path": [entry(code) for code in path], "children": [entry(code) for code in children]}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    return publish(f"needs.{language}", ".json", json.dumps(_words(know.value, language), ensure_ascii=False).encode())


def _words(know: Knowledge, language: str) -> dict[str, Any]:
    t = load_texts(language)
    shown = [one for one in know.needs.indicators.values() if one.shown]
    labels = {name: t(f"facets.{name}") for name in LABELS} | {name: t(f"needs.choices.{name}") for name in OWN_LABELS}
    labels |= {"title": t("needs.choices.title"), "territory": t("filter.territory"), "open": t("needs.choices.open")}
    # The browser fills these in while a slider moves.
    labels["weight"] = t("needs.choices.weight", n="{n}", most="{most}")
    themes = [
        {
            "code": theme,
            "label": need_words.need(theme, t),
            "options": [
                {"code": one.code, "label": need_words.indicator(one.code, t)} for one in shown if one.theme == theme
            ],
        }
        for theme in dict.fromkeys(one.theme for one in shown)
    ]
    return {
        "labels": labels,
        "index": {"code": INDEX, "label": t("needs.choices.index")},
        "themes": themes,
        "sectors": [
            {"code": theme, "label": need_words.need(theme, t)}
            for theme in index_themes(index_indicators(know.needs.indicators))
        ],
        "presets": [
            {"code": one.code, "label": t(f"needs.preset.{one.code}"), "weights": dict(one.weights) or None}
            for one in know.catalog.presets.values()
        ],
        "normalisations": _options("normalisation", NORMALISATIONS, t),
        "aggregations": _options("aggregation", AGGREGATIONS, t),
        "levels": _options("level", LEVELS, t),
        "milieux": _options("milieu", MILIEUX, t),
        "methods": _options("method", METHODS, t),
        "counts": [{"code": str(count), "label": str(count)} for count in range(CLASSES[0], CLASSES[1] + 1)],
    }


def _options(name: str, codes: tuple[str, ...], t: Texts) -> list[dict[str, str]]:
    return [{"code": code, "label": t(f"needs.{name}.{code}")} for code in codes]
