"""Files of our own come back: the line of words left out, the places joined to their projects."""

from collections.abc import Sequence
from dataclasses import replace

from data.exchange.contract import PLACES, PROJECTS
from data.imports.sheet import Row, Sheet

KEY = "project_code"
JOINED = "places"
_PROJECT_COLUMNS = {"project_code", "title", "title_fr", "status", "sectors", "places"}
_PLACE_COLUMNS = {"project_code", "territory_code", "place_name", "lon", "lat"}


def whole(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of a file; of one that the atlas wrote, its projects with their places, and nothing else."""
    projects = next((sheet for sheet in sheets if set(sheet.columns) >= _PROJECT_COLUMNS), None)
    if projects is None:
        return list(sheets)
    places = next((sheet for sheet in sheets if set(sheet.columns) >= _PLACE_COLUMNS and sheet is not projects), None)
    projects = _without_words(projects, {column.name for column in PROJECTS.columns})
    if places is None:
        return [projects]
    return [_joined(projects, _without_words(places, {column.name for column in PLACES.columns}))]


def _without_words(sheet: Sheet, names: set[str]) -> Sheet:
    """Leave out the second row of our workbooks, which names the columns in words."""
    if sheet.format != "xlsx" or not names <= set(sheet.columns) or not sheet.rows:
        return sheet
    return replace(sheet, rows=sheet.rows[1:])


def _joined(projects: Sheet, places: Sheet) -> Sheet:
    at = {
        name: places.columns.index(name)
        for name in (*_PLACE_COLUMNS, *(("exactness",) if "exactness" in places.columns else ()))
    }
    by_project: dict[str, list[dict[str, object]]] = {}
    for row in places.rows:
        told = {name: row.cells[number] for name, number in at.items() if row.cells[number] not in (None, "")}
        key = str(told.pop(KEY, ""))
        by_project.setdefault(key, []).append(told)
    key_at, places_at = projects.columns.index(KEY), projects.columns.index(JOINED)
    rows = []
    for row in projects.rows:
        cells = list(row.cells)
        if listed := by_project.get(str(cells[key_at])):
            cells[places_at] = [{**one, "exactness": str(one.get("exactness", ""))} for one in listed]
        rows.append(Row(row.number, cells, row.problem))
    return replace(projects, rows=rows)
