"""What each project weighs in sums: conversion to dirhams, and envelopes kept apart from what they contain.

Rules
-----
* An amount in dirhams keeps its value. A foreign amount is converted at the average rate of its year; without a year
  it is not converted and its dirhams are missing.
* The year is that of the start; without a start, that of the end; else the one the note states (`source`).
* `counted_mad` is the part of a row that enters sums:
  a row on its own counts its amount, and so does a part of an envelope;
  a package counts what is left once its parts, and the parts of its parts, are taken off, never below zero;
  a framework (programme whose content is not itemised) counts zero;
  a row that repeats another counts zero;
  an amount that is missing, or not converted, stays missing, save for frameworks and repeats, which count zero.
Hence the counted amounts of a package and all it contains add up to the amount of the package to the centime, as long
as the parts do not exceed it.
"""

import pandas as pd

DIRHAM = "MAD"
PACKAGE, FRAMEWORK = "package", "framework"


def convert(projects: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return the projects with `amount_year`, `amount_year_rule`, `rate_mad` and `amount_mad`.

    Parameters
    ----------
    projects
        Columns amount, currency, start_date, end_date and money_year (year stated by a note, or empty).
    rates
        Columns currency, year, mad_per_unit.

    Returns
    -------
    pandas.DataFrame
        The same rows. `amount_mad` has two decimals; it is missing when there is no amount, no year for a foreign
        currency, or no rate for that year.
    """
    known = dict(zip(zip(rates["currency"], rates["year"], strict=True), rates["mad_per_unit"], strict=True))
    found = [_year(row) if row.amount == row.amount else (None, "") for row in projects.itertuples()]
    years = [year for year, _ in found]
    rate = [
        1.0 if currency == DIRHAM else known.get((currency, year))
        for currency, year in zip(projects["currency"], years, strict=True)
    ]
    converted = projects.assign(
        amount_year=pd.array(years, dtype="Int64"),
        amount_year_rule=[rule for _, rule in found],
        rate_mad=pd.array(rate, dtype="Float64"),
    )
    converted.loc[converted["amount"].isna(), "rate_mad"] = pd.NA
    converted["amount_mad"] = (converted["amount"].astype("Float64") * converted["rate_mad"]).round(2)
    return converted


def _year(row: object) -> tuple[int | None, str]:
    for rule, date in (("start", row.start_date), ("end", row.end_date), ("source", row.money_year)):  # type: ignore[attr-defined]  # columns are attributes of a row
        if date:
            return int(date[:4]), rule
    return None, ""


def count(projects: pd.DataFrame) -> pd.Series:
    """Return `counted_mad`, dirhams that enter sums, by the rules of this module.

    Parameters
    ----------
    projects
        Indexed by project code; columns amount_mad, envelope, part_of, same_as (texts, empty when none).

    Raises
    ------
    ValueError
        `part_of` turns in a circle, or names a row that is not there.
    """
    parts = projects[projects["part_of"] != ""].groupby("part_of").groups
    counted: dict[str, float | None] = {}

    def weigh(code: str) -> float:
        """Count the rows below a row, then the row; return what they hold together."""
        below = sum(weigh(part) for part in parts.get(code, ()))
        counted[code] = _own_weight(projects.loc[code], below)
        return round(below + (counted[code] or 0.0), 2)

    for code in projects.index[projects["part_of"] == ""]:
        weigh(code)
    # Rows that hang in a circle are below no row that stands alone.
    if left := set(projects.index) - set(counted):
        raise ValueError(f"readings.csv: part_of turns in a circle or names an unknown row: {', '.join(sorted(left))}")
    return pd.Series(counted, dtype="Float64").reindex(projects.index)


def _own_weight(row: pd.Series, below: float) -> float | None:
    if row["envelope"] == FRAMEWORK or row["same_as"]:
        return 0.0
    if pd.isna(row["amount_mad"]):
        return None
    amount = float(row["amount_mad"])
    return round(max(0.0, amount - below), 2) if row["envelope"] == PACKAGE else amount
