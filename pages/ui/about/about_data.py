"""What the quality page shows: how complete the register is, what was decided, what is checked."""

import re
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.texts import Texts
from pages.ui import words
from pages.ui.about.data_cards import rows_of
from pages.ui.knowledge import Knowledge

RELATIONS = ("part_of", "same_as")  # what was found is a text, what was decided a project
CODED = ("envelope", "precision", "status")  # their codes are words of the texts, for example `precision.village`
CODE = re.compile(r"\b(?:[BC]\d{3}|\d{2,9}|[a-z]+(?:_[a-z]+)*)\b")


def quality(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `quality.html` shows."""
    return {
        "title": t("menu.quality"),
        "lead": t("quality.lead", n=len(know.register)),
        "known": _completeness(know, t),
        "decisions": _decisions(know, t),
        "checked": _checked(know, t),
        "tables": _tables(know, t),
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


def _checked(know: Knowledge, t: Texts) -> dict[str, Any]:
    country, pilot = (know.territories.row(code) for code in ("MA", know.catalog.default_territory))
    facts = {
        "people": t(
            "quality.check.people",
            communes=len(know.territories.commune_codes),
            people=int(country["population_2024"]),
            own=len(know.territories.communes_of(pilot["territory_code"])),
            region=know.territories.name(pilot["territory_code"], t.language),
            here=int(pilot["population_2024"]),
        )
    }
    names = ("people", "coverage", "position", "money", "search", "tables")
    return {
        "title": t("quality.checked"),
        "lead": t("quality.checked_lead"),
        "facts": [facts.get(name) or t(f"quality.check.{name}") for name in names],
    }


def _tables(know: Knowledge, t: Texts) -> dict[str, Any]:
    rows = []
    for table in know.catalog.tables.values():
        count, error = rows_of(table, t)
        state = t(f"trouble.reason.{error.reason}", table=error.table) if error else t("quality.kept")
        problems = error.problems if error and error.reason == "contract" else []
        title = t.label("dataset", f"{table.name}.title", table.name)
        rows.append({"title": title, "rows": count, "state": state, "problems": problems})
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
        "search": t("quality.search"),
        "count": t("quality.search_count"),
        "none": t("quality.search_none"),
        "header": [t("column.title"), t("quality.found"), t("quality.decided"), t("quality.reason")],
        "groups": sorted(groups, key=lambda group: -group["size"]),
    }


def _decision(know: Knowledge, row: pd.Series, t: Texts) -> dict[str, str]:
    project = know.register.projects.iloc[know.register.row_of[row["project_code"]]]
    address = urlencode({"lang": t.language, "v": "1", "territory": "MA", "sel": row["project_code"]})
    # A decision about the row as a whole quotes its title, which stands beside: its money says more.
    found = words.amount(project, t) if row["found"] == project["title_fr"] else row["found"]
    return {
        "project": words.title(project, t),
        "url": f"projects?{address}",
        "found": found if row["field"] in RELATIONS else _in_words(know, found, row["field"], t),
        "decided": _in_words(know, row["decided"], row["field"], t) or t("missing.short"),
        "reason": row["reason"],
    }


def _in_words(know: Knowledge, said: str, field: str, t: Texts) -> str:
    """Say the codes of a decision by their names, where its field holds codes; leave other texts as they are."""

    def project(code: str) -> str:
        row = know.register.row_of.get(code)
        return code if row is None else words.title(know.register.projects.iloc[row], t)

    def territory(code: str) -> str:
        return know.territories.name(code, t.language) if code in know.territories else code

    def sector(code: str) -> str:
        return t.label("sector", code, know.catalog.sectors[code].label) if code in know.catalog.sectors else code

    name_of = {"part_of": project, "same_as": project, "project_locations": territory, "project_sectors": sector}
    if field in CODED:
        return CODE.sub(lambda found: t.label(field, found[0], found[0]), said)
    return CODE.sub(lambda found: name_of[field](found[0]), said) if field in name_of else said
