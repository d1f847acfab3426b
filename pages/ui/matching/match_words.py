"""Matches said in words: names, reasons with their facts, the finding over the map, what to change when none is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.allocation import apportion
from geo.match_reasons import KINDS, Finding, shares
from geo.match_score import POINTS
from geo.matching_selection import MatchSelection
from geo.matching_state import ADDRESS, FUNDER, NEEDS, PLACE, MatchingState
from pages.ui import words
from pages.ui.knowledge import Knowledge

NAMED_AS = {"amount_mad": "amount", "largest_mad": "largest"}
"""Facts whose place in the sentence has a shorter name than the fact."""
WRITTEN: Mapping[str, Callable[[Texts, Any], str]] = {
    "amount_mad": Texts.short_money,
    "largest_mad": Texts.short_money,
    "deadline": Texts.date,
    "source_date": Texts.date,
    "relation": lambda t, value: t(f"zone_relation.{value}"),
}
"""How facts that are no code are written."""


def sector(know: Knowledge, code: str, t: Texts) -> str:
    """Name a sector."""
    return words.option(know, "sector", code, t)


def kind_of(know: Knowledge, code: str, t: Texts) -> str:
    """Say the type of a body."""
    return words.option(know, "carrier", str(know.actors.of(code)["organisation_type"]), t)


def country_of(know: Knowledge, code: str, t: Texts) -> str:
    """Say the country of the seat of a body, empty when it is Morocco or not known."""
    country = know.actors.of(code)["country"]
    return t.area(country) if country and country != "MA" else ""


def place(know: Knowledge, code: str, t: Texts) -> str:
    """Name a territory with what contains it, up to its region."""
    above = [know.territories.name(up, t.language) for up in know.territories.ancestors(code) if up != "MA"]
    return t("list.separator").join([know.territories.name(code, t.language), *above])


def title(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> str:
    """Name a match: the body, the commune, or the need."""
    if selection.state.way == PLACE:
        return know.organisation_name(match["organisation_code"], t)
    if selection.state.shown == NEEDS:
        return str(need(know, match["need_code"], t)["title"])
    return know.territories.name(match["territory_code"], t.language)


def about(know: Knowledge, selection: MatchSelection, match: pd.Series, t: Texts) -> str:
    """Say what a match is, in a few words after its name."""
    if selection.state.way == PLACE:
        code = match["organisation_code"]
        said = [kind_of(know, code, t), country_of(know, code, t)]
    elif selection.state.shown == NEEDS:
        said = [need(know, match["need_code"], t)["where"], sector(know, match["sector_code"], t)]
    else:
        above = know.territories.ancestors(match["territory_code"])
        said = [know.territories.name(above[0], t.language), sector(know, match["sector_code"], t)]
    return " · ".join(part for part in said if part)


def need(know: Knowledge, code: str, t: Texts) -> dict[str, Any]:
    """Say a voiced need: what, where, by whom and when, with its source."""
    row = know.expressed_needs.set_index("need_code").loc[code]
    own = row[f"need_{t.language}"]
    said = str(own if words.given(own) else row["need_fr"])
    asked_by = row["organisation_code"]
    by = know.organisation_name(asked_by, t) if words.given(asked_by) else row["asked_by_said"]
    given = {name: row[name] if words.given(row[name]) else "" for name in ("date", "source_url")}
    return {
        "title": said[:1].upper() + said[1:],
        "where": t("list.separator").join(
            [row["place_name"], know.territories.name(row["territory_code"], t.language)]
        ),
        "by": by if words.given(by) else "",
        "date": t.date(given["date"]) if given["date"] else "",
        "url": given["source_url"],
    }


def said(know: Knowledge, finding: Finding, t: Texts) -> str:
    """Say one finding with the facts it rests on."""
    return t(f"match.{finding.kind}.{finding.code}", **values(know, finding.facts, t))


def by_kind(know: Knowledge, found: Sequence[Finding], t: Texts) -> list[dict[str, Any]]:
    """Return the findings as sections of a sheet: what is met, not met, to be checked, missing."""
    said_of = {kind: [{"value": said(know, one, t)} for one in found if one.kind == kind] for kind in KINDS}
    return [{"title": t(f"match.kind.{kind}"), "entries": entries} for kind, entries in said_of.items() if entries]


def values(know: Knowledge, facts: Mapping[str, Any], t: Texts) -> dict[str, Any]:
    """Turn facts (codes, numbers) into words."""
    return {NAMED_AS.get(name, name): _value(know, name, value, facts, t) for name, value in facts.items()}


def _value(know: Knowledge, name: str, value: Any, facts: Mapping[str, Any], t: Texts) -> Any:
    if value is None:
        return t("missing.short")
    if isinstance(value, tuple):
        return t("list.separator").join(_code(know, one, t) for one in value)
    if name in ("amount_min", "amount_max", "amount"):
        return t.money(value, str(facts["currency"]))
    if name in WRITTEN:
        return WRITTEN[name](t, value)
    return _code(know, value, t) if isinstance(value, str) else value


def _code(know: Knowledge, code: str, t: Texts) -> str:
    """Word for a code met in the facts: a sector, a territory, a type, a body or a country."""
    if code in know.catalog.sectors:
        return sector(know, code, t)
    if code in know.territories:
        return know.territories.name(code, t.language)
    if code in know.catalog.organisation_types:
        return words.option(know, "carrier", code, t)
    return know.organisation_name(code, t) if code in know.actors.index else t.area(code)


def points(selection: MatchSelection, match: pd.Series, t: Texts) -> list[dict[str, Any]]:
    """Return each criterion with its whole points, which sum to the score shown, and how many it could give.

    A criterion that is not known has neither: `points` is None.
    """
    parts = [part for part in shares(match, selection.matcher.rules.weight) if part[1] > 0]
    known = [(name, weight, float(given)) for name, weight, given in parts if given is not None]
    group, total = np.zeros(len(known), np.int64), sum(weight for _, weight, _ in known)
    whole = (
        apportion(np.array([round(match["score"])]), group, np.array([given for *_, given in known]))
        if any(given for *_, given in known)
        else group
    )
    most = apportion(np.array([round(POINTS)]), group, np.array([weight for _, weight, _ in known]))
    counted = {
        name: (int(whole[at]), int(most[at]), POINTS * weight / total) for at, (name, weight, _) in enumerate(known)
    }
    labels = {name: t(f"match.criterion.{name}") for name, *_ in parts}
    said = {
        name: t("matching.points", points=counted[name][0], most=counted[name][1])
        if name in counted
        else t("matching.unknown")
        for name in labels
    }
    return [
        {
            "code": name,
            "label": labels[name],
            "points": counted[name][0] if name in counted else None,
            "said": said[name],
            "tip": t("filter.said", name=labels[name], values=said[name]),
            "width": round(counted[name][2], 2) if name in counted else 0,
            "filled": round(100 * float(match[name]), 1) if name in counted else 0,
        }
        for name, *_ in parts
    ]


def link(state: MatchingState, t: Texts) -> str:
    """Return the address of the page in a state: anyone who opens it sees the same."""
    return "matching?" + urlencode({"lang": t.language} | ADDRESS.encode(state))


def headline(know: Knowledge, selection: MatchSelection, t: Texts) -> str:
    """Say what was found: how many, for whom, and how many of the first tier."""
    state, where = selection.state, know.territories.name(selection.state.territory, t.language)
    if selection.lacks:
        return t(f"matching.finding.{state.way}_ask" if selection.lacks == "body" else "matching.finding.no_weight")
    sought = t("matching.finding.for_sector", sector=sector(know, state.sector, t)) if state.sector else ""
    leading = int((selection.matches.table["tier"] == 1).sum())
    first = t("matching.finding.first", first=leading) if 0 < leading < len(selection) else ""
    if state.way == PLACE:
        return t("matching.finding.place", n=len(selection), place=where, sought=sought, first=first)
    name, key = know.organisation_name(state.body, t), "needs" if state.shown == NEEDS else "body"
    return t(f"matching.finding.{key}", n=len(selection), body=name, place=where, sought=sought, first=first)


def filters(know: Knowledge, selection: MatchSelection, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence, the way in first."""
    state = selection.state
    pairs = [(t("matching.choice.way"), t(f"matching.way.{state.way}"))]
    if state.body and state.way != PLACE:
        pairs.append((t(f"matching.choice.{state.way}"), know.organisation_name(state.body, t)))
    pairs.append((t("filter.territory"), know.territories.name(state.territory, t.language)))
    if state.sector:
        pairs.append((t("matching.choice.sector"), sector(know, state.sector, t)))
    if state.amount_mad is not None:
        pairs.append((t("matching.choice.amount"), t.short_money(state.amount_mad)))
    if state.criteria:
        given = [f"{t(f'match.criterion.{name}')} {t.number(weight)}" for name, weight in selection.weights.items()]
        pairs.append((t("matching.choice.weights"), t("list.separator").join(given)))
    return [t("filter.said", name=name, values=value) for name, value in pairs]


def ways_out(know: Knowledge, selection: MatchSelection, offered: Sequence[str], t: Texts) -> dict[str, Any] | None:
    """Say why nothing is matched, and what to choose or change."""
    state, ways = selection.state, []
    if selection.lacks == "weights":
        said_why = t("matching.empty.weights")
        ways.append({"act": {"criteria": ""}, "label": t("matching.choice.weights_reset")})
    elif selection.lacks == "body":
        said_why = t("matching.empty.body" if offered or not state.seek else "matching.empty.no_body", text=state.seek)
        ways += [{"act": {"body": code, "seek": ""}, "label": know.organisation_name(code, t)} for code in offered]
    elif len(selection):
        return None
    else:
        said_why = t(f"matching.empty.{_why_none(know, selection)}", body=_body(know, selection, t))
        if state.sector:
            ways.append({"act": {"sector": ""}, "label": t("matching.empty.any_sector")})
        if state.territory != "MA" and state.way != PLACE:
            ways.append({"act": {"territory": "MA"}, "label": know.territories.name("MA", t.language)})
        if state.way == FUNDER and state.shown == NEEDS:
            ways.append({"act": {"tab": "matches"}, "label": t("matching.tab.funder_matches")})
    return {"said": said_why, "ways": ways}


def _why_none(know: Knowledge, selection: MatchSelection) -> str:
    """Tell a body of which no source says where and in what it acts from a place nobody is tied to."""
    state = selection.state
    if state.way == PLACE:
        return "place"
    if state.shown == NEEDS:
        return "needs"
    row = know.actors.row(state.body)
    ties = know.actors.ties.of(row)
    unknown = ties.start == ties.stop and not know.actors.practised[row].any()
    return "nothing_known" if unknown else "no_reason"


def _body(know: Knowledge, selection: MatchSelection, t: Texts) -> str:
    return know.organisation_name(selection.state.body, t) if selection.state.body else ""
