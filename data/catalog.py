"""The declarations of `data/catalog/*.toml` as frozen objects: tables, sectors, sources, organisation types."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import CatalogError

CATALOG_FOLDER = Path(__file__).parent / "catalog"
COLUMN_TYPES = ("text", "integer", "number", "boolean", "date")


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, whether a value may be missing, and what it means."""

    name: str
    type: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class Table:
    """The contract of one table of `data/tables`."""

    name: str
    file: str
    key: tuple[str, ...]
    sources: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Source:
    """Where facts come from, on what terms, and what was changed; the words stand in the texts (`source.<code>`)."""

    code: str
    title: str
    publisher: str
    licence: str
    licence_url: str | None
    url: str | None
    date: str
    changes: Mapping[str, str]


@dataclass(frozen=True)
class Sector:
    """A sector of projects; `index` is its place in the catalogue and its number on the wire."""

    code: str
    index: int
    label: str
    family: str
    colour: str
    shape: str
    dac: str
    source: str


@dataclass(frozen=True)
class Catalog:
    """Everything declared, checked against itself."""

    tables: Mapping[str, Table]
    sources: Mapping[str, Source]
    sectors: Mapping[str, Sector]
    organisation_types: Mapping[str, str]
    default_territory: str


@lru_cache
def load_catalog() -> Catalog:
    """Read and check the catalogue.

    Raises
    ------
    CatalogError
        A declaration names something another file does not declare; the message names the file, the entry and
        what is allowed.
    """
    sources = {code: _source(code, entry) for code, entry in _read("sources").items()}
    tables = {name: _table(name, entry, sources) for name, entry in _read("tables").items()}
    territories = _read("territories")
    return Catalog(
        tables=tables,
        sources=sources,
        sectors=_sectors(_read("sectors")),
        organisation_types={code: entry["label"] for code, entry in _read("organisation_types").items()},
        default_territory=territories["default"]["territory_code"],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOG_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _source(code: str, entry: Mapping[str, Any]) -> Source:
    required = {"title", "publisher", "licence", "date", "changes"}
    if missing := required - set(entry):
        raise CatalogError(f"sources.toml [{code}]: missing {', '.join(sorted(missing))}")
    return Source(
        code=code,
        title=entry["title"],
        publisher=entry["publisher"],
        licence=entry["licence"],
        licence_url=entry.get("licence_url"),
        url=entry.get("url"),
        date=entry["date"],
        changes=entry["changes"],
    )


def _table(name: str, entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Table:
    columns = tuple(_column(name, column, said) for column, said in entry["columns"].items())
    if unknown := set(entry["sources"]) - set(sources):
        raise CatalogError(
            f"tables.toml [{name}]: unknown source {', '.join(sorted(unknown))}; known: {', '.join(sorted(sources))}"
        )
    if unknown := set(entry["key"]) - {column.name for column in columns}:
        raise CatalogError(f"tables.toml [{name}]: key names undeclared column {', '.join(sorted(unknown))}")
    return Table(name, entry["file"], tuple(entry["key"]), tuple(entry["sources"]), columns)


def _column(table: str, name: str, said: str) -> Column:
    word, _, description = said.partition(" ")
    kind = word.removesuffix("?")
    if kind not in COLUMN_TYPES:
        raise CatalogError(f"tables.toml [{table}.{name}]: type '{kind}'; allowed: {', '.join(COLUMN_TYPES)}")
    return Column(name, kind, word.endswith("?"), description)


def _sectors(content: Mapping[str, Any]) -> dict[str, Sector]:
    families = content["family"]
    sectors = {}
    for index, (code, entry) in enumerate(content["sector"].items()):
        if entry["family"] not in families:
            raise CatalogError(
                f"sectors.toml [sector.{code}]: unknown family '{entry['family']}'; known: {', '.join(families)}"
            )
        sectors[code] = Sector(
            code=code,
            index=index,
            label=entry["label"],
            family=entry["family"],
            colour=families[entry["family"]],
            shape=entry["shape"],
            dac=entry["dac"],
            source=entry["source"],
        )
    looks = {(sector.family, sector.shape) for sector in sectors.values()}
    if len(looks) < len(sectors):
        raise CatalogError("sectors.toml: two sectors share family and shape; each needs its own look")
    return sectors
