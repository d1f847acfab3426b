"""The cards of those who act, in the file that stands alone: projects and partners open their own sheets there."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.texts import Texts
from geo.actor_selection import AT_WORK, ActorSelection
from pages.ui import words
from pages.ui.actors import actor_sheet, actor_words
from pages.ui.knowledge import Knowledge

Entries = Mapping[str, list[dict[str, Any]]]
MOST_WORKING = 12  # bodies named on the sheet of a commune


def cards(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return by code the cards of the bodies selected, in the form of `sheet.html`.

    The page makes one card at a time from the tables; here the tables are gone through once for all cards.
    """
    projects, partners = _projects(know, t), _partners(know, selection, t)
    pages = {str(code): rows for code, rows in know.organisation_sources.groupby("organisation_code")}
    return {
        code: _card(know, int(row), t, projects=projects[code], partners=partners[code], pages=pages.get(code))
        for row, code in zip(selection.rows, selection.codes, strict=True)
    }


def working(know: Knowledge, selection: ActorSelection, code: str, t: Texts) -> list[dict[str, Any]]:
    """Return the section of a commune's sheet on who is at work in it; none where nobody is known."""
    rows = actor_sheet.most_active(selection, selection.members(code, AT_WORK))
    if not len(rows):
        return []
    entries = [actor_sheet.member(know, int(row), t) for row in rows]
    return [{"title": t("actors.place.work", n=len(rows)), **actor_sheet.limited(entries, t, MOST_WORKING)}]


def _card(
    know: Knowledge,
    row: int,
    t: Texts,
    *,
    projects: list[dict[str, Any]],
    partners: list[dict[str, Any]],
    pages: pd.DataFrame | None,
) -> dict[str, Any]:
    body, title = know.actors.bodies.iloc[row], actor_words.name(know, row, t)
    said = [] if pages is None else list(dict.fromkeys(pages["facts_fr"].dropna()))
    sections = [
        {"title": t("actors.sheet.who"), "facts": actor_sheet.who(know, row, t)},
        {"title": t("actors.sheet.sectors"), "entries": actor_sheet.sectors(know, row, t)},
        {"title": t("actors.sheet.places"), **actor_sheet.limited(actor_sheet.places(know, row, t), t)},
        {"title": t("actors.column.projects"), **actor_sheet.limited(projects, t)},
        {"title": t("actors.sheet.partners"), **actor_sheet.limited(partners, t)},
        {"title": t("actors.sheet.said"), "entries": [{"value": fact, "french": True} for fact in said]},
        {"title": t("sheet.unknown"), "entries": [{"value": one} for one in actor_sheet.unknowns(know, row, t)]},
        {
            "title": t("actors.sheet.sources"),
            "entries": [] if pages is None else actor_sheet.pages_said(know, pages, t),
            "text": t("actors.source", version=know.version) if pages is None else "",
        },
    ]
    return {
        "title": title,
        "original": body["name_fr"] if title != body["name_fr"] else "",
        "marks": [],
        "status": {
            "code": "place",
            "label": actor_words.type_of(know, row, t),
            "note": actor_sheet.doubt(body, t),
        },
        "sections": sections,
    }


def _projects(know: Knowledge, t: Texts) -> Entries:
    """Return by body its projects, each with its roles, years and amount."""
    register, codes = know.actors.register, know.actors.bodies["organisation_code"].to_numpy()
    roles: dict[tuple[int, int], list[str]] = defaultdict(list)
    for link in know.actors.links.itertuples():
        roles[int(link.body), int(link.project)].append(t(f"role.{link.role}"))
    entries: dict[int, dict[str, Any]] = {}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (body, project), own in roles.items():
        if project not in entries:
            line = know.register.projects.iloc[know.register.row_of[register["project_code"].iloc[project]]]
            entries[project] = {
                "value": words.title(line, t),
                "note": " · ".join([words.years(line, t), words.amount(line, t)]),
                "act": {"selected": line["project_code"]},
            }
        entry = entries[project]
        note = " · ".join([t("list.separator").join(sorted(own)), entry["note"]])
        found[codes[body]].append(entry | {"note": note})
    return found


def _partners(know: Knowledge, selection: ActorSelection, t: Texts) -> Entries:
    """Return by body those it shares projects with, most projects first."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    names: dict[str, str] = {}
    for pair in selection.directory.network.itertuples():
        for one, other in (
            (pair.organisation_a, pair.organisation_b),
            (pair.organisation_b, pair.organisation_a),
        ):
            if other not in names:
                names[other] = know.organisation_name(other, t)
            shared = t("actors.sheet.shared", n=int(pair.projects))
            found[one].append({"value": names[other], "note": shared, "act": {"selected": other}})
    return found
