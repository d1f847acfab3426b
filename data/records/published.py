"""Validated records in the contracts of the shipped tables, joined to them: `select` knows no difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.catalog import load_catalog
from data.money import FRAMEWORK, convert
from data.records import published_bodies
from data.records.checked import Checked
from data.records.contract import Codes, FieldProblem
from data.records.published_bodies import in_language
from data.records.record import Record, as_published
from data.schema import parse

REGISTER = "entries"
"""Code of the source of what people entered: `register` of such projects."""
COUNTRY = "MA"
LEVEL_OF_LENGTH = {2: "region", 5: "province", 9: "commune"}
"""Digits of an official HCP code, by level."""
POINT, VILLAGE = "point", "village"
TABLES = ("projects", "project_sectors", "project_locations", "project_organisations", *published_bodies.TABLES)
CONVERTED = ("amount_year", "amount_year_rule", "rate_mad", "amount_mad", "counted_mad")
WHOLE = 100.0

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Published:
    """The tables of the register with what people entered, and the records that no longer keep their contract.

    Attributes
    ----------
    frames
        Shipped rows first, unchanged, then those of the records, in the order of their identifiers.
    left_out
        Records whose codes the shipped tables no longer know, with what is wrong: they are said, never dropped unseen.
    """

    frames: Frames
    left_out: Mapping[str, Sequence[FieldProblem]]


def publish(
    records: Iterable[Record], reference: Frames, rates: pd.DataFrame, codes: Codes, *, checked: Checked | None = None
) -> Published:
    """Join validated projects and organisations to the shipped tables.

    Parameters
    ----------
    records
        Of any kind and status; only projects and organisations of which a content is published are taken.
    reference
        The shipped tables of `TABLES`.
    rates
        Columns currency, year, mad_per_unit.
    codes
        What fields of type `code` may name, without the records' own organisations.
    checked
        What was found right before.
    """
    taken = [
        as_published(record)
        for record in records
        if record.published_content is not None and record.kind in ("project", "organisation")
    ]
    if not taken:
        return Published(reference, {})
    bodies = {record.record_id for record in taken if record.kind == "organisation"}
    known = {**codes, "organisations": {*codes.get("organisations", ()), *bodies}}
    checked = checked or Checked()
    problems = {record.record_id: checked.problems(record, known) for record in taken}
    kept = [record for record in taken if not problems[record.record_id]]
    projects = [record for record in kept if record.kind == "project"]
    rows = {
        "projects": [_project(record) for record in projects],
        "project_sectors": [row for record in projects for row in _sectors(record)],
        "project_locations": [row for record in projects for row in _locations(record)],
        "project_organisations": [row for record in projects for row in _participations(record)],
        **published_bodies.rows([record for record in kept if record.kind == "organisation"], projects),
    }
    _count_money(rows["projects"], rates)
    added = {name: _typed(name, rows[name]) for name in TABLES}
    frames = {**reference, **{name: _joined(reference[name], added[name]) for name in TABLES}}
    return Published(frames, {code: found for code, found in problems.items() if found})


def precision(places: Sequence[Mapping[str, Any]]) -> str:
    """Return how well the places of a project are known, a word of `geo.register.PRECISIONS`.

    Examples
    --------
    >>> precision([{"territory_code": "095410723"}])
    'commune'
    >>> precision([{"territory_code": "095410723"}, {"territory_code": "095410701"}])
    'communes'
    >>> precision([{"territory_code": "09"}, {"territory_code": "095410723"}])
    'region'
    """
    if not places:
        return "unknown"
    if all(place.get("lon") is not None for place in places):
        return POINT if any(place.get("exactness") == "1" for place in places) else VILLAGE
    levels = [LEVEL_OF_LENGTH.get(len(place["territory_code"]), "country") for place in places]
    widest = next(level for level in ("country", "region", "province", "commune") if level in levels)
    several = levels.count(widest) > 1 and widest != "country"
    return f"{widest}s" if several else widest


def _project(record: Record) -> dict[str, Any]:
    content = record.content
    title = content["title"]
    places = content.get("places") or []
    return {
        "project_code": record.record_id,
        "title_fr": in_language(title, "fr") or next((text for text in title.values() if text), ""),
        "title_ar": in_language(title, "ar"),
        "title_en": in_language(title, "en"),
        "status": content["status"],
        "start_date": content.get("start_date"),
        "end_date": content.get("end_date"),
        "precision": precision(places),
        "amount": content.get("amount"),
        "currency": content.get("currency") if content.get("amount") else None,
        "money_year": content.get("amount_year"),
        "same_as": content.get("same_as"),
        "beneficiaries_said": content.get("beneficiaries_said"),
        "beneficiaries_count": content.get("beneficiaries_count"),
        "note": "\n".join(
            text for text in (in_language(content.get("description") or {}, "fr"), content.get("note")) if text
        ),
        "source_url": content.get("source_url") or "",
        "source_date": content.get("source_date"),
        "register": REGISTER,
    }


def _count_money(rows: list[dict[str, Any]], rates: pd.DataFrame) -> None:
    """Convert the amounts; a record that repeats a shipped project counts nothing, any other counts its amount."""
    if not rows:
        return
    asked = pd.DataFrame({name: [row[name] for row in rows] for name in ("amount", "currency")})
    asked["amount"] = pd.to_numeric(asked["amount"])
    for name in ("start_date", "end_date", "money_year"):
        asked[name] = [str(row[name]) if _given(row[name]) else "" for row in rows]
    converted = convert(asked, rates)
    repeats = [_given(row["same_as"]) or row.get("envelope") == FRAMEWORK for row in rows]
    converted["counted_mad"] = converted["amount_mad"].mask(pd.Series(repeats), 0.0)
    for name in CONVERTED:
        for row, value in zip(rows, converted[name].tolist(), strict=True):
            row[name] = value


def _sectors(record: Record) -> list[dict[str, Any]]:
    entries = _first_of_each(record.content["sectors"], ("sector_code",))
    equal = round(WHOLE / len(entries), 4)
    shares = [entry.get("share_pct") for entry in entries]
    known = all(share is not None for share in shares)
    return [
        {
            "project_code": record.record_id,
            "sector_code": entry["sector_code"],
            "share_pct": share if known else equal,
        }
        for entry, share in zip(entries, shares, strict=True)
    ]


def _locations(record: Record) -> list[dict[str, Any]]:
    rows = []
    for place in _first_of_each(record.content.get("places") or [], ("territory_code", "place_name")):
        is_point = place.get("lon") is not None and place.get("lat") is not None
        rows.append(
            {
                "project_code": record.record_id,
                "territory_code": place["territory_code"],
                "place_name": place.get("place_name") or "",
                "lon": place.get("lon") if is_point else None,
                "lat": place.get("lat") if is_point else None,
                "exactness": (place.get("exactness") or "2") if is_point else None,
                "position_source": REGISTER if is_point else None,
                "share_pct": place.get("share_pct"),
            }
        )
    return rows


def _participations(record: Record) -> list[dict[str, Any]]:
    rows = [
        {
            "project_code": record.record_id,
            "organisation_code": entry.get("organisation_code") or published_bodies.code_of(entry["organisation_name"]),
            "role": entry["role"],
            "amount": entry.get("amount"),
            "currency": entry.get("currency"),
            "share_pct": entry.get("share_pct"),
        }
        for entry in record.content.get("organisations") or []
        if entry.get("organisation_code") or entry.get("organisation_name")
    ]
    return _first_of_each(rows, ("organisation_code", "role"))


def _typed(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Give rows the types of a table's contract, by the reading that the shipped tables go through."""
    table = load_catalog().tables[name]
    said = set().union(*rows)
    texts = {
        name: [_as_text(row.get(name)) for row in rows] if name in said else [""] * len(rows)
        for name in (column.name for column in table.columns)
    }
    frame, problems = parse(pd.DataFrame(texts, dtype="str"), table)
    if problems:  # a contract of records laxer than that of the table is a mistake of ours
        raise ValueError(f"{name}: " + "; ".join(map(str, problems)))
    return frame


def _joined(reference: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    if added.empty:
        return reference
    return pd.concat([reference, added.astype(reference.dtypes.to_dict())], ignore_index=True)


def _first_of_each(rows: Iterable[Mapping[str, Any]], key: Sequence[str]) -> list[dict[str, Any]]:
    rows = list(rows)
    if len(rows) == 1:
        return [dict(rows[0])]
    return list({tuple(row.get(part) or "" for part in key): dict(row) for row in reversed(rows)}.values())[::-1]


def _given(value: object) -> bool:
    return value is not None and value == value and value != ""  # noqa: PLR0124 - NaN is not itself


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or not _given(value):
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
