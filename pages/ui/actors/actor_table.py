"""The directory under the map: one row a body, with what it is, where from, what it does and its record."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo.actor_selection import ActorSelection
from geo.ties import RELATIONS
from pages.ui import words
from pages.ui.actors import actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing

SECTORS, PLACES = 3, 2
"""How many sectors and places a row names before it counts the others."""


def directory(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of the bodies."""
    columns = [
        Column(t("actors.column.name"), kind="text", sort="name", greatest_first=False),
        Column(t("actors.column.seat"), kind="text"),
        Column(t("actors.column.sectors"), kind="text"),
        Column(t("actors.column.places"), kind="text"),
        Column(t("actors.column.projects"), sort="projects"),
        Column(t("actors.column.under_way"), sort="under_way"),
        Column(t("actors.column.done"), sort="done"),
    ]
    return listing(
        selection.state,
        columns,
        selection.rows,
        lambda rows: [_row(know, selection, int(row), t) for row in rows],
        t,
        caption=t("actors.table.caption", n=len(selection)),
        note=t("actors.table.note"),
    )


def sectors_of(know: Knowledge, row: int, t: Texts) -> list[str]:
    """Name the sectors of a body, those of most projects first."""
    actors = know.actors
    own = np.flatnonzero(actors.practised[row])
    ordered = own[np.argsort(-actors.projects[row, own], kind="stable")]
    return [words.option(know, "sector", actors.sector_codes[number], t) for number in ordered]


def places_of(know: Knowledge, row: int, territory: str, t: Texts) -> list[str]:
    """Name the places of a body but its seat, each once: those in the territory first, the most telling ties first."""
    ties, territories = know.actors.ties, know.territories
    own = ties.of(row)
    codes = dict.fromkeys(
        territories.codes[place]
        for relation, place in zip(ties.relation[own].tolist(), ties.territory[own].tolist(), strict=True)
        if RELATIONS[relation] != "seat"
    )
    ordered = sorted(codes, key=lambda code: not territories.is_within(code, territory))
    return [territories.name(code, t.language) for code in ordered]


def _row(know: Knowledge, selection: ActorSelection, row: int, t: Texts) -> dict[str, Any]:
    code = str(know.actors.bodies["organisation_code"].iloc[row])
    under_way, done = (int(count) for count in selection.directory.projects[row, :2])
    cells = [
        {"value": actor_words.name(know, row, t), "note": _told_apart(know, code, actor_words.type_of(know, row, t))},
        _said(actor_words.seat(know, row, t), t("actors.unsaid"), t, 1),
        _said(sectors_of(know, row, t), t("actors.unsaid"), t, SECTORS),
        _said(places_of(know, row, selection.state.territory, t), t("actors.unsaid"), t, PLACES),
        *({"value": t.number(n)} for n in (int(selection.directory.projects[row].sum()), under_way, done)),
    ]
    return {"code": code, "selected": code == selection.state.selected, "cells": cells}


def _told_apart(know: Knowledge, code: str, kind: str) -> str:
    """Add its code to the type of a body that shares its name with another."""
    return f"{kind} · {code}" if code in know.directory.named_alike else kind


def _said(found: str | list[str], absent: str, t: Texts, limit: int) -> dict[str, Any]:
    if not found:
        return {"value": absent, "absent": True}
    return {"value": found if isinstance(found, str) else words.shortened(found, t, limit=limit)}
