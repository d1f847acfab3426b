"""The sheet of one territory on the needs page: value, rank and interval, what it is made of, whom it compares with."""

from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.texts import Texts
from geo.indicators import KNOWN
from geo.need_levels import layout, taken
from geo.need_view import NeedSelection
from geo.needs_state import INDEX
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_finding, need_table, need_why, need_words
from pages.ui.territory.territory_link import sheet_address


def sheet(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, Any]:
    """Return what `need_sheet.html` shows."""
    code = selection.asked.selected
    territories = know.territories
    row = selection.row_of(code) if code in selection.level.codes else None
    above = [territories.name(up, t.language) for up in territories.ancestors(code)]
    is_index = selection.indicator is None and not selection.is_change
    return {
        "title": territories.name(code, t.language),
        "kind": t("place.in", place=t(f"level.{territories.level_of(code)}"), territory=t("list.separator").join(above))
        if above
        else t("level.country"),
        "labels": {
            "close": t("sheet.close"),
            **{name: t(f"needs.sheet.{name}") for name in LABELS},
            # Both censuses are compared over the whole population, whatever the milieu shown.
            "change": t("needs.sheet.change" if selection.milieu == "total" else "needs.sheet.change_total"),
        },
        "subject": need_words.subject(selection, t),
        "year": need_words.period(selection),
        "headline": _headline(know, selection, code, row, t),
        "why": need_why.why(know, selection, code, t) if is_index and row is not None else None,
        "comparators": _comparators(know, selection, code, t),
        "change": _change(selection, code, t),
        "about": _about(know, selection, t),
        "links": _links(selection, code, t),
    }


LABELS = ("compare", "urban", "rural", "about", "made_of", "missing", "elsewhere", "total")


def _headline(know: Knowledge, selection: NeedSelection, code: str, row: int | None, t: Texts) -> dict[str, Any]:
    """Return the figure, the people and the rank; or why the territory is not ranked here, and a way to rank it."""
    value = need_finding.values_of(know, selection, (code,), t)[0]
    if row is None:
        level = know.territories.level_of(code)
        can = level in ("commune", "province", "region")
        said = t("needs.sheet.other_level", level=t(f"needs.by.{selection.level.name}"))
        way = {"act": {"level": level}, "label": t(f"needs.sheet.show_level.{level}")} if can else None
        return {"value": value, "people": "", "rank": said, "way": way}
    if not selection.inside[row]:
        return {
            "value": value,
            "people": need_words.concerned(selection, row, t),
            "rank": t("needs.sheet.outside", place=know.territories.name(selection.asked.territory, t.language)),
            "way": None,
        }
    rank = selection.ranks[row]
    ranked = int(np.isfinite(selection.ranks[selection.rows]).sum())
    place = know.territories.name(selection.asked.territory, t.language)
    words = (
        t("needs.sheet.rank", rank=int(rank), n=ranked, place=place) if np.isfinite(rank) else t("needs.sheet.no_rank")
    )
    return {"value": value, "people": _people_said(selection, row, t), "rank": words, "way": None}


def _people_said(selection: NeedSelection, row: int, t: Texts) -> str:
    header = need_words.people_header(selection, t)
    return t("filter.said", name=header, values=need_words.concerned(selection, row, t))


def _comparators(know: Knowledge, selection: NeedSelection, code: str, t: Texts) -> dict[str, Any]:
    """Return the same figure for what contains the territory; of towns and of the country where it is published."""
    codes = (code, *know.territories.ancestors(code))
    values = need_finding.observed_at(know, selection, codes).value
    words = need_finding.values_of(know, selection, codes, t)
    ends = [abs(one) for one in values if np.isfinite(one)]
    greatest = (
        100.0 if selection.unit in ("pct", "points") and not selection.is_change else max(ends, default=1.0) or 1.0
    )
    by_milieu = _milieux(selection, codes, t)
    rows = []
    for number, (one, value, said) in enumerate(zip(codes, values, words, strict=True)):
        rows.append(
            {
                "name": know.territories.name(one, t.language),
                "level": t(f"level.{know.territories.level_of(one)}"),
                "value": said,
                "width": round(100 * abs(value) / greatest, 1)
                if np.isfinite(value) and not selection.is_count
                else None,
                "own": number == 0,
                "milieux": by_milieu[number] if by_milieu else None,
            }
        )
    return {"rows": rows, "has_milieux": bool(by_milieu), "shown": t(f"needs.milieu.{selection.milieu}")}


def _milieux(selection: NeedSelection, codes: tuple[str, ...], t: Texts) -> list[list[str]]:
    indicator = selection.indicator
    if indicator is None or selection.is_change or indicator.is_count:
        return []
    level = layout(selection.ground.territories, "any", codes)
    columns = []
    for milieu in ("urban", "rural"):
        found = taken(selection.ground.observations.of(indicator.code, year=selection.years[0], milieu=milieu), level)
        columns.append(
            [
                need_words.value(selection, value, t) if state == KNOWN else ""
                for value, state in zip(found.value, found.state, strict=True)
            ]
        )
    if not any(said for column in columns for said in column):
        return []
    return [list(pair) for pair in zip(*columns, strict=True)]


def _change(selection: NeedSelection, code: str, t: Texts) -> str:
    """Say what changed between the two censuses; empty where the subject is no single indicator."""
    indicator = selection.indicator
    if indicator is None or not need_table.has_change(selection):
        if indicator is None:
            return ""
        is_one = len(indicator.years) == 1
        return t("needs.choices.one_year", year=str(indicator.latest)) if is_one else t("needs.sheet.no_change")
    first, last = indicator.comparable_years[0], indicator.comparable_years[-1]
    observations = selection.ground.observations
    before, after, moved = (
        observations.of(indicator.code, year=first).at(code),
        observations.of(indicator.code, year=last).at(code),
        observations.change(indicator.code, relative=indicator.is_count).at(code),
    )
    if moved.value is None or before.value is None or after.value is None:
        return t("needs.sheet.change_unknown", first=str(first), last=str(last))
    unit = "pct_change" if indicator.is_count else indicator.unit
    worse = {"higher_is_worse": 1, "higher_is_better": -1}.get(indicator.direction, 0) * moved.value
    return t(
        f"needs.sheet.changed.{'better' if worse < 0 else 'worse' if worse > 0 else 'plain'}",
        first=str(first),
        last=str(last),
        before=need_words.amount(before.value, indicator.unit, indicator.decimals, t),
        after=need_words.amount(after.value, indicator.unit, indicator.decimals, t),
        moved=need_words.amount(moved.value, unit, max(1, indicator.decimals), t, signed=True),
    )


def _about(know: Knowledge, selection: NeedSelection, t: Texts) -> list[dict[str, str]]:
    """Return definition, denominator, caveat and source of what is shown."""
    indicator = selection.indicator
    facts = []
    if indicator is None:
        facts.append({"label": t("needs.sheet.definition"), "value": t("needs.sheet.index_definition")})
        facts.append(
            {"label": t("needs.choices.weights"), "value": need_finding.weights_said(know, selection.asked, t)}
        )
    else:
        for name in ("definition", "caveat"):
            said = t.label("indicator", f"{indicator.code}.{name}", "")
            facts.append({"label": t(f"needs.sheet.{name}"), "value": said})
        counted = indicator.denominator.get(selection.years[-1])
        if counted:
            facts.append({"label": t("needs.sheet.denominator"), "value": need_words.indicator(counted, t)})
    facts.append(
        {"label": t("needs.sheet.source"), "value": t("list.separator").join(need_finding.sources(know, selection, t))}
    )
    return [fact for fact in facts if fact["value"]]


def _links(selection: NeedSelection, code: str, t: Texts) -> list[dict[str, Any]]:
    """Lead to the sheet of the territory, its projects, and from an indicator to the index."""
    here = {"lang": t.language}
    links: list[dict[str, Any]] = [
        {
            "label": t("needs.sheet.to_territory"),
            "url": sheet_address(code, t),
            "act": None,
        },
        {
            "label": t("needs.sheet.to_projects"),
            "url": f"projects?{urlencode({**here, 'territory': code})}",
            "act": None,
        },
    ]
    if selection.asked.territory != code and len(selection.ground.territories.children_of(code)) > 0:
        links.append({"label": t("needs.sheet.enter"), "url": "", "act": {"territory": code}})
    if selection.asked.subject != INDEX:
        links.append({"label": t("needs.sheet.to_index"), "url": "", "act": {"subject": INDEX}})
    return links
