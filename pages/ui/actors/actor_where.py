"""Who does what where: sectors down, parts of the territory across, a count of bodies in each cell that opens them."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo.actor_selection import ActorSelection
from geo.directory import UNSAID
from pages.ui.actors import actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import mark

MOST_PARTS = 12
"""Columns: the parts with most bodies; the others stand in the filters."""
PALEST, DARKEST = 8, 52
"""Per cent of ink of a cell with one body and of the fullest: the figure stays readable on both."""


def table(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `heat.html` shows."""
    sums = dict(zip((*selection.parts, UNSAID), selection.in_parts.sum(axis=0).tolist(), strict=True))
    ranked = sorted(selection.parts, key=lambda code: -sums[code])
    shown = [*ranked[:MOST_PARTS], UNSAID]
    counts = selection.matrix[shown]
    most = int(counts.to_numpy().max(initial=1))
    rows = [_row(know, code, counts.loc[code].to_dict(), most, t) for code in counts.index if counts.loc[code].any()]
    hidden = len(ranked) - MOST_PARTS
    left_out = t("actors.where.more", n=hidden) if hidden > 0 else ""
    return {
        "caption": t("actors.where.caption", n=len(selection)),
        "corner": t("filter.sector"),
        "columns": [
            t("actors.where.wider") if code == UNSAID else know.territories.name(code, t.language) for code in shown
        ],
        "rows": rows,
        "total": {"label": t("actors.where.total"), "cells": [t.number(int(sums[code])) for code in shown]},
        "note": " ".join(part for part in (t("actors.where.note"), left_out) if part),
    }


def _row(know: Knowledge, sector: str, counts: dict[str, int], most: int, t: Texts) -> dict[str, Any]:
    cells = [
        {
            "value": t.number(count),
            "heat": _heat(count, most),
            "act": {"sector": [sector], "territory": code, "tab": "directory"} if count and code != UNSAID else None,
            "label": t("actors.tip", n=count),
        }
        for code, count in counts.items()
    ]
    marks = [] if sector == UNSAID else [mark(know, sector, t)]
    return {"label": actor_words.option(know, "sector", sector, t), "marks": marks, "cells": cells}


def _heat(count: int, most: int) -> int:
    return round(PALEST + (DARKEST - PALEST) * float(np.sqrt((count - 1) / max(most - 1, 1)))) if count else 0
