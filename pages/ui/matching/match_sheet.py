"""The sheet of a match: every reason, what is missing, the next step and the offices; or of a call, rule by rule."""

from typing import Any

import pandas as pd

from data.texts import Texts
from geo.actors_state import ActorsState
from geo.match_reasons import findings
from geo.matching_selection import MatchSelection
from geo.matching_state import NEEDS, PLACE
from pages.ui.actors import actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.matching import match_cards, match_words
from pages.ui.sheet_head import sheet_head

OFFICES_SHOWN = 6


def match_sheet(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of one match."""
    found = findings(selection.matcher, match)
    sections: list[dict[str, Any]] = [
        {
            "title": t("matching.sheet.score"),
            "facts": _score(selection, match, t),
            "text": t("matching.sheet.score_note"),
        }
    ]
    if selection.state.shown == NEEDS and "need_code" in match:
        sections.append({"title": t("matching.sheet.need"), "facts": _need(know, match["need_code"], t)})
    sections += match_words.by_kind(know, found, t)
    if together := match_cards.together(know, selection, match, t):
        sections.append({"title": t("matching.card.together"), "text": together})
    sections += [
        {"title": t("matching.card.next"), "facts": _next(know, selection, match, t)},
        {"title": t("matching.sheet.offices"), **_offices(know, match, t)},
    ]
    return {
        **sheet_head(
            match_words.title(know, selection, match, t),
            t("matching.sheet.points", n=round(match["score"])),
            t,
            note=match_words.about(know, selection, match, t),
        ),
        "sections": sections,
    }


def _score(selection: MatchSelection, match: pd.Series, t: Texts) -> list[dict[str, Any]]:
    facts = [{"label": part["label"], "value": part["said"]} for part in match_words.points(selection, match, t)]
    return [*facts, {"label": t("matching.sheet.known"), "value": t.percent(float(match["completeness"]))}]


def _need(know: Knowledge, code: str, t: Texts) -> list[dict[str, Any]]:
    need = match_words.need(know, code, t)
    facts = [
        {"label": t(f"matching.need.{name}"), "value": need[name]} for name in ("where", "by", "date") if need[name]
    ]
    return [*facts, _source(need["url"], t)]


def _next(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> list[dict[str, Any]]:
    step = match_cards.next_said(know, selection, match, t)
    facts: list[dict[str, Any]] = [{"label": t("matching.sheet.step"), "value": step["step"]}]
    if step["website"]:
        facts.append({"label": t("matching.sheet.website"), "value": step["website"], "url": step["website"]})
    elif selection.state.way == PLACE:
        facts.append({"label": t("matching.sheet.website"), "value": t("matching.sheet.no_website")})
    if selection.state.way == PLACE:
        address = actor_words.link(ActorsState(territory="MA", selected=match["organisation_code"]), t)
        facts.append({"label": t("menu.actors"), "value": t("matching.sheet.directory"), "link": address})
    return [
        *facts,
        {"label": t("matching.sheet.guide"), "value": step["theme"], "link": step["theme_link"]},
    ]


def _offices(know: Knowledge, match: pd.Series, t: Texts) -> dict[str, Any]:
    """List the offices of the place that are about the sector, the nearest first, each with its site or its source."""
    near = know.offices.of(match["territory_code"], (match["sector_code"],))
    facts = []
    for code in near["competence_code"][:OFFICES_SHOWN]:
        office = match_cards.office_of(know, code, t)
        if office:
            link = office["website"] or office["source"]
            fact = {"label": office["level"], "value": office["name"], "note": "" if link else t("matching.no_source")}
            facts.append(fact | ({"url": link} if link else {}))
    return {"facts": facts, "text": "" if facts else t("matching.no_office")}


def _source(url: str, t: Texts) -> dict[str, Any]:
    fact = {"label": t("sheet.source"), "value": url or t("matching.no_source")}
    return fact | ({"url": url} if url else {})
