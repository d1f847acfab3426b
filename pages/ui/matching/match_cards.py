"""The matches as cards, the best first, in tiers: the score and what it is made of, why, why not, what to do next."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.actors_catalog import load_actors_catalog
from data.texts import Texts
from geo import guide_state
from geo.guide_state import GuideState
from geo.match_reasons import Finding, findings, next_step
from geo.matching_selection import MatchSelection, with_whom
from geo.matching_state import PLACE
from pages.ui.knowledge import Knowledge
from pages.ui.listing import pager
from pages.ui.marks import mark
from pages.ui.matching import match_words

CARDS_A_PAGE = 8
MET_SHOWN, CAUTIONS_SHOWN = 3, 2
LEAST_COMPLETE = 0.5  # below it the card says that less than half of the weights rests on something known


def cards(know: Knowledge, selection: MatchSelection, t: Texts) -> dict[str, Any]:
    """Return what `matches.html` shows: one page of matches, and how many a rule left out."""
    table = selection.matches.table
    pages = max(1, -(-len(table) // CARDS_A_PAGE))
    page = min(selection.state.page, pages)
    first = (page - 1) * CARDS_A_PAGE
    rows = [row for _, row in table.iloc[first : first + CARDS_A_PAGE].iterrows()]
    return {
        "caption": t("matching.caption"),
        "cards": [_card(know, selection, row, first + place, t) for place, row in enumerate(rows, start=1)],
        "labels": {name: t(f"match.kind.{name}") for name in ("met", "not_met", "verify", "missing")}
        | {name: t(f"matching.card.{name}") for name in ("next", "open", "score", "together")}
        | {"guide": t("matching.sheet.guide")},
        "excluded": excluded(selection, t),
        **pager(page, pages, t),
    }


def excluded(selection: MatchSelection, t: Texts) -> dict[str, Any] | None:
    """Say how many a rule left out, and which rule; None when none was."""
    counts = selection.matches.excluded
    if not counts:
        return None
    rows = [{"label": t(f"match.rule.{rule}"), "count": t.number(count)} for rule, count in counts.items()]
    key = "bodies" if selection.state.way == PLACE else "places"
    return {"title": t(f"matching.excluded.{key}", n=sum(counts.values())), "rows": rows}


def _card(know: Knowledge, selection: MatchSelection, match: pd.Series, rank: int, t: Texts) -> dict[str, Any]:
    found = findings(selection.matcher, match)
    code = match[selection.key]
    step = next_said(know, selection, match, t)
    return {
        "code": code,
        "selected": code == selection.state.selected,
        "rank": t.number(rank),
        "tier": {"code": int(match["tier"]), "label": t(f"matching.tier.{match['tier']}")},
        "title": match_words.title(know, selection, match, t),
        "note": match_words.about(know, selection, match, t),
        "mark": mark(know, match["sector_code"], t),
        "score": t.number(round(match["score"])),
        "points": match_words.points(selection, match, t),
        "complete": complete(match, t),
        "met": _said(know, found, ("met",), t, MET_SHOWN),
        "cautions": [
            {"kind": kind, "said": said}
            for kind in ("not_met", "verify", "missing")
            for said in _said(know, found, (kind,), t, CAUTIONS_SHOWN if kind == "not_met" else 1)
        ],
        "next": step["short"],
        "guide": {"label": step["theme"], "url": step["theme_link"]},
        "together": together(know, selection, match, t),
    }


def complete(match: pd.Series, t: Texts) -> dict[str, Any]:
    """Say which part of the weights rests on something known."""
    share = float(match["completeness"])
    return {"said": t("matching.complete", share=t.percent(share)), "low": share < LEAST_COMPLETE}


def together(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> str:
    """Name those it could act with in the place of the match; empty for a commune that looks for bodies."""
    if selection.state.way == PLACE:
        return ""
    names = [know.organisation_name(code, t) for code in with_whom(selection, match)]
    return t("list.separator").join(names) if names else t("matching.card.nobody")


def next_said(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> dict[str, Any]:
    """Say the next step: write to the body by its site, or go through an office; which theme of the guide says how."""
    step = next_step(selection.matcher, match, offices=know.offices, themes=load_actors_catalog().themes)
    office = office_of(know, step.competence_code, t)
    parts = [t(f"match.next.{step.code}")] if selection.state.way == PLACE else [t("match.next.ask_office")]
    if office:
        parts.append(office["name"])
    elif selection.state.way != PLACE or step.code == "ask_office":
        parts.append(t("matching.no_office"))
    return {
        "short": t("list.separator").join(parts)
        if len(parts) == 1
        else t("filter.said", name=parts[0], values=parts[1]),
        "step": parts[0],
        "website": step.website if selection.state.way == PLACE else None,
        "office": office,
        "theme": t(f"guide_theme.{step.theme_code}"),
        "theme_link": _guide(match, step.theme_code, t),
    }


def _guide(match: pd.Series, theme: str, t: Texts) -> str:
    """Return the address of the guide at a theme, for the place of the match."""
    state = GuideState(territory=match["territory_code"], theme=theme)
    return "guide?" + urlencode({"lang": t.language} | guide_state.ADDRESS.encode(state))


def office_of(know: Knowledge, competence_code: str | None, t: Texts) -> dict[str, Any] | None:
    """Name an office with its service, its level, its site when our tables have one, and the source; None when none."""
    if competence_code is None:
        return None
    row = know.offices.table.set_index("competence_code").loc[competence_code]
    own, french = row[f"service_{t.language}"], row["service_fr"]
    service = own if isinstance(own, str) and own else french if isinstance(french, str) else ""
    name = know.organisation_name(row["organisation_code"], t)
    website = know.actors.of(row["organisation_code"])["website"]
    return {
        "name": t("matching.office", name=name, service=service) if service else name,
        "level": t(f"office_level.{row['level']}"),
        "website": website,
        "source": row["source_url"] if isinstance(row["source_url"], str) else "",
        "source_date": t.date(row["source_date"]) if isinstance(row["source_date"], str) else "",
    }


def _said(know: Knowledge, found: Sequence[Finding], kinds: Sequence[str], t: Texts, most: int) -> list[str]:
    return [match_words.said(know, one, t) for one in found if one.kind in kinds][:most]
