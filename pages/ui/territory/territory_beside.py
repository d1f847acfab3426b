"""A second territory beside the one of a sheet: which may be chosen, and what the two have of need, projects, money."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo.territory_state import TerritoryState
from pages.ui import words
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.territory.territory_place import Place, place, population

LEVELS = ("region", "province", "commune")
"""Levels of which two can be set side by side: others have nothing of their kind, or too many columns."""


def chosen(know: Knowledge, found: Place, state: TerritoryState) -> str:
    """Return the territory asked for beside the one of the sheet; empty where it is none of its kind."""
    is_one = state.beside and state.beside != found.code and found.level in LEVELS
    return state.beside if is_one and know.territories.level_of(state.beside) == found.level else ""


def choice(know: Knowledge, found: Place, beside: str, t: Texts) -> dict[str, Any]:
    """Return what `select.html` shows: the neighbours of its kind first, then the others of the country."""
    if found.level not in LEVELS:
        return {}
    near = _of_kind(know, found, str(know.territories.parent_of(found.code)))
    others = [] if found.level == "commune" else _of_kind(know, found, know.territories.ancestors(found.code)[-1])
    codes = [code for code in dict.fromkeys([*near, *others, *([beside] if beside else [])]) if code != found.code]
    options = [{"code": code, "label": know.territories.name(code, t.language), "on": code == beside} for code in codes]
    nobody = {"code": "", "label": t("territory.beside.nobody"), "on": not beside}
    return {"name": "beside", "label": t("territory.beside.label"), "options": [nobody, *options]}


def group(know: Knowledge, codes: tuple[str, ...], heads: list[dict[str, str]], parts: int, t: Texts) -> dict[str, Any]:
    """Return the rows of `territory_figures.html` that are no indicators: need, projects, located money a head."""
    found = [place(know, code) for code in codes]
    said = {
        "need": [t("needs.absent.short") if one.score is None else t.number(one.score, 1) for one in found],
        "projects": [
            gap_words.absence(one.absence, t) if one.absence else t.number(len(one.projects.own)) for one in found
        ],
        "each": [_each(know, one, t) for one in found],
    }
    return {
        "title": t("territory.beside.group"),
        "rows": [
            {
                "label": t(f"territory.beside.{name}"),
                "url": "",
                "definition": "",
                "note": "",
                "cells": [
                    {"text": text, "absent": False, "head": head} for text, head in zip(texts, heads, strict=False)
                ],
                "marks": [],
                "change": {"text": "", "sense": "", "years": ""},
                "people": "",
                "parts": [{"text": "", "absent": False, "label": ""}] * parts,
            }
            for name, texts in said.items()
        ],
    }


def _each(know: Knowledge, found: Place, t: Texts) -> str:
    people, money = population(know, found.territory), found.projects.here_mad
    if not len(found.projects.here) or not np.isfinite(money) or not people > 0:
        return t("missing.amount") if found.projects.here.size else t("needs.absent.short")
    return t("money.full", amount=words.per_person(money / people, t))


def _of_kind(know: Knowledge, found: Place, within: str) -> list[str]:
    """Return the territories of its level inside another one, by their names."""
    codes = know.territories.children_of(within, found.level)
    return sorted(codes, key=lambda code: know.territories.name(code, "fr"))
