"""The end of a territory sheet: who funds and carries its projects, what is not known, where all of it comes from."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.catalog import in_language
from data.texts import Texts
from geo.actors_state import ADDRESS, ActorsState
from geo.presence import bodies
from geo.profile import figures, unknown_here
from geo.register import NO_YEAR
from geo.village_concern import concern
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.records.report_link import report_link
from pages.ui.territory.territory_place import COUNTRY, Place

LISTED = 8
MOST_NAMED = 4
ROLES = {"funders": ("funding",), "carriers": ("implementing", "accountable")}
TABLES = ("territories", "observations", "projects", "project_locations", "rates")


def end(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Return what `territory_end.html` shows."""
    return {
        "actors_title": t("territory.actors.title"),
        "actors": [_actors(know, found, kind, t) for kind in ROLES],
        "unknown_title": t("sheet.unknown"),
        "unknown": unknown(know, found, t),
        "sources_title": t("territory.sources.title"),
        "sources": sources(know, found, t),
        "made": t("territory.sources.made", date=t.date(_today()), version=know.version),
        "settings": t("territory.sources.settings"),
        "report": report_link(found.code, "village" if found.level == "village" else "territory", t),
    }


def unknown(know: Knowledge, found: Place, t: Texts) -> list[str]:
    """Say what is not known of the place, each thing derived from the data."""
    return [
        said for said in (*_figures(know, found, t), *_projects(know, found, t), *_villages(know, found, t)) if said
    ]


def sources(know: Knowledge, found: Place, t: Texts) -> list[str]:
    """Name the sources of everything on the sheet, each with its date."""
    return [_cited(know, code, t) for code in source_codes(know, found)]


def source_codes(know: Knowledge, found: Place) -> tuple[str, ...]:
    """Return the codes of the sources of everything on the sheet."""
    tables = [*TABLES, *(["villages"] if know.villages.within(found.territory, know.territories).any() else [])]
    return know.catalog.sources_of(*tables)


def _cited(know: Knowledge, code: str, t: Texts) -> str:
    source = know.catalog.sources[code]
    publisher, title = (in_language(words, t.language) for words in (source.publisher, source.title))
    dated = t.date(source.date) if source.date else t("missing.source_date")
    return t("territory.sources.cited", publisher=publisher, title=title, date=dated)


def _actors(know: Knowledge, found: Place, kind: str, t: Texts) -> dict[str, Any]:
    """Count the projects of each body in a role; those of the directory lead to their card."""
    counted = bodies(know.register, found.projects.own, ROLES[kind])
    entries = [
        {"name": know.organisation_name(code, t), "count": t.number(projects), "url": _card(know, code, t)}
        for code, projects in list(counted.items())[:LISTED]
    ]
    rest = len(counted) - len(entries)
    return {
        "title": t(f"territory.actors.{kind}", n=len(counted)),
        "entries": entries,
        "rest": t("territory.actors.rest", n=rest) if rest else "",
        "left": rest,
        "none": "" if entries else t("territory.actors.none"),
    }


def _card(know: Knowledge, code: str, t: Texts) -> str:
    """Return the address of a body's card in the directory; empty for a kind of bodies, which has none."""
    if code not in know.actor_codes["selected"]:
        return ""
    return "actors?" + urlencode({"lang": t.language} | ADDRESS.encode(ActorsState(COUNTRY, selected=code)))


def _figures(know: Knowledge, found: Place, t: Texts) -> list[str]:
    rows = figures(know.observations, found.codes)
    said = []
    for state in ("missing", "withheld"):
        codes = unknown_here(rows, state)
        if codes:
            names = [
                t.label("indicator", f"{code}.short", need_words.indicator(code, t)) for code in codes[:MOST_NAMED]
            ]
            said.append(t(f"territory.unknown.{state}", n=len(codes), names=t("list.separator").join(names)))
    return [*said, t("territory.unknown.health"), t("territory.unknown.poverty")]


def _projects(know: Knowledge, found: Place, t: Texts) -> list[str]:
    register, own = know.register, found.projects.own
    if not len(own):
        return [
            t("territory.unknown.no_project") if found.absence != "no_reporter" else t("territory.unknown.no_reporter")
        ]
    lacking = {
        "amount": int((~np.isfinite(register.amount_mad[own])).sum()),
        "dates": int((register.first_year[own] == NO_YEAR).sum()),
        "place": len(found.projects.inside),
        "source_date": int(register.projects["source_date"].isna().to_numpy()[own].sum()),
    }
    said = [
        t(f"territory.unknown.{name}", n=count, total=t.number(len(own))) for name, count in lacking.items() if count
    ]
    return [*said, t("territory.unknown.checked")]


def _villages(know: Knowledge, found: Place, t: Texts) -> list[str]:
    counted = concern(know.villages, know.territories, found.territory, know.default_km)
    if counted is None:
        return []
    unplaced = int((counted.inside & ~know.villages.located).sum())
    withheld = int((counted.inside & know.villages.withheld).sum())
    said = [t("territory.unknown.withheld_villages", n=withheld)] if withheld else []
    said += [t("territory.unknown.unplaced", n=unplaced)] if unplaced else []
    return [*said, t("territory.unknown.quality")]


def _today() -> str:
    return dt.datetime.now(tz=dt.UTC).date().isoformat()
