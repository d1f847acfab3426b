"""The compiled register as it is, and the decisions people took about its rows."""

import tomllib
from pathlib import Path

import pandas as pd

DECISIONS = Path(__file__).parent / "decisions"
REGISTERS = {"register_public": "projets_sources_publiques.csv", "register_public_2": "projets_2.csv"}
CATALOG = Path(__file__).parents[1] / "catalog"


def read_register(source: Path) -> pd.DataFrame:
    """Return the 292 rows of both files, every cell a text, indexed by project code, with the register's code."""
    frames = []
    for register, file in REGISTERS.items():
        frame = read_text(source / "projects" / file)
        frames.append(frame.assign(register=register))
    rows = pd.concat(frames, ignore_index=True)
    # The first file lost the leading zeros of its codes; zfill changes nothing in the second.
    rows["codes_hcp"] = rows["codes_hcp"].map(lambda codes: ";".join(code.zfill(9) for code in split(codes)))
    return rows.rename(columns={"id": "project_code"}).set_index("project_code", drop=False)


def read_decisions(name: str) -> pd.DataFrame:
    """Return one hand-made file of `data/prepare/decisions`, every cell a text, an empty cell an empty text."""
    return read_text(DECISIONS / f"{name}.csv")


def read_text(path: Path) -> pd.DataFrame:
    """Return a CSV file as texts: codes keep their zeros, an empty cell is an empty text."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def declared_columns(table: str) -> list[str]:
    """Return the columns of a table in the order of its contract."""
    contract = tomllib.loads((CATALOG / "tables.toml").read_text(encoding="utf-8"))
    return list(contract[table]["columns"])


def write_table(frame: pd.DataFrame, table: str, tables: Path) -> None:
    """Write a table with the columns of its contract, in that order, one line a row, an empty cell when missing."""
    frame[declared_columns(table)].to_csv(tables / f"{table}.csv", index=False, lineterminator="\n")


def sector_words() -> dict[str, str]:
    """Return the sector code of each word of the sourced registers, as the catalogue declares them."""
    sectors = tomllib.loads((CATALOG / "sectors.toml").read_text(encoding="utf-8"))["sector"]
    return {entry["source"]: code for code, entry in sectors.items()}


def address(said: str) -> tuple[str, str]:
    """Return the web address a source cell starts with, and the words that are no address.

    Examples
    --------
    >>> address("https://odco.gov.ma/foire-aux-questions")
    ('https://odco.gov.ma/foire-aux-questions', '')
    >>> address("https://www.anbaona.com/ (fiche projet B130)")
    ('https://www.anbaona.com/', '(fiche projet B130)')
    >>> address("lexisma.com ; lematin.ma")
    ('', 'lexisma.com ; lematin.ma')
    """
    first, _, rest = said.strip().partition(" ")
    return (first, rest) if first.startswith(("http://", "https://")) else ("", said.strip())


def write_parquet(frame: pd.DataFrame, table: str, tables: Path) -> None:
    """Write a typed table with the columns of its contract, in that order; it is read back as it is."""
    path = tables / f"{table}.parquet"
    frame[declared_columns(table)].to_parquet(path, compression="zstd", compression_level=19, index=False)


def split(cell: str) -> list[str]:
    """Return the parts of a cell that holds several, separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]
