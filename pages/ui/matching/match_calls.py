"""The calls and programmes for an applicant: which fit, which to check, which not and why; most are closed."""

import datetime as dt
from typing import Any

import pandas as pd

from data.texts import Texts
from geo.calls import CLOSED, VERDICTS, Applicant
from geo.matching_state import PLACE, MatchingState
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing
from pages.ui.matching import match_words
from pages.ui.sheet_head import sheet_head


class _Unsorted:
    """A table in one order of its own."""

    sort, descending = "", False

    def __init__(self, page: int) -> None:
        self.page = page


def applicant(know: Knowledge, state: MatchingState) -> Applicant:
    """Return who asks: the type and country chosen, else those of the body; the place and sector of the page."""
    body = know.actors.of(state.body) if state.body and state.way != PLACE else {}
    amounts = None
    if state.amount_mad is not None:
        rates = {code: rate for code, (_, rate) in know.latest_rates.items()}
        amounts = {"MAD": float(state.amount_mad)} | {code: state.amount_mad / rate for code, rate in rates.items()}
    return Applicant(
        organisation_type=state.applicant or body.get("organisation_type"),
        country=state.country or body.get("country"),
        territory_code=state.territory,
        sector_codes=(state.sector,) if state.sector else _practised(know, state),
        amounts=amounts,
    )


def table(know: Knowledge, state: MatchingState, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: the calls, those that fit first."""
    who, day = applicant(know, state), dt.datetime.now(tz=dt.UTC).date().isoformat()
    rows = know.calls.for_applicant(who, today=day)
    table = know.calls.table
    passed = int((table["state"] == CLOSED).sum())
    counts = [t(f"matching.calls.{name}", n=int((rows["verdict"] == name).sum())) for name in VERDICTS]
    return listing(
        _Unsorted(state.page),
        [
            Column(t("matching.calls.call"), kind="text"),
            Column(t("matching.calls.verdict"), kind="text"),
            Column(t("matching.calls.state"), kind="text"),
            Column(t("matching.calls.deadline"), kind="text"),
            Column(t("matching.calls.amount")),
        ],
        rows.to_dict("records"),
        lambda page: [_row(know, state, one, who, day, t) for one in page],
        t,
        caption=t("matching.calls.caption", counts=t("list.separator").join(counts)),
        note=t("matching.calls.note", closed=passed, total=len(table)),
    )


def sheet(know: Knowledge, state: MatchingState, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of one call: each rule, what was announced and contracted, its source."""
    call = know.calls.table.set_index("call_code").loc[state.selected]
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    found = know.calls.findings(state.selected, applicant(know, state), today=day)
    sections: list[dict[str, Any]] = [
        {"title": t("matching.calls.about"), "facts": _facts(know, state.selected, call, t)}
    ]
    sections += match_words.by_kind(know, found, t)
    for column, title in (("conditions_fr", "conditions"), ("note", "note_title")):
        if words.given(call[column]):
            sections.append({"title": t(f"matching.calls.{title}"), "text": call[column], "french": True})
    return {
        **sheet_head(_title(call, t), t(f"call_state.{call['state']}"), t, note=_at(call, t)),
        "sections": sections,
    }


def choices(know: Knowledge, state: MatchingState, t: Texts) -> list[dict[str, Any]]:
    """Return the two lists, each as `select.html` shows it, of the type of the applicant and its country."""
    who = applicant(know, state)
    types = sorted(
        ((code, words.option(know, "carrier", code, t)) for code in know.catalog.organisation_types),
        key=lambda one: one[1],
    )
    countries = sorted(
        ((code, t.area(code)) for code in set(know.actors.bodies["country"].dropna())), key=lambda one: one[1]
    )
    unsaid = ("", t("matching.calls.unsaid"))
    return [
        {
            "name": name,
            "label": t(f"matching.calls.{name}"),
            "options": [
                {"code": code, "label": label, "on": code == (chosen or "")} for code, label in [unsaid, *listed]
            ],
        }
        for name, listed, chosen in (
            ("applicant", types, who.organisation_type),
            ("country", countries, who.country),
        )
    ]


def _row(
    know: Knowledge, state: MatchingState, one: dict[str, Any], who: Applicant, day: str, t: Texts
) -> dict[str, Any]:
    call = know.calls.table.set_index("call_code").loc[one["call_code"]]
    found = know.calls.findings(one["call_code"], who, today=day)
    refused = [match_words.said(know, finding, t) for finding in found if finding.kind == "not_met"]
    deadline = t.date(call["deadline"]) if words.given(call["deadline"]) else t("missing.date")
    return {
        "code": one["call_code"],
        "selected": one["call_code"] == state.selected,
        "cells": [
            {"value": _title(call, t), "note": t(f"call_kind.{call['kind']}")},
            {"value": t(f"match.verdict.{one['verdict']}"), "note": " ".join(refused[:2])},
            {"value": t(f"call_state.{call['state']}"), "note": _at(call, t)},
            {"value": deadline, "absent": not words.given(call["deadline"])},
            _amount(call, t),
        ],
    }


def _amount(call: pd.Series, t: Texts) -> dict[str, Any]:
    least, most = call["amount_min"], call["amount_max"]
    if not words.given(call["currency"]):
        return {"value": t("missing.amount"), "absent": True}
    if words.given(least) and words.given(most):
        low, high = t.money(float(least), call["currency"]), t.money(float(most), call["currency"])
        return {"value": t("range.between", low=low, high=high)}
    key, value = ("range.until", most) if words.given(most) else ("range.from", least)
    money = t.money(float(value), call["currency"])
    return {"value": t(key, high=money, low=money)}


def _facts(know: Knowledge, code: str, call: pd.Series, t: Texts) -> list[dict[str, Any]]:
    funders = [know.organisation_name(funder, t) for funder in know.calls.funders.get(code, ())]
    facts: list[dict[str, Any]] = [
        {"label": t("matching.calls.funders"), "value": t("list.separator").join(funders) or t("missing.date")},
        {
            "label": t("matching.calls.deadline"),
            "value": t.date(call["deadline"]) if words.given(call["deadline"]) else t("missing.date"),
        },
        {"label": t("matching.calls.amount"), "value": _amount(call, t)["value"]},
    ]
    for name in ("announced", "contracted"):
        if words.given(call[f"{name}_amount"]):
            money = t.money(float(call[f"{name}_amount"]), call[f"{name}_currency"])
            facts.append({"label": t(f"matching.calls.{name}"), "value": money})
    url = call["source_url"] if words.given(call["source_url"]) else ""
    fact: dict[str, Any] = {"label": t("sheet.source"), "value": url or t("matching.no_source")}
    return [*facts, fact | ({"url": url} if url else {})]


def _title(call: pd.Series, t: Texts) -> str:
    own = call[f"title_{t.language}"]
    return str(own) if words.given(own) else str(call["title_fr"])


def _at(call: pd.Series, t: Texts) -> str:
    return (
        t("matching.calls.at", date=t.date(call["source_date"]))
        if words.given(call["source_date"])
        else t("matching.calls.no_date")
    )


def _practised(know: Knowledge, state: MatchingState) -> tuple[str, ...]:
    if not state.body or state.way == PLACE:
        return ()
    own = know.actors.practised[know.actors.row(state.body)]
    return tuple(code for code, practised in zip(know.actors.sector_codes, own, strict=True) if practised)
