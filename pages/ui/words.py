"""Facts of the register said in the visitor's language: titles, places, money, periods, filters in force."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from data.catalog import in_language
from data.records.published import REGISTER
from data.texts import Texts
from geo.allocation import IntArray
from geo.state import LISTS, State
from pages.ui.knowledge import Knowledge

WHOLE_FROM = 10
"""Dirhams per inhabitant from which no decimals are written."""
LEAST_PER_PERSON = 0.1
"""The smallest sum per inhabitant that is written."""


def given(value: object) -> bool:
    """Tell whether a cell of a table holds something: not missing, not an empty text."""
    return not pd.isna(value) and value != ""


def host(url: str) -> str:
    """Name the site of an address, for a link that is short to read."""
    return url.split("/")[2].removeprefix("www.") if url.startswith(("http://", "https://")) else url


def register(know: Knowledge, code: str, t: Texts) -> str:
    """Name the register a project is from: a source of the catalogue, or the atlas itself for what people entered."""
    return t("source.entered") if code == REGISTER else in_language(know.catalog.sources[code].title, t.language)


def title(project: pd.Series | Mapping[str, object], t: Texts) -> str:
    """Title of a project in the visitor's language, in French where it was not translated."""
    own = project.get(f"title_{t.language}")
    return str(own) if given(own) else str(project["title_fr"])


def titles(projects: pd.DataFrame, t: Texts) -> pd.Series:
    """Titles of many projects, each as `title` gives it."""
    french = projects["title_fr"]
    own = projects.get(f"title_{t.language}", french)
    return own.where(own.notna() & (own != ""), french)


def places(know: Knowledge, row: int, t: Texts, *, limit: int = 3) -> str:
    """Name the places of a project, the first ones and how many more."""
    own = know.register.locations.iloc[know.register.locations_of(row)]
    names = [
        place or know.territories.name(code, t.language)
        for place, code in zip(own["place_name"], own["territory_code"], strict=True)
    ]
    return shortened(dict.fromkeys(names), t, limit=limit)


def first_places(know: Knowledge, rows: IntArray, t: Texts) -> pd.Series:
    """Name the first place of each of many projects: what they are sorted by."""
    locations = know.register.locations
    first = locations.iloc[np.searchsorted(locations["project"].to_numpy(), rows)]
    codes = first["territory_code"]
    names = codes.map({code: know.territories.name(code, t.language) for code in codes.unique()})
    return first["place_name"].where(first["place_name"] != "", names).reset_index(drop=True)


def shortened(names: Iterable[str], t: Texts, *, limit: int) -> str:
    """Join names, the first ones and how many more."""
    listed = list(names)
    said = t("list.separator").join(listed[:limit])
    return said if len(listed) <= limit else t("list.more", names=said, n=len(listed) - limit)


def period(project: pd.Series, t: Texts) -> str:
    """Say from when to when, at the precision known."""
    start, end = (project[name] for name in ("start_date", "end_date"))
    if given(start) and given(end):
        return t.date(start) if start == end else t("period.from_to", start=t.date(start), end=t.date(end))
    if given(start):
        return t("period.from", start=t.date(start))
    return t("period.until", end=t.date(end)) if given(end) else t("period.unknown")


def years(project: pd.Series, t: Texts) -> str:
    """Say the years only, for narrow columns."""
    start, end = (str(project[name])[:4] if given(project[name]) else "" for name in ("start_date", "end_date"))
    return "–".join(dict.fromkeys(part for part in (start, end) if part)) or t("missing.short")


def amount(project: pd.Series, t: Texts) -> str:
    """Say the money of a project in dirhams, or in its currency when it cannot be converted, or that it is unknown."""
    if given(project["amount_mad"]):
        return t.short_money(float(project["amount_mad"]))
    if given(project["amount"]):
        return t.money(float(project["amount"]), str(project["currency"]))
    return t("missing.amount")


def per_person(mad: float, t: Texts) -> str:
    """Write the number of dirhams per inhabitant: whole from ten on, one decimal below; little is never written 0."""
    if 0 < mad < LEAST_PER_PERSON / 2:
        return f"< {t.number(LEAST_PER_PERSON, 1)}"
    return t.number(round(mad)) if mad >= WHOLE_FROM else t.number(round(mad, 1))


def short_sum(mad: float, t: Texts) -> str:
    """Say a sum of money briefly, or that no amount in it is known."""
    return t("missing.amount") if pd.isna(mad) else t.short_money(float(mad))


def bounds(low: float | None, high: float | None, t: Texts, *, money: bool) -> str:
    """Say a range, open ends in words."""

    def shown(value: float) -> str:
        return t.short_money(value) if money else str(int(value))

    if low is not None and high is not None:
        return t("range.between", low=shown(low), high=shown(high))
    return t("range.from", low=shown(low)) if low is not None else t("range.until", high=shown(high or 0))


def option(know: Knowledge, name: str, code: str, t: Texts) -> str:
    """Word for one option of a filter."""
    if name == "funder":
        return know.organisation_name(code, t)
    if name == "territory":
        return know.territories.name(code, t.language)
    if name == "sector":
        return t.label("sector", code, know.catalog.sectors[code].label)
    if name == "carrier":
        return t.label("organisation_type", code, know.catalog.organisation_types.get(code, code))
    return t.label(name, code)


def filters(know: Knowledge, state: State, t: Texts) -> list[str]:
    """Say each filter in force in a short sentence, the territory first: what exports and prints carry."""
    said = [t("filter.said", name=t("filter.territory"), values=option(know, "territory", state.territory, t))]
    for name in LISTS:
        if codes := getattr(state, name):
            values = t("list.separator").join(option(know, name, code, t) for code in codes)
            said.append(t("filter.said", name=t(f"filter.{name}"), values=values))
    for name in ("years", "amount"):
        low, high = getattr(state, name)
        if (low, high) != (None, None):
            values = bounds(low, high, t, money=name == "amount")
            said.append(t("filter.said", name=t(f"filter.{name}"), values=values))
    if state.text:
        said.append(t("filter.said", name=t("filter.text"), values=t("quoted", text=state.text)))
    return said
