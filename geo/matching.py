"""Who could act where, and why: rules first, then a weighted mean of what is known; the same from every side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.actors_catalog import CRITERIA
from geo.allocation import FloatArray, IntArray
from geo.match_field import MatchField
from geo.match_score import RULES, Pairs, left_out, weighted_mean
from geo.nearness import LEVELS, NO_TIE, nearest_of, nearest_to

SHOWN = 20
FIRST_TIER_NEARNESS = LEVELS.index("region")


@dataclass(frozen=True)
class Asked:
    """What is looked for, beside the place or the body.

    Attributes
    ----------
    sectors
        Sector codes; empty = every sector in which the need of the place is known (of a body: those it practises).
    amount_mad
        Money sought, dirhams; None when not said.
    asked_by
        Code of the body that asks; None = the council of the commune, when a project names it.
    role
        `funding` or `implementing` to keep only bodies seen in that role; None = any.
    """

    sectors: tuple[str, ...] = ()
    amount_mad: float | None = None
    asked_by: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Matches:
    """Pairs of a body and a place that fit, the best first.

    Attributes
    ----------
    table
        body (row of the actors), organisation_code, territory_code, sector_code, tier (1: a practised sector fits, a
        tie lies in the region or nearer, and the need is known; 2: the need is not known; 3: the rest), score (0-100),
        completeness (0-1: share of the weights that rests on something known), one column per criterion (0-1, NaN not
        known), and the evidence: tie (row of the ties), own_sector, sector_level, level, partner (row of the actors),
        amount_mad.
    excluded
        Rule → how many bodies, or places, it left out.
    """

    table: pd.DataFrame
    excluded: Mapping[str, int]


@dataclass(frozen=True)
class Matcher(MatchField):
    """The questions that can be asked; each returns its matches with the evidence of every value."""

    def weighted(self, weight: Mapping[str, float]) -> "Matcher":
        """Return the same with a visitor's own weights, not negative; a criterion left out weighs nothing."""
        own = {name: float(weight.get(name, 0.0)) for name in CRITERIA}
        if min(own.values()) < 0 or sum(own.values()) == 0:
            raise ValueError(f"weights: found {own}; allowed: none negative, not all zero")
        return replace(self, rules=replace(self.rules, weight=own))

    def actors_for(self, territory_code: str, asked: Asked | None = None, *, limit: int | None = SHOWN) -> Matches:
        """Return the bodies that could act for a commune (or a wider territory).

        Parameters
        ----------
        territory_code
            Official code; of a village, that of its commune.
        asked
            What is sought; nothing = any sector of need.
        limit
            How many at most; None = all.

        Raises
        ------
        CodeError
            The territory, a sector or the asking body is unknown.
        """
        asked, count = asked or Asked(), len(self.actors)
        need = self.need_of(territory_code)
        sectors = self.sector_numbers(asked.sectors) if asked.sectors else np.flatnonzero(np.isfinite(need))
        if not len(sectors):
            sectors = np.arange(len(need))
        near = nearest_to(self.actors, territory_code)
        partner = self.partner(territory_code, asked.asked_by)
        body, sector = np.repeat(np.arange(count), len(sectors)), np.tile(sectors, count)
        pairs = Pairs(
            item=body,
            body=body,
            territory=np.full(len(body), self.territory_numbers[territory_code]),
            sector=sector,
            level=near.level[body],
            tie=near.evidence[body],
            need=need[sector],
            partner=np.full(len(body), partner),
            partnership=self.partnership(body, partner),
            amount_mad=_amounts(asked, len(body)),
        )
        return self._ranked(pairs, asked, limit)

    def territories_for(
        self, code: str, asked: Asked | None = None, *, within: str = "MA", limit: int | None = SHOWN
    ) -> Matches:
        """Return the communes where a body would matter: the same pairs and scores as `actors_for`, from its side.

        Parameters
        ----------
        code
            The body.
        asked
            Sectors (nothing = those it practises, else all) and amount.
        within
            Territory whose communes are compared.
        limit
            How many at most; None = all.

        Raises
        ------
        CodeError
            The body, a sector or the territory is unknown.
        """
        asked, row = asked or Asked(), self.actors.row(code)
        own = np.flatnonzero(self.actors.practised[row])
        sectors = self.sector_numbers(asked.sectors) if asked.sectors else own
        if not len(sectors):
            sectors = np.arange(len(self.sectors))
        first, last = self.actors.grid.territories.commune_range(within)
        communes, near = np.arange(first, last), nearest_of(self.actors, row)
        commune, sector = np.repeat(communes, len(sectors)), np.tile(sectors, len(communes))
        partner = self.councils[commune]
        pairs = Pairs(
            item=commune,
            body=np.full(len(commune), row),
            territory=self.commune_territory[commune],
            sector=sector,
            level=near.level[commune],
            tie=near.evidence[commune],
            need=self.commune_need[commune, sector],
            partner=partner,
            partnership=self.partnership_of(row, partner),
            amount_mad=_amounts(asked, len(commune)),
        )
        return self._ranked(pairs, asked, limit)

    def needs_for(self, code: str, needs: pd.DataFrame, *, limit: int | None = SHOWN) -> Matches:
        """Return the voiced needs and ready projects that fit a body, for example a funder.

        Parameters
        ----------
        code
            The body.
        needs
            need_code, territory_code, sector_code, organisation_code (who asks, may be missing) and, if known,
            amount_mad.
        limit
            How many at most; None = all.

        Returns
        -------
        Matches
            One row per need; the table has also `need_code`.
        """
        row, places = self.actors.row(code), list(needs["territory_code"])
        near = {place: nearest_to(self.actors, place) for place in dict.fromkeys(places)}
        need = {place: self.need_of(place) for place in near}
        sector = self.sector_numbers(tuple(needs["sector_code"]))
        asker = [self.actors.index.get(str(name), NO_TIE) for name in needs["organisation_code"].fillna("")]
        amount = needs["amount_mad"] if "amount_mad" in needs else pd.Series(np.nan, index=needs.index)
        pairs = Pairs(
            item=np.arange(len(needs)),
            body=np.full(len(needs), row),
            territory=np.array([self.territory_numbers[place] for place in places], np.int64),
            sector=sector,
            level=np.array([near[place].level[row] for place in places], np.int64),
            tie=np.array([near[place].evidence[row] for place in places], np.int64),
            need=np.array([need[place][number] for place, number in zip(places, sector, strict=True)], np.float64),
            partner=np.array(asker, np.int64),
            partnership=self.partnership_of(row, np.array(asker, np.int64)),
            amount_mad=amount.to_numpy("float64", na_value=np.nan),
        )
        found = self._ranked(pairs, Asked(), limit)
        codes = needs["need_code"].to_numpy(object)[found.table["item"].to_numpy()]
        return replace(found, table=found.table.assign(need_code=codes))

    # --- what every question shares ---

    def _ranked(self, pairs: Pairs, asked: Asked, limit: int | None) -> Matches:
        """Score the pairs, leave out what a rule excludes, keep the best sector of each item, order the rest."""
        values = self.values(pairs)
        score, completeness = weighted_mean(values, self.rules.weight)
        fits = (values["sector"] > 0) & (pairs.level >= FIRST_TIER_NEARNESS)
        tier = np.select([fits & np.isfinite(pairs.need), fits], [np.int64(1), np.int64(2)], np.int64(3))
        rule = self.rule(pairs, values, self.actors.row(asked.asked_by) if asked.asked_by else NO_TIE, asked.role)
        keys = (pairs.sector, pairs.item, -np.nan_to_num(pairs.need), -completeness, -score, tier)
        order = np.lexsort(keys)
        order = order[rule[order] == len(RULES)]
        _, first = np.unique(pairs.item[order], return_index=True)
        best = order[np.sort(first)][:limit]
        return Matches(self._table(pairs, values, best, tier, score, completeness), left_out(pairs.item, rule))

    def _table(
        self,
        pairs: Pairs,
        values: Mapping[str, FloatArray],
        best: IntArray,
        tier: IntArray,
        score: FloatArray,
        completeness: FloatArray,
    ) -> pd.DataFrame:
        body, sector, codes = pairs.body[best], pairs.sector[best], self.actors.grid.territories.codes
        return pd.DataFrame(
            {
                "item": pairs.item[best],
                "body": body,
                "organisation_code": self.actors.bodies["organisation_code"].to_numpy()[body],
                "territory_code": [codes[number] for number in pairs.territory[best]],
                "sector_code": [self.actors.sector_codes[number] for number in sector],
                "tier": tier[best],
                "score": score[best],
                "completeness": completeness[best],
                **{name: values[name][best] for name in CRITERIA},
                "sector_level": self.near_sectors.level[body, sector],
                "own_sector": self.near_sectors.evidence[body, sector],
                "level": pairs.level[best],
                "tie": pairs.tie[best],
                "partner": pairs.partner[best],
                "amount_mad": pairs.amount_mad[best],
            }
        )


def _amounts(asked: Asked, count: int) -> FloatArray:
    return np.full(count, np.nan if asked.amount_mad is None else asked.amount_mad)
