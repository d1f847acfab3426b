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
        "rows": [
            _row(know, int(row), project, state.selected, t)
            for row, project in zip(rows, know.register.projects.iloc[rows].to_dict("records"), strict=True)
        ],
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
    projects = selection.register.projects
    if state.sort == "amount":
        values = pd.Series(selection.register.amount_mad[rows])
    elif state.sort == "start":
        values = projects["start_date"].iloc[rows].fillna(projects["end_date"].iloc[rows]).reset_index(drop=True)
    elif state.sort == "status":
        order_of = {code: number for number, code in enumerate(STATUSES)}
        values = projects["status"].iloc[rows].map(order_of).reset_index(drop=True)
    elif state.sort == "place":
        values = words.first_places(know, rows, t)
    else:
        values = words.titles(projects.iloc[rows], t).reset_index(drop=True)
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


def _row(know: Knowledge, row: int, project: Mapping[str, Any], selected: str, t: Texts) -> Mapping[str, Any]:
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
