"""The needs maps of the file that stands alone: one prepared view for each subject and period, as the page shows it."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo.need_selection import select_needs
from geo.need_view import NeedSelection
from geo.needs_state import CHANGE, INDEX, NeedsState
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_finding, need_map, need_words


def content(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return the subjects by need, the periods each has, and a view for each subject and period."""
    subjects = [INDEX, *(one.code for one in know.needs.indicators.values() if one.shown)]
    views = {}
    for subject in subjects:
        for period in periods(know, subject):
            selection = select_needs(know.needs, NeedsState(territory, subject=subject, period=period))
            views[f"{subject} {period}"] = view(know, selection, t)
    return {"groups": _groups(know, t), "periods": {one: periods(know, one) for one in subjects}, "views": views}


def periods(know: Knowledge, subject: str) -> list[str]:
    """Return the periods of a subject, the newest year first, the change last where two years measure the same."""
    if subject == INDEX:
        return [str(max(one.latest for one in know.needs.indicators.values() if one.in_index))]
    indicator = know.needs.indicators[subject]
    years = [str(year) for year in sorted(indicator.years, reverse=True)]
    return [*years, CHANGE] if indicator.comparable else years


def view(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, Any]:
    """Return what the screen shows of one selection: finding, map, figures, and each commune with its value."""
    _, state = need_map.drawing(know, selection, t)
    shown = need_finding.figures(know, selection, need_finding.around(know, selection), t)
    return {
        "title": state["title"],
        "state": state,
        "figures": shown["figures"],
        "source": shown["source"],
        "caption": t("needs.table.caption", n=len(selection), label=need_words.subject(selection, t)),
        "columns": [
            t("level.commune"),
            t("needs.legend.title", label=need_words.subject(selection, t), year=need_words.period(selection)),
            need_words.people_header(selection, t),
            t("needs.column.rank"),
        ],
        "rows": [_row(know, selection, int(row), t) for row in _ranked(selection)],
    }


def _ranked(selection: NeedSelection) -> np.ndarray:
    """Return the rows of the territory by rank, those without a value last."""
    ranks = selection.ranks[selection.rows]
    return selection.rows[np.argsort(np.where(np.isfinite(ranks), ranks, np.inf), kind="stable")]


def _row(know: Knowledge, selection: NeedSelection, row: int, t: Texts) -> list[Any]:
    rank = selection.ranks[row]
    return [
        know.territories.commune_index[selection.level.codes[row]],
        need_words.figure(selection, row, t),
        need_words.concerned(selection, row, t),
        t.number(int(rank)) if np.isfinite(rank) else t("needs.absent.short"),
    ]


def _groups(know: Knowledge, t: Texts) -> list[dict[str, Any]]:
    """Return the subjects in groups by need, the index of all needs first."""
    shown = [one for one in know.needs.indicators.values() if one.shown]
    themes = dict.fromkeys(one.theme for one in shown)
    groups = [{"label": t("needs.choices.subject"), "options": [{"code": INDEX, "label": t("needs.choices.index")}]}]
    groups += [
        {
            "label": need_words.need(theme, t),
            "options": [
                {"code": one.code, "label": need_words.indicator(one.code, t)} for one in shown if one.theme == theme
            ],
        }
        for theme in themes
    ]
    return groups
