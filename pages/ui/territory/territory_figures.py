"""The key figures of a territory sheet: the place in brief, and each indicator beside what contains the place."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.texts import Texts
from geo.indicators import Reading
from geo.needs_state import ADDRESS as NEEDS
from geo.needs_state import NeedsState
from geo.profile import Figure, figures
from geo.standing import Standing
from pages.ui import words
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.territory import territory_beside, territory_head
from pages.ui.territory.territory_link import sheet_address
from pages.ui.territory.territory_place import COUNTRY, Place, population, region_of, standing_in
from pages.ui.villages import village_words

CENSUS = 2024
MILIEUX = ("urban", "rural")
PUBLISHED_BY_MILIEU = ("province", "region", "country")
"""Levels whose figures the census of 2024 published for towns and countryside apart."""
LEAST_CHANGE_DECIMALS = 1
SHORT_UNITS = ("pct", "km")
"""Units written after each value; the name of the indicator says any other."""
SIGNS = ("own", "first", "second", "third", "fourth")
"""Shapes of the place and of its comparators on the line, told apart without colour."""


def brief(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Return what `territory_brief.html` shows: who lives there, its rank, its projects and their money."""
    facts: list[dict[str, Any] | None] = [*_who(know, found, t)]
    of_commune = [_need(found, t), *(_rank(know, found, up, t) for up in found.peers)]
    if found.level == "village":  # on paper its own figures need the room; those of its commune stand on the next page
        of_commune = [fact | {"on_screen": True} for fact in of_commune if fact]
    facts += of_commune
    return {
        "title": t("territory.brief.title"),
        "facts": [fact for fact in [*facts, *_projects(know, found, t)] if fact],
        "source": t("territory.brief.source"),
    }


def table(know: Knowledge, found: Place, t: Texts, *, beside: str = "") -> dict[str, Any]:
    """Return what `territory_figures.html` shows: a row for each indicator, in groups by need.

    Another territory, where one is set `beside`, has the column after the place's own, and then need, projects and
    money are told too: without it they stand elsewhere on the sheet.
    """
    codes = (found.codes[0], beside, *found.codes[1:]) if beside else found.codes
    rows = figures(know.observations, codes)
    names = [know.territories.name(code, t.language) for code in codes]
    levels = [t(f"level.{know.territories.level_of(code)}") for code in codes]
    heads = [
        {"sign": sign, "name": said, "level": level, "short": said if beside and code == beside else level}
        for sign, code, said, level in zip(SIGNS, codes, names, levels, strict=False)
    ]
    parts = MILIEUX if know.territories.level_of(found.territory) in PUBLISHED_BY_MILIEU else ()
    return {
        "title": t(f"territory.figures.title_{'village' if found.level == 'village' else 'place'}", place=names[0]),
        "of_commune": found.level == "village",
        "heads": heads,
        "parts": [t(f"needs.milieu.{part}") for part in parts],
        "labels": {key: t(f"territory.figures.{key}") for key in ("indicator", "position", "change", "people")},
        "groups": [
            *([territory_beside.group(know, codes, heads, len(parts), t)] if beside else []),
            *(
                {
                    "title": need_words.need(theme, t),
                    "rows": [
                        _row(row, heads, _link(know, found, row.indicator.code, t), t)
                        | _parts(know, found, row, parts, t)
                        for row in group
                    ],
                }
                for theme, group in groupby(rows, key=lambda row: row.indicator.theme)
            ),
        ],
        "note": t("territory.figures.note"),
    }


def reading(figure: Figure, one: Reading, t: Texts) -> str:
    """Write a value and ≈ where the atlas computed it, or the word for why there is none."""
    if one.value is None:
        return t(f"needs.absent.{one.state}")
    unit, decimals = figure.indicator.unit, figure.indicator.decimals
    said = need_words.amount(one.value, unit, decimals, t) if unit in SHORT_UNITS else t.number(one.value, decimals)
    return t("territory.about", value=said) if one.computed else said


def _row(figure: Figure, heads: list[dict[str, str]], url: str, t: Texts) -> dict[str, Any]:
    indicator = figure.indicator
    label = t.label("indicator", f"{indicator.code}.short", need_words.indicator(indicator.code, t))
    notes = [t("unit.name.index")] if indicator.unit == "index" else []
    year = str(indicator.latest)
    notes += [] if indicator.latest == CENSUS or year in label else [year]
    return {
        "label": label,
        "url": url,
        "definition": t.label("indicator", f"{indicator.code}.definition", ""),
        "note": t("list.separator").join(notes),
        "cells": [
            {"text": reading(figure, one, t), "absent": one.value is None, "head": head}
            for one, head in zip(figure.readings, heads, strict=False)
        ],
        "marks": [
            {"sign": head["sign"], "at": round(100 * at, 1)}
            for at, head in reversed(list(zip(figure.positions, heads, strict=False)))
            if at is not None
        ],
        "change": _change(figure, t),
        "people": _people(figure, t),
    }


def _parts(know: Knowledge, found: Place, figure: Figure, parts: Sequence[str], t: Texts) -> dict[str, Any]:
    """Write what the census published of the towns and of the countryside of the place apart."""
    code = figure.indicator.code
    readings = [know.observations.of(code, milieu=part).at(found.territory) for part in parts]
    names = [t(f"needs.milieu.{part}") for part in parts]
    return {
        "parts": [
            {
                "text": t("needs.absent.short") if one.state == "missing" else reading(figure, one, t),
                "absent": one.value is None,
                "label": name,
            }
            for one, name in zip(readings, names, strict=True)
        ]
    }


def _link(know: Knowledge, found: Place, indicator: str, t: Texts) -> str:
    """Return the address of the map and ranking of an indicator, the place chosen in it."""
    state = NeedsState(region_of(know, found.territory) or COUNTRY, subject=indicator, selected=found.territory)
    return "needs?" + urlencode({"lang": t.language} | NEEDS.encode(state))


def _change(figure: Figure, t: Texts) -> dict[str, str]:
    """Say the change, and whether it is for the better; where no change may be shown, say so."""
    change, indicator = figure.change, figure.indicator
    if change is None:
        return {"text": t("territory.figures.not_comparable"), "sense": "", "years": ""}
    if change.value is None:
        return {"text": t(f"needs.absent.{change.state}"), "sense": "", "years": ""}
    said = _signed(figure, change.value, t)
    worse = {"higher_is_worse": 1, "higher_is_better": -1}.get(indicator.direction, 0) * change.value
    sense = "" if not worse else t("territory.figures.worse") if worse > 0 else t("territory.figures.better")
    first, last = indicator.comparable_years[0], indicator.comparable_years[-1]
    return {"text": said, "sense": sense, "years": "" if last == CENSUS else f"{first}–{last}"}


def _signed(figure: Figure, change: float, t: Texts) -> str:
    indicator = figure.indicator
    decimals = max(LEAST_CHANGE_DECIMALS, indicator.decimals)
    if indicator.is_count or indicator.unit in SHORT_UNITS:
        unit = "pct_change" if indicator.is_count else indicator.unit
        return need_words.amount(change, unit, decimals, t, signed=True)
    return t.signed(change, decimals)


def _people(figure: Figure, t: Texts) -> str:
    if figure.people is None:
        return ""
    if figure.people.value is None:
        return t(f"needs.absent.{figure.people.state}")
    return t("territory.about", value=t.number(round(figure.people.value)))


def _who(know: Knowledge, found: Place, t: Texts) -> list[dict[str, Any]]:
    if found.level == "village":
        return _village(know, found, t)
    territory = know.territories.row(found.territory)
    facts = []
    for column in ("population_2024", "households_2024"):
        known = words.given(territory[column])
        said = t.number(int(territory[column])) if known else t("missing.data")
        facts.append({"label": t(f"sheet.{column}"), "value": said, "note": ""})
    people, area = population(know, found.territory), float(territory["area_km2"])
    density = t("territory.brief.density", n=round(people / area)) if np.isfinite(people) and area > 0 else ""
    return [
        *facts,
        {"label": t("territory.brief.area"), "value": t("sheet.km2", n=round(area)), "note": density},
    ]


def _village(know: Knowledge, found: Place, t: Texts) -> list[dict[str, Any]]:
    village = know.villages.at(found.code)
    commune = know.territories.name(found.territory, t.language)
    facts = [
        {
            "label": t("level.commune"),
            "value": commune,
            "note": "",
            "link": sheet_address(found.territory, t),
        },
        {
            "label": t("villages.column.people"),
            "value": t.number(village.people),
            "note": t("territory.households", n=village.households),
        },
        {"label": t("villages.sheet.kind"), "value": t(f"villages.kind.{village.kind}"), "note": ""},
    ]
    known_here = know.register.locations["douar_code"] == found.code
    inside = know.register.locations["project"][known_here].nunique()
    facts.append({"label": t("territory.brief.projects_village"), "value": t.number(inside), "note": ""})
    for service, km in village.distances.items():
        limit = know.default_km[service]
        notes = [t("villages.sheet.beyond", value=t.number(limit))] if km is not None and km > limit else []
        notes += [t("villages.doubtful")] if service in village.doubtful else []
        facts.append(
            {
                "label": village_words.service(service, t),
                "value": village_words.km(float("nan") if km is None else km, t),
                "note": " · ".join(notes),
            }
        )
    return facts


def _need(found: Place, t: Texts) -> dict[str, Any]:
    label = t("territory.brief.need_commune") if found.level == "village" else t("territory.brief.need")
    if found.score is None:
        return {"label": label, "value": t("needs.absent.insufficient"), "note": ""}
    ranked = "" if found.peers or found.level == "country" else t("territory.brief.unranked")
    return {"label": label, "value": need_words.amount(found.score, "points", 1, t), "note": ranked}


def _rank(know: Knowledge, found: Place, within: str, t: Texts) -> dict[str, Any] | None:
    stands = standing_in(know, found, within)
    if stands is None:
        return None
    label = t("territory.brief.rank", place=know.territories.name(within, t.language))
    value = t(f"territory.rank.{territory_head.found_level(found)}", rank=stands.rank, n=stands.ranked)
    return {"label": label, "value": value, "note": interval(stands, t)}


def above(know: Knowledge, found: Place, t: Texts) -> str:
    """Say of a project that it is known by the territory just above only: « à la province »."""
    return t(f"territory.at.{know.territories.level_of(found.codes[1])}") if len(found.codes) > 1 else ""


def interval(stands: Standing, t: Texts) -> str:
    """Say between which ranks nine weightings in ten leave the place; empty where no weight was varied."""
    return "" if stands.low is None else t("territory.rank.interval", low=stands.low, high=stands.high)


def _projects(know: Knowledge, found: Place, t: Texts) -> list[dict[str, Any]]:
    projects, people = found.projects, population(know, found.territory)
    label = t("territory.brief.projects_commune") if found.level == "village" else t("territory.brief.projects")
    value = t.number(len(projects.own)) if not found.absence else gap_words.absence(found.absence, t)
    over = t("territory.brief.over", n=len(projects.over), at=above(know, found, t)) if len(projects.over) else ""
    facts = [{"label": label, "value": value, "note": over}]
    if len(projects.here):
        money = words.short_sum(projects.here_mad, t)
        has_rate = np.isfinite(projects.here_mad) and np.isfinite(people) and people > 0
        each = t("territory.brief.each", money=words.per_person(projects.here_mad / people, t)) if has_rate else ""
        facts.append({"label": t("territory.brief.money"), "value": money, "note": each})
    return facts
