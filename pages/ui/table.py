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
from pages.ui.listing import Column, listing
from pages.ui.marks import marks_of

FIRST_WAY_DOWN = ("start", "amount")  # numbers and dates are first asked for from the greatest


def table(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the selected projects."""
    columns = [
        Column(t(f"column.{name}"), kind=name, sort=name, greatest_first=name in FIRST_WAY_DOWN) for name in SORTS
    ]
    return listing(
        selection.state,
        columns,
        sorted_rows(know, selection, t),
        lambda rows: _rows(know, rows, selection.state.selected, t),
        t,
        caption=t("table.caption", n=len(selection)),
    )


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


def _rows(know: Knowledge, rows: IntArray, selected: str, t: Texts) -> list[dict[str, Any]]:
    records = know.register.projects.iloc[rows].to_dict("records")
    return [_row(know, int(row), project, selected, t) for row, project in zip(rows, records, strict=True)]


def _row(know: Knowledge, row: int, project: Mapping[str, Any], selected: str, t: Texts) -> dict[str, Any]:
    said = {
        "title": words.title(project, t),
        "place": words.places(know, row, t, limit=2),
        "start": words.years(project, t),
        "status": t(f"status.{project['status']}"),
        "amount": words.amount(project, t),
    }
    cells: list[dict[str, Any]] = [{"value": said[name]} for name in SORTS]
    cells[0]["marks"] = marks_of(know, row, t)
    return {"code": project["project_code"], "selected": project["project_code"] == selected, "cells": cells}
