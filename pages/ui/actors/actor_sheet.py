"""The card of a body: what is known of it, from whom, and what is not; and who is tied to a territory, and how."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from data.texts import Texts
from geo import matching_state
from geo import state as projects_state
from geo.actor_selection import AT_WORK, ActorSelection
from geo.actors_state import ActorsState
from geo.matching_state import ASSOCIATION, MatchingState
from geo.partnerships import record
from geo.ties import RELATIONS
from pages.ui import words
from pages.ui.actors import actor_table, actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import mark
from pages.ui.place_sheet import territory_facts
from pages.ui.records.report_link import report_link
from pages.ui.sheet_head import sheet_head
from pages.ui.words import given

LISTED = 12
"""Projects, partners or places a section lists before it counts the others."""
SHOWN_STAGES = ("under_way", "done", "stopped", "unknown")

Fact = dict[str, Any]


def body_sheet(know: Knowledge, selection: ActorSelection, code: str, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of one body."""
    row = know.actors.row(code)
    body = know.actors.bodies.iloc[row]
    title = actor_words.name(know, row, t)
    sources = know.organisation_sources[know.organisation_sources["organisation_code"] == code]
    said = list(dict.fromkeys(sources["facts_fr"].dropna()))
    sections = [
        {"title": t("actors.sheet.who"), "facts": who(know, row, t)},
        {"title": t("actors.sheet.sectors"), "entries": sectors(know, row, t)},
        {"title": t("actors.sheet.places"), **limited(places(know, row, t), t)},
        *_record(know, code, t),
        {"title": t("actors.sheet.partners"), **limited(_partners(know, selection, code, t), t)},
        {"title": t("actors.sheet.said"), "entries": [{"value": fact, "french": True} for fact in said]},
        {"title": t("sheet.unknown"), "entries": [{"value": lack} for lack in unknowns(know, row, t)]},
        {"title": t("actors.sheet.sources"), "entries": _sources(know, code, sources, t)},
        {"title": t("actors.place.links"), "entries": _links(know, code, t)},
    ]
    return {
        "title": title,
        "original": body["name_fr"] if title != body["name_fr"] else "",
        "marks": [],
        "status": {"code": "place", "label": actor_words.type_of(know, row, t), "note": doubt(body, t)},
        "labels": {"close": t("sheet.close")},
        "report": report_link(code, "organisation", t),
        "sections": [part for part in sections if part.get("facts") or part.get("entries") or part.get("text")],
    }


def place_sheet(know: Knowledge, selection: ActorSelection, code: str, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of a territory: who works there, who comes from there, who has its seat there."""
    groups = {
        "work": selection.members(code, AT_WORK),
        "origin": selection.members(code, ("origin",)),
        "seat": selection.members(code, ("seat",)),
    }
    listed = [
        {
            "title": t(f"actors.place.{name}", n=len(rows)),
            **limited([member(know, int(row), t) for row in most_active(selection, rows)], t),
        }
        for name, rows in groups.items()
    ]
    listed[0] |= {} if len(groups["work"]) else {"text": t("actors.place.nobody")}
    address = "projects?" + urlencode(
        {"lang": t.language} | projects_state.ADDRESS.encode(projects_state.State(territory=code))
    )
    directory = actor_words.link(ActorsState(territory=code), t)
    return {
        **sheet_head(know.territories.name(code, t.language), t(f"level.{know.territories.level_of(code)}"), t),
        "sections": [
            *(part for part in listed if part.get("entries") or part.get("text")),
            {"title": t("sheet.territory"), "facts": territory_facts(know, code, t)},
            {
                "title": t("actors.place.links"),
                "entries": [
                    {"value": t("actors.place.match"), "link": _matching(MatchingState(territory=code), t)},
                    {"value": t("actors.place.directory"), "link": directory},
                    {"value": t("actors.place.projects"), "link": address},
                ],
            },
        ],
    }


def unknowns(know: Knowledge, row: int, t: Texts) -> list[str]:
    """Say what no source gives of a body."""
    actors, body = know.actors, know.actors.bodies.iloc[row]
    relations = {RELATIONS[number] for number in actors.ties.relation[actors.ties.of(row)].tolist()}
    lacking = {
        "type": bool(body["type_is_fallback"]) if given(body["type_is_fallback"]) else False,
        "country": not given(body["country"]),
        "sectors": not actors.practised[row].any(),
        "places": not relations & {"origin", "work", "project"},
        "origin": "origin" not in relations and body["organisation_type"] == "mre_association",
        "projects": not know.directory.projects[row].any(),
        "founded": not given(body["founded"]) and not given(body["founded_said"]),
        "website": not given(body["website"]),
        "results": bool(know.directory.projects[row].any()),  # no source of the register gives measured results
    }
    return [t(f"actors.unknown.{name}") for name, is_lacking in lacking.items() if is_lacking]


def doubt(body: pd.Series, t: Texts) -> str:
    """Say that the type of a body is a guess; empty where a source gives it."""
    return t("actors.sheet.type_fallback") if given(body["type_is_fallback"]) and body["type_is_fallback"] else ""


def who(know: Knowledge, row: int, t: Texts) -> list[Fact]:
    """Say what a body is: country, seat, acronym, founding, website."""
    body = know.actors.bodies.iloc[row]
    country = t.area(str(body["country"])) if given(body["country"]) else t("actors.unsaid")
    facts: list[Fact] = [{"label": t("actors.filter.country"), "value": country}]
    if given(body["seat_place"]):
        facts.append({"label": t("actors.column.seat"), "value": body["seat_place"], "french": True})
    if given(body["seat_code"]):
        value = know.territories.name(body["seat_code"], t.language)
        facts.append({"label": t("actors.sheet.seat_place"), "value": value, "act": {"selected": body["seat_code"]}})
    if given(body["acronym"]):
        facts.append({"label": t("actors.sheet.acronym"), "value": body["acronym"], "french": True})
    if given(body["founded"]):
        facts.append({"label": t("actors.sheet.founded"), "value": t.date(str(body["founded"]))})
    elif given(body["founded_said"]):
        facts.append({"label": t("actors.sheet.founded"), "value": body["founded_said"], "french": True})
    if given(body["website"]):
        facts.append({"label": t("actors.sheet.website"), "value": words.host(body["website"]), "url": body["website"]})
    if body["organisation_code"] in know.directory.named_alike:
        facts.append({"label": t("source.code"), "value": body["organisation_code"], "note": t("actors.sheet.alike")})
    return facts


def sectors(know: Knowledge, row: int, t: Texts) -> list[Fact]:
    """Name its sectors, those of most projects first, each with how it is known."""
    actors = know.actors
    own = np.flatnonzero(actors.practised[row])
    facts = []
    for number in own[np.argsort(-actors.projects[row, own], kind="stable")]:
        look = mark(know, actors.sector_codes[number], t)
        notes = [t("actors.sheet.declared")] if actors.declared[row, number] else []
        if count := int(actors.projects[row, number]):
            notes.append(t("actors.sheet.seen", n=count))
        facts.append({"value": look.label, "marks": [look], "note": " · ".join(notes)})
    return facts


def places(know: Knowledge, row: int, t: Texts) -> list[Fact]:
    """Name the places it is tied to, each with how."""
    ties, own = know.actors.ties, know.actors.ties.of(row)
    how: dict[int, list[str]] = {}
    for relation, territory in zip(ties.relation[own].tolist(), ties.territory[own].tolist(), strict=True):
        how.setdefault(territory, []).append(t(f"zone_relation.{RELATIONS[relation]}"))
    facts = []
    for territory, said in how.items():
        code = know.territories.codes[territory]
        level = t(f"level.{know.territories.level_of(code)}")
        note = t("list.separator").join([level, *said])
        facts.append({"value": know.territories.name(code, t.language), "note": note, "act": {"selected": code}})
    return facts


def _record(know: Knowledge, code: str, t: Texts) -> list[dict[str, Any]]:
    """Return one section a stage: the projects there, each opening the cartography on it."""
    table = record(know.actors, code)
    register = know.register.projects
    sections = []
    for stage in SHOWN_STAGES:
        own = table[table["stage"] == stage]
        entries = []
        for line in own.itertuples():
            project = register.iloc[know.register.row_of[line.project_code]]
            roles = t("list.separator").join(t(f"role.{role}") for role in line.roles.split(";"))
            note = " · ".join([roles, words.years(project, t), words.amount(project, t)])
            entries.append({"value": words.title(project, t), "note": note, "link": _project(line.project_code, t)})
        title = t(f"actors.sheet.stage.{stage}", number=t.number(len(own)))
        sections.append({"title": title, **limited(entries, t)})
    return sections


def _project(code: str, t: Texts) -> str:
    state = projects_state.State(territory="MA", selected=code)
    return "projects?" + urlencode({"lang": t.language} | projects_state.ADDRESS.encode(state))


def _partners(know: Knowledge, selection: ActorSelection, code: str, t: Texts) -> list[Fact]:
    table = selection.directory.partnerships
    own = table[(table["organisation_a"] == code) | (table["organisation_b"] == code)]
    other = own["organisation_b"].where(own["organisation_a"] == code, own["organisation_a"])
    counts = other.value_counts()
    ordered = sorted(counts.index, key=lambda partner: (-counts[partner], partner))
    return [
        {
            "value": know.organisation_name(partner, t),
            "note": t("actors.sheet.shared", n=int(counts[partner])),
            "act": {"selected": partner},
        }
        for partner in ordered
    ]


def _sources(know: Knowledge, code: str, sources: pd.DataFrame, t: Texts) -> list[Fact]:
    """Name each page that says something of the body, with its date; else the registers of its projects."""
    facts = pages_said(know, sources, t)
    codes = record(know.actors, code)["project_code"]
    registers = know.register.projects.set_index("project_code").loc[list(codes), "register"].value_counts()
    for register, count in registers.items():
        facts.append({"value": words.register(know, str(register), t), "note": t("actors.sheet.seen", n=int(count))})
    return facts


def pages_said(know: Knowledge, sources: pd.DataFrame, t: Texts) -> list[Fact]:
    """Name each page that says something of a body, with its date."""
    facts: list[Fact] = []
    for line in sources.to_dict("records"):
        title = words.register(know, line["register"], t)
        dated = t.date(str(line["source_date"])) if given(line["source_date"]) else t("missing.source_date")
        fact: Fact = {"note": t("list.separator").join([dated, title])}
        if given(line["source_url"]):
            fact |= {"value": words.host(line["source_url"]), "url": line["source_url"]}
        elif given(line["source_said"]):
            fact |= {"value": line["source_said"], "french": True}
        else:
            fact |= {"value": t("actors.sheet.no_source")}
        facts.append(fact)
    return facts


def _links(know: Knowledge, code: str, t: Texts) -> list[Fact]:
    """Lead to where the body would matter, and to this very card for whoever is sent the link."""
    home = know.catalog.default_territory
    matching = MatchingState(territory=home, way=ASSOCIATION, body=code)
    return [
        {"value": t("actors.sheet.match"), "link": _matching(matching, t)},
        {"value": t("actors.sheet.link"), "link": actor_words.link(ActorsState(territory=home, selected=code), t)},
    ]


def _matching(state: MatchingState, t: Texts) -> str:
    return "matching?" + urlencode({"lang": t.language} | matching_state.ADDRESS.encode(state))


def member(know: Knowledge, row: int, t: Texts) -> Fact:
    """Name a body among others, with its type and sectors; it leads to its card."""
    code = str(know.actors.bodies["organisation_code"].iloc[row])
    sectors = words.shortened(actor_table.sectors_of(know, row, t), t, limit=2)
    note = " · ".join(part for part in (actor_words.type_of(know, row, t), sectors) if part)
    return {"value": actor_words.name(know, row, t), "note": note, "act": {"selected": code}}


def most_active(selection: ActorSelection, rows: Any) -> Any:
    """Order bodies by their projects, most first."""
    return rows[np.argsort(-selection.directory.projects[rows].sum(axis=1), kind="stable")]


def limited(entries: list[Fact], t: Texts, limit: int = LISTED) -> dict[str, Any]:
    """Return the first entries of a section, and how many others there are."""
    left = len(entries) - limit
    return {"entries": entries[:limit], "text": t("actors.sheet.more", n=left) if left > 0 else ""}
