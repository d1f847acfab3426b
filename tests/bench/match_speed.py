"""All matches of one commune over thousands of bodies and projects, timed on generated ones."""

import statistics
import time
from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.actors_catalog import load_actors_catalog
from data.catalog import load_catalog
from data.store import load
from geo.actors import build_actors
from geo.boundaries import Territories
from geo.matching import Matcher
from tests.bench.synthetic import synthetic_tables

TYPES = ("mre_association", "village_association", "association", "cooperative", "commune", "ngo", "funder", "agency")


def synthetic_actors(bodies: int, projects: int, *, seed: int = 7) -> Mapping[str, pd.DataFrame]:
    """Return the tables of generated bodies, with zones and sectors, that carry and fund generated projects."""
    rng = np.random.default_rng(seed)
    territories = load("territories")
    communes = territories[territories["level"] == "commune"]
    sectors = list(load_catalog().sectors)
    tables = dict(synthetic_tables(projects, communes=communes, wider=["09", "09541", "MA"], sectors=sectors))
    codes = np.array([f"body-{number:05}" for number in range(bodies)])
    tables["organisations"] = pd.DataFrame(
        {
            "organisation_code": codes,
            "organisation_type": rng.choice(TYPES, bodies),
            "country": rng.choice(["MA", "FR", "BE"], bodies),
            "is_generic": False,
            "seat_code": None,
        }
    )
    for column, roles in (("implementing", projects), ("funding", projects)):
        part = pd.DataFrame(
            {
                "project_code": tables["projects"]["project_code"],
                "organisation_code": rng.choice(codes, roles),
                "role": column,
            }
        )
        tables["project_organisations"] = pd.concat(
            [
                tables["project_organisations"].iloc[:0]
                if column == "implementing"
                else tables["project_organisations"],
                part,
            ]
        )
    several = np.repeat(codes, 3)
    tables["organisation_zones"] = pd.DataFrame(
        {
            "organisation_code": several,
            "relation": "work",
            "territory_code": rng.choice(communes["territory_code"], len(several)),
        }
    )
    tables["organisation_sectors"] = pd.DataFrame(
        {"organisation_code": several, "sector_code": rng.choice(sectors, len(several))}
    )
    return tables


def synthetic_matcher(bodies: int, projects: int) -> Matcher:
    """Return a matcher over generated bodies and a generated need in every sector of every commune."""
    territories = Territories.from_table(load("territories"))
    sectors = list(load_catalog().sectors.values())
    codes = [sector.code for sector in sectors]
    actors = build_actors(synthetic_actors(bodies, projects), territories=territories, sector_codes=codes)
    need = np.random.default_rng(3).random((len(territories.commune_codes), len(codes)))
    table = pd.DataFrame(need, index=list(territories.commune_codes), columns=codes)
    return Matcher(actors, sectors, table, load_actors_catalog().matching)


def match_seconds(bodies: int = 5_000, projects: int = 10_000, times: int = 9) -> float:
    """Return the median time of all matches of one commune, in every sector, for commune after commune."""
    matcher = synthetic_matcher(bodies, projects)
    spent = []
    for commune in matcher.actors.grid.territories.communes_of("09")[:times]:
        start = time.perf_counter()
        matcher.actors_for(commune, limit=None)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)
