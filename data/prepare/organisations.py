"""Every body known: who funds and carries each project, who is in the directories; one identity each, by lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.prepare import directory
from data.prepare.reading import read_decisions, read_register, split, write_table

FIELDS = {"porteur": "implementing", "bailleurs": "funding"}
AUTHORITIES = {"commune", "province", "region", "ministry"}
ANY_PROJECT = "*"
SHARE = re.compile(r"^(?P<name>.+?) (?P<share>\d+(?:[.,]\d+)?) %$")
AMOUNT = re.compile(r"^(?P<name>.+?) (?P<amount>\d{1,3}(?: \d{3})+)(?: (?P<currency>[A-Z]{3}))?$")
# A remark in brackets, not an acronym such as (AVFM) or a place such as (Amiens).
REMARK = re.compile(r"\((?=[^)]*( |/|PRIM|FDR|CTB|terrain|appui|demand))[^)]*\)")
LOCAL = "@"
ALIASES_FILE = "data/prepare/decisions/aliases.csv"
BODIES_FILE = "data/prepare/decisions/bodies.csv"
TERRITORIES_FILE = "data/prepare/decisions/territory_names.csv"


@dataclass(frozen=True)
class Mention:
    """An organisation named by a row: its spelling without amounts, its role, its share of the money if said."""

    project_code: str
    role: str
    name: str
    said: str = ""
    amount: float | None = None
    currency: str | None = None
    share_pct: float | None = None


def prepare(source: Path, tables: Path) -> None:
    """Write `organisations.csv`, `organisation_aliases.csv` and `project_organisations.csv`."""
    register = read_register(source)
    communes = read_communes(source)
    roles = project_organisations(register, _communes_of(register))
    entries = directory.read_entries(source)
    asking = read_decisions("expressed_needs")["organisation_code"]
    used = {*roles["organisation_code"], *entries["organisation_code"], *asking}
    bodies = pd.concat([read_decisions("organisations"), commune_councils(communes, used)], ignore_index=True)
    bodies = directory.complete(bodies, entries)
    write_table(roles, "project_organisations", tables)
    write_table(bodies.sort_values("organisation_code"), "organisations", tables)
    write_table(_aliases(entries), "organisation_aliases", tables)


def _aliases(entries: pd.DataFrame) -> pd.DataFrame:
    """Return every spelling of the register and of the directories with the body it means."""
    written = read_decisions("aliases")
    written = written[~written["organisation_code"].str.startswith(LOCAL)]
    listed = entries[["name", "organisation_code"]].rename(columns={"name": "alias"})
    return pd.concat([written, listed]).drop_duplicates(ignore_index=True).sort_values("alias")


def read_communes(source: Path) -> pd.DataFrame:
    """Return the communes of 2024 with their French and Arabic names, indexed by code."""
    published = pd.read_csv(source / "census" / "communes_2014_2024.csv", dtype="str", keep_default_na=False)
    return published.set_index("code2024")[["name_fr_2024", "name_ar", "province_code", "region_code"]]


def mentions(register: pd.DataFrame) -> Iterator[Mention]:
    """Yield every organisation named in the carrier and funder columns, row by row.

    Amounts ("Région 245 000 000"), shares ("INDH 58 %") and currencies ("Fondation Veolia 6 500 EUR") leave the name;
    a part that names several bodies is first rewritten by `decisions/mentions.csv`.
    """
    rewritten = {(row.project_code, row.written): row.read_as for row in read_decisions("mentions").itertuples()}
    for row in register.itertuples():
        for field, role in FIELDS.items():
            for written in split(getattr(row, field)):
                read_as = rewritten.get((row.project_code, written), rewritten.get((ANY_PROJECT, written), written))
                # The source's words are kept where they were rewritten or add something in brackets.
                said = written if read_as != written or REMARK.search(written) else ""
                for part in split(read_as):
                    yield _mention(str(row.project_code), role, part, said, str(row.devise))


def _mention(project_code: str, role: str, part: str, said: str, currency: str) -> Mention:
    if found := SHARE.match(part):
        share = float(found["share"].replace(",", "."))
        return Mention(project_code, role, found["name"], said, share_pct=share)
    if found := AMOUNT.match(part):
        amount = float(found["amount"].replace(" ", ""))
        return Mention(project_code, role, found["name"], said, amount, found["currency"] or currency or "MAD")
    return Mention(project_code, role, part, said)


def project_organisations(register: pd.DataFrame, communes_of: dict[str, list[str]]) -> pd.DataFrame:
    """Return who funds, carries or answers for each project.

    A body with a public authority (commune, province, region, ministry) that the register names as carrier answers
    for the project: its role is `accountable`; any other carrier is `implementing`.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; one row per project, organisation and role; amounts given twice are added.

    Raises
    ------
    CodeError
        A spelling is in none of the lists; the message names the row and the file to complete.
    """
    aliases = dict(read_decisions("aliases").itertuples(index=False))
    types = dict(read_decisions("organisations")[["organisation_code", "organisation_type"]].itertuples(index=False))
    rows = []
    for mention in mentions(register):
        where = f"register {mention.project_code} ({mention.role})"
        code = resolve(mention.name, aliases, where=where, file=ALIASES_FILE) or ""
        row = register.loc[mention.project_code]
        codes = _local_bodies(code, row, communes_of, where) if code.startswith(LOCAL) else [code]
        rows += [(mention, one, _role(mention.role, types.get(one, "commune"))) for one in codes]
    return _one_row_a_role(rows)


def _local_bodies(word: str, row: pd.Series, communes_of: dict[str, list[str]], where: str) -> list[str]:
    """Return the bodies a word such as « commune » or « Région » means in a row, from the row's own territory."""
    communes = communes_of[str(row["project_code"])]
    if word == "@communes" or (word == "@commune" and len(communes) == 1):
        return [f"commune-{commune}" for commune in communes]
    if word == "@commune":
        return ["communes-concernees"]
    bodies = {
        f"{body.word} {body.territory_code}": body.organisation_code for body in read_decisions("bodies").itertuples()
    }
    territories = dict(read_decisions("territory_names").itertuples(index=False))
    territory = resolve(
        row["region" if word == "@region" else "province"], territories, where=where, file=TERRITORIES_FILE
    )
    return [resolve(f"{word} {territory}", bodies, where=where, file=BODIES_FILE) or ""]


def _role(role: str, organisation_type: str) -> str:
    return "accountable" if role == "implementing" and organisation_type in AUTHORITIES else role


def _one_row_a_role(rows: list[tuple[Mention, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {
                "project_code": mention.project_code,
                "organisation_code": code,
                "role": role,
                "amount": mention.amount,
                "currency": mention.currency,
                "share_pct": mention.share_pct,
                "said": mention.said,
            }
            for mention, code, role in rows
        ]
    )
    key = ["project_code", "organisation_code", "role"]
    return frame.groupby(key, sort=True, as_index=False).agg(
        amount=("amount", lambda amounts: amounts.sum(min_count=1)),
        currency=("currency", "first"),
        share_pct=("share_pct", "first"),
        said=("said", lambda said: "; ".join(dict.fromkeys(text for text in said if text))),
    )


def commune_councils(communes: pd.DataFrame, used: set[str]) -> pd.DataFrame:
    """Return one organisation per commune council named by a project, with its official names."""
    rows = []
    for code in sorted(code.removeprefix("commune-") for code in used if code.startswith("commune-")):
        name = communes.loc[code, "name_fr_2024"]
        elided = "d’" if name[0] in "AEÉIOUH" else "de "
        rows.append(
            {
                "organisation_code": f"commune-{code}",
                "name_fr": f"Commune {elided}{name}",
                "name_ar": f"جماعة {' '.join(communes.loc[code, 'name_ar'].split())}",
                "name_en": f"Commune of {name}",
                "acronym": "",
                "organisation_type": "commune",
                "country": "MA",
                "is_generic": "false",
                "note": "",
                "website": "",
            }
        )
    return pd.DataFrame(rows)


def _communes_of(register: pd.DataFrame) -> dict[str, list[str]]:
    return {code: split(codes) for code, codes in register["codes_hcp"].items()}
