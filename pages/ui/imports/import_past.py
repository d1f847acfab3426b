"""Imports of before: what each brought, and its rows held back, mended in place and tried again."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from data.imports.commit import held_sheet, retry
from data.imports.preview import dry_run
from data.imports.sheet import Row
from data.records.errors import StoreError
from data.records.import_runs import HeldRow, ImportRun, ImportRuns
from data.records.rights import Person
from data.texts import Texts
from pages.ui import living
from pages.ui.imports import import_report
from pages.ui.imports.import_known import known
from pages.ui.knowledge import Knowledge
from pages.ui.moments import day
from pages.ui.page import show
from pages.ui.records.contribute_view import store_said

MOST_MENDED = 50
RUN, SAID = "run", "atlas_import_said"


def past(person: Person, know: Knowledge, t: Texts) -> None:
    """List the imports of this account, or the rows of the one that is asked for."""
    if not living.is_there():
        return
    runs = ImportRuns(living.repository().database)
    found = runs.find(created_by=None if person.is_at_least("admin") else person.account_id)
    if not found:
        return
    asked = next((run for run in found if run.run_id == st.query_params.get(RUN)), None)
    if asked is not None and asked.waiting:
        _mend(asked, runs.held(asked.run_id)[:MOST_MENDED], person, know, t)
    st.header(t("import.past"), anchor=False)
    rows = [
        {
            "title": run.file_name,
            "url": f"import?run={run.run_id}&lang={t.language}",
            "said": [_said(run, t)],
            "reason": f"{t('import.mend')} ({t.number(run.waiting)})" if run.waiting else "",
        }
        for run in found
    ]
    show("entries.html", key="import-past", rows=rows, new="", new_label="")


def _said(run: ImportRun, t: Texts) -> str:
    counts = {name: run.counts[name] for name in ("created", "updated", "unchanged")}
    return t("import.past_said", date=day(run.created_at, t), **counts)


def _mend(run: ImportRun, held: list[HeldRow], person: Person, know: Knowledge, t: Texts) -> None:
    st.header(t("import.mend"), anchor=False)
    st.caption(t("import.mend_lead"))
    sheet, plan = held_sheet(run, held)
    key = f"mend-{run.run_id}-{len(held)}"
    used = [column for column in sheet.columns if column in plan.columns.values()]
    at = {column: sheet.columns.index(column) for column in used}
    label = t("import.row") if t("import.row") not in used else f"{t('import.row')} *"
    shown = [label, *used] if t.direction == "ltr" else [*reversed(used), label]
    rows = [
        {column: one.row_number if column == label else _text(one.raw[at[column]]) for column in shown} for one in held
    ]
    st.data_editor(rows, key=key, num_rows="delete", hide_index=True, width="stretch", disabled=[label])
    state = st.session_state.get(key, {})
    mended, dropped = after_editing(held, state, at)
    told = known(know)
    if not st.button(t("import.retry"), type="primary", key="import-retry"):
        preview = dry_run(_of(sheet, mended), plan, told, repository=living.repository(), person=person)
        if preview.held_back:
            show("import_held.html", key="import-mend-held", **import_report.held_rows(preview.held_back, t))
        return
    try:
        preview = dry_run(_of(sheet, mended), plan, told, repository=living.repository(), person=person)
        applied = retry(preview, held, repository=living.repository(), person=person, dropped=dropped)
    except StoreError as error:
        st.error(store_said(error, t))
        return
    written = len(applied.created) + len(applied.updated)
    if not written and not dropped and preview.held_back:
        st.warning(t("import.none_mended"))
        show("import_held.html", key="import-mend-held", **import_report.held_rows(preview.held_back, t))
        return
    aside = t("import.left_aside", n=len(dropped)) if dropped else ""
    st.session_state[SAID] = " ".join(filter(None, (t("import.mended", n=written), aside)))
    st.rerun()


def after_editing(held: Sequence[HeldRow], state: Any, at: Mapping[str, int]) -> tuple[list[Row], list[HeldRow]]:
    """Return the rows as they were mended, and those that were taken out; nothing else a browser sends is taken.

    Parameters
    ----------
    state
        Of the table: cells changed by row, rows deleted; rows count from 0.
    at
        Columns that are shown, and where each stands in a row.
    """
    told = state if isinstance(state, Mapping) else {}
    edited, deleted = told.get("edited_rows", {}), told.get("deleted_rows", [])
    gone = {number for number in (deleted if isinstance(deleted, list) else []) if isinstance(number, int)}
    mended = [
        Row(one.row_number, mended_cells(one, edited.get(number, {}) if isinstance(edited, dict) else {}, at))
        for number, one in enumerate(held)
        if number not in gone
    ]
    return mended, [one for number, one in enumerate(held) if number in gone]


def _of(sheet: Any, rows: list[Row]) -> Any:
    return type(sheet)(sheet.name, sheet.format, sheet.columns, rows)


def mended_cells(held: HeldRow, edited: Any, at: Mapping[str, int]) -> list[Any]:
    """Return the cells of a row with those edited; of what a browser sends, only texts of columns shown are taken."""
    cells = list(held.raw)
    for column, said in edited.items() if isinstance(edited, dict) else ():
        if column in at and (said is None or isinstance(said, str | int | float)):
            cells[at[column]] = said if said is None else str(said)[:5000]
    return cells


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
