"""Whom to contact: what each institution, or one of its services, does, for which territories and on what."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from data.codes import resolve
from data.prepare.directory import ASSOCIATIONS, read_entries
from data.prepare.reading import address, read_decisions, split, write_table
from data.prepare.translations import translated

SUBJECTS_FILE = "data/prepare/decisions/subject_words.csv"
COMPETENCE_LETTER = {"directory_institutions": "I", "directory_institutions_2": "J"}
LEVEL_DIGITS = {2: "region", 5: "province", 9: "commune"}


def prepare(source: Path, tables: Path) -> None:
    """Write `competences.csv`, `competence_territories.csv` and `competence_subjects.csv`."""
    entries = read_entries(source)
    rows = entries[~entries["source"].isin(ASSOCIATIONS)].copy()
    number = rows.groupby("source").cumcount() + 1
    rows["competence_code"] = [
        f"{COMPETENCE_LETTER[source]}{n:02}" for source, n in zip(rows["source"], number, strict=True)
    ]
    write_table(competences(rows), "competences", tables)
    write_table(_pairs(rows, "territory_code", lambda row: split(row.work_codes)), "competence_territories", tables)
    write_table(_pairs(rows, "subject_code", _subjects), "competence_subjects", tables)


def competences(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per institution row of the sources, its service and role translated."""
    services = read_decisions("services").set_index("name")
    named = services.reindex(rows["name"], fill_value="").reset_index(drop=True)
    addresses = rows["source_said"].map(address)
    found = pd.DataFrame(
        {
            "competence_code": rows["competence_code"].to_numpy(),
            "organisation_code": rows["organisation_code"].to_numpy(),
            "service_fr": named["service_fr"],
            "service_ar": named["service_ar"],
            "service_en": named["service_en"],
            "level": [_level(row.level, split(row.work_codes)) for row in rows.itertuples()],
            "country": rows["country"].to_numpy(),
            "territories_said": rows["zones_said"].to_numpy(),
            "role_fr": rows["facts"].to_numpy(),
            "source_url": [url for url, _ in addresses],
            "source_said": [said for _, said in addresses],
            "source_date": rows["source_date"].to_numpy(),
            "note": rows["reason"].to_numpy(),
            "register": rows["source"].to_numpy(),
        }
    )
    return translated(found, ("role",), decisions="role_words")


def _level(said: str, codes: list[str]) -> str:
    """Return the level the source says, else that of the first territory."""
    return said or LEVEL_DIGITS.get(len(codes[0]) if codes[0] != "MA" else 0, "national")


def _subjects(row: Any) -> list[str]:
    words = dict(read_decisions("subject_words").itertuples(index=False))
    where = f"directory «{row.name}»"
    found = [resolve(word, words, where=where, file=SUBJECTS_FILE) or "" for word in split(row.subjects_said)]
    return list(dict.fromkeys(code for codes in found for code in split(codes)))


def _pairs(rows: pd.DataFrame, column: str, codes_of: Callable[[Any], list[str]]) -> pd.DataFrame:
    pairs = [(row.competence_code, code) for row in rows.itertuples() for code in codes_of(row)]
    return pd.DataFrame(pairs, columns=["competence_code", column])
