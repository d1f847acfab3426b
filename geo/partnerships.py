"""Who works with whom, on what and where: partnerships, who does what where, ties between countries and communes."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.actors import ABROAD_TYPES, DONE, STOPPED, Actors, BoolArray
from geo.register import RUNNING
from geo.ties import RELATIONS

if TYPE_CHECKING:
    from geo.allocation import IntArray

HOME = "MA"


def worked_with(actors: Actors, body: int) -> BoolArray:
    """Tell for every body whether it took part in a project together with one body (with itself: false)."""
    bodies, projects = actors.links["body"].to_numpy(), actors.links["project"].to_numpy()
    mine = np.zeros(len(actors.register), bool)
    mine[projects[bodies == body]] = True
    together = np.zeros(len(actors), bool)
    together[bodies[mine[projects]]] = True
    together[body] = False
    return together


def partnerships(actors: Actors, *, projects: Collection[str] | None = None) -> pd.DataFrame:
    """Return who worked with whom on which project: one row per pair of bodies and project.

    Kinds without a name (« associations locales ») and private persons are no partners.

    Parameters
    ----------
    actors
        The bodies.
    projects
        Project codes to keep, for example those of a selection; None = all.

    Returns
    -------
    pandas.DataFrame
        organisation_a, organisation_b (a before b in the order of the codes), project_code, roles_a, roles_b (joined by
        ";"), status; ordered by the two codes, then by project.
    """
    links = actors.links[actors.is_body[actors.links["body"].to_numpy()]]
    roles = links.groupby(["project", "body"], as_index=False)["role"].agg(lambda role: ";".join(sorted(role)))
    if projects is not None:
        wanted = actors.register["project_code"].isin(projects).to_numpy()
        roles = roles[wanted[roles["project"].to_numpy()]]
    pairs = roles.merge(roles, on="project", suffixes=("_a", "_b"))
    pairs = pairs[pairs["body_a"] < pairs["body_b"]].sort_values(["body_a", "body_b", "project"], ignore_index=True)
    codes = actors.bodies["organisation_code"].to_numpy()
    return pd.DataFrame(
        {
            "organisation_a": codes[pairs["body_a"].to_numpy(np.int64)],
            "organisation_b": codes[pairs["body_b"].to_numpy(np.int64)],
            "project_code": actors.register["project_code"].to_numpy()[pairs["project"].to_numpy(np.int64)],
            "roles_a": pairs["role_a"],
            "roles_b": pairs["role_b"],
            "status": actors.register["status"].to_numpy()[pairs["project"].to_numpy(np.int64)],
        }
    )


def network(edges: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pair of bodies: how many projects they share, and which (in order, joined by ";")."""
    pairs = edges.groupby(["organisation_a", "organisation_b"], as_index=False, sort=True)
    return pairs.agg(projects=("project_code", "nunique"), project_codes=("project_code", ";".join))


def record(actors: Actors, code: str) -> pd.DataFrame:
    """Return the projects of a body, one row each: project_code, roles, status, stage.

    The stage is done, under_way, stopped or unknown.

    Raises
    ------
    CodeError
        No body has this code.
    """
    mine = actors.links[actors.links["body"] == actors.row(code)]
    roles = mine.groupby("project", sort=True)["role"].agg(lambda role: ";".join(sorted(role)))
    rows = actors.register.iloc[roles.index.to_numpy(np.int64)]
    stages = dict.fromkeys(DONE, "done") | dict.fromkeys(STOPPED, "stopped")
    stages |= dict.fromkeys(RUNNING, "under_way")
    return pd.DataFrame(
        {
            "project_code": rows["project_code"].to_numpy(),
            "roles": roles.to_numpy(),
            "status": rows["status"].to_numpy(),
            "stage": rows["status"].map(stages).fillna("unknown").to_numpy(),
        }
    )


def who_does_what(actors: Actors, *, level: str = "province", within: str = "MA") -> pd.DataFrame:
    """Count the bodies at work by sector and territory.

    A body is counted in a territory when it works there, comes from there, has a project or its seat in it, or in one
    of its communes; in a sector when its directory says so or a project of its own is in it. Both counts are of bodies
    that have a name; a body tied only to something wider than the level is not counted in any territory (see
    `unplaced`).

    Parameters
    ----------
    actors
        The bodies.
    level
        region, province or commune.
    within
        Territory whose parts are listed.

    Returns
    -------
    pandas.DataFrame
        sector_code, territory_code, organisations (how many); ordered by sector as in the catalogue, then territory;
        pairs without any body are absent.
    """
    place = _tied_places(actors, level, within)
    pairs = place[actors.is_body[place["body"].to_numpy()]].drop_duplicates()
    rows = []
    for number, sector in enumerate(actors.sector_codes):
        here = pairs[actors.practised[pairs["body"].to_numpy(), number]]
        counts = here.groupby("territory_code")["body"].nunique()
        rows += [(sector, code, count) for code, count in counts.items()]
    return pd.DataFrame(rows, columns=["sector_code", "territory_code", "organisations"])


def unplaced(actors: Actors, *, level: str = "province") -> int:
    """Count the named bodies that no tie places at the level or finer."""
    placed = np.zeros(len(actors), bool)
    placed[_tied_places(actors, level, "MA")["body"].to_numpy()] = True
    return int((actors.is_body & ~placed).sum())


def _tied_places(actors: Actors, level: str, within: str) -> pd.DataFrame:
    """Return body and territory code of every tie that reaches the level, inside a territory."""
    ties, territories = actors.ties, actors.grid.territories
    numbers: IntArray = getattr(ties, level)
    known = numbers >= 0
    names = np.array(territories.commune_codes if level == "commune" else territories.codes, dtype=object)
    rows = pd.DataFrame({"body": ties.body[known], "territory_code": names[numbers[known]]})
    inside = {code for code in rows["territory_code"].unique() if territories.is_within(code, within)}
    return rows[rows["territory_code"].isin(inside)]


def flows(actors: Actors, *, level: str = "commune", types: Collection[str] = ABROAD_TYPES) -> pd.DataFrame:
    """Return the ties between countries of residence and territories of Morocco, made by bodies whose seat is abroad.

    Parameters
    ----------
    actors
        The bodies.
    level
        commune, province or region: the level of the territories; ties known only more widely are left out.
    types
        Types of organisation that count.

    Returns
    -------
    pandas.DataFrame
        country (ISO), territory_code, relation (a word of `geo.ties.RELATIONS`), organisations (how many),
        organisation_codes (in order, joined by ";"); ordered by country, territory, relation. `origin` holds only what
        a source declares.
    """
    ties, bodies = actors.ties, actors.bodies
    abroad = bodies["country"].notna() & (bodies["country"] != HOME) & bodies["organisation_type"].isin(list(types))
    numbers: IntArray = getattr(ties, level)
    kept = abroad.to_numpy()[ties.body] & actors.is_body[ties.body] & (numbers >= 0)
    territories = actors.grid.territories
    names = np.array(territories.commune_codes if level == "commune" else territories.codes, dtype=object)
    rows = pd.DataFrame(
        {
            "country": bodies["country"].to_numpy()[ties.body[kept]],
            "territory_code": names[numbers[kept]],
            "relation": np.array(RELATIONS, dtype=object)[ties.relation[kept]],
            "code": bodies["organisation_code"].to_numpy()[ties.body[kept]],
        }
    ).drop_duplicates()
    keys = ["country", "territory_code", "relation"]
    grouped = rows.sort_values([*keys, "code"]).groupby(keys, as_index=False, sort=True)
    return grouped.agg(organisations=("code", "nunique"), organisation_codes=("code", ";".join))
