"""The table under the map: the selected projects, sorted, twenty at a time, row and mark the same selection."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts, load_texts
from geo.allocation import IntArray
from geo.register import STATUSES
from geo.selection import Selection
from geo.state import SORTS
from pages.ui import words
from pages.ui.knowledge import Held, Knowledge
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
    said = (_row(know.version, t.language, int(row), know=Held(know)) for row in rows)
    return [{"code": code, "selected": code == selected, "cells": cells} for code, cells in said]


@lru_cache(maxsize=8192)
def _row(version: str, language: str, row: int, *, know: Held) -> tuple[str, Sequence[Mapping[str, Any]]]:  # noqa: ARG001 - the version is the key
    """Return the code and the cells of a project: they are written once, whatever selection it is in."""
    t, project = load_texts(language), know.value.register.projects.iloc[row]
    said = {
        "title": words.title(project, t),
        "place": words.places(know.value, row, t, limit=2),
        "start": words.years(project, t),
        "status": t(f"status.{project['status']}"),
        "amount": words.amount(project, t),
    }
    cells: list[dict[str, Any]] = [{"value": said[name]} for name in SORTS]
    cells[0]["marks"] = marks_of(know.value, row, t)
    return str(project["project_code"]), tuple(cells)
