"""Where bodies are tied to places: what they come from, work in, have a project or their seat in; as numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.allocation import IntArray
from geo.boundaries import Territories

RELATIONS = ("origin", "work", "project", "seat")
"""How a body is tied to a place, the most telling first; declared ones before those seen in the register."""
NOWHERE = -1


@dataclass(frozen=True)
class Grid:
    """The communes with the province and the region of each, as numbers; `NOWHERE` for what is wider.

    Attributes
    ----------
    territories
        The hierarchy the numbers stand for.
    province, region
        For each commune number, the number of its province and region in `territories.codes`.
    """

    territories: Territories
    province: IntArray
    region: IntArray

    @classmethod
    def of(cls, territories: Territories) -> "Grid":
        """Lay out a hierarchy."""
        number = {code: position for position, code in enumerate(territories.codes)}
        chains = [territories.ancestors(code) for code in territories.commune_codes]
        levels = [{territories.level_of(above): number[above] for above in chain} for chain in chains]
        return cls(
            territories,
            province=np.array([level.get("province", NOWHERE) for level in levels], np.int64),
            region=np.array([level.get("region", NOWHERE) for level in levels], np.int64),
        )

    def place(self, code: str) -> tuple[int, int, int]:
        """Return the commune, province and region numbers of a territory; `NOWHERE` for levels finer than it."""
        commune = self.territories.commune_number(code)
        if commune is not None:
            return commune, int(self.province[commune]), int(self.region[commune])
        number = {name: position for position, name in enumerate(self.territories.codes)}
        chain = {self.territories.level_of(name): number[name] for name in (code, *self.territories.ancestors(code))}
        return NOWHERE, chain.get("province", NOWHERE), chain.get("region", NOWHERE)


@dataclass(frozen=True)
class Ties:
    """One row per body and place, ordered by body then by relation; all arrays have the same length.

    `commune`, `province` and `region` are numbers as in `Grid`, `NOWHERE` where the place is wider (the country is
    nowhere in all three). `relation` is a position in `RELATIONS`, `territory` one in the codes of the territories.
    """

    body: IntArray
    relation: IntArray
    territory: IntArray
    commune: IntArray
    province: IntArray
    region: IntArray

    def of(self, body: int) -> slice:
        """Rows of one body."""
        first, last = np.searchsorted(self.body, [body, body + 1])
        return slice(int(first), int(last))


def lay_out_ties(places: pd.DataFrame, grid: Grid) -> Ties:
    """Return the ties of bodies to places.

    Parameters
    ----------
    places
        Columns body (row number), relation (a word of `RELATIONS`) and code (territory); rows may repeat.

    Raises
    ------
    CodeError
        A code names no territory.
    """
    rows = places.assign(relation=pd.Index(RELATIONS).get_indexer(places["relation"]))
    rows = rows.drop_duplicates().sort_values(["body", "relation", "code"])
    placed = {code: grid.place(code) for code in rows["code"].unique()}
    commune, province, region = np.array([placed[code] for code in rows["code"]], np.int64).reshape(-1, 3).T
    return Ties(
        body=rows["body"].to_numpy(np.int64),
        relation=rows["relation"].to_numpy(np.int64),
        territory=pd.Index(grid.territories.codes).get_indexer(rows["code"]).astype(np.int64),
        commune=commune,
        province=province,
        region=region,
    )
