"""Validated organisations in the contracts of the shipped directory: bodies, their zones and their sectors.

A body that a project names without a code is one too, of a type nobody knows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.records.record import Record

TABLES = ("organisations", "organisation_zones", "organisation_sectors")
UNKNOWN_TYPE = "unknown"
RELATIONS = {"zones_of_origin": "origin", "places": "work"}
"""Field of a record, and the relation of the body to the territories it names."""

Rows = list[dict[str, Any]]


def rows(organisations: Sequence[Record], projects: Sequence[Record]) -> Mapping[str, Rows]:
    """Return the rows of `TABLES` that published organisations, and published projects that name bodies, come to."""
    return {
        "organisations": [*map(_body, organisations), *_named_only(projects)],
        "organisation_zones": [row for record in organisations for row in _zones(record)],
        "organisation_sectors": [row for record in organisations for row in _sectors(record)],
    }


def code_of(name: str) -> str:
    """Return the code of a body known by its name only: the same name, the same code.

    Examples
    --------
    >>> code_of(" Association  Tiwizi ")
    'said-association-tiwizi'
    """
    return "said-" + "-".join(re.findall(r"\w+", name.casefold()))


def in_language(words: Mapping[str, str | None], language: str) -> str | None:
    """Return a text in a language; None where it has none."""
    return (words.get(language) or "").strip() or None


def _body(record: Record) -> dict[str, Any]:
    content = record.content
    name = content["name"]
    return {
        "organisation_code": record.record_id,
        "name_fr": in_language(name, "fr") or next((text for text in name.values() if text), ""),
        "name_ar": in_language(name, "ar"),
        "name_en": in_language(name, "en"),
        "type_is_fallback": "false",
        "is_generic": "false",
        **{
            field: content.get(field)
            for field in ("acronym", "organisation_type", "country", "seat_place", "seat_code", "founded", "website")
        },
    }


def _zones(record: Record) -> Rows:
    return [
        {"organisation_code": record.record_id, "relation": relation, "territory_code": code}
        for field, relation in RELATIONS.items()
        for code in dict.fromkeys(zone["territory_code"] for zone in record.content.get(field) or [])
    ]


def _sectors(record: Record) -> Rows:
    codes = dict.fromkeys(entry["sector_code"] for entry in record.content.get("sectors") or [])
    return [{"organisation_code": record.record_id, "sector_code": code, "said": code} for code in codes]


def _named_only(projects: Iterable[Record]) -> Rows:
    """Return the bodies that projects name without a code, one row each name."""
    named = {
        code_of(entry["organisation_name"]): " ".join(entry["organisation_name"].split())
        for record in projects
        for entry in record.content.get("organisations") or []
        if not entry.get("organisation_code") and entry.get("organisation_name")
    }
    return [
        {
            "organisation_code": code,
            "name_fr": name,
            "organisation_type": UNKNOWN_TYPE,
            "type_is_fallback": "true",
            "is_generic": "false",
        }
        for code, name in named.items()
    ]
