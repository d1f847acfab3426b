"""What a file says about itself: filters, address, sources, licences, counts, sums and a checksum of its content."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pandas as pd

from data.catalog import Source, in_language
from data.exchange.contract import MONEY, rows_of

CENTIMES = 100
LISTED = ("filters_said", "notes")


@dataclass(frozen=True)
class CitedSource:
    """One source as a file cites it, in the words of the file's language."""

    title: str
    publisher: str
    licence: str
    date: str
    changes: str
    url: str = ""
    licence_url: str = ""


def cite(source: Source, language: str) -> CitedSource:
    """Cite a source of the catalogue in the language given, in French where it was not translated."""
    return CitedSource(
        title=in_language(source.title, language),
        publisher=in_language(source.publisher, language),
        licence=in_language(source.licence, language),
        date=source.date or "",
        changes=in_language(source.changes, language),
        url=source.url or "",
        licence_url=source.licence_url or "",
    )


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What a file says about itself.

    Attributes
    ----------
    title
        What the file holds.
    filters_said
        The filters in force in words, one sentence each; empty when there is none.
    url
        Address that opens the same selection.
    made_on
        Day the file was made: the same rows and day give the same bytes.
    data_version
        Version of the tables (`data.store.version`).
    sources
        Where the facts come from and on what terms.
    notes
        What a reader must know to use the figures.
    language
        Language of the file. This and all below is filled in by `data.exchange.export.make_export`.
    row_count, place_count
        Rows of the main table (projects) and of the second one (pairs of project and place).
    sums
        Dirhams: the counted money, and its parts located in a commune and known only by a wider area.
    checksum
        `checksum_of` the main table.
    """

    title: str
    filters_said: tuple[str, ...]
    url: str
    made_on: dt.date
    data_version: str
    sources: tuple[CitedSource, ...]
    notes: tuple[str, ...] = ()
    language: str = ""
    row_count: int = 0
    place_count: int = 0
    sums: Mapping[str, float] = field(default_factory=dict)
    checksum: str = ""


def checksum_of(rows: pd.DataFrame) -> str:
    """Return the SHA-256 of the main table, whatever the order of its rows.

    Notes
    -----
    Hashed text: of projects, the JSON list of the pairs [project_code, centimes or null], ordered by code; of any other
    table, the JSON list of its rows, ordered by their first column; without spaces, in UTF-8.
    """
    if MONEY in rows:
        content = _money_by_project(rows)
    else:
        content = sorted(map(list, rows_of(rows)), key=lambda row: str(row[0]))
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _money_by_project(projects: pd.DataFrame) -> list[list[Any]]:
    return sorted(
        [code, None if money is None else round(money * CENTIMES)]
        for code, money in rows_of(projects[["project_code", MONEY]])
    )


def sums_of(projects: pd.DataFrame, places: pd.DataFrame | None) -> dict[str, float]:
    """Sum the counted money, dirhams, exact to the centime; with the places also by how they are located.

    A table without money has no sum.
    """
    if MONEY not in projects:
        return {}
    sums = {MONEY: _sum(projects[MONEY])}
    if places is not None:
        wide = places["located_by"] == "area"
        sums |= {"located_mad": _sum(places.loc[~wide, MONEY]), "area_wide_mad": _sum(places.loc[wide, MONEY])}
    return sums


def as_pairs(provenance: Provenance) -> list[tuple[str, Any]]:
    """Lay a provenance out as (key, value) lines for formats made of cells, keys like `sources.2.licence`."""
    pairs: list[tuple[str, Any]] = []
    for name in (part.name for part in fields(provenance)):
        value = getattr(provenance, name)
        if name in LISTED:
            pairs += [(f"{name}.{number}", said) for number, said in enumerate(value, 1)]
        elif name == "sources":
            cited = [(f"sources.{number}", asdict(source)) for number, source in enumerate(value, 1)]
            pairs += [(f"{key}.{part}", said) for key, source in cited for part, said in source.items() if said]
        elif name == "sums":
            pairs += [(f"sums.{part}", amount) for part, amount in value.items()]
        else:
            pairs.append((name, value.isoformat() if isinstance(value, dt.date) else value))
    return pairs


def as_document(provenance: Provenance) -> dict[str, Any]:
    """Lay a provenance out as a JSON object, for formats that hold structure."""
    return asdict(provenance) | {"made_on": provenance.made_on.isoformat()}


def from_pairs(pairs: Iterable[tuple[str, Any]]) -> Provenance:
    """Read a provenance back from its lines.

    Raises
    ------
    KeyError, TypeError, ValueError
        A line is missing or cannot be read.
    """
    plain: dict[str, Any] = {}
    listed: dict[str, list[str]] = {name: [] for name in LISTED}
    sources: dict[str, dict[str, str]] = {}
    sums: dict[str, float] = {}
    blank = dict.fromkeys((part.name for part in fields(CitedSource)), "")
    for key, value in pairs:
        name, *rest = key.split(".")
        if name in listed:
            # A spreadsheet gives an empty text back as an empty cell.
            listed[name].append("" if value is None else str(value))
        elif name == "sources":
            sources.setdefault(rest[0], {})[rest[1]] = str(value)
        elif name == "sums":
            sums[rest[0]] = float(value)
        else:
            plain[name] = "" if value is None else value
    return Provenance(
        title=str(plain["title"]),
        filters_said=tuple(listed["filters_said"]),
        url=str(plain["url"]),
        language=str(plain["language"]),
        made_on=dt.date.fromisoformat(str(plain["made_on"])),
        data_version=str(plain["data_version"]),
        sources=tuple(CitedSource(**blank | source) for source in sources.values()),
        row_count=int(plain["row_count"]),
        place_count=int(plain["place_count"]),
        sums=sums,
        checksum=str(plain["checksum"]),
        notes=tuple(listed["notes"]),
    )


def _sum(money: pd.Series) -> float:
    return int((money.dropna() * CENTIMES).round().astype("int64").sum()) / CENTIMES
