"""The names an import knows: sectors as texts, files and the OECD say them, organisations by their aliases."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from data import store
from data.catalog import load_catalog
from data.imports.bodies import Names
from data.imports.digits import words
from data.imports.fields import purpose_sectors, sector_words
from data.records.contract import Codes
from data.texts import languages, load_texts

TABLES = ("organisations", "organisation_aliases", "projects")


def shipped_names() -> Names:
    """Return the names of the shipped tables.

    Raises
    ------
    TableError
        One of them cannot be used.
    """
    frames = {name: store.load(name) for name in TABLES}
    return names_of(frames)


def names_of(frames: Mapping[str, pd.DataFrame]) -> Names:
    """Return the names of tables of the register; what two bodies or sectors share means neither."""
    organisations = frames["organisations"]
    bodies = [(code, code) for code in organisations["organisation_code"]]
    for column in ("name_fr", "name_ar", "name_en", "acronym"):
        pairs = organisations[["organisation_code", column]].dropna()
        bodies += list(zip(pairs[column], pairs["organisation_code"], strict=True))
    aliases = frames["organisation_aliases"]
    bodies += list(zip(aliases["alias"], aliases["organisation_code"], strict=True))
    projects = frozenset(frames["projects"]["project_code"])
    return Names(_distinct(_sectors()), _distinct(bodies), projects, purpose_sectors())


def shipped_codes() -> Codes:
    """Return what a record may name by code, of the shipped tables."""
    catalog = load_catalog()
    return {
        "sectors": set(catalog.sectors),
        "territories": set(store.load("territories")["territory_code"]),
        "organisations": set(store.load("organisations")["organisation_code"]),
        "projects": set(store.load("projects")["project_code"]),
        "organisation_types": set(catalog.organisation_types),
        "currencies": {"MAD", *store.load("rates")["currency"]},
    }


def _sectors() -> list[tuple[str, str]]:
    found = list(sector_words())
    shared = Counter(sector.dac for sector in load_catalog().sectors.values())
    for code, sector in load_catalog().sectors.items():
        found += [(code, code), (sector.label, code), (sector.source, code)]
        found += [(load_texts(language).label("sector", code, sector.label), code) for language in languages()]
        if shared[sector.dac] == 1:
            found.append((sector.dac, code))
    return found


def _distinct(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        if folded := words(str(name)):
            found.setdefault(folded, set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
