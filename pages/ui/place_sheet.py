"""The sheet of a territory as the projects see it, and the list of what no commune is known for."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from data.texts import Texts, load_texts
from geo.placement import area_wide, chosen_places
from geo.selection import Selection
from pages.ui import words
from pages.ui.knowledge import Held, Knowledge
from pages.ui.marks import marks_of
from pages.ui.records.report_link import report_link
from pages.ui.sheet_head import sheet_head
from pages.ui.territory.territory_link import sheet_link

LISTED = 40


def place_sheet(know: Knowledge, selection: Selection, code: str, t: Texts, *, selected: bool = True) -> dict[str, Any]:
    """Return what `sheet.html` shows of a territory: who lives there, the selected projects there, what covers it.

    `selected` tells whether filters may have left projects out: the words say so.
    """
    territory = know.territories.row(code)
    own, wider = _projects_of(know, selection, code)
    sections = [
        {"title": t("sheet.territory"), "facts": territory_facts(know, code, t)},
        {
            "title": t("sheet.projects_here" if selected else "sheet.projects_all", n=len(own)),
            "entries": [_item(know, row, t) for row in own[:LISTED]],
        },
        {"title": t("sheet.projects_wider", n=len(wider)), "entries": [_item(know, row, t) for row in wider[:LISTED]]},
    ]
    if not own:
        sections[1]["text"] = t("absence.wider" if wider else "absence.none" if selected else "absence.none_at_all")
    if len(own) > LISTED:
        sections[1]["text"] = t("sheet.more", n=len(own) - LISTED)
    return {
        **sheet_head(know.territories.name(code, t.language), t(f"level.{territory['level']}"), t),
        "report": report_link(code, "territory", t),
        "sections": [part for part in sections if part.get("facts") or part.get("entries") or part.get("text")],
    }


def area_wide_table(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `area_wide.html` shows: the money beside the map, and how it adds up with the map."""
    totals = selection.totals
    rows = [
        {
            "code": row["territory_code"],
            "name": know.territories.name(row["territory_code"], t.language),
            "level": t(f"level.{know.territories.level_of(row['territory_code'])}"),
            "projects": t.number(int(row["projects"])),
            "money": t("missing.amount")
            if row["projects"] == row["without_amount"]
            else t.money(float(row["counted_mad"])),
            "without": t.number(int(row["without_amount"])),
            "selected": row["territory_code"] == selection.state.selected,
        }
        for _, row in area_wide(selection).iterrows()
    ]
    sums = (("area", totals.area_mad), ("located", totals.located_mad), ("total", totals.counted_mad))
    return {
        "caption": t("places.caption"),
        "header": [t(f"places.{name}") for name in ("territory", "projects", "money", "without")],
        "rows": rows,
        "totals": [{"name": t(f"places.{name}"), "projects": "", "money": t.money(money)} for name, money in sums],
        "note": t("places.note"),
    }


def territory_facts(know: Knowledge, code: str, t: Texts) -> list[dict[str, str]]:
    """Say what a territory is: what contains it, its code, its people, its area."""
    territory = know.territories.row(code)
    above = [know.territories.name(up, t.language) for up in know.territories.ancestors(code)]
    facts = [
        {"label": t("sheet.within"), "value": t("list.separator").join(above)},
        {"label": t("sheet.official_code"), "value": territory["territory_code"]},
    ]
    for name in ("population_2024", "municipal_population_2024", "municipal_population_2014", "households_2024"):
        known = words.given(territory[name])
        facts.append(
            {"label": t(f"sheet.{name}"), "value": t.number(int(territory[name])) if known else t("missing.short")}
        )
    facts.append({"label": t("sheet.area"), "value": t("sheet.km2", n=round(float(territory["area_km2"])))})
    return [*(fact for fact in facts if fact["value"]), sheet_link(code, t)]


def _projects_of(know: Knowledge, selection: Selection, code: str) -> tuple[list[int], ...]:
    """Return the selected projects with a place inside it, and those known only by a wider one that contains it."""
    register = know.register
    project = register.locations["project"].to_numpy()
    dimension = register.place_territories
    inside = np.zeros(len(project), dtype=bool)
    inside[dimension.project[dimension.option == dimension.index[code]]] = True
    own = np.unique(project[inside & chosen_places(selection)])
    wider_codes = know.territories.ancestors(code)
    wider = np.unique(
        project[register.locations["territory_code"].isin(wider_codes).to_numpy() & selection.kept[project]]
    )
    by_amount = np.nan_to_num(register.amount_mad)
    return tuple(rows[np.argsort(-by_amount[rows], kind="stable")].tolist() for rows in (own, np.setdiff1d(wider, own)))


def _item(know: Knowledge, row: int, t: Texts) -> Mapping[str, Any]:
    return _written(know.version, t.language, row, know=Held(know))


@lru_cache(maxsize=4096)
def _written(version: str, language: str, row: int, *, know: Held) -> Mapping[str, Any]:  # noqa: ARG001 - the version is the key
    """Return a project as an entry of a sheet: written once, however many territories it reaches."""
    t, project = load_texts(language), know.value.register.projects.iloc[row]
    note = " · ".join([t(f"status.{project['status']}"), words.years(project, t), words.amount(project, t)])
    return {
        "value": words.title(project, t),
        "note": note,
        "marks": marks_of(know.value, row, t),
        "act": {"selected": project["project_code"]},
    }
