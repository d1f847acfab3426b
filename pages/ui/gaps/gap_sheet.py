"""The sheet of one place on the gaps page: need by sector, projects and money, what covers it, what is unknown."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.texts import Texts
from geo.absence import PRESENT
from geo.gap_needs import measured_needs, theme_threshold
from geo.gap_places import covering, projects_at
from geo.gap_selection import GapSelection, gap_word
from geo.need_selection import select_needs
from geo.need_tree import node_code
from geo.needs_state import NeedsState
from geo.state import ADDRESS as PROJECTS
from geo.state import State
from pages.ui import words
from pages.ui.gaps import gap_table, gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import marks_of
from pages.ui.needs import need_words
from pages.ui.sheet_head import sheet_head

LISTED, LISTED_WIDE = 30, 12


def sheet(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of the place selected."""
    code = found.state.selected
    level = know.territories.level_of(code)
    above = [know.territories.name(up, t.language) for up in know.territories.ancestors(code)]
    row = next((one for one in found.table.itertuples() if one.Index == code), None)
    return {
        **sheet_head(
            know.territories.name(code, t.language), t(f"level.{level}"), t, note=t("list.separator").join(above)
        ),
        "sections": [
            *_compared(know, found, row, t),
            {"title": t("gaps.sheet.by_need"), "facts": _by_need(know, found, code, t)},
            *_projects(know, found, code, t),
            {"title": t("sheet.unknown"), "entries": [{"value": said} for said in _unknown(know, found, row, code, t)]},
            {"title": t("gaps.sheet.elsewhere"), "entries": _links(found, code, t)},
        ],
    }


def _compared(know: Knowledge, found: GapSelection, row: Any, t: Texts) -> list[dict[str, Any]]:
    """Return need and money of the place; or why it is not among those compared."""
    title = t("gaps.sheet.compared", subject=gap_words.subject_of(know, found, t))
    if row is None:
        return [{"title": title, "text": t(f"gaps.sheet.not_compared.{found.level}")}]
    facts = []
    if found.need.is_measured:
        rank = gap_table.intervals(found, know.version, t)(row)
        facts.append({"label": t("gaps.column.need"), "value": gap_words.need_of(found, row, t), "note": rank})
    facts.append({"label": gap_words.people_header(found, t), "value": gap_words.concerned(found, row, t)})
    facts.append({"label": t("gaps.column.projects"), "value": t.number(int(row.projects))})
    facts.append({"label": t("gaps.column.money"), "value": gap_words.money(row, t)})
    mean = t("gaps.sheet.mean", value=gap_words.rate(found.mean_mad, t)) if found.mean_mad > 0 else ""
    facts.append({"label": t("gaps.column.per_person"), "value": gap_words.per_person(row, t), "note": mean})
    if pd.notna(row.mismatch_pp):
        shares = {"need": t.percent(row.need_share, 2), "money": t.percent(row.money_share, 2)}
        facts.append({"label": t("gaps.column.mismatch"), "value": t("gaps.sheet.shares", **shares)})
    said = t(f"gaps.absence_said.{row.absence}") if row.absence != PRESENT else ""
    verdict = []
    if found.need.is_measured:
        word = gap_word(row.need_step, row.money_step)
        verdict.append(gap_words.cell(row.need_step, row.money_step, t) + (t("gaps.stop") if word else ""))
    return [{"title": title, "facts": facts, "text": " ".join([*verdict, said]).strip()}]


def _by_need(know: Knowledge, found: GapSelection, code: str, t: Texts) -> list[dict[str, Any]]:
    """Return the score of each need of the index, whether it is high, and the projects here that answer it."""
    level = know.territories.level_of(code)
    if level not in know.needs.levels:
        return []
    facts = []
    needs = found.need.needs if level == found.level else select_needs(know.needs, NeedsState(code, level=level))
    assert needs.score is not None  # noqa: S101 - the index
    for theme in measured_needs(know.catalog.indicators):
        score = float(needs.score.sectors.loc[code, node_code(theme)])
        assumed = bool(needs.score.assumed.loc[code, node_code(theme)])
        high = score > theme_threshold(know.catalog.indicators, theme)
        count = _count(know, found, theme, code)
        notes = [t("gaps.sheet.high")] if high else []
        notes.append(t("villages.projects", n=count) if count else t("gaps.sheet.no_project"))
        facts.append(
            {
                "label": need_words.need(theme, t),
                "value": gap_words.points(score, t, assumed=assumed),
                "note": " · ".join(notes),
            }
        )
    return facts


def _count(know: Knowledge, found: GapSelection, theme: str, code: str) -> int:
    """Count the projects of the years chosen, placed in a territory, that answer a need."""
    register, sectors = know.register, know.catalog.themes[theme].sectors
    rows = register.sectors.loc[register.sectors["sector_code"].isin(sectors), "project"].unique()
    dimension = register.dimensions["territory"]
    here = dimension.project[dimension.option == dimension.index[code]]
    return len(set(rows) & set(here) & set(found.selection.passes["years"].nonzero()[0]))


def _projects(know: Knowledge, found: GapSelection, code: str, t: Texts) -> list[dict[str, Any]]:
    level = know.needs.levels[found.level]
    if code not in level.codes:
        return []
    own = projects_at(found.selection, level, code)
    wide = covering(found.selection, know.territories, level, code)
    more = t("gaps.sheet.wider_more", n=len(wide) - LISTED_WIDE) if len(wide) > LISTED_WIDE else ""
    sections = [
        {
            "title": t("sheet.projects_here", n=len(own)),
            "entries": [_own(know, one, t) for one in own.head(LISTED).itertuples()],
            "text": t("sheet.more", n=len(own) - LISTED) if len(own) > LISTED else "",
        },
        {
            "title": t("sheet.projects_wider", n=len(wide)),
            "entries": [_wide(know, one, t) for one in wide.head(LISTED_WIDE).itertuples()],
            "text": " ".join([t("gaps.sheet.wider_note"), more]),
        },
    ]
    return [one for one in sections if one["entries"]]


def _own(know: Knowledge, one: Any, t: Texts) -> dict[str, Any]:
    money = t("missing.amount") if pd.isna(one.mad) else t("gaps.sheet.here", money=t.money(float(one.mad)))
    rule = t(f"gaps.rule.{one.rule}") if one.rule else ""
    return _entry(know, one.project, [money, rule], t)


def _wide(know: Knowledge, one: Any, t: Texts) -> dict[str, Any]:
    place = t("gaps.sheet.known_by", place=know.territories.name(one.territory_code, t.language))
    return _entry(know, one.project, [place, words.amount(know.register.projects.iloc[one.project], t)], t)


def _entry(know: Knowledge, row: int, notes: list[str], t: Texts) -> dict[str, Any]:
    project = know.register.projects.iloc[row]
    said = [t(f"status.{project['status']}"), words.years(project, t), *notes]
    return {
        "value": words.title(project, t),
        "note": " · ".join(one for one in said if one),
        "marks": marks_of(know, row, t),
        "link": project_link(str(project["project_code"]), t),
    }


def project_link(code: str, t: Texts) -> str:
    """Return the address of a project's own sheet, in the whole country: it may lie anywhere."""
    return "projects?" + urlencode({"lang": t.language} | PROJECTS.encode(State(territory="MA", selected=code)))


def _unknown(know: Knowledge, found: GapSelection, row: Any, code: str, t: Texts) -> list[str]:
    said = [t("gaps.sheet.unknown_aid", n=found.reporters)]
    if row is not None and row.projects > row.with_money:
        said.append(t("gaps.sheet.unknown_amounts", n=int(row.projects - row.with_money)))
    if row is not None and found.need.is_measured and pd.isna(row.need):
        said.append(t("gaps.sheet.unknown_need"))
    if not found.need.is_measured:
        said.append(t("gaps.sheet.unmeasured"))
    undated = int((know.register.first_year[found.selection.without("years")] < 0).sum())
    if found.state.years != (None, None) and undated:
        said.append(t("gaps.sheet.undated", n=undated))
    if know.territories.level_of(code) == "commune":
        said.append(t("gaps.sheet.within"))
    return said


def _links(found: GapSelection, code: str, t: Texts) -> list[dict[str, str]]:
    here = {"lang": t.language, "v": "1"}
    own = PROJECTS.encode(State(territory=code, sector=found.need.sectors, years=found.state.years))
    subject = {"of": "index", "territory": found.state.territory, "sel": code, "level": found.level}
    pages = (
        ("territory", {**here, "territory": code}),
        ("projects", {**here, **own}),
        ("needs", {**here, **subject}),
        ("villages", {**here, "territory": code}),
    )
    return [{"value": t(f"gaps.sheet.to_{page}"), "link": f"{page}?{urlencode(params)}"} for page, params in pages]
