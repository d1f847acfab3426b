"""The tables under the map of villages: the villages listed, and the communes with their people beyond the distance."""

from collections.abc import Sequence
from typing import Any

from data.texts import Texts
from geo.village_selection import VillageSelection
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing
from pages.ui.villages import village_facts, village_words

COUNTS = ("people", "people_beyond", "people_within", "people_unknown", "villages_beyond")


def villages(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the villages."""
    columns = [
        Column(t("villages.column.name"), kind="text", sort="name", greatest_first=False),
        Column(t("level.commune"), kind="text"),
        Column(t("villages.column.people"), sort="people"),
        Column(t("villages.column.households")),
        Column(village_words.service(selection.state.service, t), sort="distance"),
        Column(t("villages.column.projects")),
    ]
    return listing(
        selection.state,
        columns,
        selection.rows,
        lambda rows: [_village(know, selection, int(row), t) for row in rows],
        t,
        caption=t("villages.table.caption", n=len(selection)),
        note=t("villages.table.note"),
    )


def communes(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the communes, most people beyond first."""
    places = selection.places
    labels = [*(t(f"villages.column.{name}") for name in COUNTS), t("villages.column.share_unknown")]
    return listing(
        selection.state,
        [Column(t("level.commune"), kind="text"), *(Column(label) for label in labels)],
        range(len(places)),
        lambda rows: _communes(know, selection, rows, t),
        t,
        caption=t("villages.table.communes", n=len(places)),
        note=t("villages.table.communes_note"),
    )


def _communes(know: Knowledge, selection: VillageSelection, rows: Sequence[int], t: Texts) -> list[dict[str, Any]]:
    return [
        {
            "code": row["territory_code"],
            "selected": row["territory_code"] == selection.state.selected,
            "cells": [
                {"value": know.territories.name(row["territory_code"], t.language)},
                *({"value": t.number(row[name])} for name in COUNTS),
                {"value": t.percent(row["share_unknown"])},
            ],
        }
        for row in selection.places.iloc[list(rows)].to_dict("records")
    ]


def _village(know: Knowledge, selection: VillageSelection, row: int, t: Texts) -> dict[str, Any]:
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
