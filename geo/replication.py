"""Where a project that was carried out could be repeated: which projects are known well enough, and their twins."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.allocation import IntArray
from geo.boundaries import Territories
from geo.context import Context
from geo.folding import fold
from geo.register import Register
from geo.replication_state import ReplicationState
from geo.similarity import Repetition, repeat

REALISED, GIVEN_UP = "closed", ("cancelled", "suspended")
LEAST_NEED = 0.5  # the half of the communes most in need
COMMUNES_SHOWN = 15


@dataclass(frozen=True)
class Realised:
    """The projects that were carried out.

    Attributes
    ----------
    rows
        Rows of the register of those known by a commune or finer, in its order.
    communes
        Project row → its communes, in the order of the register.
    unplaced
        How many more are known by a province or wider only: they have no context to compare.
    """

    rows: tuple[int, ...]
    communes: Mapping[int, tuple[str, ...]]
    unplaced: int


@dataclass(frozen=True)
class Replication:
    """The communes where a project could be repeated.

    Attributes
    ----------
    row
        Row of the project in the register; None until one is chosen.
    origin, sector
        Its commune and sector in force.
    found
        The candidates, the most alike first; None until a project is chosen.
    measured
        Whether the need of communes in the sector is measured; when it is not, none is left out for lack of need.
    """

    state: ReplicationState
    row: int | None = None
    origin: str = ""
    sector: str = ""
    found: Repetition | None = None
    measured: bool = True

    def __len__(self) -> int:
        return 0 if self.found is None else len(self.found.table)

    @property
    def chosen(self) -> pd.Series | None:
        """The candidate whose comparison is open."""
        if self.found is None:
            return None
        rows = self.found.table[self.found.table["territory_code"] == self.state.selected]
        return rows.iloc[0] if len(rows) else None


def realised(register: Register, territories: Territories) -> Realised:
    """Return the projects that were carried out, with the communes they are known in."""
    done = np.flatnonzero((register.projects["status"] == REALISED).to_numpy())
    places = register.locations[["project", "territory_code"]]
    fine = places[[territories.commune_number(code) is not None for code in places["territory_code"]]]
    own = {row: tuple(dict.fromkeys(codes)) for row, codes in fine.groupby("project")["territory_code"]}
    rows = tuple(int(row) for row in done if int(row) in own)
    return Realised(rows, {row: own[row] for row in rows}, len(done) - len(rows))


def found_by_words(register: Register, known: Realised, text: str) -> list[int]:
    """Return the rows of the realised projects whose titles hold all words, in the order of the register."""
    wanted = fold(text).split()
    titles = register.projects[[name for name in register.projects if name.startswith("title_")]]
    return [
        row
        for row in known.rows
        if all(word in fold(" ".join(str(title) for title in titles.iloc[row].dropna())) for word in wanted)
    ]


def sectors_of(register: Register, row: int) -> list[str]:
    """Return the sectors of a project, the largest share first."""
    own = register.sectors.iloc[register.sectors_of(row)]
    shares = dict(zip(own["sector_code"], own["share_pct"], strict=True))
    return sorted(shares, key=lambda code: (-float(shares[code]), code))


def running_in(register: Register, sector: str) -> dict[str, list[str]]:
    """Return the projects of a sector not given up, by the commune they are known in."""
    own = set(register.sectors.loc[register.sectors["sector_code"] == sector, "project"])
    kept = own - set(np.flatnonzero(register.projects["status"].isin(GIVEN_UP).to_numpy()))
    places = register.locations[register.locations["project"].isin(kept)]
    codes = register.projects["project_code"]
    by_place = places.groupby("territory_code")["project"].unique()
    return {str(place): sorted(str(codes.iloc[row]) for row in rows) for place, rows in by_place.items()}


def neighbours_of(borders: IntArray, commune_codes: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the communes beside each, from pairs of commune numbers that share a border."""
    both = np.concatenate([borders, borders[:, ::-1]])
    beside: dict[str, list[str]] = {}
    for one, other in both.tolist():
        beside.setdefault(commune_codes[one], []).append(commune_codes[other])
    return beside


def replicate(
    state: ReplicationState,
    *,
    register: Register,
    known: Realised,
    context: Context,
    need: pd.DataFrame,
    neighbours: Mapping[str, list[str]],
    territories: Territories,
) -> Replication:
    """Return where the project of a state could be repeated.

    Parameters
    ----------
    need
        Territories x sectors: where the need of each stands, 0 to 1; a sector without column is not measured.
    neighbours
        Commune → communes beside it.
    """
    row = register.row_of.get(state.project) if state.project else None
    if row is None or row not in known.communes:
        return Replication(state)
    communes, sectors = known.communes[row], sectors_of(register, row)
    origin = state.origin if state.origin in communes else communes[0]
    sector = state.sector if state.sector in sectors else sectors[0]
    measured = sector in need
    found = repeat(
        context.scaled,
        context.traits,
        origin=origin,
        sector_code=sector,
        need=need[sector] if measured else pd.Series(1.0, index=context.values.index),
        least_need=LEAST_NEED,
        running=running_in(register, sector),
        neighbours=neighbours,
        within=_elsewhere(territories.communes_of(state.territory), communes),
        limit=COMMUNES_SHOWN,
    )
    return Replication(state, row, origin, sector, found, measured)


def _elsewhere(codes: tuple[str, ...], communes: tuple[str, ...]) -> list[str]:
    """Leave out the communes the project was itself in."""
    return [code for code in codes if code not in communes]
