"""The declarations of `data/catalog/*.toml` as frozen objects: tables, sectors, sources, indicators, services."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import CatalogError
from data.measures import Indicator, Preset, Service, Theme, read_indicators, read_presets, read_services, read_themes

CATALOG_FOLDER = Path(__file__).parent / "catalog"
COLUMN_TYPES = ("text", "integer", "number", "boolean", "date")
REFERENCE_LANGUAGE = "fr"

# The same words by language code; where a language is missing the reference stands.
Words = Mapping[str, str]


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
    """Where facts come from, on what terms, what was changed and what to mind, in every language.

    Attributes
    ----------
    date
        What the facts are of, a partial ISO date; None where the source does not state it.
    mind
        What whoever reuses the facts must know; None where there is nothing.
    """

    code: str
    title: Words
    publisher: Words
    licence: Words
    changes: Words
    mind: Words | None = None
    date: str | None = None
    licence_url: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Drawing:
    """Files of `data/tables` that are drawn, not read as a table: patterns of their names, and their sources."""

    name: str
    files: tuple[str, ...]
    sources: tuple[str, ...]


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
    drawings: Mapping[str, Drawing]
    sources: Mapping[str, Source]
    sectors: Mapping[str, Sector]
    organisation_types: Mapping[str, str]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    services: Mapping[str, Service]
    presets: Mapping[str, Preset]
    default_territory: str

    def sources_of(self, *names: str) -> tuple[str, ...]:
        """Return the codes of the sources of tables and drawings, each once, in the order they are declared."""
        made: Mapping[str, Table | Drawing] = {**self.drawings, **self.tables}
        return tuple(dict.fromkeys(code for name in names for code in made[name].sources))


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
    territories, measured = _read("territories"), _read("indicators")
    sectors = _sectors(_read("sectors"))
    themes = read_themes(measured, sectors)
    indicators = read_indicators(measured, themes, sources)
    distances = [column.name for column in tables["villages"].columns if column.name.endswith("_km")]
    return Catalog(
        tables=tables,
        drawings={name: _drawing(name, entry, sources) for name, entry in _read("drawings").items()},
        sources=sources,
        sectors=sectors,
        themes=themes,
        indicators=indicators,
        presets=read_presets(_read("presets"), indicators),
        services=read_services(_read("services"), sectors, distances),
        organisation_types={code: entry["label"] for code, entry in _read("organisation_types").items()},
        default_territory=territories["default"]["territory_code"],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOG_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def in_language(words: Words, language: str) -> str:
    """Return words in a language, in the reference language where they were not translated.

    Examples
    --------
    >>> in_language({"fr": "domaine public", "en": "public domain"}, "en")
    'public domain'
    >>> in_language({"fr": "domaine public"}, "ar")
    'domaine public'
    """
    return words.get(language, words[REFERENCE_LANGUAGE])


def _source(code: str, entry: Mapping[str, Any]) -> Source:
    if missing := {"title", "publisher", "licence", "changes"} - set(entry):
        raise CatalogError(f"sources.toml [{code}]: missing {', '.join(sorted(missing))}")
    words = {name: _words(code, name, entry[name]) for name in ("title", "publisher", "licence", "changes")}
    return Source(
        code=code,
        **words,
        mind=_words(code, "mind", entry["mind"]) if "mind" in entry else None,
        date=entry.get("date"),
        licence_url=entry.get("licence_url"),
        url=entry.get("url"),
    )


def _words(code: str, name: str, said: str | Mapping[str, str]) -> Words:
    """Read one text that is the same everywhere (a proper name), or a text by language."""
    words = {REFERENCE_LANGUAGE: said} if isinstance(said, str) else dict(said)
    if REFERENCE_LANGUAGE not in words:
        raise CatalogError(f"sources.toml [{code}.{name}]: missing {REFERENCE_LANGUAGE}; found {', '.join(words)}")
    return words


def _drawing(name: str, entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Drawing:
    _check_sources(f"drawings.toml [{name}]", entry["sources"], sources)
    return Drawing(name, tuple(entry["files"]), tuple(entry["sources"]))


def _check_sources(where: str, named: Iterable[str], sources: Mapping[str, Source]) -> None:
    if unknown := set(named) - set(sources):
        raise CatalogError(f"{where}: unknown source {', '.join(sorted(unknown))}; known: {', '.join(sorted(sources))}")


def _table(name: str, entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Table:
    columns = tuple(_column(name, column, said) for column, said in entry["columns"].items())
    _check_sources(f"tables.toml [{name}]", entry["sources"], sources)
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
