"""What every match reads: the bodies, the need and the conventions; how each criterion and rule follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data.actors_catalog import MatchingRules
from data.errors import CodeError
from geo.actors import Actors, BoolArray
from geo.allocation import FloatArray, IntArray
from geo.match_score import RULES, Pairs
from geo.nearness import LEVELS, NO_TIE, SECTOR_LEVELS, Nearest, SectorLike, nearest_sectors, sector_levels, values_of
from geo.partnerships import worked_with

COUNCIL = "commune-"
"""The code of a commune's council is this, then the code of the commune."""
OWN_REACH = {"commune": "commune", "village_association": "commune", "province": "province", "region": "region"}
"""Types that act in their own territory only: the nearness below which they are left out."""


@dataclass(frozen=True)
class MatchField:
    """The bodies, the need and the conventions, and what is read of them; nothing in it changes.

    Attributes
    ----------
    actors
        The bodies.
    sectors
        Sectors of the catalogue, in the order of `actors.sector_codes`.
    need
        Territories x sector codes: where the need of a place stands among all, 0 (least) to 1 (most); NaN where it is
        not known. See `need_percentiles`.
    rules
        Weights and values of nearness.
    """

    actors: Actors
    sectors: Sequence[SectorLike]
    need: pd.DataFrame
    rules: MatchingRules

    def values(self, pairs: Pairs) -> dict[str, FloatArray]:
        """Return each criterion of each pair, 0 to 1; NaN where it is not known."""
        actors, at = self.actors, (pairs.body, pairs.sector)
        rules = self.rules
        done, stopped, taken = actors.done[at], actors.stopped[at], actors.projects[at]
        ratio = pairs.amount_mad / actors.largest_mad[pairs.body]
        span = rules.zero_ratio - rules.full_ratio
        return {
            "sector": values_of(self.near_sectors.level[at], SECTOR_LEVELS, rules.sector_fit),
            "territory": values_of(pairs.level, LEVELS, rules.territory_fit),
            "need": pairs.need,
            "capacity": np.clip((rules.zero_ratio - ratio) / span, 0, 1),
            # Laplace: one success and one failure are assumed before the first project is seen.
            "track_record": np.where(taken > 0, (done + 1) / (done + stopped + 2), np.nan),
            "partnership": pairs.partnership,
        }

    def rule(self, pairs: Pairs, values: Mapping[str, FloatArray], asker: int, role: str | None) -> IntArray:
        """Return the first rule that leaves each pair out, a position in `RULES`; their number when none does."""
        reason = np.nan_to_num(values["sector"]) + np.nan_to_num(values["territory"])
        reason += np.nan_to_num(values["partnership"])
        broken = [
            ~self.actors.is_body[pairs.body],
            pairs.body == asker,
            ~self._in_role(role)[pairs.body],
            pairs.level < self._reach[pairs.body],
            reason <= 0,
        ]
        return np.select(broken, [np.int64(number) for number in range(len(RULES))], np.int64(len(RULES)))

    @cached_property
    def near_sectors(self) -> Nearest:
        """How near what each body practises is to each sector."""
        return nearest_sectors(self.actors, sector_levels(self.sectors, self.rules.catch_all_categories))

    @cached_property
    def _reach(self) -> IntArray:
        """The nearness each body must have: councils and village associations act at home, others anywhere."""
        types = self.actors.bodies["organisation_type"].map(OWN_REACH)
        return np.array([NO_TIE if pd.isna(level) else LEVELS.index(level) for level in types], np.int64)

    @cached_property
    def has_project(self) -> BoolArray:
        """Whether a project of the register names each body."""
        return np.asarray(np.bincount(self.actors.links["body"], minlength=len(self.actors)) > 0)

    @cached_property
    def territory_numbers(self) -> Mapping[str, int]:
        """Position of each territory code."""
        return {code: number for number, code in enumerate(self.actors.grid.territories.codes)}

    @cached_property
    def commune_territory(self) -> IntArray:
        """Position of each commune among all territories."""
        return np.array([self.territory_numbers[code] for code in self.actors.grid.territories.commune_codes], np.int64)

    @cached_property
    def councils(self) -> IntArray:
        """The council of each commune among the bodies; `NO_TIE` for one that no source names."""
        codes = self.actors.grid.territories.commune_codes
        return np.array([self.actors.index.get(f"{COUNCIL}{code}", NO_TIE) for code in codes], np.int64)

    @cached_property
    def commune_need(self) -> FloatArray:
        """Communes x sectors: the need, NaN where it is not known."""
        communes = list(self.actors.grid.territories.commune_codes)
        return np.asarray(self.need.reindex(index=communes, columns=list(self.actors.sector_codes)), np.float64)

    def need_of(self, territory_code: str) -> FloatArray:
        """Return the need of a territory by sector, NaN where it is not known."""
        self.actors.grid.territories.row(territory_code)
        known = self.need.reindex(index=[territory_code], columns=list(self.actors.sector_codes))
        return np.asarray(known.to_numpy(np.float64).reshape(-1))

    def sector_numbers(self, codes: Sequence[str]) -> IntArray:
        """Return the numbers of sectors; an unknown code raises `CodeError`."""
        numbers = pd.Index(self.actors.sector_codes).get_indexer(list(codes))
        if (numbers < 0).any():
            unknown = [code for code, number in zip(codes, numbers, strict=True) if number < 0]
            raise CodeError(f"sector: found «{unknown[0]}»; allowed: {', '.join(self.actors.sector_codes)}")
        return np.asarray(numbers, np.int64)

    def _in_role(self, role: str | None) -> BoolArray:
        if role is None:
            return np.ones(len(self.actors), bool)
        seen = self.actors.links.loc[self.actors.links["role"] == role, "body"]
        return np.asarray(np.bincount(seen, minlength=len(self.actors)) > 0)

    def partner(self, territory_code: str, asked_by: str | None) -> int:
        """Return the body that asks, else the council of the commune; `NO_TIE` when no source names it."""
        if asked_by:
            return self.actors.row(asked_by)
        return self.actors.index.get(f"{COUNCIL}{territory_code}", NO_TIE)

    def partnership(self, body: IntArray, partner: int) -> FloatArray:
        """Return 1 where a body already worked with the partner, 0 where not, NaN where either has no known project."""
        if partner < 0 or not self.has_project[partner]:
            return np.full(len(body), np.nan)
        together = worked_with(self.actors, partner).astype(np.float64)
        return np.asarray(np.where(self.has_project[body], together[body], np.nan))

    def partnership_of(self, row: int, partner: IntArray) -> FloatArray:
        """Return the same, of one body with many partners."""
        known = self.has_project[row] & (partner >= 0) & self.has_project[partner]
        return np.asarray(np.where(known, worked_with(self.actors, row).astype(np.float64)[partner], np.nan))
