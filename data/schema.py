"""Does a table keep its contract? Every problem is found and named, then all are raised at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.catalog import Column, Table

PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
SHOWN_ROWS = 5
DTYPES = {"text": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Problem:
    """One broken rule: which table and column, on which lines of the file, with which value, and what is allowed."""

    table: str
    column: str
    rule: str
    lines: tuple[int, ...] = ()
    value: str = ""

    def __str__(self) -> str:
        """Say the problem in one line, as a developer or a data keeper reads it."""
        where = f" (line {', '.join(map(str, self.lines))})" if self.lines else ""
        shown = f", found '{self.value}'" if self.value else ""
        return f"{self.column}: {self.rule}{where}{shown}"


def parse(raw: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Turn a frame of texts into typed columns, and list everything that breaks the contract.

    Parameters
    ----------
    raw
        The file as read: every cell a string, an empty cell an empty string.
    table
        The contract.

    Returns
    -------
    tuple
        The typed frame, columns in the contract's order (missing values are NA; a text that may not be missing
        may be empty), and the problems, empty when the contract is kept. A cell that cannot be read is missing in
        the frame and named in the problems.
    """
    declared = [column.name for column in table.columns]
    problems = [
        Problem(table.name, name, "column missing; allowed: every column of tables.toml")
        for name in declared
        if name not in raw
    ]
    problems += [
        Problem(table.name, name, "column not declared in tables.toml") for name in raw if name not in declared
    ]
    present = [column for column in table.columns if column.name in raw]
    typed = {}
    for column in present:
        typed[column.name], found = _column(raw[column.name], table.name, column)
        problems += found
    frame = pd.DataFrame(typed)
    if set(table.key) <= set(frame):
        problems += _key(frame, table)
    return frame, problems


def _column(cells: pd.Series, table: str, column: Column) -> tuple[pd.Series, list[Problem]]:
    empty = cells == ""
    problems = []
    if column.type == "text" and not column.nullable:
        return cells.astype("str"), []
    if not column.nullable and empty.any():
        problems.append(_problem(table, column, "may not be empty", cells, empty))
    values, bad = _convert(cells.mask(empty), column.type)
    bad &= ~empty
    if bad.any():
        problems.append(_problem(table, column, f"not a readable {column.type}", cells, bad))
    return values, problems


def _convert(cells: pd.Series, kind: str) -> tuple[pd.Series, pd.Series]:
    if kind in ("integer", "number"):
        numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
        bad = numbers.isna() | ((numbers % 1 != 0) if kind == "integer" else False)
        return numbers.mask(bad).astype(DTYPES[kind]), bad
    if kind == "boolean":
        truth = cells.map(TRUTH)
        return truth.astype("boolean"), truth.isna()
    if kind == "date":
        good = cells.str.fullmatch(PARTIAL_DATE).fillna(value=False).astype(bool)
        return cells.where(good).astype("str"), ~good
    return cells.astype("str"), pd.Series(data=False, index=cells.index)


def _key(frame: pd.DataFrame, table: Table) -> Iterable[Problem]:
    key = list(table.key)
    repeated = frame.duplicated(key, keep=False)
    if repeated.any():
        shown = frame.loc[repeated, key].iloc[0]
        yield Problem(table.name, "+".join(key), "must be unique", _lines(repeated), " / ".join(map(str, shown)))


def _problem(table: str, column: Column, rule: str, cells: pd.Series, where: pd.Series) -> Problem:
    return Problem(table, column.name, rule, _lines(where), str(cells[where].iloc[0]))


def _lines(where: pd.Series) -> tuple[int, ...]:
    # Line 1 of the file is the header.
    return tuple(int(position) + 2 for position in where.to_numpy().nonzero()[0][:SHOWN_ROWS])
