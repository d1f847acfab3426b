"""The table twin of the needs map: every territory listed, every figure with its unit, sorted as chosen."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from data.texts import Texts
from geo.folding import fold
from geo.indicators import KNOWN
from geo.need_tree import theme_of
from geo.need_view import NeedSelection
from geo.needs_state import SORTS
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing
from pages.ui.needs import need_robustness, need_words

Extra = Sequence[tuple[str, Callable[[str], str]]]
"""Columns without a sort: their header, and what they say of a territory."""


def table(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the territories."""
    names = columns(selection)
    extra = _extra(know, selection, t)
    return listing(
        selection.asked,
        [*(_column(name, selection, t) for name in names), *(Column(label) for label, _ in extra)],
        ordered(know, selection, t),
        lambda rows: [_row(know, selection, int(row), names, extra, t) for row in rows],
        t,
        caption=t("needs.table.caption", n=len(selection), label=need_words.subject(selection, t)),
    )


def columns(selection: NeedSelection) -> tuple[str, ...]:
    """Name the columns: inhabitants once, and no change beside a change."""
    left_out = {"population"} if selection.people_unit == "population" else set()
    if selection.is_change or not has_change(selection):
        left_out.add("change")
    return tuple(name for name in SORTS if name not in left_out)


def has_change(selection: NeedSelection) -> bool:
    """Whether the subject was measured alike in two years."""
    return selection.indicator is not None and selection.indicator.comparable


def ordered(know: Knowledge, selection: NeedSelection, t: Texts) -> npt.NDArray[np.int64]:
    """Return the rows in the order chosen; what is not known comes last whichever way it is sorted."""
    state, rows = selection.asked, selection.rows
    if state.sort == "name":
        names = [fold(know.territories.name(selection.level.codes[row], t.language)) for row in rows]
        order = np.argsort(np.array(names), kind="stable")
        return rows[order[::-1] if state.descending else order]
    keys = {
        "people": selection.people.value,
        "rank": selection.ranks,
        "population": selection.population,
        "change": selection.change.value if has_change(selection) else selection.value,
    }
    key = keys.get(state.sort, selection.value)[rows]
    filled = np.where(np.isfinite(key), -key if state.descending else key, np.inf)
    return rows[np.argsort(filled, kind="stable")]


def _column(name: str, selection: NeedSelection, t: Texts) -> Column:
    said = {
        "name": lambda: t(f"level.{selection.level.name}"),
        "value": lambda: _value_header(selection, t),
        "people": lambda: need_words.people_header(selection, t),
    }
    label = said[name]() if name in said else t(f"needs.column.{name}")
    kind = "text" if name == "name" else "number"
    return Column(label, kind=kind, sort=name, greatest_first=name not in ("name", "rank"))


def _value_header(selection: NeedSelection, t: Texts) -> str:
    return t("needs.legend.title", label=need_words.subject(selection, t), year=need_words.period(selection))


def _row(
    know: Knowledge, selection: NeedSelection, row: int, names: tuple[str, ...], extra: Extra, t: Texts
) -> dict[str, Any]:
    code = selection.level.codes[row]
    above = know.territories.parent_of(code)
    rank = selection.ranks[row]
    cells = {
        "value": lambda: need_words.figure(selection, row, t),
        "people": lambda: need_words.concerned(selection, row, t),
        "rank": lambda: t.number(int(rank)) if np.isfinite(rank) else t("needs.absent.short"),
        "population": lambda: need_words.people_of(float(selection.population[row]), "population", t),
        "change": lambda: change_said(selection, row, t),
    }
    return {
        "code": code,
        "selected": code == selection.asked.selected,
        "cells": [
            {
                "value": know.territories.name(code, t.language),
                "note": know.territories.name(above, t.language) if above and above != "MA" else "",
            },
            *({"value": cells[name](), "absent": name == "value" and not selection.known[row]} for name in names[1:]),
            *({"value": said(code)} for _, said in extra),
        ],
    }


def change_said(selection: NeedSelection, row: int, t: Texts) -> str:
    """Write what changed between the two comparable years."""
    change = selection.change
    if change.state[row] != KNOWN:
        return t(f"needs.absent.{need_words.ABSENT[int(change.state[row])]}")
    return need_words.amount(float(change.value[row]), selection.unit, need_words.decimals(selection), t, signed=True)


def _extra(know: Knowledge, selection: NeedSelection, t: Texts) -> Extra:
    """Return the columns only the index has: its interval under other weights, and the score of each need."""
    if selection.score is None or selection.is_change:
        return []
    intervals = need_robustness.robust(selection, know.version).table
    scores, assumed = selection.score.sectors, selection.score.assumed

    def interval(code: str) -> str:
        low, high = intervals.loc[code, ["rank_p5", "rank_p95"]]
        return f"{low:.0f}–{high:.0f}" if np.isfinite(low) else t("needs.absent.short")

    def of_need(node: str) -> Callable[[str], str]:
        def said(code: str) -> str:
            if assumed.loc[code, node]:
                return t("needs.absent.not_applicable")
            number = float(scores.loc[code, node])
            return t.number(number, 0) if np.isfinite(number) else t("needs.absent.short")

        return said

    needs = [(need_words.need(theme_of(node), t), of_need(node)) for node in selection.score.sector_codes]
    return [(t("needs.robust.interval_title"), interval), *needs]
