"""The selection summed up for charts: by sector, by funder, by year, by place."""

import numpy as np
import pandas as pd

from geo.allocation import CENTIMES
from geo.register import NO_YEAR
from geo.selection import Selection


def by_sector(selection: Selection) -> pd.DataFrame:
    """Projects and counted money of each sector: sector_code, projects, counted_mad. Money sums to the portfolio.

    A project of two sectors counts in both, its money by its shares.
    """
    dimension, cells = selection.register.dimensions["sector"], selection.register.cells
    inside = selection.cell
    pairs = np.unique(cells.sector[inside] * np.int64(len(selection.register)) + cells.project[inside])
    projects = np.bincount(pairs // (len(selection.register) or 1), minlength=len(dimension.options))
    money = np.bincount(cells.sector[inside], cells.centimes[inside], minlength=len(dimension.options))
    table = pd.DataFrame({"sector_code": dimension.options, "projects": projects, "counted_mad": money / CENTIMES})
    return _largest_first(table[table["projects"] > 0])


def by_funder(selection: Selection) -> pd.DataFrame:
    """Projects of each funder and what is known of its own contribution.

    Returns
    -------
    pandas.DataFrame
        funder_code, projects, contribution_mad, undivided: projects it funds with others whose parts the source
        does not give (their money is in nobody's contribution). Contributions therefore sum to less than the
        portfolio; they are full contributions, whatever sectors or territory are chosen.
    """
    register = selection.register
    links = register.organisations[register.organisations["role"] == "funding"]
    links = links[selection.kept[links["project"]]].copy()
    rate = register.projects["rate_mad"].to_numpy("float64", na_value=np.nan)[links["project"]]
    alone = links.groupby("project")["project"].transform("size") == 1
    counted = register.counted_mad[links["project"]]
    declared = links["amount"].to_numpy("float64", na_value=np.nan) * rate
    shared = links["share_pct"].to_numpy("float64", na_value=np.nan) / 100 * counted
    own = np.where(alone, counted, np.where(np.isfinite(declared), declared, shared))
    links["contribution"] = np.where(counted > 0, own, np.nan)
    links["undivided"] = ~np.isfinite(own) & np.isfinite(counted)
    grouped = links.groupby("organisation_code").agg(
        projects=("project", "nunique"), counted_mad=("contribution", "sum"), undivided=("undivided", "sum")
    )
    table = grouped.reset_index().rename(
        columns={"organisation_code": "funder_code", "counted_mad": "contribution_mad"}
    )
    return table.sort_values(["projects", "contribution_mad"], ascending=False, kind="stable", ignore_index=True)


def by_year(selection: Selection) -> pd.DataFrame:
    """Projects and counted money by year of start, every year of the span listed; year is missing when not known."""
    register = selection.register
    years = register.first_year[selection.rows]
    money = selection.centimes[selection.rows] / CENTIMES
    grouped = pd.DataFrame({"year": years, "projects": 1, "counted_mad": money}).groupby("year").sum()
    known = grouped[grouped.index != NO_YEAR]
    if len(known):
        known = known.reindex(range(int(known.index.min()), int(known.index.max()) + 1), fill_value=0)
    table = known.reset_index(names="year").astype({"year": "Int64", "projects": "int64", "counted_mad": "float64"})
    if NO_YEAR in grouped.index:
        unknown = grouped.loc[NO_YEAR]
        table.loc[len(table)] = [pd.NA, int(unknown["projects"]), float(unknown["counted_mad"])]
    return table


def by_place(selection: Selection, children: tuple[str, ...]) -> pd.DataFrame:
    """Projects and counted money in each of the territories given: territory_code, projects, counted_mad.

    Money known only by the territory that contains them all belongs to none; `geo.placement.area_wide` lists it.
    """
    register, cells = selection.register, selection.register.cells
    dimension = register.place_territories
    of_interest = np.isin(dimension.option, [dimension.index[code] for code in children])
    place, option = dimension.project[of_interest], dimension.option[of_interest]
    number = np.full(len(register.locations), -1)
    number[place] = option
    inside = selection.cell & (number[cells.place] >= 0)
    where = number[cells.place[inside]]
    money = np.bincount(where, cells.centimes[inside], minlength=len(dimension.options))
    pairs = np.unique(where * np.int64(len(register) or 1) + cells.project[inside])
    projects = np.bincount(pairs // (len(register) or 1), minlength=len(dimension.options))
    rows = [dimension.index[code] for code in children]
    table = pd.DataFrame(
        {"territory_code": children, "projects": projects[rows], "counted_mad": money[rows] / CENTIMES}
    )
    return _largest_first(table)


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["projects", "counted_mad"], ascending=False, kind="stable", ignore_index=True)
