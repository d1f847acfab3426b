"""The directory of those who act, laid out once so that every filter and every count of an option is one sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.actors import DONE, STOPPED, Actors, BoolArray
from geo.allocation import IntArray
from geo.folding import fold
from geo.partnerships import network, partnerships
from geo.register import RUNNING

STAGES = ("under_way", "done", "stopped", "unknown", "none")
"""Stages a project of a body may be at; `none`: the register knows no project of the body."""
UNSAID = "none"
"""Option of the bodies whose country, or whose sectors, no source gives."""
NAMES = ("name_fr", "name_ar", "name_en", "acronym")


@dataclass(frozen=True)
class Directory:
    """Every body that can be named, as the directory filters and counts it.

    Attributes
    ----------
    actors
        The bodies, in the order of their codes; `listed` marks those of the directory.
    options
        Codes of each filter, in the order they are shown.
    has
        For each of these filters but the ties, bodies x options: whether the body has the option.
    tie_body, tie_relation, tie_territory
        One row per body, relation and territory that holds one of its places, ancestors included: numbers of the body,
        in `geo.ties.RELATIONS`, and in the codes of the territories.
    projects
        Bodies x stages: how many projects of the register it takes part in.
    searchable
        Folded names of each body in every language, other spellings included.
    """

    actors: Actors
    options: Mapping[str, tuple[str, ...]]
    has: Mapping[str, BoolArray]
    tie_body: IntArray
    tie_relation: IntArray
    tie_territory: IntArray
    projects: IntArray
    searchable: pa.Array

    @property
    def listed(self) -> BoolArray:
        """Whether each is a body of the directory: named, and no private person."""
        return self.actors.is_body

    @cached_property
    def partnerships(self) -> pd.DataFrame:
        """Who worked with whom on which project (`geo.partnerships.partnerships`)."""
        return partnerships(self.actors)

    @cached_property
    def network(self) -> pd.DataFrame:
        """Each pair of partners once, most projects together first (`geo.partnerships.network`)."""
        found = network(self.partnerships)
        keys = ["projects", "organisation_a", "organisation_b"]
        return found.sort_values(keys, ascending=[False, True, True], kind="stable", ignore_index=True)

    @cached_property
    def named_alike(self) -> frozenset[str]:
        """Codes of the bodies that share their name with another one: both are told apart by seat and code."""
        names = self.actors.bodies["name_fr"].map(fold)
        shared = names.duplicated(keep=False) & self.listed
        return frozenset(self.actors.bodies.loc[shared, "organisation_code"])


def lay_out_directory(actors: Actors, *, types: Sequence[str], aliases: pd.DataFrame) -> Directory:
    """Lay out the bodies for the directory.

    Parameters
    ----------
    types
        Types of organisation in the order of the catalogue; those no body has are left out.
    aliases
        Other spellings of names: alias, organisation_code.
    """
    bodies, listed = actors.bodies, actors.is_body
    projects = _by_stage(actors)
    own_types = bodies["organisation_type"].to_numpy()
    present = [code for code in types if (own_types[listed] == code).any()]
    countries = bodies["country"].fillna(UNSAID).to_numpy()
    found = pd.Series(countries[listed]).value_counts()
    named = [str(code) for code in sorted(found.index, key=lambda code: (-found[code], code)) if code != UNSAID]
    options = {
        "type": tuple(present),
        "sector": (*actors.sector_codes, UNSAID),
        "country": (*named, UNSAID),
        "record": STAGES,
    }
    sectors = np.column_stack([actors.practised, ~actors.practised.any(axis=1)])
    record = np.column_stack([projects > 0, projects.sum(axis=1) == 0])
    has = {
        "type": own_types[:, None] == np.array(options["type"], dtype=object)[None, :],
        "sector": sectors,
        "country": countries[:, None] == np.array(options["country"], dtype=object)[None, :],
        "record": record,
    }
    body, relation, territory = _widened(actors)
    return Directory(
        actors=actors,
        options=options,
        has={name: np.asarray(found & listed[:, None], np.bool_) for name, found in has.items()},
        tie_body=body,
        tie_relation=relation,
        tie_territory=territory,
        projects=projects,
        searchable=_searchable(bodies, aliases),
    )


def _by_stage(actors: Actors) -> IntArray:
    """Count the projects of each body at each stage but `none`."""
    stage_of = dict.fromkeys(RUNNING, 0) | dict.fromkeys(DONE, 1) | dict.fromkeys(STOPPED, 2)
    stage = actors.register["status"].map(stage_of).fillna(3).to_numpy(np.int64)
    pairs = actors.links[["body", "project"]].drop_duplicates()
    counts = np.zeros((len(actors), len(STAGES) - 1), np.int64)
    np.add.at(counts, (pairs["body"].to_numpy(), stage[pairs["project"].to_numpy()]), 1)
    return counts


def _widened(actors: Actors) -> tuple[IntArray, IntArray, IntArray]:
    """Return the ties to each place and to all that contains it, each once."""
    territories, ties = actors.grid.territories, actors.ties
    number = {code: position for position, code in enumerate(territories.codes)}
    chains = {
        place: [place, *(number[above] for above in territories.ancestors(territories.codes[place]))]
        for place in np.unique(ties.territory).tolist()
    }
    rows = [
        (body, relation, above)
        for body, relation, place in zip(
            ties.body.tolist(), ties.relation.tolist(), ties.territory.tolist(), strict=True
        )
        for above in chains[place]
    ]
    unique = np.unique(np.array(rows, np.int64).reshape(-1, 3), axis=0)
    return unique[:, 0], unique[:, 1], unique[:, 2]


def _searchable(bodies: pd.DataFrame, aliases: pd.DataFrame) -> pa.Array:
    spellings = aliases.groupby("organisation_code")["alias"].agg(" ".join)
    own = bodies["organisation_code"].map(spellings).fillna("")
    names = [bodies[name].fillna("") for name in NAMES if name in bodies]
    texts = pd.concat([*names, own], axis=1).agg(" | ".join, axis=1)
    return pa.array([fold(text) for text in texts], pa.string())
