"""Whom to contact for a theme in a territory: offices by level, the nearest first, each with what it does for this."""

from typing import Any

import pandas as pd

from data.texts import Texts
from geo.guide_state import GuideState
from geo.offices import HOME, LEVELS
from pages.ui import words
from pages.ui.guide import guide_words
from pages.ui.knowledge import Knowledge
from pages.ui.words import given

Row = dict[str, Any]
SHOWN_OPEN = 6
"""Bodies shown from the start; the levels after them are folded."""


def contacts(know: Knowledge, state: GuideState, t: Texts) -> dict[str, Any]:
    """Return the offices by level, where none is known, and those of the territory for other subjects."""
    rows = offices(know, state)
    place = know.territories.name(state.territory, t.language)
    country = know.guide.themes[state.theme].country if state.theme else HOME
    where = place if country == HOME else t.area(country)
    return {
        "title": t("guide.contacts.title", place=where),
        "levels": _levels(know, rows, t, first_open=bool(state.theme)),
        "lacking": _lacking(know, state, rows, t) if country == HOME else "",
        "none": "" if len(rows) else t("guide.contacts.none", place=where),
        "labels": {"website": t("actors.sheet.website"), "no_website": t("guide.contacts.no_website")},
    }


def offices(know: Knowledge, state: GuideState) -> pd.DataFrame:
    """Return the offices for the chosen theme, or without one those of the territory for any subject."""
    if not state.theme:
        return know.offices.of(state.territory)
    theme = know.guide.themes[state.theme]
    if theme.country == HOME:
        return know.offices.of(state.territory, theme.subjects)
    return know.offices.abroad(theme.country, theme.subjects)


def _levels(know: Knowledge, rows: pd.DataFrame, t: Texts, *, first_open: bool) -> list[Row]:
    """Group by level, then by body: a body with several services is named once. The nearest few stand open.

    Without a theme all bodies of a territory are listed, dozens: then the first level is folded too when it is long.
    """
    levels: list[Row] = []
    listed = 0
    for level in LEVELS:
        own = rows[rows["level"] == level].groupby("organisation_code", sort=False)
        bodies = [_body(know, str(code), services, t) for code, services in own]
        if bodies:
            listed += len(bodies)
            levels.append(
                {
                    "title": t(f"office_level.{level}"),
                    "bodies": bodies,
                    "open": listed <= SHOWN_OPEN or (first_open and not levels),
                }
            )
    return levels


def _body(know: Knowledge, code: str, rows: pd.DataFrame, t: Texts) -> Row:
    website = know.organisations.loc[code, "website"]
    return {
        "name": know.organisation_name(code, t),
        "website": {"value": words.host(website), "url": website} if given(website) else None,
        "services": [
            {
                "service": guide_words.written(line, "service", t),
                "subjects": t("list.separator").join(_subject(know, subject, t) for subject in line["subjects"]),
                "country": t.area(line["country"]) if given(line["country"]) else "",
                "said": guide_words.written(line, "role", t),
                "source": guide_words.source(line, t),
            }
            for line in rows.to_dict("records")
        ],
    }


def _subject(know: Knowledge, code: str, t: Texts) -> str:
    return t.label("sector" if code in know.catalog.sectors else "topic", code)


def _lacking(know: Knowledge, state: GuideState, rows: pd.DataFrame, t: Texts) -> str:
    """Name the territory and those above it, below the country, for which no source gives an office."""
    chain = [state.territory, *know.territories.ancestors(state.territory)]
    served = set(rows["level"])
    lacking = [
        know.territories.name(code, t.language)
        for code in chain
        if know.territories.level_of(code) in set(LEVELS) - served
    ]
    return t("guide.contacts.lacking", places=t("list.separator").join(lacking)) if len(rows) and lacking else ""
