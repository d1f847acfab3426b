"""What a row of a project file may say, and the words people write above it in French, Arabic and English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.catalog import CATALOG_FOLDER
from data.imports.digits import words
from data.texts import languages, load_texts

FILE = "imports.toml"


@dataclass(frozen=True)
class ImportField:
    """A field that a column can be mapped to.

    Attributes
    ----------
    kind
        How its cells are read: text, url, amount, number, percent, date, year, integer, status, sectors, place,
        degrees, pair, bodies, currency.
    headers
        Words found above such a column, folded.
    """

    name: str
    kind: str
    headers: tuple[str, ...]
    is_in_template: bool


@lru_cache
def import_fields() -> Mapping[str, ImportField]:
    """Return the fields in the order of the template."""
    declared = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))["field"]
    return {
        name: ImportField(
            name,
            entry["kind"],
            (words(name), *_labels(name), *map(words, entry["headers"])),
            entry.get("template", True),
        )
        for name, entry in declared.items()
    }


def _labels(name: str) -> list[str]:
    """Return what our own templates call a field, in every language."""
    return [words(load_texts(language)(f"import.field.{name}")) for language in languages()]


@lru_cache
def status_words() -> Mapping[str, str]:
    """Return the statuses by the words people use for them, folded."""
    said = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))["status"]
    told = {words(word): status for status, listed in said.items() for word in (status, *listed)}
    return told | {
        words(load_texts(language).label("status", status)): status for status in said for language in languages()
    }


@lru_cache
def known_header(said: str) -> str | None:
    """Return the field that a folded header names, by itself or before a unit in brackets; None for none."""
    bare = said.split("(", maxsplit=1)[0].split("[", maxsplit=1)[0].strip(" :*.#")
    for text in (said, bare):
        for field in import_fields().values():
            if text in field.headers:
                return field.name
    return None


@lru_cache
def purpose_sectors() -> Mapping[str, str]:
    """Return our sectors by the beginnings of the OECD's purpose codes."""
    said = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))["purpose"]
    return {start: code for code, starts in said.items() for start in starts}


@lru_cache
def sector_words() -> tuple[tuple[str, str], ...]:
    """Return (word, sector code) for the words of files."""
    said = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))["sector"]
    return tuple((word, code) for code, listed in said.items() for word in listed)
