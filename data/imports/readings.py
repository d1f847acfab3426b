"""How the ambiguous cells of each column are read: as somebody said, else as the sure cells beside them tell."""

from collections.abc import Mapping
from dataclasses import replace

from data.imports.answers import SEVERAL
from data.imports.cells import evidence_of
from data.imports.fields import import_fields
from data.imports.plan import ImportPlan
from data.imports.sheet import EPOCH, Sheet

TOLD_BY_COLUMNS = ("amount", "number", "integer", "percent", "date", "year")
"""Kinds of fields whose cells may have several readings, which the others of their column settle."""
SIGNS_AND_ORDERS = ("comma", "point", "dmy", "mdy")
SETTLED = "settled"
"""The reading of a column that was settled once and for all its rows."""


def settled_plan(sheet: Sheet, plan: ImportPlan) -> ImportPlan:
    """Return the plan with the reading of each column as the whole sheet tells it, to be asked of no column again.

    A few rows read again later by this plan mean what they meant among the others: no few of them settle a doubt that
    the column left open, and the days of a workbook stay those of its calendar.
    """
    position = {column: number for number, column in enumerate(sheet.columns)}
    wanted = {name: position[column] for name, column in plan.columns.items() if column in position}
    readings = column_readings(sheet, plan, wanted)
    told = [name for name in wanted if import_fields()[name].kind in TOLD_BY_COLUMNS]
    return replace(plan, readings=readings | {name: _joined(readings.get(name), SETTLED) for name in told})


def column_readings(sheet: Sheet, plan: ImportPlan, wanted: Mapping[str, int]) -> dict[str, str]:
    """Return how the cells of each field are read: as somebody said, else as the column and its workbook tell."""
    readings = dict(plan.readings)
    for name, at in wanted.items():
        kind = import_fields()[name].kind
        if kind not in TOLD_BY_COLUMNS or SETTLED in readings.get(name, "").split(SEVERAL):
            continue
        told = evidence_of(kind, [row.cells[at] for row in sheet.rows])
        said = readings.get(name, "")
        is_said = any(part in said.split(SEVERAL) for part in SIGNS_AND_ORDERS)
        epoch = sheet.facts.get(EPOCH) if kind in ("date", "year") else None
        readings[name] = _joined(said, None if is_said else told, epoch)
    return readings


def _joined(*parts: str | None) -> str:
    """Return readings as one; empty where there is none."""
    return SEVERAL.join(filter(None, parts))
