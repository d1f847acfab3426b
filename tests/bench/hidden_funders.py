"""How often the matching finds who really paid: funders of completed projects hidden one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.actors_catalog import load_actors_catalog
from data.catalog import load_catalog
from data.store import load
from geo.actors import build_actors
from geo.boundaries import Territories
from geo.matching import Asked, Matcher

FIRST = 5
TABLES = (
    *("organisations", "organisation_zones", "organisation_sectors"),
    *("projects", "project_sectors", "project_locations", "project_organisations"),
)


@dataclass(frozen=True)
class Found:
    """What came out: pairs of a completed project and a funder, and in how many the funder came among the first five.

    `once` counts the pairs whose funder no other project names: nothing could tell it, they are left out of `asked`.
    """

    asked: int
    matching: int
    baseline: int
    once: int

    @property
    def share(self) -> float:
        """Share found by the matching (hit@5)."""
        return self.matching / self.asked

    @property
    def baseline_share(self) -> float:
        """Share found by counting the projects of the same sector and region."""
        return self.baseline / self.asked


def hidden_funders(tables: Mapping[str, pd.DataFrame] | None = None) -> Found:
    """Hide each funder of each completed project in turn, and look for it among the first five.

    The link between the funder and the project is taken out of the register before the question is asked; the project
    keeps its place, its sectors and its other bodies. The question is « who could fund this sector here? ». The need
    is left unknown: it is the same for all who could answer. Rows of one programme resemble each other, which helps the
    matching and the baseline alike.

    Parameters
    ----------
    tables
        The tables of the register; None = those shipped.
    """
    tables = tables or {name: load(name) for name in TABLES}
    territories = Territories.from_table(load("territories"))
    sectors = list(load_catalog().sectors.values())
    need = pd.DataFrame(index=pd.Index([], dtype="str"), columns=[sector.code for sector in sectors], dtype=float)
    places, of_project = _places(tables, territories), _lists(tables["project_sectors"], "sector_code")
    asked = matching = baseline = once = 0
    for row, project, funder in _pairs(tables):
        links = tables["project_organisations"].drop(index=row)
        funding = links[links["role"] == "funding"]
        if funder not in set(funding["organisation_code"]):
            once += 1
            continue
        actors = build_actors(
            {**tables, "project_organisations": links},
            territories=territories,
            sector_codes=[sector.code for sector in sectors],
        )
        matcher = Matcher(actors, sectors, need, load_actors_catalog().matching)
        question = Asked(sectors=tuple(of_project[project]), role="funding")
        first = matcher.actors_for(places[project], question, limit=FIRST).table["organisation_code"]
        asked += 1
        matching += funder in set(first)
        bodies = set(actors.bodies["organisation_code"][actors.is_body])
        baseline += funder in _same_sector_and_region(project, funding, places, of_project, territories, bodies)
    return Found(asked, matching, baseline, once)


def _pairs(tables: Mapping[str, pd.DataFrame]) -> list[tuple[int, str, str]]:
    """Return the row, project and funder of every funding link of a completed project, kinds and persons left out."""
    bodies = tables["organisations"].set_index("organisation_code")
    named = set(bodies.index[~bodies["is_generic"] & ~bodies["organisation_type"].isin(["individuals", "unknown"])])
    done = set(tables["projects"].loc[tables["projects"]["status"] == "closed", "project_code"])
    links = tables["project_organisations"]
    kept = links[
        (links["role"] == "funding") & links["project_code"].isin(done) & links["organisation_code"].isin(named)
    ]
    return list(zip(kept.index, kept["project_code"], kept["organisation_code"], strict=True))


def _places(tables: Mapping[str, pd.DataFrame], territories: Territories) -> dict[str, str]:
    """Return for each project the smallest territory that contains all its places."""
    found = {}
    for project, codes in tables["project_locations"].groupby("project_code")["territory_code"]:
        chains = [[code, *territories.ancestors(code)] for code in codes.unique()]
        found[str(project)] = next(code for code in chains[0] if all(code in chain for chain in chains))
    return found


def _same_sector_and_region(
    project: str,
    funding: pd.DataFrame,
    places: Mapping[str, str],
    sectors: Mapping[str, Sequence[str]],
    territories: Territories,
    bodies: set[str],
) -> set[str]:
    """Return the five funders of most other projects of the same sector in the same region, ties by code."""

    def region(code: str) -> str:
        return next((up for up in (code, *territories.ancestors(code)) if territories.level_of(up) == "region"), "MA")

    here, own = region(places[project]), set(sectors[project])
    alike = {code for code in places if code != project and own & set(sectors[code]) and region(places[code]) == here}
    rows = funding[funding["project_code"].isin(alike) & funding["organisation_code"].isin(bodies)]
    counts = rows.groupby("organisation_code")["project_code"].nunique()
    order = np.lexsort((counts.index.to_numpy(str), -counts.to_numpy()))
    return set(counts.index[order][:FIRST])


def _lists(table: pd.DataFrame, column: str) -> dict[str, list[str]]:
    return {str(code): list(codes) for code, codes in table.groupby("project_code")[column]}
