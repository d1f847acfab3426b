"""The matches a state of the page asks for, with what stands in the way when there are none; and bodies by name."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.actors_catalog import CRITERIA
from geo.actors import Actors
from geo.folding import fold
from geo.matching import Asked, Matcher, Matches
from geo.matching_state import FUNDER, MOST_WEIGHT, NEEDS, PLACE, MatchingState

ASSOCIATION_TYPES = ("mre_association", "village_association", "association", "federation", "ngo", "cooperative")
FUNDER_TYPES = (
    *("funder", "foundation", "programme", "agency", "ministry", "local_authority_abroad"),
    *("foreign_administration", "region", "province", "company"),
)
NO_MATCHES = Matches(pd.DataFrame({"organisation_code": [], "territory_code": [], "tier": []}), {})
OFFERED = 8


@dataclass(frozen=True)
class MatchSelection:
    """The matches of a state.

    Attributes
    ----------
    matcher
        What made them, with the weights in force.
    weights
        Criterion → weight in force, whole numbers.
    matches
        All of them, the best first.
    lacks
        Why none could be looked for: `body` (none chosen yet), `weights` (all zero); empty when they were.
    """

    state: MatchingState
    matcher: Matcher
    weights: Mapping[str, int]
    matches: Matches
    lacks: str = ""

    def __len__(self) -> int:
        return len(self.matches.table)

    @property
    def key(self) -> str:
        """The column of the table that names a match: whom, where, or which need."""
        if self.state.way == PLACE:
            return "organisation_code"
        return "need_code" if self.state.shown == NEEDS else "territory_code"

    @property
    def chosen(self) -> pd.Series | None:
        """The match whose sheet is open; None when none of them is."""
        if self.key not in self.matches.table:
            return None
        rows = self.matches.table[self.matches.table[self.key] == self.state.selected]
        return rows.iloc[0] if len(rows) else None


def select_matches(matcher: Matcher, needs: pd.DataFrame, state: MatchingState) -> MatchSelection:
    """Return the matches a state asks for.

    Parameters
    ----------
    matcher
        With the weights of the catalogue.
    needs
        The voiced needs, for a funder.

    Raises
    ------
    CodeError
        A code of the state is unknown.
    """
    weights = weights_in_force(matcher, state)
    lacks = "weights" if not any(weights.values()) else "body" if state.way != PLACE and not state.body else ""
    if lacks:
        return MatchSelection(state, matcher, weights, NO_MATCHES, lacks)
    matcher = matcher.weighted(weights)
    sectors = (state.sector,) if state.sector else ()
    asked = Asked(sectors=sectors, amount_mad=None if state.amount_mad is None else float(state.amount_mad))
    if state.way == PLACE:
        found = matcher.actors_for(state.territory, asked, limit=None)
    elif state.shown == NEEDS:
        found = matcher.needs_for(state.body, _needs_inside(matcher, needs, state), limit=None)
    else:
        found = matcher.territories_for(state.body, asked, within=state.territory, limit=None)
    return MatchSelection(state, matcher, weights, found)


def weights_in_force(matcher: Matcher, state: MatchingState) -> dict[str, int]:
    """Return the weight of each criterion, 0-100: the visitor's, else the declared one."""
    own = dict(state.criteria)
    return {name: own.get(name, round(MOST_WEIGHT * matcher.rules.weight[name])) for name in CRITERIA}


def with_whom(selection: MatchSelection, match: pd.Series, count: int = 3) -> list[str]:
    """Return the codes of the other bodies that best fit the place and the sector of a match."""
    asked = Asked(sectors=(match["sector_code"],), asked_by=match["organisation_code"])
    return list(selection.matcher.actors_for(match["territory_code"], asked, limit=count).table["organisation_code"])


def bodies_named(actors: Actors, text: str, way: str, limit: int = OFFERED) -> list[str]:
    """Return the codes of the bodies a text being typed may mean; without a text, those most present in the register.

    Parameters
    ----------
    way
        `funder` puts those that fund first, `association` the associations; both offer any body that bears the name.
    """
    folded, bodies = fold(text), actors.bodies
    types = bodies["organisation_type"].isin(FUNDER_TYPES if way == FUNDER else ASSOCIATION_TYPES).to_numpy()
    if way == FUNDER:
        funding = actors.links.loc[actors.links["role"] == "funding", "body"]
        seen = np.bincount(funding, minlength=len(actors))
    else:
        seen = actors.projects.sum(axis=1)
    names = [_names(row) for row in bodies.to_dict("records")]
    begins = np.array([any(name.startswith(folded) for name in own) for own in names])
    holds = np.array([all(any(word in name for name in own) for word in folded.split()) for own in names])
    kept = actors.is_body & (holds if folded else types)
    order = np.lexsort((np.arange(len(actors)), -seen, ~types, ~begins))
    return [str(bodies["organisation_code"].iloc[row]) for row in order if kept[row]][:limit]


def _names(body: Mapping[str, object]) -> list[str]:
    own = (body.get(name) for name in ("name_fr", "name_ar", "name_en", "acronym"))
    return [fold(name) for name in own if isinstance(name, str) and name]


def _needs_inside(matcher: Matcher, needs: pd.DataFrame, state: MatchingState) -> pd.DataFrame:
    territories = matcher.actors.grid.territories
    inside = needs["territory_code"].map(lambda code: territories.is_within(code, state.territory)).to_numpy(bool)
    if state.sector:
        inside = inside & (needs["sector_code"] == state.sector).to_numpy(bool)
    return needs[inside].reset_index(drop=True)
