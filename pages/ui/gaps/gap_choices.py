"""The left column of the gaps page: what is compared, which years, where, and where low, middle and high end."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from data.texts import Texts, load_texts
from geo.gap_needs import measured_needs, unmeasured_sectors
from geo.gap_selection import GapSelection
from geo.gaps_state import LEVELS, STEPS
from geo.needs_state import INDEX
from geo.register import Register
from geo.selection import Selection
from geo.state import YEARS
from pages.ui import actions, place_search
from pages.ui.component import component
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Held, Knowledge
from pages.ui.served import publish

CHOICES = component("atlas-gap-choices", "gap_choices.js", look="atlas-facets atlas-needs")
LABELS = ("title", "clear", "open", "close", "search", "place", "place_go", "from", "to")
OWN_LABELS = ("subject", "level", "steps", "others", "others_note", "steps_note")
WINDOWS = (10, 5)  # years


def choices(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show what can be chosen; what is chosen becomes changes of the state."""
    CHOICES(key="gap-choices", data=model(know, found, t), on_act_change=_collect)


def model(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the choices in force, the counts."""
    state = found.state
    return {
        "words": _words_address(know.version, t.language, know=Held(know)),
        "subject": state.subject,
        "counts": _project_counts(know, found.selection),
        "years": list(state.years),
        "windows": _windows(know.register, t),
        "level": found.level,
        "level_off": t("gaps.choices.level_off") if found.level != state.level else "",
        "steps": state.steps,
        "territory": _territory(know, found, t),
        "place": place_search.answer(know, t),
        "in_force": list(state.in_force(know.catalog.default_territory)),
        "total": t("gaps.choices.results", n=len(found.selection)),
    }


def last_year(register: Register) -> int:
    """Return the last year in which a project of the register is known to have started; ends may be planned far off."""
    return int(register.first_year.max(initial=YEARS[0]))


def _collect() -> None:
    sent: Any = st.session_state["gap-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


def _windows(register: Register, t: Texts) -> list[dict[str, Any]]:
    """Offer all years, then the last ten and five of the register."""
    newest = last_year(register)
    offered: list[dict[str, Any]] = [{"label": t("gaps.years.all"), "years": [None, None]}]
    for size in WINDOWS:
        first = newest - size + 1
        offered.append({"label": t("gaps.years.last", n=size, first=str(first)), "years": [first, None]})
    return offered


def _project_counts(know: Knowledge, selection: Selection) -> dict[str, int]:
    """Count, for each subject, the projects it would compare in the territory and the years chosen."""
    others = selection.without("sector")
    dimension = selection.register.dimensions["sector"]
    counts = {INDEX: int(others.sum())}
    for subject, sectors in _answering(know).items():
        numbers = [dimension.index[one] for one in sectors if one in dimension.index]
        rows = dimension.project[np.isin(dimension.option, numbers)]
        counts[subject] = len(np.unique(rows[others[rows]]))
    return counts


def _answering(know: Knowledge) -> dict[str, tuple[str, ...]]:
    catalog = know.catalog
    needs = {need: catalog.themes[need].sectors for need in measured_needs(catalog.indicators)}
    return needs | {
        sector: (sector,) for sector in unmeasured_sectors(catalog.indicators, catalog.themes, catalog.sectors)
    }


def _territory(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return the path down to the territory and what lies in it, each with its places of high need and no project."""
    territories, state = know.territories, found.state
    without = [territories.commune_range(code)[0] for code in found.gap.unfunded.index]

    def count(code: str) -> Any:
        first, last = territories.commune_range(code)
        return sum(first <= number < last for number in without) if found.need.is_measured else ""

    def entry(code: str, number: Any) -> list[Any]:
        return [code, territories.name(code, t.language), number]

    below = [
        code for code in territories.children_of(state.territory) if territories.level_of(code) != "arrondissement"
    ]
    children = sorted((entry(code, count(code)) for code in below), key=lambda one: -(one[2] or 0))
    above = [entry(code, "") for code in reversed(territories.ancestors(state.territory))]
    return {"path": [*above, entry(state.territory, count(state.territory))], "children": children}


@lru_cache(maxsize=32)
def _words_address(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t, catalog = load_texts(language), know.value.catalog
    sectors = unmeasured_sectors(catalog.indicators, catalog.themes, catalog.sectors)

    def listed(codes: tuple[str, ...], name: Any) -> list[dict[str, str]]:
        return [{"code": code, "label": name(code)} for code in codes]

    words = {
        "index": {"code": INDEX, "label": t("gaps.subject.index")},
        "needs": listed(measured_needs(catalog.indicators), lambda code: t.label("theme", code)),
        "sectors": listed(sectors, lambda code: gap_words.subject(know.value, code, t)),
        "levels": listed(LEVELS, lambda code: t(f"needs.level.{code}")),
        "steps": listed(STEPS, lambda code: t(f"gaps.steps.{code}")),
        "labels": {name: t(f"facets.{name}") for name in LABELS}
        | {name: t(f"gaps.choices.{name}") for name in OWN_LABELS}
        | {"title": t("gaps.choices.title"), "territory": t("filter.territory"), "years": t("filter.years")},
    }
    return publish(f"gap-choices.{language}", ".json", json.dumps(words, ensure_ascii=False).encode())
