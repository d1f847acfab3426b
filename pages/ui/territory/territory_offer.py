"""The offer of fields of work of a territory: derived from its needs, completed and asked for by people."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from data.records.record import Record
from data.texts import Texts
from geo.offers import ProposedField, proposed_fields
from geo.presence import presence
from pages.ui.knowledge import Knowledge
from pages.ui.moments import day
from pages.ui.needs import need_words
from pages.ui.records import pictures, record_view, record_words
from pages.ui.territory.territory_place import COUNTRY, Place, need_standing, needs_measured

ASKED = ("offer", "need", "support_request", "facility")
"""Kinds of records shown, in this order."""


def offer(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Return what `territory_offer.html` shows."""
    fields = _proposed(know, found) if found.peers else []
    groups = [{"title": t(f"offer.{kind}"), "entries": list(entries(know, found.territory, kind, t))} for kind in ASKED]
    return {
        "title": t("offer.title"),
        "lead": t("offer.derived") if fields else t("offer.none_derived"),
        "fields": [_field(know, found, one, t) for one in fields],
        "groups": [group for group in groups if group["entries"]],
        "ways": [
            {"label": t(f"offer.add.{kind}"), "url": f"contribute?{urlencode(_way(kind, found.territory, t))}"}
            for kind in ASKED
        ],
    }


def entries(know: Knowledge, territory: str, kind: str, t: Texts) -> Iterator[dict[str, Any]]:
    """Yield what people entered about a territory, what lies in it, and what contains it, last changed first."""
    around = {territory, *know.territories.ancestors(territory)}
    for record in sorted(know.entered.get(kind, ()), key=lambda one: one.updated_at, reverse=True):
        places = [code for code in record.territory_codes if code in know.territories]
        if any(code in around or know.territories.is_within(code, territory) for code in places):
            yield {
                "title": record_view.title(record, t),
                "said": list(_facts(know, record, t)),
                "text": _in(record.content.get("description"), t),
                "url": record.content.get("source_url") or "",
                "pictures": pictures.shown(know, record.record_id, t),
            }


def _proposed(know: Knowledge, found: Place) -> list[ProposedField]:
    within = found.peers[-1] if found.peers else COUNTRY
    return proposed_fields(
        needs_measured(know),
        lambda theme: need_standing(know, found, theme, within),
        lambda theme: len(
            presence(know.register, know.territories, found.territory, know.catalog.themes[theme].sectors).own
        ),
    )


def _field(know: Knowledge, found: Place, one: ProposedField, t: Texts) -> str:
    said = t(
        "offer.field",
        need=need_words.need(one.theme, t),
        score=t.number(one.standing.score, 0),
        rank=one.standing.rank,
        total=one.standing.ranked,
        place=know.territories.name(found.peers[-1], t.language),
    )
    return f"{said} {t('offer.projects', n=one.projects)}"


def _facts(know: Knowledge, record: Record, t: Texts) -> Iterator[str]:
    content = record.content
    for name in ("offered_by", "asked_by", "office"):
        if content.get(name):
            yield str(content[name])
    for name in ("support", "facility_kind", "facility_status"):
        if content.get(name):
            yield t(f"choice.{name}.{content[name]}")
    codes = [one["sector_code"] for one in content.get("sectors") or []] or [content.get("sector_code")]
    yield from (t.label("sector", code) for code in codes if code)
    yield from (record_words.place(know, code, t) for code in record.territory_codes[:1])
    for name in ("amount_min", "amount_max", "amount"):
        if content.get(name):
            yield f"{t(f'field.{name}')} {t.money(float(content[name]), content.get('currency') or 'MAD')}"
    if content.get("deadline"):
        yield f"{t('field.deadline')} {t.date(content['deadline'])}"
    yield t("offer.entered", date=day(record.updated_at, t))


def _way(kind: str, territory: str, t: Texts) -> dict[str, str]:
    return {"kind": kind, "territory": territory, "lang": t.language}


def _in(words: Any, t: Texts) -> str:
    said = words if isinstance(words, dict) else {}
    return next((str(said[language]) for language in (t.language, "fr", "ar", "en") if said.get(language)), "")
