"""What the sources and quality pages show: where tables come from, how complete the register is, what was decided."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data import store
from data.catalog import in_language
from data.errors import TableError
from data.texts import Texts
from pages.ui import words
from pages.ui.knowledge import Knowledge


def sources(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `sources.html` shows: the data card of each source."""
    used = {
        code: [table for table in know.catalog.tables.values() if code in table.sources]
        for code in know.catalog.sources
    }
    return {
        "title": t("menu.sources"),
        "lead": t("sources.lead"),
        "sources": [
            {"code": code, "title": in_language(source.title, t.language), "facts": _card(source, used[code], t)}
            for code, source in know.catalog.sources.items()
        ],
    }


def _card(source: Any, tables: Iterable[Any], t: Texts) -> list[Mapping[str, str]]:
    facts = [
        {"label": t("sources.publisher"), "value": in_language(source.publisher, t.language)},
        {
            "label": t("sources.licence"),
            "value": in_language(source.licence, t.language),
            "url": source.licence_url or "",
        },
        {"label": t("sources.date"), "value": t.date(source.date) if source.date else t("sources.undated")},
        {"label": t("sources.changes"), "value": in_language(source.changes, t.language)},
    ]
    if source.url:
        facts.append({"label": t("sources.url"), "value": source.url, "url": source.url})
    named = [f"{table.name} ({t('sources.rows', n=len(store.load(table.name)))})" for table in tables]
    return [
        *facts,
        {"label": t("sources.tables"), "value": t("list.separator").join(named) or t("sources.shapes_only")},
    ]


def quality(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `quality.html` shows."""
    return {
        "title": t("menu.quality"),
        "lead": t("quality.lead", n=len(know.register)),
        "known": _completeness(know, t),
        "tables": _tables(know, t),
        "decisions": _decisions(know, t),
    }


def _completeness(know: Knowledge, t: Texts) -> dict[str, Any]:
    projects, links = know.register.projects, know.register.organisations
    with_role = {
        name: projects.index.isin(links.loc[links["role"].isin(roles), "project"])
        for name, roles in (("funder", ["funding"]), ("carrier", ["implementing", "accountable"]))
    }
    located = projects["precision"].isin(["point", "village", "commune", "communes"])
    known = {
        "amount": projects["amount"].notna(),
        "dirhams": projects["amount_mad"].notna(),
        "dates": projects["start_date"].map(words.given) | projects["end_date"].map(words.given),
        "commune": located,
        **with_role,
        "people": projects["beneficiaries_said"].map(words.given),
        "status": projects["status"] != "unknown",
        "source_date": projects["source_date"].map(words.given),
    }
    return {
        "title": t("quality.known"),
        "caption": t("quality.known_caption", n=len(projects)),
        "header": [t("quality.what"), t("chart.projects"), t("quality.share")],
        "rows": [
            {
                "label": t(f"quality.has.{name}"),
                "count": t.number(int(pd.Series(has).sum())),
                "share": t.percent(float(pd.Series(has).mean())),
                "width": round(100 * float(pd.Series(has).mean())),
            }
            for name, has in known.items()
        ],
    }


def _tables(know: Knowledge, t: Texts) -> dict[str, Any]:
    rows = []
    for name in know.catalog.tables:
        try:
            rows.append(
                {"name": name, "rows": t.number(len(store.load(name))), "state": t("quality.kept"), "problems": []}
            )
        except TableError as error:
            state = t(f"trouble.reason.{error.reason}", table=error.table)
            problems = error.problems if error.reason == "contract" else []
            rows.append({"name": name, "rows": t("missing.short"), "state": state, "problems": problems})
    return {
        "title": t("quality.tables"),
        "lead": t("quality.tables_lead"),
        "caption": t("quality.tables_caption"),
        "header": [t("quality.table"), t("quality.rows"), t("quality.contract")],
        "rows": rows,
    }


def _decisions(know: Knowledge, t: Texts) -> dict[str, Any]:
    groups = []
    for rule, rows in know.decisions.groupby("rule", sort=False):
        title = t("quality.group", name=t.label("quality.rule", str(rule)), n=len(rows))
        groups.append(
            {"title": title, "size": len(rows), "rows": [_decision(know, row, t) for _, row in rows.iterrows()]}
        )
    return {
        "title": t("quality.decisions"),
        "lead": t("quality.decisions_lead", n=len(know.decisions)),
        "header": [t("column.title"), t("quality.found"), t("quality.decided"), t("quality.reason")],
        "groups": sorted(groups, key=lambda group: -group["size"]),
    }


def _decision(know: Knowledge, row: pd.Series, t: Texts) -> dict[str, str]:
    project = know.register.projects.iloc[know.register.row_of[row["project_code"]]]
    address = urlencode({"lang": t.language, "v": "1", "territory": "MA", "sel": row["project_code"]})
    return {
        "project": words.title(project, t),
        "url": f"projects?{address}",
        "found": row["found"],
        "decided": row["decided"],
        "reason": row["reason"],
    }
