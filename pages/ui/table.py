"""The table under the map: the selected projects, sorted, twenty at a time, row and mark the same selection."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.allocation import IntArray
from geo.register import STATUSES
from geo.selection import Selection
from geo.state import SORTS
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import marks_of

ROWS_A_PAGE = 20
FIRST_WAY_DOWN = ("start", "amount")  # numbers and dates are first asked for from the greatest


def table(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `table.html` shows: one page of the selected projects."""
    state = selection.state
    pages = max(1, -(-len(selection) // ROWS_A_PAGE))
    page = min(state.page, pages)
    rows = sorted_rows(know, selection, t)[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    return {
        "caption": t("table.caption", n=len(selection)),
        "columns": [_column(name, selection, t) for name in SORTS],
        "rows": [_row(know, int(row), state.selected, t) for row in rows],
        "page": page,
        "pages": pages,
        "pager": {
            "label": t("table.pages"),
            "previous": t("table.previous"),
            "next": t("table.next"),
            "said": t("table.page", page=page, pages=pages),
        },
    }


def sorted_rows(know: Knowledge, selection: Selection, t: Texts) -> IntArray:
    """Return the selected rows in the order chosen; what is missing comes last whichever way it is sorted."""
    state, rows = selection.state, selection.rows
    projects = selection.register.projects.iloc[rows]
    if state.sort == "amount":
        values = pd.Series(selection.register.amount_mad[rows])
    elif state.sort == "start":
        values = projects["start_date"].fillna(projects["end_date"]).reset_index(drop=True)
    elif state.sort == "status":
        values = projects["status"].map({code: number for number, code in enumerate(STATUSES)}).reset_index(drop=True)
    elif state.sort == "place":
        values = pd.Series([words.places(know, int(row), t, limit=1) for row in rows])
    else:
        values = pd.Series([words.title(project, t) for _, project in projects.iterrows()])
    order = values.sort_values(ascending=not state.descending, kind="stable", na_position="last").index
    return rows[np.asarray(order, dtype=np.int64)]


def _column(name: str, selection: Selection, t: Texts) -> Mapping[str, Any]:
    state = selection.state
    here = state.sort == name
    down = not state.descending if here else name in FIRST_WAY_DOWN
    return {
        "name": name,
        "label": t(f"column.{name}"),
        "sorted": ("descending" if state.descending else "ascending") if here else "",
        "act": {"sort": ("-" if down else "") + name},
    }


def _row(know: Knowledge, row: int, selected: str, t: Texts) -> Mapping[str, Any]:
    project = know.register.projects.iloc[row]
    return {
        "code": project["project_code"],
        "selected": project["project_code"] == selected,
        "marks": marks_of(know, row, t),
        "title": words.title(project, t),
        "place": words.places(know, row, t, limit=2),
        "years": words.years(project, t),
        "status": t(f"status.{project['status']}"),
        "amount": words.amount(project, t),
    }
