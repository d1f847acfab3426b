"""What is known of a project that was carried out, the table of its twins, and the comparison with one of them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.actors_catalog import load_actors_catalog
from data.texts import Texts
from geo.matching_state import MatchingState
from geo.replication import Replication
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing
from pages.ui.matching import match_words
from pages.ui.replicate import replicate_words
from pages.ui.sheet_head import sheet_head


def original(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any]:
    """Return what `realised.html` shows: who carried and paid for the project, and what is not known of it."""
    row = replication.row or 0
    project = know.register.projects.iloc[row]
    people = project["beneficiaries_said"]
    facts = [
        ("carriers", replicate_words.bodies(know, row, replicate_words.CARRIERS, t)),
        ("funders", replicate_words.bodies(know, row, replicate_words.FUNDERS, t)),
        ("when", words.period(project, t)),
        ("money", words.amount(project, t)),
        ("people", people if words.given(people) else t("missing.people")),
    ]
    return {
        "title": replicate_words.project(know, row, t),
        "link": {
            "href": replicate_words.link(str(project["project_code"]), t),
            "label": t("replicate.project_sheet"),
        },
        "facts": [{"label": t(f"replicate.original.{name}"), "value": value} for name, value in facts],
        "note": t("replicate.realised_only"),
        "unmeasured": ""
        if replication.measured
        else t("replicate.note_unmeasured", sector=match_words.sector(know, replication.sector, t)),
    }


def table(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: the candidates, the most alike first."""
    found = replication.found
    if found is None:
        return {}
    ranked = list(enumerate(found.table.to_dict("records"), start=1))
    names = ("commune", "alike", "need", "traits", "differs", "running")
    columns = [Column(t(f"replicate.column.{name}"), kind="number" if name == "alike" else "text") for name in names]
    left_out = t("list.separator").join(replicate_words.trait(code, t) for code in found.left_out)
    note = t("replicate.table_note") + (" " + t("replicate.left_out", traits=left_out) if left_out else "")
    return listing(
        replication.state,
        columns,
        ranked,
        lambda page: [_row(know, replication, rank, pd.Series(one), t) for rank, one in page],
        t,
        caption=t("replicate.caption", n=len(ranked)),
        note=note,
    )


def sheet(know: Knowledge, replication: Replication, candidate: pd.Series, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows: what is alike, what differs, what runs there, who did the original."""
    return {
        **sheet_head(
            know.territories.name(candidate["territory_code"], t.language),
            t("replicate.alike", share=t.percent(float(candidate["similarity"]))),
            t,
            note=replicate_words.need(candidate, replication, t),
        ),
        "sections": [
            *_compared(know, replication, candidate, t),
            _carried_out(know, replication, t),
            _next(replication, candidate["territory_code"], t),
        ],
    }


def _compared(know: Knowledge, replication: Replication, candidate: pd.Series, t: Texts) -> list[dict[str, Any]]:
    """Return what is alike, what differs and what runs there, then the traits that are neither."""
    code, rules, found = candidate["territory_code"], load_actors_catalog().matching, replication.found
    alike = found.alike(code, rules.alike) if found else []
    differs = found.different(code, rules.different) if found else []
    others = [one for one in (found.parts.columns if found else ()) if one not in {*alike, *differs}]
    return [
        {
            "title": t("replicate.sheet.alike", origin=know.territories.name(replication.origin, t.language)),
            "facts": _facts(know, replication, code, alike, t),
        },
        {
            "title": t("replicate.sheet.differs"),
            "facts": _facts(know, replication, code, differs, t),
            "text": "" if differs else t("replicate.sheet.no_difference"),
        },
        {
            "title": t("replicate.sheet.running"),
            "entries": _projects(know, candidate["projects"], t),
            "text": t("list.separator").join(replicate_words.running(candidate, t)),
        },
        {"title": t("replicate.sheet.others"), "facts": _facts(know, replication, code, others, t)},
    ]


def _carried_out(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any]:
    """Return who carried and paid for the original."""
    row = replication.row or 0
    asked = (("carriers", replicate_words.CARRIERS), ("funders", replicate_words.FUNDERS))
    return {
        "title": t("replicate.sheet.original"),
        "facts": [
            {"label": t(f"replicate.original.{name}"), "value": replicate_words.bodies(know, row, roles, t)}
            for name, roles in asked
        ],
        "text": t("replicate.realised_only"),
    }


def _next(replication: Replication, commune: str, t: Texts) -> dict[str, Any]:
    """Return the way to who could do it there."""
    link = match_words.link(MatchingState(territory=commune, sector=replication.sector), t)
    return {
        "title": t("replicate.sheet.next"),
        "facts": [{"label": t("menu.matching"), "value": t("replicate.sheet.who"), "link": link}],
    }


def _row(know: Knowledge, replication: Replication, rank: int, candidate: pd.Series, t: Texts) -> dict[str, Any]:
    code, rules, found = candidate["territory_code"], load_actors_catalog().matching, replication.found
    alike = found.alike(code, rules.alike) if found else []
    differs = found.different(code, rules.different) if found else []
    here, around = replicate_words.running(candidate, t)

    def said(traits: Sequence[str]) -> str:
        return t("replicate.separator").join(
            replicate_words.both(know, replication, code, one, t) for one in traits
        ) or t("replicate.sheet.no_difference")

    province = know.territories.name(know.territories.ancestors(code)[0], t.language)
    return {
        "code": code,
        "selected": code == replication.state.selected,
        "cells": [
            {"value": f"{t.number(rank)}. {know.territories.name(code, t.language)}", "note": province},
            {"value": t.percent(float(candidate["similarity"]))},
            {"value": replicate_words.need(candidate, replication, t), "absent": not replication.measured},
            {"value": said(alike)},
            {"value": said(differs)},
            {"value": here, "note": around},
        ],
    }


def _facts(
    know: Knowledge, replication: Replication, commune: str, traits: Sequence[str], t: Texts
) -> list[dict[str, Any]]:
    return [
        {
            "label": replicate_words.trait(code, t),
            "value": replicate_words.value(know, commune, code, t),
            "note": t("replicate.there", value=replicate_words.value(know, replication.origin, code, t)),
        }
        for code in traits
    ]


def _projects(know: Knowledge, codes: str, t: Texts) -> list[dict[str, Any]]:
    rows = [know.register.row_of[code] for code in codes.split(";") if code]
    projects = know.register.projects
    return [
        {
            "value": replicate_words.project(know, row, t),
            "note": " · ".join([t(f"status.{projects['status'].iloc[row]}"), words.years(projects.iloc[row], t)]),
        }
        for row in rows
    ]
