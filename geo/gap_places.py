"""One place of the gaps page: the projects placed in it with their money, those that only cover it."""

import numpy as np
import pandas as pd

from geo.absence import place_units
from geo.allocation import CENTIMES, RULES
from geo.boundaries import Territories
from geo.need_levels import Level
from geo.register import AREA_WIDE
from geo.selection import Selection


def projects_at(selection: Selection, level: Level, code: str) -> pd.DataFrame:
    """Return the selected projects placed in a unit of the level, the most money first.

    Returns
    -------
    pandas.DataFrame
        project (row of the register), mad (dirhams of it placed in the unit, NaN when its amount is unknown) and rule
        (`geo.allocation.RULES`; empty when unknown). The money sums to that of the unit, to the centime.
    """
    register, cells = selection.register, selection.register.cells
    here = place_units(register, level) == level.codes.index(code)
    project = register.locations["project"].to_numpy()
    rows = np.unique(project[here & selection.kept[project]])
    inside = selection.cell & here[cells.place]
    centimes = np.bincount(cells.project[inside], cells.centimes[inside], minlength=len(register))
    rule = np.full(len(register), "", dtype=object)
    rule[cells.project[inside]] = np.array(RULES, dtype=object)[cells.rule[inside]]
    known = np.isfinite(register.counted_mad[rows])
    table = pd.DataFrame(
        {
            "project": rows,
            "mad": np.where(known, centimes[rows] / CENTIMES, np.nan),
            "rule": np.where(known, rule[rows], ""),
        }
    )
    return table.sort_values("mad", ascending=False, kind="stable", ignore_index=True)


def covering(selection: Selection, territories: Territories, level: Level, code: str) -> pd.DataFrame:
    """Return the projects known only by a territory wider than a unit that contains it: project, territory_code.

    The chosen territory does not narrow them. The nearest territory first; a project known by several is listed with
    each, also when it has a place in the unit besides.
    """
    register = selection.register
    project = register.locations["project"].to_numpy()
    codes = register.locations["territory_code"].to_numpy()
    wide = (place_units(register, level) == AREA_WIDE) & selection.without("territory")[project]
    above = territories.ancestors(code)
    found = pd.DataFrame({"project": project[wide], "territory_code": codes[wide]}).drop_duplicates()
    found = found[found["territory_code"].isin(above)]
    return found.sort_values("territory_code", key=lambda one: one.map(above.index), kind="stable", ignore_index=True)
