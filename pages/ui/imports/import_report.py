"""A dry run as people read it: four counts, the questions that settle a column, each row held back with its remedy."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st

from data import store
from data.imports import said
from data.imports.candidate import RowProblem, shown
from data.imports.preview import OUTCOMES, Judged, Preview
from data.imports.sheet import Sheet
from data.imports.villages import compare
from data.texts import Texts
from pages.ui.imports import import_answers
from pages.ui.knowledge import knowledge
from pages.ui.page import show
from pages.ui.records import record_words

MOST_SHOWN = 100
ABOUT_A_NAME = ("place_town", "place_of_province", "place_spelled")
"""Remarks that are told apart by the name they are about."""


def report(preview: Preview, short: str, t: Texts) -> None:
    """Show what an import would do."""
    counts = [{"n": t.number(preview.read), "said": t("import.read")}]
    counts += [{"n": t.number(preview.counts[name]), "said": t(f"import.{name}"), "kind": name} for name in OUTCOMES]
    show("import_counts.html", key="import-counts", counts=counts)
    import_answers.ask(preview.questions(), short, t)
    if held := preview.held_back:
        show("import_held.html", key="import-held", **held_rows(held, t))
    if remarks := _remarks(preview, t):
        show("import_remarks.html", key="import-remarks", title=t("import.remarks"), remarks=remarks)


def villages(sheet: Sheet, t: Texts) -> None:
    """Show what a workbook of villages would change of those shipped."""
    territories = store.load("territories")
    communes = frozenset(territories.loc[territories["level"] == "commune", "territory_code"])
    compared = compare(sheet, store.load("villages"), communes)
    st.info(t("import.villages"))
    counts = [{"n": t.number(compared.read), "said": t("import.read")}]
    counts += [{"n": t.number(n), "said": t(f"import.{name}"), "kind": name} for name, n in compared.counts.items()]
    show("import_counts.html", key="import-counts", counts=counts)
    if compared.problems:
        lines = [
            {"row": number, "where": problem.column, "what": problem_said(problem, t)}
            for number, problem in compared.problems
        ]
        show("import_held.html", key="import-held", **_table(lines, t))


def held_rows(held: list[Judged], t: Texts) -> dict[str, Any]:
    """Return what `import_held.html` shows: one line a problem."""
    lines = [
        {
            "row": one.candidate.row.number,
            "where": problem.column or (t(f"import.field.{problem.field}") if problem.field else ""),
            "what": problem_said(problem, t),
        }
        for one in held
        for problem in one.problems
    ]
    return _table(lines, t)


def _table(lines: list[dict[str, Any]], t: Texts) -> dict[str, Any]:
    return {
        "title": t("import.held"),
        "labels": {"row": t("import.row"), "where": t("import.where"), "what": t("import.what")},
        "lines": lines[:MOST_SHOWN],
        "note": t("import.shown", n=MOST_SHOWN) if len(lines) > MOST_SHOWN else "",
    }


def problem_said(problem: RowProblem, t: Texts) -> str:
    """Say one problem with its remedy; places as pages name them."""
    return said.problem_said(problem, t, lambda code: record_words.place(knowledge(), code, t))


def first_rows(sheet: Sheet, most: int, t: Texts) -> dict[str, Any]:
    """Return what `import_rows.html` shows: the first rows as they are."""
    notes = [t(f"import.note.{code}", detail=said.apart(detail, t)) for code, detail in sheet.notes]
    return {
        "caption": t("import.first_rows"),
        "row": t("import.row"),
        "columns": sheet.columns,
        "rows": [{"number": row.number, "cells": [shown(cell) for cell in row.cells]} for row in sheet.rows[:most]],
        "notes": notes,
    }


def progress_of(bar: Any, t: Texts) -> Callable[[int, int], None]:
    """Return what moves a bar of progress."""
    return lambda done, total: bar.progress(
        done / max(total, 1), text=t("import.working", done=t.number(done), total=t.number(total))
    )


def _remarks(preview: Preview, t: Texts) -> list[dict[str, str]]:
    counted = Counter(
        (note.column, note.rule, note.value if note.rule in ABOUT_A_NAME else "")
        for one in preview.judged
        for note in one.candidate.notes
    )
    return [
        {"where": column, "n": t.number(count), "said": t(f"import.note.{rule}", detail=said.apart(value, t))}
        for (column, rule, value), count in counted.most_common(12)
    ]
