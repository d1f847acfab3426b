"""How a project's money is spread over its sectors and places: declared first, estimated last, exact to the centime."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

CENTIMES = 100
RULES = ("single", "amount", "share", "population", "equal")
"""How the parts of a project over its places were found. The first three are the source's own; the last two are
our estimate ("réparti à défaut") and are labelled so wherever they are shown."""
ESTIMATED_RULES = (RULES.index("population"), RULES.index("equal"))


@dataclass(frozen=True)
class Allocation:
    """One cell per project x sector x place, in the order of the projects.

    Attributes
    ----------
    project, sector, place
        Row numbers: of the project, of the sector in the catalogue, of the row of `project_locations`.
    centimes
        Part of the project's counted money that falls in the cell, in hundredths of a dirham; 0 when unknown.
    rule
        Index in `RULES` of the way the place's share was found.
    """

    project: IntArray
    sector: IntArray
    place: IntArray
    centimes: IntArray
    rule: npt.NDArray[np.int8]


def apportion(totals: IntArray, group: IntArray, weight: FloatArray) -> IntArray:
    """Split each total over the members of its group in proportion to their weights, without losing a unit.

    Parameters
    ----------
    totals
        One whole number per group, not negative.
    group
        Group number of each member, ascending.
    weight
        Weight of each member, not negative. A group whose weights are all 0 is split equally.

    Returns
    -------
    numpy.ndarray
        One whole number per member; the members of a group sum to its total.

    Notes
    -----
    Largest remainder (Hamilton): whole parts first, then one more unit to the largest fractions; ties go to the
    earlier member, so that the same input always gives the same parts.
    """
    largest = np.zeros(len(totals))
    np.maximum.at(largest, group, weight)
    # By a power of two nothing is rounded, and sums of weights near the ends of the number range stay finite.
    weight = np.ldexp(weight, -np.frexp(largest)[1][group])
    weight = np.where(largest[group] > 0, weight, 1.0)
    sums = np.bincount(group, weight, minlength=len(totals))
    exact = totals[group] * (weight / sums[group])
    parts = np.floor(exact).astype(np.int64)
    missing = totals - np.bincount(group, parts, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(group)), -(exact - parts), group))
    place_in_group = np.arange(len(group)) - np.searchsorted(group, group[order], side="left")
    parts[order] += (place_in_group < missing[group[order]]).astype(np.int64)
    return parts


def place_weights(
    locations: pd.DataFrame, project: IntArray, population: FloatArray
) -> tuple[FloatArray, npt.NDArray[np.int8]]:
    """Weigh the places of each project by the first rule of `RULES` that holds for all of them.

    Parameters
    ----------
    locations
        Rows of `project_locations`, ordered by project.
    project
        Project number of each row, ascending.
    population
        Inhabitants of each row's territory; NaN when unknown. Several places of one project in one territory
        share its population.

    Returns
    -------
    tuple
        Weight and rule (index in `RULES`) of each row.
    """
    count = int(project[-1]) + 1 if len(project) else 0
    size = np.bincount(project, minlength=count)
    amount = locations["amount_mad"].to_numpy("float64", na_value=np.nan)
    share = locations["share_pct"].to_numpy("float64", na_value=np.nan)
    repeated = locations.groupby([project, locations["territory_code"].to_numpy()])["territory_code"].transform("size")
    people = population / repeated.to_numpy()
    weight = np.ones(len(project))
    rule = np.full(len(project), RULES.index("equal"), np.int8)
    for name, values in (("population", people), ("share", share), ("amount", amount)):
        complete = np.bincount(project, np.isfinite(values) & (values >= 0), minlength=count) == size
        positive = np.bincount(project, np.nan_to_num(values), minlength=count) > 0
        chosen = (complete & positive)[project]
        weight = np.where(chosen, values, weight)
        rule = np.where(chosen, np.int8(RULES.index(name)), rule)
    rule = np.where((size == 1)[project], np.int8(RULES.index("single")), rule)
    return weight, rule.astype(np.int8)


def allocate(
    counted_mad: FloatArray, sectors: pd.DataFrame, locations: pd.DataFrame, population: FloatArray
) -> Allocation:
    """Spread each project's counted money over its sectors and places (outer product of both shares).

    Parameters
    ----------
    counted_mad
        Dirhams of each project that enter sums; NaN when no amount is known (its cells hold 0).
    sectors
        Columns project, sector (row numbers) and share_pct, ordered by project; every project has at least one.
    locations
        Column project (row number), territory_code, amount_mad, share_pct, ordered by project; at least one each.
    population
        Inhabitants of the territory of each row of `locations`; NaN when unknown.

    Returns
    -------
    Allocation
        Cells ordered by project, then sector, then place; those of a project sum to its money to the centime.
    """
    project = locations["project"].to_numpy(np.int64)
    weight, rule = place_weights(locations, project, population)
    left = sectors[["project", "sector", "share_pct"]]
    right = pd.DataFrame({"project": project, "place": np.arange(len(project)), "weight": weight, "rule": rule})
    right["weight"] /= right.groupby("project")["weight"].transform("sum")
    cells = left.merge(right, on="project", sort=False)
    owner = cells["project"].to_numpy(np.int64)
    totals = np.rint(np.nan_to_num(counted_mad) * CENTIMES).astype(np.int64)
    parts = apportion(totals, owner, (cells["share_pct"] * cells["weight"]).to_numpy("float64"))
    return Allocation(
        project=owner,
        sector=cells["sector"].to_numpy(np.int64),
        place=cells["place"].to_numpy(np.int64),
        centimes=parts,
        rule=cells["rule"].to_numpy(np.int8),
    )
