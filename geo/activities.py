"""The selected projects as activities: what is exchanged with other systems, all of it from the one selection."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from data.exchange.activity import Activity, ActivityBody, ActivityPlace, ActivitySector
from geo.portfolio import Labels, Pictures
from geo.register import Register
from geo.selection import Selection

LANGUAGES = ("fr", "ar", "en")


def activities(
    selection: Selection, *, labels: Labels, types: Mapping[str, str], pictures: Pictures = MappingProxyType({})
) -> Iterator[Activity]:
    """Yield each selected project whole (all its sectors, places and bodies), in the order of the register.

    Parameters
    ----------
    types
        Organisation code → its type.
    pictures
        Project code → its pictures that may be passed on.
    """
    register = selection.register
    bodies = dict(iter(register.organisations.groupby("project", sort=False)))
    for row in selection.rows:
        activity = _activity(register, int(row), bodies.get(int(row)), labels, types)
        yield replace(activity, pictures=tuple(pictures.get(activity.identifier, ())))


def _activity(
    register: Register, row: int, bodies: pd.DataFrame | None, labels: Labels, types: Mapping[str, str]
) -> Activity:
    project = register.projects.iloc[row]
    sectors = register.sectors.iloc[register.sectors_of(row)]
    places = register.locations.iloc[register.locations_of(row)]
    amount, year = _given(project["amount"]), _given(project["amount_year"])
    return Activity(
        identifier=project["project_code"],
        title={language: title for language in LANGUAGES if (title := _given(project[f"title_{language}"]))},
        description={"fr": note} if (note := _given(project["note"])) else {},
        status=project["status"],
        start_date=_given(project["start_date"]),
        end_date=_given(project["end_date"]),
        sectors=tuple(
            ActivitySector(
                one.sector_code, _given(one.dac_code), float(one.share_pct), labels.sector.get(one.sector_code, "")
            )
            for one in sectors.itertuples()
        ),
        places=tuple(_place(one, labels) for one in places.itertuples()),
        bodies=()
        if bodies is None
        else tuple(
            ActivityBody(
                one.role,
                labels.organisation.get(one.organisation_code, one.organisation_code),
                one.organisation_code,
                types.get(one.organisation_code, ""),
            )
            for one in bodies.itertuples()
        ),
        amount=None if amount is None else f"{float(amount):.2f}",
        currency=_given(project["currency"]),
        amount_year=None if year is None else int(year),
        beneficiaries_said=_given(project["beneficiaries_said"]),
        part_of=_given(project["part_of"]),
        same_as=_given(project["same_as"]),
        source_url=_given(project["source_url"]),
        source_date=_given(project["source_date"]),
        precision=project["precision"],
    )


def _place(one: Any, labels: Labels) -> ActivityPlace:
    is_point = _given(one.lon) is not None and _given(one.lat) is not None
    return ActivityPlace(
        territory_code=one.territory_code,
        name=labels.territory.get(one.territory_code, ""),
        place_name=_given(one.place_name) or "",
        lon=float(one.lon) if is_point else None,
        lat=float(one.lat) if is_point else None,
        exactness=_given(one.exactness) if is_point else None,
    )


def _given(value: Any) -> Any:
    return None if value is None or value is pd.NA or value != value or value == "" else value  # noqa: PLR0124 - NaN
