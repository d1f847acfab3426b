"""The projects of a territory as the file that stands alone keeps them: what each answers to, and its money."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.texts import Texts
from geo.allocation import ESTIMATED_RULES
from geo.placement import chosen_places
from geo.selection import Selection, select
from geo.state import SHOWS, State
from layers import style
from layers.legend import Legend
from layers.payload import map_state
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.marks import mark
from pages.ui.projects import project_finding

FILTERS = ("sector", "funder", "status")


def content(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return the projects with a place in the territory; the browser selects among them as `geo.selection.select`."""
    everything = select(know.register, State(territory=territory))
    first, last = know.territories.commune_range(territory)
    number_of = np.full(len(know.register), -1)
    number_of[everything.rows] = np.arange(len(everything))
    state = map_state(focus=map_view.focus_on(know, territory), legend=Legend("").as_dict())
    return {
        "place": know.territories.name(territory, t.language),
        "communes": last - first,
        "options": {name: [_option(know, name, code, t) for code in _codes(know, name)] for name in FILTERS},
        "projects": [_project(know, everything, int(row), t) for row in everything.rows],
        "places": _places(everything, number_of),
        "cells": _cells(everything, number_of),
        "points": map_view.points_addresses(know, t),
        "state": state,
        "shows": [{"code": code, "label": t(f"show.{code}")} for code in SHOWS],
        "money": _money(know, territory, t),
        "source": project_finding.source(know, t),
    }


def _money(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return how money is drawn as circles (`layers.style.circle_radii`), and the legend to put the counts in."""
    _, state = map_view.drawing(know, select(know.register, State(territory=territory, show="amount")), t)
    return {
        "greatest": map_view.greatest_commune_mad(know),
        "largest": style.LARGEST_RADIUS_PX,
        "smallest": style.SMALLEST_RADIUS_PX,
        "most": style.MOST_RADIUS_PX,
        "steps": style.RADIUS_STEPS,
        "legend": state["legend"],
    }


def _codes(know: Knowledge, name: str) -> tuple[str, ...]:
    return know.register.dimensions[name].options


def _option(know: Knowledge, name: str, code: str, t: Texts) -> dict[str, str]:
    option = {"label": words.option(know, name, code, t)}
    return option | (sector_sign(know, code, t) if name == "sector" else {})


def sector_sign(know: Knowledge, code: str, t: Texts) -> dict[str, str]:
    """Return shape and colour of a sector."""
    look = mark(know, code, t)
    return {"path": look.path, "colour": look.colour}


def _project(know: Knowledge, everything: Selection, row: int, t: Texts) -> dict[str, Any]:
    register, project = know.register, know.register.projects.iloc[row]
    amount = float(register.amount_mad[row])
    chosen = map_view.chosen(know, everything, str(project["project_code"]))
    return {
        "code": project["project_code"],
        "row": row,
        "title": words.title(project, t),
        "where": words.places(know, row, t, limit=2),
        "years": words.years(project, t),
        "amount": words.amount(project, t),
        "mad": amount if np.isfinite(amount) else None,
        "framework": bool(project["envelope"] == "framework") if words.given(project["envelope"]) else False,
        "running": project["status"] == "implementation",
        "main": int(register.main_sector[row]),
        **{name: _numbers(know, name, row) for name in FILTERS},
        "chosen": {
            "projects": chosen.projects,
            "communes": chosen.communes,
            "hatched": chosen.hatched,
        },
    }


def _numbers(know: Knowledge, name: str, row: int) -> list[int]:
    dimension = know.register.dimensions[name]
    return [dimension.index[code] for code in dimension.of(row)]


def _places(everything: Selection, number_of: NDArray[np.int64]) -> list[list[int]]:
    """Return the places in the territory: project, commune, whether at a point, number of the point."""
    register = everything.register
    rows = np.flatnonzero(chosen_places(everything))
    point_of = np.cumsum(register.is_point) - 1
    columns = (
        number_of[register.locations["project"].to_numpy()[rows]],
        register.place_commune[rows],
        register.is_point[rows].astype(int),
        np.where(register.is_point[rows], point_of[rows], -1),
    )
    return _listed(columns)


def _cells(everything: Selection, number_of: NDArray[np.int64]) -> list[list[int]]:
    """Return the money in the territory: project, sector, commune, centimes, whether its split is our estimate."""
    cells, inside = everything.register.cells, everything.cell
    columns = (
        number_of[cells.project[inside]],
        cells.sector[inside],
        everything.register.place_commune[cells.place[inside]],
        cells.centimes[inside],
        np.isin(cells.rule[inside], ESTIMATED_RULES),
    )
    return _listed(columns)


def _listed(columns: Sequence[NDArray[Any]]) -> list[list[int]]:
    rows: list[list[int]] = np.column_stack(columns).astype(int).tolist()
    return rows
