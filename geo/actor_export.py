"""The directory listed as a table to take away: one row a body, its seat, sectors, places, projects and sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.actor_selection import ActorSelection
from geo.ties import RELATIONS

JOINED = ";"


@dataclass(frozen=True)
class ActorLabels:
    """Words for the codes of a file, in one language: names, types, countries, sectors, territories."""

    name: Mapping[str, str]
    kind: Mapping[str, str]
    country: Mapping[str, str]
    sector: Mapping[str, str]
    territory: Mapping[str, str]


def rows(selection: ActorSelection, sources: pd.DataFrame, *, labels: ActorLabels) -> pd.DataFrame:
    """Return the bodies listed, in the order of the table on the page.

    Parameters
    ----------
    sources
        What each source says of a body: organisation_code, source_url, source_said.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.ORGANISATIONS`; what no source gives is missing. `territory_code` is the
        seat, where it is known to lie in Morocco; `places` are those of its ties but the seat, in the order of their
        codes.
    """
    directory, at = selection.directory, selection.rows
    actors = directory.actors
    bodies = actors.bodies.iloc[at]
    codes = bodies["organisation_code"].tolist()
    seats = bodies["seat_code"].astype(object).where(bodies["seat_code"].notna(), None)
    practised = [[actors.sector_codes[column] for column in np.flatnonzero(actors.practised[row])] for row in at]
    places, named = _places(selection), _sources(sources)
    counts = directory.projects[at]
    return pd.DataFrame(
        {
            "organisation_code": codes,
            "name": [labels.name[code] for code in codes],
            "name_fr": bodies["name_fr"].to_numpy(),
            "name_ar": bodies["name_ar"].to_numpy(),
            "acronym": bodies["acronym"].to_numpy(),
            "organisation_type": bodies["organisation_type"].to_numpy(),
            "organisation_type_label": [labels.kind[kind] for kind in bodies["organisation_type"]],
            "country": bodies["country"].to_numpy(),
            "country_label": [labels.country.get(country) for country in bodies["country"]],
            "seat_place": bodies["seat_place"].to_numpy(),
            "territory_code": seats.to_numpy(),
            "territory_name": [labels.territory.get(code) for code in seats],
            "sectors": [JOINED.join(own) for own in practised],
            "sector_labels": [_said(own, labels.sector) for own in practised],
            "places": [JOINED.join(own) for own in places],
            "place_names": [_said(own, labels.territory) for own in places],
            "projects": counts.sum(axis=1),
            "projects_under_way": counts[:, 0],
            "projects_done": counts[:, 1],
            "website": bodies["website"].to_numpy(),
            "sources": [named.get(code) for code in codes],
        }
    )


def _places(selection: ActorSelection) -> list[list[str]]:
    ties, territories = selection.directory.actors.ties, selection.directory.actors.grid.territories
    seat = RELATIONS.index("seat")
    found = []
    for row in selection.rows:
        own = ties.of(int(row))
        kept = ties.territory[own][ties.relation[own] != seat]
        found.append(sorted({territories.codes[place] for place in kept.tolist()}))
    return found


def _sources(sources: pd.DataFrame) -> dict[str, str]:
    said = sources["source_url"].where(sources["source_url"].fillna("") != "", sources["source_said"])
    own = said.dropna().groupby(sources["organisation_code"], sort=False)
    return {str(code): JOINED.join(dict.fromkeys(lines)) for code, lines in own}


def _said(codes: Iterable[str], words: Mapping[str, str]) -> str:
    return f"{JOINED} ".join(words[code] for code in codes)
