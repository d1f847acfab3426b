"""Does a table keep its contract? Every problem is found and named, then all are raised at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype, is_string_dtype

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
    problems = _presence(raw, table)
    present = [column for column in table.columns if column.name in raw]
    typed = {}
    for column in present:
        typed[column.name], found = _column(raw[column.name], table.name, column)
        problems += found
    frame = pd.DataFrame(typed)
    if set(table.key) <= set(frame):
        problems += _key(frame, table)
    return frame, problems


def check(frame: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Check a frame that carries its types (a Parquet file) against the contract, and list everything that breaks it.

    Parameters
    ----------
    frame
        The file as read. Texts may be categories: they take little room and compare fast.
    table
        The contract.

    Returns
    -------
    tuple
        The frame, columns in the contract's order, and the problems, empty when the contract is kept.
    """
    problems = _presence(frame, table)
    present = [column for column in table.columns if column.name in frame]
    for column in present:
        cells = frame[column.name]
        if not _is_of(cells, column.type):
            rule = f"not of type {column.type}; the file holds {cells.dtype}"
            problems.append(Problem(table.name, column.name, rule))
        empty = cells.isna()
        if not column.nullable and empty.any():
            problems.append(Problem(table.name, column.name, "may not be empty", _lines(empty)))
    if set(table.key) <= set(frame):
        problems += _key(frame, table)
    return frame[[column.name for column in present]], problems


def _is_of(cells: pd.Series, kind: str) -> bool:
    if kind in ("text", "date"):
        values = cells.cat.categories if isinstance(cells.dtype, pd.CategoricalDtype) else cells
        return bool(is_string_dtype(values))
    tests = {"integer": is_integer_dtype, "number": is_float_dtype, "boolean": is_bool_dtype}
    return bool(tests[kind](cells))


def _presence(frame: pd.DataFrame, table: Table) -> list[Problem]:
    """Name the columns that are declared but not there, and those that are there but not declared."""
    declared = [column.name for column in table.columns]
    missing = "column missing; allowed: every column of tables.toml"
    return [
        *(Problem(table.name, name, missing) for name in declared if name not in frame),
        *(Problem(table.name, name, "column not declared in tables.toml") for name in frame if name not in declared),
    ]


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
        bad = ~np.isfinite(numbers) | ((numbers % 1 != 0) if kind == "integer" else False)
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
    # Line 1 of a CSV file is the header; the rows of a Parquet file are counted the same way.
    return tuple(int(position) + 2 for position in where.to_numpy().nonzero()[0][:SHOWN_ROWS])
