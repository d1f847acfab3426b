"""Sector by sector on a territory sheet: how strong the need, which rank, which projects and money, what that means."""

from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.absence import NO_REPORTER
from geo.need_change import NeedChange
from geo.presence import Presence, presence
from geo.standing import Standing
from pages.ui import words
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import Mark, mark
from pages.ui.needs import need_words
from pages.ui.needs.need_why import need_marks
from pages.ui.territory import territory_figures, territory_head, territory_since
from pages.ui.territory.territory_link import sheet_address
from pages.ui.territory.territory_place import (
    Place,
    absence,
    gap_in_region,
    is_assumed,
    known_widely,
    need_standing,
    needs_measured,
    population,
    region_of,
    standing_in,
)

STEPS = ("low", "middle", "high")
COLUMNS = ("need", "since", "country", "region", "here", "inside", "over", "money", "each", "meaning")


def table(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Return what `territory_sectors.html` shows."""
    themes = needs_measured(know)
    marks = need_marks(know, themes, t)
    since = territory_since.changes(know, found)
    measured = [
        _row(found, need_words.need(theme, t), marks[theme], _measured(know, found, theme, since.get(theme), t))
        for theme in themes
    ]
    together = _all_needs(know, found, since.get(territory_since.ALL), t)
    others = _others(know, found, themes, t)
    return {
        "title": t("territory.sectors.title"),
        "columns": [{"code": code, "label": _label(know, found, code, t)} for code in COLUMNS if _has(found, code)],
        "first": t("territory.sectors.sector"),
        "rows": [_row(found, t("territory.sectors.all"), None, together, strong=True), *measured],
        "since": territory_since.said(know, found, t),
        "others_title": t("territory.sectors.others"),
        "others": others,
        "note": t("territory.sectors.note"),
        "wide": _wide(know, found, t),
    }


def _has(found: Place, column: str) -> bool:
    """Tell whether a column has anything to say at the level of the place."""
    level = territory_head.found_level(found)
    shown = {
        "meaning": level != "country",
        "country": len(found.peers) > 0,
        "region": len(found.peers) > 1,
        "inside": level in ("province", "region", "country"),
        "over": level not in ("region", "country"),
    }
    return shown.get(column, True)


def _label(know: Knowledge, found: Place, column: str, t: Texts) -> str:
    """Name a column: of wide territories the last one counts communes, of a commune it says need and money."""
    if column == "over":
        return t("territory.sectors.over", at=territory_figures.above(know, found, t))
    is_wide = column == "meaning" and territory_head.found_level(found) in ("province", "region")
    return t(f"territory.sectors.{'waiting' if is_wide else column}")


def _row(
    found: Place, label: str, mark_: Mark | None, cells: dict[str, dict[str, Any]], *, strong: bool = False
) -> dict[str, Any]:
    return {"mark": mark_, "label": label, "cells": _ordered(found, cells), "strong": strong}


def _all_needs(know: Knowledge, found: Place, since: NeedChange | None, t: Texts) -> dict[str, dict[str, Any]]:
    ranks = [standing_in(know, found, up) for up in found.peers]
    said = t.number(found.score, 0) if found.score is not None else t("needs.absent.short")
    return _cells(know, found, found.projects, t) | {
        "need": {"text": said, "width": round(found.score or 0, 1)},
        "since": territory_since.cell(since, t),
        **_ranks(ranks, t),
        "meaning": {"text": _meaning(know, found, None, found.projects, t)},
    }


def _measured(
    know: Knowledge, found: Place, theme: str, since: NeedChange | None, t: Texts
) -> dict[str, dict[str, Any]]:
    projects = presence(know.register, know.territories, found.territory, know.catalog.themes[theme].sectors)
    ranks = [need_standing(know, found, theme, up) for up in found.peers]
    score = next((stands.score for stands in ranks if stands), None)
    said = t.number(score, 0) if score is not None else t("needs.absent.short")
    assumed = is_assumed(know, found, theme)
    if assumed:
        said = t("needs.absent.not_applicable")
    return _cells(know, found, projects, t) | {
        "need": {"text": said, "width": round(score or 0, 1)},
        "since": territory_since.cell(None if assumed else since, t),
        **_ranks(ranks, t),
        "meaning": {"text": _meaning(know, found, theme, projects, t)},
    }


def _others(know: Knowledge, found: Place, themes: tuple[str, ...], t: Texts) -> list[dict[str, Any]]:
    """Return the sectors that answer no measured need and have a project, health always: most projects first."""
    answered = {sector for theme in themes for sector in know.catalog.themes[theme].sectors}
    listed = []
    for sector in know.catalog.sectors:
        projects = presence(know.register, know.territories, found.territory, (sector,))
        if sector in answered or not (len(projects.own) or sector == "health"):
            continue
        cells = _cells(know, found, projects, t)
        row = _row(found, words.option(know, "sector", sector, t), mark(know, sector, t), cells)
        row["brief"] = t("filter.said", name=row["label"], values=_in_brief(know, found, projects, t))
        listed.append((len(projects.own), row))
    return [row for _, row in sorted(listed, key=lambda pair: -pair[0])]


def _in_brief(know: Knowledge, found: Place, projects: Presence, t: Texts) -> str:
    """Say projects and their located money in a few words, for paper; where no source reports, that it is not known."""
    count = len(projects.own)
    if not count and absence(know, found.territory, projects) == NO_REPORTER:
        return t("territory.sectors.no_reporter")
    if not count:
        return t.number(0)
    money = words.short_sum(projects.here_mad if len(projects.here) else float("nan"), t)
    return t("territory.sectors.wide_entry", n=count, money=money)


def _ordered(found: Place, cells: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    empty = {"text": "", "note": ""}
    return [{"code": code, **empty, **cells.get(code, {})} for code in COLUMNS if _has(found, code)]


def _ranks(ranks: list[Standing | None], t: Texts) -> dict[str, dict[str, str]]:
    cells = {}
    for code, stands in zip(("country", "region"), ranks, strict=False):
        if stands is None:
            cells[code] = {"text": t("needs.absent.short")}
            continue
        spread = "" if stands.low is None else t("territory.rank.short_interval", low=stands.low, high=stands.high)
        cells[code] = {"text": t("figure.of", n=stands.rank, total=stands.ranked), "note": spread}
    return cells


def _cells(know: Knowledge, found: Place, projects: Presence, t: Texts) -> dict[str, dict[str, str]]:
    people = population(know, found.territory)
    here, inside = len(projects.here), len(projects.inside)
    has_rate = here and np.isfinite(projects.here_mad) and people > 0
    silent = not here and not inside and absence(know, found.territory, projects)
    return {
        "here": {
            "text": t("territory.sectors.no_reporter") if silent == NO_REPORTER else t.number(here),
        },
        "inside": {"text": t.number(inside)},
        "over": {"text": t.number(len(projects.over))},
        "money": {"text": words.short_sum(projects.here_mad, t) if here else t("needs.absent.short")},
        "each": {
            "text": t("money.full", amount=words.per_person(projects.here_mad / people, t))
            if has_rate
            else t("needs.absent.short")
        },
    }


def _meaning(know: Knowledge, found: Place, theme: str | None, projects: Presence, t: Texts) -> str:
    """Say what need and money say together, as the gaps page does; of wide territories, how many communes wait."""
    region = region_of(know, found.territory)
    kind = absence(know, found.territory, projects)
    if region is None:
        return ""
    compared = gap_in_region(know, region, theme).gap
    if territory_head.found_level(found) in ("province", "region"):
        inside = set(know.territories.communes_of(found.territory))
        waiting = [code for code in compared.unfunded.index if code in inside]
        return t("territory.below.commune", n=len(waiting))
    if found.territory not in compared.table.index:  # an arrondissement: its city is compared, not its parts
        return gap_words.absence(kind, t)
    row = compared.table.loc[found.territory]
    if theme and is_assumed(know, found, theme):  # counted as no need, but not known to be low
        need = t("territory.gap.need.not_applicable")
        return t("territory.gap.both", need=need, money=gap_words.absence(kind, t)) if kind else need
    if not kind:
        return gap_words.cell(int(row["need_step"]), int(row["money_step"]), t)
    need = t(f"territory.gap.need.{STEPS[int(row['need_step'])] if row['need_step'] >= 0 else 'unknown'}")
    return t("territory.gap.both", need=need, money=gap_words.absence(kind, t))


def _wide(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """List the money known only by the place as a whole or by what contains it: never shared out here."""
    listed = known_widely(know)
    codes = [code for code in found.codes if code in listed.index]
    entries = [
        {
            "name": know.territories.name(code, t.language),
            "url": sheet_address(code, t),
            "said": t(
                "territory.sectors.wide_entry",
                n=int(listed.loc[code, "projects"]),
                money=words.short_sum(_known_money(listed.loc[code]), t),
            ),
        }
        for code in codes
    ]
    return {"title": t("territory.sectors.wide"), "entries": entries}


def _known_money(row: pd.Series) -> float:
    return float("nan") if row["projects"] == row["without_amount"] else float(row["counted_mad"])
