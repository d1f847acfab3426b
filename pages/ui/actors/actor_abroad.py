"""Ties between countries and territories made by associations abroad; and what is known of the communities there."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.actor_selection import ActorSelection
from pages.ui import words
from pages.ui.actors.actor_partners import ROW_PX, THICKEST_PX
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing

MOST_COUNTRIES, MOST_PARTS = 10, 12
NAMES = 3
PARTS_OF = " – "
"""Between a survey and what it measures, in the names of measures of all three languages."""


def drawing(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `flows.html` shows: countries on one side, territories on the other, lines as thick as the ties."""
    pairs = _pairs(selection.flows)
    countries = _ranked(pairs, "country")[:MOST_COUNTRIES]
    parts = _ranked(pairs, "territory_code")[:MOST_PARTS]
    shown = pairs[pairs["country"].isin(countries) & pairs["territory_code"].isin(parts)]
    height = max(len(countries), len(parts), 1) * ROW_PX
    start, end = (
        {code: (place + 0.5) * height / len(codes) for place, code in enumerate(codes)} for codes in (countries, parts)
    )
    most = max(int(shown["organisations"].max()) if len(shown) else 1, 2)
    lines = [
        {
            "path": f"M0 {start[one.country]:.0f}C50 {start[one.country]:.0f} 50 {end[one.territory_code]:.0f} "
            f"100 {end[one.territory_code]:.0f}",
            "width": f"{1 + (THICKEST_PX - 1) * (one.organisations - 1) / (most - 1):.1f}",
        }
        for one in shown.itertuples()
    ]
    sums = {name: _sums(pairs, name) for name in ("country", "territory_code")}
    untied = int(selection.abroad.sum()) - len(_bodies(pairs))
    return {
        "title": t("actors.abroad.title", n=len(_bodies(pairs))),
        "countries": [
            {"value": t.area(code), "number": t.number(sums["country"][code]), "act": {"country": [code]}}
            for code in countries
        ],
        "parts": [
            {
                "value": know.territories.name(code, t.language),
                "number": t.number(sums["territory_code"][code]),
                "act": {"territory": code},
            }
            for code in parts
        ],
        "lines": lines,
        "height": height,
        "note": " ".join((t("actors.abroad.note"), t("actors.abroad.untied", n=untied))),
    }


def table(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one row a country, territory and kind of tie."""
    found = selection.flows
    columns = [
        Column(t("actors.filter.country"), kind="text"),
        Column(t("filter.territory"), kind="text"),
        Column(t("actors.filter.tie"), kind="text"),
        Column(t("actors.abroad.organisations")),
        Column(t("actors.abroad.which"), kind="text"),
    ]
    return listing(
        selection.state,
        columns,
        range(len(found)),
        lambda rows: [_flow(know, selection, found.iloc[row], t) for row in rows],
        t,
        caption=t("actors.abroad.caption", n=len(found)),
        note=t("actors.abroad.table_note"),
    )


def _flow(know: Knowledge, selection: ActorSelection, flow: pd.Series, t: Texts) -> dict[str, Any]:
    names = [know.organisation_name(code, t) for code in flow["organisation_codes"].split(";")]
    return {
        "code": flow["territory_code"],
        "selected": flow["territory_code"] == selection.state.selected,
        "cells": [
            {"value": t.area(flow["country"])},
            {"value": know.territories.name(flow["territory_code"], t.language)},
            {"value": t(f"zone_relation.{flow['relation']}")},
            {"value": t.number(int(flow["organisations"]))},
            {"value": words.shortened(names, t, limit=NAMES)},
        ],
    }


def _pairs(flows: pd.DataFrame) -> pd.DataFrame:
    """Count each body once a country and territory, however it is tied to it."""
    codes = flows.assign(code=flows["organisation_codes"].str.split(";")).explode("code")
    keys = ["country", "territory_code"]
    return codes.groupby(keys, as_index=False).agg(
        organisations=("code", "nunique"), codes=("code", lambda found: tuple(sorted(set(found))))
    )


def _ranked(pairs: pd.DataFrame, name: str) -> list[str]:
    sums = _sums(pairs, name)
    return sorted(sums, key=lambda code: (-sums[code], code))


def _sums(pairs: pd.DataFrame, name: str) -> dict[str, int]:
    return {str(code): len(_bodies(own)) for code, own in pairs.groupby(name)}


def _bodies(pairs: pd.DataFrame) -> set[str]:
    return {code for codes in pairs["codes"] for code in codes}


# The communities abroad ---------------------------------------------------------------------------------------


def choice(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `select.html` shows: which subject the figures are of."""
    subjects = dict.fromkeys(know.diaspora_figures["subject_code"])
    chosen = selection.state.figure
    options = [{"code": code, "label": t(f"figure_subject.{code}"), "on": code == chosen} for code in subjects]
    return {"name": "figure", "label": t("actors.figures.subject"), "options": options}


def figures(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `known_figures.html` shows: each figure with its year and source, a bar within its measure."""
    table = know.diaspora_figures
    own = table[table["subject_code"] == selection.state.figure]
    heads = own["measure_fr"].str.partition(PARTS_OF)[0]
    worldwide = own["area_code"] == "world"
    blocks = [_block(group, t) for _, group in own.groupby([heads, "unit", ~worldwide], sort=False, dropna=False)]
    return {
        "title": t("actors.figures.title", subject=t(f"figure_subject.{selection.state.figure}")),
        "blocks": blocks,
        "absences": _absences(selection, own, t),
        "note": t("actors.figures.note"),
        "labels": {name: t(f"actors.figures.{name}") for name in ("what", "value", "source")},
    }


def _absences(selection: ActorSelection, own: pd.DataFrame, t: Texts) -> list[str]:
    """Say of what there is no figure: communes of origin, and countries where selected bodies have their seat."""
    bodies = selection.directory.actors.bodies
    countries = dict.fromkeys(bodies.loc[selection.abroad, "country"].sort_values())
    silent = [t.area(str(code)) for code in countries if code not in set(own["area_code"])]
    said = [t("actors.figures.no_origin")]
    if silent:
        said.append(t("actors.figures.no_country", countries=t("list.separator").join(silent)))
    return said


def _block(group: pd.DataFrame, t: Texts) -> dict[str, Any]:
    measure = f"measure_{t.language}"
    said = [
        str(line[measure] if words.given(line.get(measure)) else line["measure_fr"]) for _, line in group.iterrows()
    ]
    heads = [text.partition(PARTS_OF)[0] for text in said]
    charted = bool(group["is_chartable"].all())
    unit = str(group["unit"].iloc[0])
    greatest = max(float(group["value"].max()), 100.0 if unit == "percent" else 0.0)
    areas = group["area_code"].nunique()
    rows = [
        _figure(line, _what(line, text.partition(PARTS_OF)[2], areas, t), greatest if charted else 0.0, t)
        for (_, line), text in zip(group.iterrows(), said, strict=True)
    ]
    order = _order(group)
    return {
        "title": t("actors.figures.measure", measure=heads[0], unit=t(f"figure_unit.{unit}")),
        "rows": [rows[place] for place in order],
        "warning": "" if charted else t("actors.figures.not_charted"),
    }


def _order(group: pd.DataFrame) -> Sequence[int]:
    """Put the areas of greatest value first, and in each the years in their order: sources stand side by side."""
    best = group.groupby("area_code")["value"].transform("max").to_numpy()
    years = group["first_year"].astype("float64").fillna(np.inf).to_numpy()  # the year nobody gives comes last
    areas = group["area_code"].to_numpy()
    return sorted(range(len(group)), key=lambda place: (-best[place], areas[place], years[place], place))


def _what(line: pd.Series, part: str, areas: int, t: Texts) -> str:
    """Say what a figure is of: the part of the survey, and the area where the block has several."""
    area = t.area(str(line["area_code"])) if areas > 1 or not part else ""
    return " · ".join(text for text in (part, area) if text)


def _figure(line: pd.Series, what: str, greatest: float, t: Texts) -> dict[str, Any]:
    value = float(line["value"])
    url = line["source_url"] if words.given(line["source_url"]) else ""
    return {
        "what": what,
        "year": _years(line, t),
        "value": t.number(value),
        "share": round(100 * value / greatest, 1) if greatest > 0 and value > 0 else 0,
        "note": line["note_fr"] if words.given(line["note_fr"]) else "",
        "source": url.split("/")[2].removeprefix("www.") if url.startswith("http") else t("actors.sheet.no_source"),
        "url": url if url.startswith("http") else "",
    }


def _years(line: pd.Series, t: Texts) -> str:
    ends = [str(int(line[name])) for name in ("first_year", "last_year") if words.given(line[name])]
    return "–".join(dict.fromkeys(ends)) or t("missing.year")
