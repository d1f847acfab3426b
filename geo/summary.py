"""The selection summed up for charts: by sector, by funder, by year, by place.

Money is missing (NaN), not zero, where no amount is known of any project counted there.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.allocation import CENTIMES, IntArray
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
    money = _money_mad(selection, np.flatnonzero(inside), cells.sector[inside], len(dimension.options))
    table = pd.DataFrame({"sector_code": dimension.options, "projects": projects, "counted_mad": money})
    return _largest_first(table[table["projects"] > 0])


def by_funder(selection: Selection) -> pd.DataFrame:
    """Projects of each funder and what is known of its own contribution.

    Returns
    -------
    pandas.DataFrame
        funder_code, projects, contribution_mad (missing when none of its own is known), undivided: projects it funds
        with others whose parts the source does not give (their money is in nobody's contribution). Contributions
        therefore sum to less than the portfolio; they are full contributions, whatever sectors or territory are chosen.
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
    grouped = links.groupby("organisation_code")
    table = grouped.agg(projects=("project", "nunique"), undivided=("undivided", "sum"))
    table["contribution_mad"] = grouped["contribution"].sum(min_count=1)
    table = table.reset_index(names="funder_code")
    return table.sort_values(["projects", "contribution_mad"], ascending=False, kind="stable", ignore_index=True)


def by_year(selection: Selection) -> pd.DataFrame:
    """Projects and counted money by year of start, every year of the span listed; year is missing when not known."""
    register = selection.register
    years = register.first_year[selection.rows]
    known_mad = np.isfinite(register.counted_mad[selection.rows])
    money = np.where(known_mad, selection.centimes[selection.rows] / CENTIMES, np.nan)
    by_start = pd.DataFrame({"year": years, "projects": 1, "counted_mad": money}).groupby("year")
    grouped = by_start.sum(min_count=1)
    known = grouped[grouped.index != NO_YEAR]
    if len(known):
        span = range(int(known.index.min()), int(known.index.max()) + 1)
        silent = [year for year in span if year not in known.index]  # no project began then: zero, and known to be
        known = pd.concat([known, pd.DataFrame({"projects": 0, "counted_mad": 0.0}, index=silent)]).loc[list(span)]
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
    money = _money_mad(selection, np.flatnonzero(inside), where, len(dimension.options))
    pairs = np.unique(where * np.int64(len(register) or 1) + cells.project[inside])
    projects = np.bincount(pairs // (len(register) or 1), minlength=len(dimension.options))
    rows = [dimension.index[code] for code in children]
    table = pd.DataFrame({"territory_code": children, "projects": projects[rows], "counted_mad": money[rows]})
    return _largest_first(table)


def _money_mad(selection: Selection, cells: IntArray, group: IntArray, size: int) -> npt.NDArray[np.float64]:
    """Sum the money of cells by group, dirhams; NaN where no project of the group has a known amount."""
    register = selection.register
    known = np.isfinite(register.counted_mad)[register.cells.project[cells]]
    money = np.bincount(group, register.cells.centimes[cells], minlength=size) / CENTIMES
    return np.where(np.bincount(group, known, minlength=size) > 0, money, np.nan)


def _largest_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["projects", "counted_mad"], ascending=False, kind="stable", ignore_index=True)
