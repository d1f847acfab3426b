"""The tables under the map of villages: the villages listed, and the communes with their people beyond the distance."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.texts import Texts
from geo.village_selection import VillageSelection
from geo.villages_state import SORTS
from pages.ui import village_facts, village_words
from pages.ui.knowledge import Knowledge
from pages.ui.table import ROWS_A_PAGE


def villages(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the villages."""
    state = selection.state
    page, pages, shown = _page(state.page, selection.rows)
    columns = [
        _sorting("name", selection, t, kind="text"),
        {"kind": "text", "label": t("level.commune")},
        _sorting("people", selection, t),
        {"kind": "number", "label": t("villages.column.households")},
        _sorting("distance", selection, t, label=village_words.service(state.service, t)),
        {"kind": "number", "label": t("villages.column.projects")},
    ]
    return {
        "caption": t("villages.table.caption", n=len(selection)),
        "columns": columns,
        "rows": [_village(know, selection, int(row), t) for row in shown],
        "note": t("villages.table.note"),
        "page": page,
        "pages": pages,
        "pager": _pager(page, pages, t),
    }


def communes(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the communes, most people beyond first."""
    names = ("people", "people_beyond", "people_within", "people_unknown", "share_unknown", "villages_beyond")
    places = selection.places
    page, pages, shown = _page(selection.state.page, range(len(places)))
    rows = []
    for number in shown:
        row = places.iloc[number]
        cells = [{"value": know.territories.name(row["territory_code"], t.language)}]
        cells += [
            {"value": t.percent(row[name]) if name == "share_unknown" else t.number(int(row[name]))} for name in names
        ]
        code = row["territory_code"]
        rows.append({"code": code, "selected": code == selection.state.selected, "cells": cells})
    labels = [t("level.commune"), *(t(f"villages.column.{name}") for name in names)]
    return {
        "caption": t("villages.table.communes", n=len(places)),
        "columns": [{"kind": "number" if i else "text", "label": label} for i, label in enumerate(labels)],
        "rows": rows,
        "note": t("villages.table.communes_note"),
        "page": page,
        "pages": pages,
        "pager": _pager(page, pages, t),
    }


def _village(know: Knowledge, selection: VillageSelection, row: int, t: Texts) -> Mapping[str, Any]:
    found, service = know.villages, selection.state.service
    distance = village_words.km(float(found.distance[service][row]), t)
    projects, answering = village_facts.projects_of_commune(know, int(found.commune[row]), service)
    return {
        "code": found.codes[row],
        "selected": found.codes[row] == selection.state.selected,
        "cells": [
            {"value": village_words.name(know, row, t), "note": village_words.other_name(know, row, t)},
            {"value": village_words.commune(know, row, t)},
            {"value": t.number(int(found.people[row]))},
            {"value": t.number(int(found.households[row]))},
            {"value": distance, "note": t("villages.doubtful") if found.doubtful[service][row] else ""},
            {"value": t("villages.projects", n=projects), "note": t("villages.answering", n=answering)}
            if projects
            else {"value": t("villages.no_project")},
        ],
    }


def _sorting(
    name: str, selection: VillageSelection, t: Texts, *, label: str = "", kind: str = "number"
) -> Mapping[str, Any]:
    state = selection.state
    here = state.sort == name
    down = not state.descending if here else name != SORTS[-1]
    return {
        "kind": kind,
        "label": label or t(f"villages.column.{name}"),
        "sorted": ("descending" if state.descending else "ascending") if here else "",
        "act": {"sort": ("-" if down else "") + name},
    }


def _page(asked: int, rows: Sequence[int]) -> tuple[int, int, Sequence[int]]:
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(asked, pages)
    return page, pages, rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]


def _pager(page: int, pages: int, t: Texts) -> Mapping[str, str]:
    return {
        "label": t("table.pages"),
        "previous": t("table.previous"),
        "next": t("table.next"),
        "said": t("table.page", page=page, pages=pages),
    }
