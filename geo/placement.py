"""What of a selection is drawn where: real points as points, communes as areas, the rest in the list beside the map."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.allocation import CENTIMES, IntArray
from geo.register import AREA_WIDE, Register
from geo.selection import Selection

MIXED = 255  # several sectors; catalogues of sectors stay well below


@dataclass(frozen=True)
class Points:
    """Every point of the register, in a fixed order: the browser keeps them and is told which to show."""

    place: IntArray
    project: IntArray
    sector: IntArray
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]


@dataclass(frozen=True)
class CommuneAreas:
    """Per commune index: projects known by the commune (not by a point), their sector (or MIXED), all located money."""

    projects: IntArray
    sector: IntArray
    money_mad: npt.NDArray[np.float64]


def all_points(register: Register) -> Points:
    """Return the places of the register that have a real position (EPSG:4326), with the project's first sector."""
    place = np.flatnonzero(register.is_point)
    project = register.locations["project"].to_numpy()[place]
    return Points(
        place=place,
        project=project,
        sector=register.main_sector[project],
        lon=register.locations["lon"].to_numpy("float64")[place],
        lat=register.locations["lat"].to_numpy("float64")[place],
    )


def chosen_places(selection: Selection) -> npt.NDArray[np.bool_]:
    """Mark the rows of `locations` that belong to a selected project and lie in the chosen territory."""
    register = selection.register
    territory = register.place_territories
    inside = np.zeros(len(register.locations), dtype=bool)
    number = territory.index[selection.state.territory]
    inside[territory.project[territory.option == number]] = True
    return np.asarray(inside & selection.kept[register.locations["project"].to_numpy()], np.bool_)


def commune_areas(selection: Selection, commune_count: int) -> CommuneAreas:
    """Count, commune by commune, the selected projects known by their commune only, and sum the located money.

    Money of points is in the sum of their commune; a project is counted once in a commune however many places it
    has there.
    """
    register, cells = selection.register, selection.register.cells
    chosen = chosen_places(selection) & ~register.is_point & (register.place_commune != AREA_WIDE)
    pairs = np.unique(
        register.place_commune[chosen] * np.int64(len(register)) + register.locations["project"].to_numpy()[chosen]
    )
    commune, project = np.divmod(pairs, len(register) or 1)
    sector = register.main_sector[project]
    counts = np.bincount(commune, minlength=commune_count)
    low = np.full(commune_count, MIXED)
    high = np.full(commune_count, -1)
    np.minimum.at(low, commune, sector)
    np.maximum.at(high, commune, sector)
    inside = selection.cell & register.located
    money = np.bincount(register.place_commune[cells.place[inside]], cells.centimes[inside], minlength=commune_count)
    return CommuneAreas(counts, np.where(low == high, low, MIXED), money / CENTIMES)


def known_by(selection: Selection) -> tuple[int, int, int]:
    """Count the selected projects by the closest they are known: a real position, a commune, a wider area only.

    Each is counted once, at the best of its places within the chosen territory: the three sum to the projects.
    """
    register = selection.register
    chosen = chosen_places(selection)
    project = register.locations["project"].to_numpy()
    at_point, in_commune = register.is_point, register.place_commune != AREA_WIDE
    point = np.unique(project[chosen & at_point])
    commune = np.setdiff1d(project[chosen & in_commune], point)
    wider = np.setdiff1d(project[chosen], np.concatenate([point, commune]))
    return len(point), len(commune), len(wider)


def reached_communes(selection: Selection) -> IntArray:
    """Commune indexes in which a selected project has a place, within the chosen territory, ascending."""
    communes = selection.register.place_commune[chosen_places(selection)]
    return np.unique(communes[communes != AREA_WIDE])


def area_wide(selection: Selection) -> pd.DataFrame:
    """List the territories wider than a commune by which selected projects are known, with their projects and money.

    Returns
    -------
    pandas.DataFrame
        One row per territory: territory_code, projects, without_amount (projects whose money is unknown),
        counted_mad. With the located money it sums to the portfolio.
    """
    register, cells = selection.register, selection.register.cells
    chosen = chosen_places(selection) & (register.place_commune == AREA_WIDE)
    places = register.locations.loc[chosen, ["project", "territory_code"]].drop_duplicates()
    places["unknown"] = ~np.isfinite(register.amount_mad[places["project"]])
    inside = selection.cell & ~register.located
    money = (
        pd.Series(cells.centimes[inside])
        .groupby(register.locations["territory_code"].to_numpy()[cells.place[inside]])
        .sum()
    )
    listed = places.groupby("territory_code").agg(projects=("project", "size"), without_amount=("unknown", "sum"))
    listed["counted_mad"] = money.reindex(listed.index, fill_value=0) / CENTIMES
    return listed.reset_index().sort_values(
        ["counted_mad", "projects"], ascending=False, kind="stable", ignore_index=True
    )


def communes_of_project(register: Register, row: int) -> list[int]:
    """Commune indexes of one project's places, ascending; empty when it is known only by wider areas."""
    numbers = register.place_commune[register.locations["project"].to_numpy() == row]
    return sorted(set(numbers[numbers != AREA_WIDE].tolist()))
