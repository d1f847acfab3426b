"""Those who act: every body with its places, its sectors and its record, laid out so that all are asked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import CodeError
from geo.allocation import FloatArray, IntArray
from geo.boundaries import Territories
from geo.ties import Grid, Ties, lay_out_ties

BoolArray = npt.NDArray[np.bool_]

CARRYING = ("implementing", "accountable")
DONE, STOPPED = ("closed",), ("cancelled", "suspended")
NOBODY = ("individuals", "unknown")
"""Types that name no body one could write to."""
ABROAD_TYPES = ("mre_association", "association", "ngo", "federation", "local_authority_abroad", "foundation")
"""Types whose seat abroad makes a tie between a country of residence and a territory."""


@dataclass(frozen=True)
class Actors:
    """Every body in the order of its code, with what the register and the directories say of it.

    Attributes
    ----------
    bodies
        The table `organisations`, ordered by code.
    grid
        The communes.
    sector_codes
        Columns of the arrays below, in the order of the catalogue.
    ties
        Where each body comes from, works, has a project or its seat.
    declared
        bodies x sectors: its directory says it is active in the sector.
    projects, done, stopped
        bodies x sectors: how many projects of the register it takes part in, how many of them ended, how many were
        given up.
    links
        One row per body, project and role: columns body, project (row of `register`), role.
    register
        The table of projects, in its own order.
    largest_mad
        The largest project it carried, or funded alone, dirhams; NaN when no amount is known.
    """

    bodies: pd.DataFrame
    grid: Grid
    sector_codes: tuple[str, ...]
    ties: Ties
    declared: BoolArray
    projects: IntArray
    done: IntArray
    stopped: IntArray
    links: pd.DataFrame
    register: pd.DataFrame
    largest_mad: FloatArray

    def __len__(self) -> int:
        return len(self.bodies)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Row number of each organisation code."""
        return {code: row for row, code in enumerate(self.bodies["organisation_code"])}

    @cached_property
    def practised(self) -> BoolArray:
        """Bodies x sectors: declared, or seen in a project."""
        return self.declared | (self.projects > 0)

    @cached_property
    def is_body(self) -> BoolArray:
        """Whether each is one body that can be contacted, not a kind (« associations locales ») nor private persons."""
        named = ~self.bodies["is_generic"].fillna(value=False).to_numpy(bool)
        return np.asarray(named & ~self.bodies["organisation_type"].isin(NOBODY).to_numpy())

    def row(self, code: str) -> int:
        """Return the row number of a body.

        Raises
        ------
        CodeError
            No body has this code.
        """
        try:
            return self.index[code]
        except KeyError:
            raise CodeError(
                f"organisation: found «{code}»; allowed: one of the {len(self)} codes of organisations"
            ) from None

    def of(self, code: str) -> Mapping[str, Any]:
        """Return the line of the table `organisations` of a body, missing values as None."""
        line = self.bodies.iloc[self.row(code)]
        return {str(name): None if pd.isna(value) else value for name, value in line.items()}


def build_actors(
    tables: Mapping[str, pd.DataFrame], *, territories: Territories, sector_codes: Sequence[str]
) -> Actors:
    """Lay out the bodies for search, counting and matching.

    Parameters
    ----------
    tables
        organisations, organisation_zones, organisation_sectors, projects, project_sectors, project_locations and
        project_organisations, as declared in `data/catalog/tables.toml`.
    territories
        Territories the places belong to.
    sector_codes
        Sectors in the order of the catalogue.

    Raises
    ------
    CodeError
        A place names a territory that does not exist.
    """
    bodies = tables["organisations"].sort_values("organisation_code", ignore_index=True)
    number = pd.Series(np.arange(len(bodies)), index=bodies["organisation_code"])
    register = tables["projects"].reset_index(drop=True)
    row_of = pd.Series(np.arange(len(register)), index=register["project_code"])
    links = _links(tables["project_organisations"], number, row_of)
    grid = Grid.of(territories)
    size = (len(bodies), len(sector_codes))
    sectors = pd.Index(sector_codes)
    declared = np.zeros(size, bool)
    said = tables["organisation_sectors"]
    said = said[said["organisation_code"].isin(number.index)]
    declared[number[said["organisation_code"]].to_numpy(), sectors.get_indexer(said["sector_code"])] = True
    taken = links[["body", "project"]].drop_duplicates().merge(_project_sectors(tables, row_of, sectors), on="project")
    return Actors(
        bodies=bodies,
        grid=grid,
        sector_codes=tuple(sector_codes),
        ties=lay_out_ties(_places(tables, bodies, number, links, row_of), grid),
        declared=declared,
        projects=_count(taken, size),
        done=_count(taken[taken["project"].isin(_with_status(register, DONE))], size),
        stopped=_count(taken[taken["project"].isin(_with_status(register, STOPPED))], size),
        links=links,
        register=register,
        largest_mad=_largest(links, register, len(bodies)),
    )


def _links(table: pd.DataFrame, number: pd.Series, row_of: pd.Series) -> pd.DataFrame:
    links = pd.DataFrame(
        {
            "body": number.reindex(table["organisation_code"]).to_numpy(),
            "project": row_of.reindex(table["project_code"]).to_numpy(),
            "role": table["role"].to_numpy(),
        }
    )
    return links.dropna().astype({"body": np.int64, "project": np.int64}).drop_duplicates(ignore_index=True)


def _project_sectors(tables: Mapping[str, pd.DataFrame], row_of: pd.Series, sectors: pd.Index) -> pd.DataFrame:
    table = tables["project_sectors"]
    return pd.DataFrame(
        {
            "project": row_of.reindex(table["project_code"]).to_numpy(),
            "sector": sectors.get_indexer(table["sector_code"]),
        }
    ).dropna()


def _with_status(register: pd.DataFrame, statuses: Sequence[str]) -> IntArray:
    return np.flatnonzero(register["status"].isin(statuses).to_numpy()).astype(np.int64)


def _count(taken: pd.DataFrame, size: tuple[int, int]) -> IntArray:
    counts = np.zeros(size, np.int64)
    np.add.at(counts, (taken["body"].to_numpy(np.int64), taken["sector"].to_numpy(np.int64)), 1)
    return counts


def _largest(links: pd.DataFrame, register: pd.DataFrame, size: int) -> FloatArray:
    """Return the largest amount each body answered for: projects it carried, or whose only funder it is."""
    amount = register["amount_mad"].to_numpy("float64", na_value=np.nan)
    funding = links[links["role"] == "funding"]
    alone = funding[funding.groupby("project")["body"].transform("nunique") == 1]
    held = pd.concat([links[links["role"].isin(CARRYING)], alone])
    largest = np.full(size, np.nan)
    np.fmax.at(largest, held["body"].to_numpy(), amount[held["project"].to_numpy()])
    return largest


def _places(
    tables: Mapping[str, pd.DataFrame], bodies: pd.DataFrame, number: pd.Series, links: pd.DataFrame, row_of: pd.Series
) -> pd.DataFrame:
    """Return every body, relation and territory code: declared zones, places of its projects, seat."""
    zones = tables["organisation_zones"]
    located = tables["project_locations"][["project_code", "territory_code"]]
    located = located.assign(project=row_of.reindex(located["project_code"]).to_numpy())
    seen = links[["body", "project"]].drop_duplicates().merge(located, on="project")
    seated = bodies[bodies["seat_code"].notna()] if "seat_code" in bodies else bodies.iloc[:0].assign(seat_code="")
    declared_zones = {
        "body": number.reindex(zones["organisation_code"]).to_numpy(),
        "relation": zones["relation"].to_numpy(),
        "code": zones["territory_code"].to_numpy(),
    }
    parts = [
        pd.DataFrame(declared_zones).dropna(),
        pd.DataFrame({"body": seen["body"], "relation": "project", "code": seen["territory_code"]}),
        pd.DataFrame({"body": seated.index, "relation": "seat", "code": seated["seat_code"]}),
    ]
    return pd.concat(parts, ignore_index=True).astype({"body": np.int64})


def declared(
    tables: Mapping[str, pd.DataFrame], body: Mapping[str, Any], *, sectors: Sequence[str], zones: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Return the tables with one more body: that of a visitor who is in no directory.

    Parameters
    ----------
    body
        Values of the columns of `organisations`; `organisation_code` must be new.
    sectors
        Sector codes it is active in.
    zones
        Territory code → relation (`origin` or `work`).

    Raises
    ------
    CodeError
        The code is already that of a body.
    """
    code = body["organisation_code"]
    if code in set(tables["organisations"]["organisation_code"]):
        raise CodeError(f"organisation: «{code}» is already one of the bodies; give the new one another code")
    extra = {
        "organisations": [{"is_generic": False, **body}],
        "organisation_sectors": [{"organisation_code": code, "sector_code": sector} for sector in sectors],
        "organisation_zones": [
            {"organisation_code": code, "relation": how, "territory_code": where} for where, how in zones.items()
        ],
    }
    added = {
        name: pd.concat([tables[name], pd.DataFrame(rows).astype("object")], ignore_index=True)
        for name, rows in extra.items()
        if rows
    }
    return {**tables, **added}
