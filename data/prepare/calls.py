"""Calls for projects and programmes, open or past: who funds, who may answer, on what, where, how much, until when."""

from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.errors import CodeError
from data.prepare.directory import SECTORS_FILE
from data.prepare.reading import address, read_decisions, read_register, read_text, split, write_table

CALLS_FILE = "data/prepare/decisions/calls.csv"
LISTS = {
    "call_funders": ("organisation_code", "funders"),
    "call_eligibility": ("organisation_type", "eligible"),
    "call_territories": ("territory_code", "territory_codes"),
    "call_sectors": ("sector_code", "sector_codes"),
    "call_projects": ("project_code", "project_codes"),
}


def prepare(source: Path, tables: Path) -> None:
    """Write `calls.csv` and the tables of its funders, eligible types, territories, sectors and projects."""
    calls = pd.concat([read_calls(source), read_programmes(source)], ignore_index=True)
    write_table(calls, "calls", tables)
    for table, (column, listed) in LISTS.items():
        pairs = [(row.call_code, code) for row in calls.itertuples() for code in split(getattr(row, listed))]
        write_table(pd.DataFrame(pairs, columns=["call_code", column]).drop_duplicates(), table, tables)


def read_calls(source: Path) -> pd.DataFrame:
    """Return the 27 calls of the source with what was decided about each.

    Raises
    ------
    CodeError
        A call without a decision, or a sector word that the list does not hold.
    """
    said = read_text(source / "projects" / "appels_programmes.csv").rename(columns={"nom": "name"})
    decided = read_decisions("calls")
    if list(said["name"]) != list(decided["name"]):
        raise CodeError(f"{CALLS_FILE}: one line for each call of the source, in its order and under its name")
    words = dict(read_decisions("sector_words").itertuples(index=False))
    addresses = said["source_url"].map(address)
    has_amount = (said["montant_min"] != "") | (said["montant_max"] != "")
    calls = decided.assign(
        kind="call",
        title_fr=decided["title_fr"].mask(decided["title_fr"] == "", said["name"]),
        state_said=said["etat"],
        opening_date=said["date_ouverture"],
        deadline=said["date_limite"],
        eligible_said=said["public"],
        territories_said=said["territoires"],
        amount_min=said["montant_min"],
        amount_max=said["montant_max"],
        currency=said["devise"].where(has_amount, ""),
        conditions_fr=said["conditions"],
        sector_codes=[_sectors(row.secteurs, row.name, words) for row in said.itertuples()],
        source_url=[url for url, _ in addresses],
        source_date=said["date_source"],
        register="calls_public",
    )
    return _with_figures(calls, source)


def read_programmes(source: Path) -> pd.DataFrame:
    """Return the programmes that stand in the register of projects and not among the calls (Sharaka)."""
    programmes = read_decisions("programmes").assign(kind="programme", register="register_public")
    alone = programmes[~programmes["call_code"].isin(read_decisions("calls")["call_code"])]
    register = read_register(source)
    rows = register.loc[alone["project_codes"]]
    dated = alone.assign(
        opening_date=rows["debut"].to_numpy(),
        deadline="",
        source_url=rows["source_url"].to_numpy(),
    )
    return _with_figures(dated, source)


def _with_figures(calls: pd.DataFrame, source: Path) -> pd.DataFrame:
    """Add what was announced, and what was contracted: the sum of the projects of the register."""
    figures = read_decisions("programmes").set_index("call_code")
    names = ["announced_amount", "contracted_currency", "announced_currency", "project_codes"]
    known = figures[names].reindex(calls["call_code"], fill_value="").reset_index(drop=True)
    amounts = pd.to_numeric(read_register(source)["budget"].replace("", None))
    contracted = [amounts.loc[split(codes)].sum() if codes else None for codes in known["project_codes"]]
    kind = calls["kind"].mask((known["project_codes"] != "").to_numpy(), "programme")
    return calls.reset_index(drop=True).assign(
        kind=kind.to_numpy(), **{name: known[name] for name in names}, contracted_amount=contracted
    )


def _sectors(said: str, name: str, words: dict[str, str]) -> str:
    found = [resolve(word, words, where=f"calls «{name}»", file=SECTORS_FILE) or "" for word in split(said)]
    return ";".join(dict.fromkeys(code for codes in found for code in split(codes)))
