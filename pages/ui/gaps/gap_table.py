"""The lists under the map of gaps: the nine cells in words, every place sorted as chosen, money without a place."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.absence import PRESENT
from geo.allocation import ESTIMATED_RULES, RULES
from geo.folding import fold
from geo.gap_selection import GapSelection, gap_word
from geo.gaps import STEPS
from geo.gaps_state import SORTS, UNFUNDED
from pages.ui.gaps import gap_map, gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing
from pages.ui.needs import need_robustness

COLUMN_OF = {
    "need": "need",
    "people": "in_need",
    "projects": "projects",
    "money": "money_mad",
    "per_person": "mad_per_person",
    "mismatch": "mismatch_pp",
}


def cells(found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `gap_cells.html` shows: each cell of the square in words, with its places and people, as a filter."""
    by_cell = {(one.need_step, one.money_step): one for one in found.gap.cells.itertuples()}
    chosen = found.state.cell

    def entry(need: int, money: int) -> dict[str, Any]:
        one, code = by_cell[need, money], f"{need}{money}"
        return {
            "word": t(f"gaps.cell.{code}"),
            "colour": gap_map.palette_of(need, money),
            "count": gap_words.counted(found, int(one.communes), t),
            "people": t("gaps.people", n=round(float(one.people))),
            "on": chosen == code,
            "act": {"cell": "" if chosen == code else code},
            "empty": not one.communes,
        }

    without = found.gap.unfunded
    return {
        "title": t("gaps.cells.title"),
        "rows": [[entry(need, money) for money in range(STEPS)] for need in reversed(range(STEPS))],
        "first": {
            "word": t("gaps.cell.unfunded"),
            "count": gap_words.counted(found, len(without), t),
            "people": t("gaps.people", n=round(float(np.nansum(without["people"])))),
            "on": chosen == UNFUNDED,
            "act": {"cell": "" if chosen == UNFUNDED else UNFUNDED},
        },
        "note": t("gaps.cells.note", n=len(found.gap.table) - int(found.gap.cells["communes"].sum())),
        "all": {"label": t("gaps.cells.all"), "act": {"cell": ""}} if chosen else None,
    }


def places(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the places."""
    names = [name for name in SORTS if name != "gap"]
    if not found.need.is_measured:
        names = [name for name in names if name not in ("need", "mismatch")]
    names.append("gap")
    table = ordered(know, found, t)
    said = _cells(found, know.version, t)
    return listing(
        found.state,
        [_column(name, found, t) for name in names],
        list(table.itertuples()),
        lambda rows: [_row(know, found, row, [said[name] for name in names[1:]], t) for row in rows],
        t,
        caption=t("gaps.table.caption", counted=gap_words.counted(found, len(table), t)),
        note=t("gaps.table.note" if found.need.is_measured else "gaps.table.note_unmeasured"),
    )


def ordered(know: Knowledge, found: GapSelection, t: Texts) -> pd.DataFrame:
    """Return the places in the order chosen; what is not known comes last whichever way it is sorted.

    `gap` puts high need without any project first, the neediest on top, then the places where money lags most behind
    need by rank; without a need measured, those without any project first, the most people on top.
    """
    table, state = found.listed, found.state
    if state.sort == "name":
        names = pd.Series([fold(know.territories.name(code, t.language)) for code in table.index], table.index)
        return table.loc[names.sort_values(ascending=not state.descending, kind="stable").index]
    if state.sort == "gap":
        silent = table["projects"] == 0
        first = silent & (table["need_step"] == STEPS - 1) if found.need.is_measured else silent
        lag = table["rank_gap"].where(~first, -table["need"]) if found.need.is_measured else -table["people"]
        keys = table.assign(later=~first, lag=lag, unknown=lag.isna())
        order = keys.sort_values(["later", "unknown", "lag"], kind="stable").index
        return table.loc[order[::-1] if state.descending else order]
    column = COLUMN_OF[state.sort]
    if column == "in_need" and found.need.counted in gap_words.BY_PEOPLE:
        column = "people"
    return table.sort_values(column, ascending=not state.descending, na_position="last", kind="stable")


def header(name: str, found: GapSelection, t: Texts) -> str:
    """Name a column."""
    said = {"name": lambda: t(f"level.{found.level}"), "people": lambda: gap_words.people_header(found, t)}
    return said[name]() if name in said else t(f"gaps.column.{name}")


def _column(name: str, found: GapSelection, t: Texts) -> Column:
    return Column(
        header(name, found, t),
        kind="text" if name in ("name", "gap") else "number",
        sort=name,
        greatest_first=name not in ("name", "gap", "mismatch"),
    )


def _cells(found: GapSelection, version: str, t: Texts) -> dict[str, Callable[[Any], dict[str, str]]]:
    """Return what each column says of a row."""
    interval = intervals(found, version, t)

    def known(value: float, said: str) -> dict[str, str]:
        return {"value": t("gaps.money.unknown_short") if pd.isna(value) else said}

    return {
        "need": lambda row: {"value": gap_words.need_of(found, row, t), "note": interval(row)},
        "people": lambda row: {"value": gap_words.concerned(found, row, t)},
        "projects": lambda row: {"value": t.number(int(row.projects))},
        "money": lambda row: known(row.money_mad, t.short_money(row.money_mad or 0.0)),
        "per_person": lambda row: known(row.mad_per_person, gap_words.rate(row.mad_per_person or 0.0, t)),
        "mismatch": lambda row: {"value": _mismatch(row, t)},
        "gap": lambda row: standing(found, row, t),
    }


def standing(found: GapSelection, row: Any, t: Texts) -> dict[str, str]:
    """Say how need and money of a row stand to each other, with the kind of absence; that alone without a need."""
    kind = gap_words.absence(row.absence, t)
    if not found.need.is_measured:
        return {"value": kind}
    word = gap_word(row.need_step, row.money_step)
    if not word:
        return {"value": gap_words.cell(row.need_step, row.money_step, t), "note": kind}
    lost = word == "behind" and row.absence != PRESENT
    return {"value": t("gaps.word.behind_none" if lost else f"gaps.word.{word}"), "note": kind}


def intervals(found: GapSelection, version: str, t: Texts) -> Callable[[Any], str]:
    """Return what says the rank of a row, with its interval under other weights where there are weights."""
    drawn = need_robustness.robust(found.need.needs, version).table if found.need.has_weights else None

    def said(row: Any) -> str:
        if pd.isna(row.need_rank) or found.need.is_assumed(row.Index):
            return ""
        rank = t("gaps.rank", n=int(row.need_rank))
        if drawn is None or row.Index not in drawn.index:
            return rank
        low, high = drawn.loc[row.Index, ["rank_p5", "rank_p95"]]
        return t("gaps.rank_between", rank=rank, low=round(low), high=round(high)) if np.isfinite(low) else rank

    return said


def _mismatch(row: Any, t: Texts) -> str:
    if pd.isna(row.mismatch_pp):
        return t("needs.absent.short")
    return t("needs.unit.pct_points", value=gap_map.signed(float(row.mismatch_pp), t))


def _row(know: Knowledge, found: GapSelection, row: Any, said: list[Any], t: Texts) -> dict[str, Any]:
    above = know.territories.parent_of(row.Index)
    return {
        "code": row.Index,
        "selected": row.Index == found.state.selected,
        "cells": [
            {
                "value": know.territories.name(row.Index, t.language),
                "note": know.territories.name(above, t.language) if above and above != "MA" else "",
            },
            *(one(row) for one in said),
        ],
    }


def not_located(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `area_wide.html` shows: money beside the map by territory, and how it adds up with the map."""
    shown = found.gap
    rows = [
        {
            "code": row.territory_code,
            "name": know.territories.name(row.territory_code, t.language),
            "level": t(f"level.{know.territories.level_of(row.territory_code)}"),
            "projects": t.number(int(row.projects)),
            "money": t("missing.amount") if row.projects == row.without_amount else t.money(float(row.counted_mad)),
            "without": t.number(int(row.without_amount)),
            "selected": row.territory_code == found.state.selected,
        }
        for row in shown.not_located.itertuples()
    ]
    sums = (
        ("area", shown.not_located_mad),
        ("located", shown.located_mad),
        ("total", found.selection.totals.counted_mad),
    )
    return {
        "caption": t(f"gaps.not_located.{found.level}"),
        "header": [t(f"places.{name}") for name in ("territory", "projects", "money", "without")],
        "rows": rows,
        "totals": [{"name": t(f"gaps.sum.{name}"), "projects": "", "money": t.money(money)} for name, money in sums],
        "note": t("places.note"),
    }


def rules(found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `gap_rules.html` shows: how much of the money was placed by which rule."""
    money = found.money_by_rule
    estimated = {RULES[number] for number in ESTIMATED_RULES}
    return {
        "caption": t("gaps.rules.caption"),
        "header": [t("gaps.rules.rule"), t("gaps.rules.money")],
        "rows": [
            {"label": t(f"gaps.rule.{rule}"), "money": t.money(money[rule]), "estimated": rule in estimated}
            for rule in RULES
        ],
        "total": {"label": t("gaps.sum.total"), "money": t.money(found.selection.totals.counted_mad)},
        "note": t("gaps.rules.note"),
    }
