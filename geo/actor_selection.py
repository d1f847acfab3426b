"""The bodies a state selects: one selection for the list, the map, the table of sectors, the partners and the ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from geo.actors import ABROAD_TYPES, BoolArray
from geo.actors_state import ActorsState
from geo.allocation import IntArray
from geo.directory import UNSAID, Directory
from geo.folding import fold
from geo.partnerships import HOME
from geo.ties import RELATIONS

COUNTRY = "MA"
AT_WORK = ("work", "project")
"""Ties by which a body is at work in a place, not merely from it or seated in it."""


@dataclass(frozen=True)
class ActorSelection:
    """The bodies that pass every filter of a state.

    Attributes
    ----------
    rows
        Row numbers of the bodies, in the order asked for.
    kept
        One boolean per body.
    passes
        One boolean per body for each filter but territory and tie, which are judged together (`place`).
    """

    directory: Directory
    state: ActorsState
    rows: IntArray
    kept: BoolArray
    passes: Mapping[str, BoolArray]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def facets(self) -> dict[str, IntArray]:
        """For each filter, how many bodies each option would give under the other filters."""
        counts = {name: found[self._without(name)].sum(axis=0) for name, found in self.directory.has.items()}
        here = self._tied(self.state.territory)
        body, relation = self.directory.tie_body[here], self.directory.tie_relation[here]
        others = self._without("place")[body]
        counts["tie"] = np.bincount(relation[others], minlength=len(RELATIONS))
        return {name: np.asarray(found, np.int64) for name, found in counts.items()}

    @cached_property
    def territory_counts(self) -> Mapping[str, int]:
        """How many bodies each territory would give under the other filters; those without any are absent."""
        directory, territories = self.directory, self.directory.actors.grid.territories
        others = self._without("place")
        rows = self._by_tie(self.state.tie)
        pairs = _pairs(directory.tie_body[rows], directory.tie_territory[rows])
        counts = np.bincount(pairs[others[pairs[:, 0]], 1], minlength=len(territories.codes))
        found = {territories.codes[number]: int(counts[number]) for number in np.flatnonzero(counts)}
        return found if self.state.tie else found | {COUNTRY: int(others.sum())}

    @cached_property
    def shown_ties(self) -> tuple[str, ...]:
        """The ties the map counts: those chosen, else those of bodies at work."""
        return self.state.tie or AT_WORK

    @cached_property
    def shown(self) -> BoolArray:
        """Marks the bodies the map counts: those selected; of the ties with other countries, those abroad."""
        return self.abroad if self.state.tab == "abroad" else self.kept

    @cached_property
    def by_commune(self) -> IntArray:
        """For each commune number of the territory, how many bodies shown are tied to it or to a place in it."""
        ties, chosen = self.directory.actors.ties, self._drawn()
        pairs = _pairs(ties.body[chosen], ties.commune[chosen])
        size = len(self.directory.actors.grid.territories.commune_codes)
        return np.bincount(pairs[:, 1], minlength=size).astype(np.int64)

    @cached_property
    def on_map(self) -> BoolArray:
        """Whether each body shown is counted in a commune of the map."""
        found = np.zeros(len(self.kept), np.bool_)
        found[self.directory.actors.ties.body[self._drawn()]] = True
        return found

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Who does what where: one row per sector, one column per part of the territory, counts of selected bodies.

        The last column, `UNSAID`, counts those that no tie places in a part: known by something wider, or nowhere. The
        last row counts those whose sectors no source gives. A body is counted in each of its sectors and places: rows
        and columns do not add up.
        """
        sectors = self.directory.has["sector"][self.kept].astype(np.int64)
        counts = sectors.T @ self.in_parts[self.kept].astype(np.int64)
        return pd.DataFrame(counts, index=list(self.directory.options["sector"]), columns=[*self.parts, UNSAID])

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of the territory: its provinces or communes; itself when it has none."""
        territories = self.directory.actors.grid.territories
        below = territories.children_of(self.state.territory)
        own = tuple(code for code in below if territories.level_of(code) != "arrondissement")
        return own or (self.state.territory,)

    @cached_property
    def in_parts(self) -> BoolArray:
        """Bodies x parts: whether a tie places the body in the part; the last column says that none does."""
        directory = self.directory
        by_tie = self._by_tie(self.state.tie)
        tied = np.zeros((len(self.kept), len(self.parts) + 1), np.bool_)
        for column, code in enumerate(self.parts):
            tied[directory.tie_body[by_tie & (directory.tie_territory == _number(directory, code))], column] = True
        tied[:, -1] = ~tied.any(axis=1)
        return np.asarray(tied & self.kept[:, None], np.bool_)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Who worked with whom, at least one of the two selected: `geo.partnerships.network`, most projects first."""
        table, codes = self.directory.network, set(self.codes)
        own = table["organisation_a"].isin(codes) | table["organisation_b"].isin(codes)
        return table[own].reset_index(drop=True)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the bodies, in the order asked for."""
        return tuple(self.directory.actors.bodies["organisation_code"].to_numpy()[self.rows])

    @cached_property
    def abroad(self) -> BoolArray:
        """Marks the selected bodies of Moroccans abroad and their supports: a seat abroad, a type that makes a tie."""
        bodies = self.directory.actors.bodies
        away = bodies["country"].notna() & (bodies["country"] != HOME) & bodies["organisation_type"].isin(ABROAD_TYPES)
        return np.asarray(self.kept & away.to_numpy(), np.bool_)

    @cached_property
    def flows(self) -> pd.DataFrame:
        """Ties of the selected bodies abroad: country, territory_code, relation, organisations, organisation_codes.

        The territories are the parts of the chosen one; a tie known only more widely is left out.
        """
        actors = self.directory.actors
        wanted = self.abroad[self.directory.tie_body] & (self.directory.tie_relation != RELATIONS.index("seat"))
        wanted &= np.isin(self.directory.tie_territory, [_number(self.directory, code) for code in self.parts])
        rows = pd.DataFrame(
            {
                "country": actors.bodies["country"].to_numpy()[self.directory.tie_body[wanted]],
                "territory_code": np.array(actors.grid.territories.codes, object)[self.directory.tie_territory[wanted]],
                "relation": np.array(RELATIONS, object)[self.directory.tie_relation[wanted]],
                "code": actors.bodies["organisation_code"].to_numpy()[self.directory.tie_body[wanted]],
            }
        )
        keys = ["country", "territory_code", "relation"]
        grouped = rows.sort_values([*keys, "code"]).groupby(keys, as_index=False, sort=True)
        table = grouped.agg(organisations=("code", "nunique"), organisation_codes=("code", ";".join))
        return table.sort_values(["organisations", *keys], ascending=[False, True, True, True], ignore_index=True)

    @cached_property
    def wider(self) -> int:
        """How many bodies that pass the other filters are known only by something that contains the territory."""
        actors = self.directory.actors
        codes = actors.grid.territories.codes
        above = [codes.index(code) for code in actors.grid.territories.ancestors(self.state.territory)]
        ties = actors.ties
        wanted = np.isin(ties.territory, above) & self._without("place")[ties.body] & ~self.kept[ties.body]
        return len(np.unique(ties.body[wanted]))

    @cached_property
    def placeless(self) -> int:
        """How many selected bodies no source places anywhere in Morocco."""
        tied = np.zeros(len(self.kept), np.bool_)
        tied[self.directory.tie_body] = True
        return int((self.kept & ~tied).sum())

    def members(self, code: str, relations: tuple[str, ...]) -> IntArray:
        """Return the selected bodies tied to a territory, or to a place in it, in one of the ways; ascending."""
        rows = self._tied(code) & np.isin(self.directory.tie_relation, [RELATIONS.index(name) for name in relations])
        found = np.unique(self.directory.tie_body[rows])
        return np.asarray(found[self._without("place")[found]], np.int64)

    def _without(self, name: str) -> BoolArray:
        """Bodies of the directory that pass every filter but one."""
        others = [passed for other, passed in self.passes.items() if other != name]
        return np.asarray(np.logical_and.reduce(others) & self.directory.listed, np.bool_)

    def _tied(self, code: str) -> BoolArray:
        return np.asarray(self.directory.tie_territory == _number(self.directory, code), np.bool_)

    def _drawn(self) -> BoolArray:
        """Mark the ties the map counts: of the bodies shown, of the ways shown, to a commune of the territory."""
        ties = self.directory.actors.ties
        first, last = self.directory.actors.grid.territories.commune_range(self.state.territory)
        wanted = np.isin(ties.relation, [RELATIONS.index(name) for name in self.shown_ties])
        return np.asarray(wanted & self.shown[ties.body] & (ties.commune >= first) & (ties.commune < last), np.bool_)

    def _by_tie(self, relations: tuple[str, ...]) -> BoolArray:
        return _related(self.directory, relations)


def select_actors(directory: Directory, state: ActorsState) -> ActorSelection:
    """Return the bodies that pass every filter of the state.

    Several values of one filter widen it, several filters narrow the selection. The whole country keeps also the bodies
    without any place, unless a kind of tie is asked for.

    Raises
    ------
    CodeError
        The territory is unknown.
    """
    passes = {name: _has_any(directory, name, getattr(state, name)) for name in directory.has}
    passes["text"] = _named(directory, state.text)
    passes["place"] = _placed(directory, state)
    kept = np.asarray(np.logical_and.reduce(list(passes.values())) & directory.listed, np.bool_)
    return ActorSelection(directory, state, _sorted(directory, np.flatnonzero(kept), state), kept, passes)


def _has_any(directory: Directory, name: str, codes: tuple[str, ...]) -> BoolArray:
    if not codes:
        return np.ones(len(directory.actors), np.bool_)
    chosen = np.isin(np.array(directory.options[name], object), list(codes))
    return np.asarray(directory.has[name][:, chosen].any(axis=1), np.bool_)


def _named(directory: Directory, text: str) -> BoolArray:
    wanted = fold(text).split()
    if not wanted:
        # Letters that fold away name nobody; no text at all asks for everybody.
        return np.full(len(directory.actors), not text.strip(), np.bool_)
    found = [pc.match_substring(directory.searchable, word).to_numpy(zero_copy_only=False) for word in wanted]
    return np.asarray(np.logical_and.reduce(found), np.bool_)


def _placed(directory: Directory, state: ActorsState) -> BoolArray:
    if state.territory == COUNTRY and not state.tie:
        return np.ones(len(directory.actors), np.bool_)
    here = _related(directory, state.tie) & (directory.tie_territory == _number(directory, state.territory))
    placed = np.zeros(len(directory.actors), np.bool_)
    placed[directory.tie_body[here]] = True
    return placed


def _related(directory: Directory, relations: tuple[str, ...]) -> BoolArray:
    if not relations:
        return np.ones(len(directory.tie_relation), np.bool_)
    return np.isin(directory.tie_relation, [RELATIONS.index(name) for name in relations])


def _number(directory: Directory, code: str) -> int:
    territories = directory.actors.grid.territories
    territories.row(code)  # refuses a code that is none
    return territories.codes.index(code)


def _pairs(left: IntArray, right: IntArray) -> IntArray:
    """Return the pairs, each once, one row a pair."""
    most = int(right.max(initial=0)) + 1
    return np.column_stack(np.divmod(np.unique(left * most + right), most))


def _sorted(directory: Directory, rows: IntArray, state: ActorsState) -> IntArray:
    """Return the rows in the order asked for, ties by name then by code."""
    names = np.array([fold(name) for name in directory.actors.bodies["name_fr"].to_numpy()[rows]])
    by_name = np.argsort(np.argsort(names, kind="stable"), kind="stable").astype(np.float64)
    counts = directory.projects[rows]
    keys = {"projects": counts.sum(axis=1), "under_way": counts[:, 0], "done": counts[:, 1], "name": by_name}
    key = keys[state.sort].astype(np.float64)
    return np.asarray(rows[np.lexsort((rows, by_name, -key if state.descending else key))], np.int64)
