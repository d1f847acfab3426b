"""Needs voiced by associations and communes: who asks, where, for what, how much; the place as well as it is known."""

from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.errors import CodeError
from data.prepare.reading import read_decisions, read_text, sector_words, write_table

NEEDS_FILE = "data/prepare/decisions/expressed_needs.csv"
PRECISIONS = {9: "village", 5: "province", 2: "region"}


def prepare(source: Path, tables: Path) -> None:
    """Write `expressed_needs.csv`."""
    said = read_text(source / "projects" / "besoins_exprimes.csv")
    write_table(expressed_needs(said), "expressed_needs", tables)


def expressed_needs(said: pd.DataFrame) -> pd.DataFrame:
    """Return one row per need, with its territory decided by hand.

    Raises
    ------
    CodeError
        A need without a decision, a commune coded by the source but decided otherwise, or an unknown sector.
    """
    decided = read_decisions("expressed_needs")
    if list(decided["place_said"]) != list(said["lieu_source"]):
        raise CodeError(f"{NEEDS_FILE}: one line for each need of the source, in its order and under its place")
    # The source lost the leading zeros of its codes.
    coded = said["code_hcp_2024"].map(lambda code: code.zfill(9) if code else "")
    if ((coded != "") & (coded != decided["territory_code"])).any():
        raise CodeError(f"{NEEDS_FILE}: a territory differs from the commune the source codes")
    words = sector_words()
    sectors = [
        resolve(row.secteur, words, where=f"need «{row.lieu_source}»", file="data/catalog/sectors.toml")
        for row in said.itertuples()
    ]
    known = [
        "commune" if row.precision == "commune" else PRECISIONS[len(code)]
        for row, code in zip(said.itertuples(), decided["territory_code"], strict=True)
    ]
    return pd.DataFrame(
        {
            "need_code": [f"E{number:02}" for number in range(1, len(said) + 1)],
            "territory_code": decided["territory_code"],
            "place_name": said["lieu_source"],
            "precision": known,
            "sector_code": sectors,
            "need_fr": said["besoin"],
            "need_ar": decided["need_ar"],
            "need_en": decided["need_en"],
            "quantity": said["quantite"],
            "unit_fr": said["unite"],
            "organisation_code": decided["organisation_code"],
            "asked_by_said": said["demandeur"],
            "date": said["date"],
            "note_fr": [
                ". ".join(part for part in pair if part) for pair in zip(said["note"], decided["reason"], strict=True)
            ],
            "source_url": said["source_url"],
        }
    )
