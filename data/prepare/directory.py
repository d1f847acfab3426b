"""Associations and institutions of the four directories: where they sit and work, in which sectors, who says so.

`decisions/directory.csv` gives each row of the sources its body and places, by hand; a row that is not there stops the
preparation. A body that stands in several rows, or carries a project of the register, has one identity.
"""

import re
from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.errors import CodeError
from data.prepare.reading import address, read_decisions, read_text, split, write_table

DIRECTORIES = {
    "directory_associations": "associations.csv",
    "directory_associations_2": "associations_2.csv",
    "directory_institutions": "institutions.csv",
    "directory_institutions_2": "institutions_2.csv",
}
ASSOCIATIONS = ("directory_associations", "directory_associations_2")
DECISIONS_FILE = "data/prepare/decisions/directory.csv"
SECTORS_FILE = "data/prepare/decisions/sector_words.csv"
COUNTRIES_FILE = "data/prepare/decisions/areas.csv"
FALLBACK_TYPE = "ONG"
ONE_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
RELATIONS = {"origin": "origin_codes", "work": "work_codes"}


def prepare(source: Path, tables: Path) -> None:
    """Write `organisation_zones.csv`, `organisation_sectors.csv` and `organisation_sources.csv`."""
    entries = read_entries(source)
    write_table(zones(entries), "organisation_zones", tables)
    write_table(sectors(entries), "organisation_sectors", tables)
    write_table(sources(entries), "organisation_sources", tables)


def read_entries(source: Path) -> pd.DataFrame:
    """Return the 246 rows of the directories as they are, each with what was decided about it.

    Raises
    ------
    CodeError
        A row has no decision, or a decision no row; a commune the source codes is left out of the places decided.
    """
    said = [_columns(name, read_text(source / "projects" / file)) for name, file in DIRECTORIES.items()]
    rows = pd.concat(said, ignore_index=True).reset_index(names="position")
    decided = read_decisions("directory")
    entries = rows.merge(decided, how="outer", on=["source", "name"], indicator=True, validate="one_to_one", sort=False)
    wrong = entries[entries["_merge"] != "both"]
    if len(wrong):
        names = ", ".join(f"«{name}»" for name in wrong["name"])
        raise CodeError(f"{DECISIONS_FILE}: one line for each row of the directories; these stand alone: {names}")
    for row in entries.itertuples():
        if left_out := set(split(row.codes_said)) - {*split(row.work_codes), *split(row.origin_codes)}:
            raise CodeError(f"{DECISIONS_FILE} «{row.name}»: the source also names {', '.join(sorted(left_out))}")
    # An outer join orders by its keys; the rows go back to the order of the sources.
    return entries.sort_values("position", ignore_index=True)


def _columns(source: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a directory in one set of columns, an empty text where it says nothing."""
    said = rows.rename(
        columns={
            "nom": "name",
            "siege": "seat_place",
            "creation": "founded_said",
            "pays": "country_said",
            "codes_hcp": "codes_said",
            "secteurs": "sectors_said",
            "domaine": "subjects_said",
            "niveau": "level",
            "zones": "zones_said",
            "zone": "zones_said",
            "territoires": "zones_said",
            "faits_publics": "facts",
            "fait": "facts",
            "role_pour_mre_et_associations": "facts",
            "type": "type_said",
            "source_url": "source_said",
            "date_source": "source_date",
        }
    )
    names = [
        *("name", "seat_place", "founded_said", "country_said", "codes_said", "sectors_said", "subjects_said", "level"),
        *("zones_said", "facts", "type_said", "source_said", "source_date"),
    ]
    return said.reindex(columns=names, fill_value="").assign(source=source)


def complete(bodies: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Return the bodies with their seat, foundation and the doubt about their type, as the directories say.

    Raises
    ------
    CodeError
        An entry names a body that has no identity, or a country that is not the one of the body.
    """
    countries = dict(read_decisions("areas").itertuples(index=False))
    known = bodies.set_index("organisation_code")
    listed = entries[entries["source"].isin(ASSOCIATIONS)]
    for row in entries.itertuples():
        if row.organisation_code not in known.index:
            raise CodeError(
                f"{DECISIONS_FILE} «{row.name}»: no identity «{row.organisation_code}» in organisations.csv"
            )
    for row in listed[listed["country_said"] != ""].itertuples():
        said = resolve(row.country_said, countries, where=f"directory «{row.name}»", file=COUNTRIES_FILE)
        if said and said != known.loc[row.organisation_code, "country"]:
            raise CodeError(f"directory «{row.name}»: country {said}, but its identity has another one")
    fallback = listed.groupby("organisation_code")["type_said"].agg(lambda types: set(types) == {FALLBACK_TYPE})
    first = listed.groupby("organisation_code")[["seat_place", "seat_code", "founded", "founded_said"]].agg(_first)
    facts = first.reindex(known.index, fill_value="")
    facts["founded_said"] = facts["founded_said"].where(~facts["founded_said"].str.fullmatch(ONE_DATE), "")
    doubt = fallback.reindex(known.index, fill_value=False).map({True: "true", False: "false"})
    return known.join(facts).assign(type_is_fallback=doubt).reset_index()


def _first(values: pd.Series) -> str:
    return next((value for value in values if value), "")


def zones(entries: pd.DataFrame) -> pd.DataFrame:
    """Return where associations come from and work: one row per body, relation and territory."""
    rows = [
        (row.organisation_code, relation, code, row.zones_said, row.reason)
        for row in entries[entries["source"].isin(ASSOCIATIONS)].itertuples()
        for relation, column in RELATIONS.items()
        for code in split(getattr(row, column))
    ]
    names = ["organisation_code", "relation", "territory_code", "said", "note"]
    table = pd.DataFrame(rows, columns=names).drop_duplicates(names[:3])
    return table.sort_values(names[:3], ignore_index=True)


def sectors(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the sectors associations are active in, from the words of their source.

    Raises
    ------
    CodeError
        A word that `decisions/sector_words.csv` does not hold.
    """
    words = dict(read_decisions("sector_words").itertuples(index=False))
    rows = []
    for row in entries[entries["source"].isin(ASSOCIATIONS)].itertuples():
        for word in split(row.sectors_said):
            codes = resolve(word, words, where=f"directory «{row.name}»", file=SECTORS_FILE) or ""
            rows += [(row.organisation_code, code, word) for code in split(codes)]
    table = pd.DataFrame(rows, columns=["organisation_code", "sector_code", "said"])
    by = ["organisation_code", "sector_code"]
    return table.groupby(by, as_index=False, sort=True).agg(said=("said", lambda said: "; ".join(dict.fromkeys(said))))


def sources(entries: pd.DataFrame) -> pd.DataFrame:
    """Return what each directory says of a body, and on which page: one row per row of the directories."""
    addresses = entries["source_said"].map(address)
    return pd.DataFrame(
        {
            "organisation_code": entries["organisation_code"],
            "register": entries["source"],
            "name_said": entries["name"],
            "type_said": entries["type_said"],
            "facts_fr": entries["facts"],
            "source_url": [url for url, _ in addresses],
            "source_said": [said for _, said in addresses],
            "source_date": entries["source_date"],
        }
    )
