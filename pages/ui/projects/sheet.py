"""The sheet of a project: everything the register knows of it, how sure it is, and what it does not know."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.texts import Texts
from geo.allocation import CENTIMES, ESTIMATED_RULES, RULES
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import marks_of
from pages.ui.records import pictures
from pages.ui.records.report_link import report_link
from pages.ui.words import given

Fact = Mapping[str, Any]
SHOWN = ("facts", "entries", "text", "pictures")
"""Parts of a section, one of which it needs."""


def project_sheet(know: Knowledge, code: str, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of one project."""
    row = know.register.row_of[code]
    project = know.register.projects.iloc[row]
    title = words.title(project, t)
    sections: list[dict[str, Any]] = [
        {"title": t("sheet.pictures"), "pictures": pictures.shown(know, code, t)},
        {"title": t("sheet.money"), "facts": _money(know, row, t)},
        {"title": t("sheet.funders"), "entries": _bodies(know, row, ("funding", "extending"), t), "text": ""},
        {"title": t("sheet.carriers"), "entries": _bodies(know, row, ("accountable", "implementing"), t), "text": ""},
        {"title": t("sheet.calendar"), "facts": _calendar(project, t)},
        {"title": t("sheet.places"), "facts": [_precision(project, t)], "entries": _places(know, row, t)},
        {"title": t("sheet.people"), "facts": _people(project, t)},
        {"title": t("sheet.related"), "entries": _related(know, project, t)},
        {"title": t("sheet.note"), "text": project["note"] if given(project["note"]) else "", "french": True},
        {"title": t("sheet.decisions"), "entries": _decisions(know, code, t)},
        {"title": t("sheet.unknown"), "entries": [{"value": said} for said in unknowns(know, row, t)]},
        {"title": t("sheet.source"), "facts": _source(know, project, t)},
    ]
    return {
        "title": title,
        "original": project["title_fr"] if title != project["title_fr"] else "",
        "marks": marks_of(know, row, t),
        "status": {
            "code": project["status"],
            "label": t(f"status.{project['status']}"),
            "note": t("sheet.status_note"),
        },
        "labels": {"close": t("sheet.close")},
        "report": report_link(code, "project", t),
        "sections": [section for section in sections if any(section.get(part) for part in SHOWN)],
    }


def unknowns(know: Knowledge, row: int, t: Texts) -> list[str]:
    """Say what the register does not know of a project."""
    project = know.register.projects.iloc[row]
    links = know.register.organisations
    roles = set(links.loc[links["project"] == row, "role"])
    missing = {
        "amount": not given(project["amount"]),
        "rate": given(project["amount"]) and not given(project["amount_mad"]),
        "dates": not given(project["start_date"]) and not given(project["end_date"]),
        "funder": "funding" not in roles,
        "carrier": not roles & {"implementing", "accountable"},
        "people": not given(project["beneficiaries_said"]),
        "status": project["status"] == "unknown",
        "place": project["precision"] not in ("point", "village", "commune", "communes"),
        "results": True,  # no public source of the register gives measured results
    }
    return [t(f"unknown.{name}") for name, lacking in missing.items() if lacking]


def _money(know: Knowledge, row: int, t: Texts) -> list[Fact]:
    project = know.register.projects.iloc[row]
    if not given(project["amount"]):
        return [{"label": t("money.commitment"), "value": t("missing.amount")}]
    amount, currency = float(project["amount"]), str(project["currency"])
    facts: list[Fact] = [{"label": t("money.commitment"), "value": t.money(amount, currency)}]
    if currency != "MAD" and given(project["amount_mad"]):
        rate = t(
            "money.rate",
            rate=t.number(float(project["rate_mad"]), 4),
            currency=currency,
            year=str(project["amount_year"]),
        )
        facts.append({"label": t("money.in_dirhams"), "value": t.money(float(project["amount_mad"])), "note": rate})
    elif currency != "MAD":
        year = project["amount_year"]
        why = t("money.no_rate", year=str(year)) if given(year) else t("money.not_converted")
        facts.append({"label": t("money.in_dirhams"), "value": why})
    counted = project["counted_mad"]
    if given(counted) and float(counted) != float(project["amount_mad"]):
        why = project["envelope"] if given(project["envelope"]) else "duplicate"
        facts.append({"label": t("money.counted"), "value": t.money(float(counted)), "note": t(f"money.counted_{why}")})
    return facts


def _bodies(know: Knowledge, row: int, roles: tuple[str, ...], t: Texts) -> list[Fact]:
    links = know.register.organisations
    own = links[(links["project"] == row) & links["role"].isin(roles)]
    return [_body(know, link, t) for _, link in own.iterrows()]


def _body(know: Knowledge, link: pd.Series, t: Texts) -> Fact:
    body = know.organisations.loc[link["organisation_code"]]
    notes = [words.option(know, "carrier", body["organisation_type"], t)]
    if given(link["amount"]):
        notes.append(t.money(float(link["amount"]), str(link["currency"])))
    if given(link["share_pct"]):
        notes.append(t.percent(float(link["share_pct"]) / 100))
    if link["role"] in ("accountable", "extending"):
        notes.append(t(f"role.{link['role']}"))
    if given(link["said"]):
        notes.append(t("quoted", text=link["said"]))
    return {"value": know.organisation_name(link["organisation_code"], t), "note": " · ".join(notes)}


def _calendar(project: pd.Series, t: Texts) -> list[Fact]:
    facts: list[Fact] = []
    for name in ("start_date", "end_date"):
        value = t.date(project[name]) if given(project[name]) else t("missing.date")
        facts.append({"label": t(f"sheet.{name}"), "value": value})
    return facts


def _precision(project: pd.Series, t: Texts) -> Fact:
    return {"label": t("filter.precision"), "value": t(f"precision.{project['precision']}")}


def _places(know: Knowledge, row: int, t: Texts) -> list[Fact]:
    register, cells = know.register, know.register.cells
    rows = register.locations.index[register.locations["project"] == row]
    facts: list[Fact] = []
    for number in rows:
        place = register.locations.loc[number]
        code = place["territory_code"]
        above = [know.territories.name(up, t.language) for up in know.territories.ancestors(code) if up != "MA"]
        own = know.territories.name(code, t.language)
        name = t("place.in", place=place["place_name"], territory=own) if given(place["place_name"]) else own
        mine = cells.place == number
        money = cells.centimes[mine].sum() / CENTIMES
        notes = [t("list.separator").join(above)] if above else []
        if money and len(rows) > 1:
            notes.append(t.short_money(float(money)))
        if len(rows) > 1 and mine.any() and money and cells.rule[mine][0] in ESTIMATED_RULES:
            notes.append(t(f"rule.{RULES[cells.rule[mine][0]]}"))
        if given(place["position_source"]):
            notes.append(t("place.position", source=t.label("position", place["position_source"])))
        facts.append({"value": name, "note": " · ".join(notes), "act": {"selected": code}})
    return facts


def _people(project: pd.Series, t: Texts) -> list[Fact]:
    if not given(project["beneficiaries_said"]):
        return [{"label": t("people.reached"), "value": t("missing.people")}]
    return [{"label": t("people.reached"), "value": project["beneficiaries_said"], "note": t("people.how")}]


def _related(know: Knowledge, project: pd.Series, t: Texts) -> list[Fact]:
    projects = know.register.projects
    related = [(name, project[name]) for name in ("part_of", "same_as") if given(project[name])]
    related += [
        ("contains", code) for code in projects.loc[projects["part_of"] == project["project_code"], "project_code"]
    ]
    related += [
        ("same_as", code) for code in projects.loc[projects["same_as"] == project["project_code"], "project_code"]
    ]
    return [
        {
            "value": words.title(projects.iloc[know.register.row_of[code]], t),
            "note": t(f"related.{name}"),
            "act": {"selected": code},
        }
        for name, code in related
    ]


def _decisions(know: Knowledge, code: str, t: Texts) -> list[Fact]:
    own = know.decisions[know.decisions["project_code"] == code]
    return [{"value": t.label("quality.rule", row["rule"]), "note": row["reason"]} for _, row in own.iterrows()]


def _source(know: Knowledge, project: pd.Series, t: Texts) -> list[Fact]:
    url = str(project["source_url"])
    dated = t.date(project["source_date"]) if given(project["source_date"]) else t("missing.source_date")
    return [
        {"label": t("source.page"), "value": words.host(url) or t("missing.source"), "url": url},
        {"label": t("source.dated"), "value": dated},
        {
            "label": t("source.compiled"),
            "value": words.register(know, project["register"], t),
        },
        {"label": t("source.code"), "value": project["project_code"]},
    ]
