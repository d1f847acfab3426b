"""The villages beyond a distance of a service in a territory: one selection for map, table, figures and files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geo.boundaries import Territories
from geo.village_search import VillageIndex
from geo.villages import BoolArray, FloatArray, IntArray, Villages, beyond, people_beyond
from geo.villages_state import VillagesState


@dataclass(frozen=True)
class VillageTotals:
    """Villages and people of a territory: beyond the distance, at it or nearer, and unknown because withheld.

    `beyond_unlocated` of the villages beyond have no position: they are counted at their commune. `farthest_km` is
    the greatest known distance, NaN when none is known.
    """

    villages: int
    people: int
    beyond: int
    people_beyond: int
    people_within: int
    unknown: int
    people_unknown: int
    beyond_unlocated: int
    farthest_km: float


@dataclass(frozen=True)
class VillageSelection:
    """What a state selects.

    Attributes
    ----------
    km
        The distance in force, kilometres.
    inside, far, unknown
        One boolean per village: in the territory; beyond the distance; distance withheld. The last two lie inside.
    rows
        Row numbers of the villages listed, sorted: those beyond, or those that bear the name looked for.
    named
        Whether `rows` answers a name rather than the distance.
    """

    villages: Villages
    territories: Territories
    state: VillagesState
    km: float
    inside: BoolArray
    far: BoolArray
    unknown: BoolArray
    rows: IntArray
    named: bool

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def distance(self) -> FloatArray:
        """Distance of each village to the service, km; NaN when withheld."""
        return self.villages.distance[self.state.service]

    @cached_property
    def totals(self) -> VillageTotals:
        """What the territory adds up to, whatever name is looked for."""
        people = self.villages.people
        near = self.inside & ~self.far & ~self.unknown
        known = self.distance[self.inside & ~self.unknown]
        return VillageTotals(
            villages=int(self.inside.sum()),
            people=int(people[self.inside].sum()),
            beyond=int(self.far.sum()),
            people_beyond=int(people[self.far].sum()),
            people_within=int(people[near].sum()),
            unknown=int(self.unknown.sum()),
            people_unknown=int(people[self.unknown].sum()),
            beyond_unlocated=int((self.far & ~self.villages.located).sum()),
            farthest_km=float(known.max()) if len(known) else float("nan"),
        )

    @cached_property
    def places(self) -> pd.DataFrame:
        """`people_beyond` of the communes of the territory (or itself, a commune), most people beyond first."""
        communes = self.territories.communes_of(self.state.territory)
        counted = people_beyond(self.villages, self.state.service, self.km, self.territories, codes=communes)
        return counted.sort_values(
            ["people_beyond", "people_unknown"], ascending=False, kind="stable", ignore_index=True
        )

    @cached_property
    def unlocated(self) -> IntArray:
        """For each commune number, how many of the villages listed have no position.

        They are those beyond the distance or, where a name is looked for, those that bear it.
        """
        hidden = self.rows[~self.villages.located[self.rows]]
        size = len(self.territories.commune_codes)
        return np.bincount(self.villages.commune[hidden], minlength=size).astype(np.int64)


def select_villages(
    villages: Villages,
    territories: Territories,
    state: VillagesState,
    *,
    default_km: Mapping[str, float],
    index: VillageIndex,
) -> VillageSelection:
    """Return what a state selects.

    Parameters
    ----------
    default_km
        Distance in force for each service when the state names none.

    Raises
    ------
    CodeError, RangeError
        The service or the territory is unknown, or the distance is no distance.
    """
    km = float(default_km[state.service] if state.km is None else state.km)
    inside = villages.within(state.territory, territories)
    far = beyond(villages, state.service, km) & inside
    unknown = ~np.isfinite(villages.distance[state.service]) & inside
    listed = far
    if state.text.strip():
        found = index.bearing(state.text, within=state.territory)
        listed = np.zeros(len(villages), np.bool_)
        listed[[match.row for match in found]] = True
    return VillageSelection(
        villages=villages,
        territories=territories,
        state=state,
        km=km,
        inside=inside,
        far=far,
        unknown=unknown,
        rows=_sorted(villages, np.flatnonzero(listed), state),
        named=bool(state.text.strip()),
    )


def _sorted(villages: Villages, rows: IntArray, state: VillagesState) -> IntArray:
    """Return the rows in the order asked for; unknown distances come last either way, ties by people then code."""
    people = villages.people[rows]
    key = people.astype(np.float64)
    if state.sort == "name":
        names = [villages.name_latin[row] or villages.name_ar[row] for row in rows]
        key = np.argsort(np.argsort(names, kind="stable")).astype(np.float64)
    elif state.sort == "distance":
        key = villages.distance[state.service][rows]
    if state.descending:
        key = -key
    return np.asarray(rows[np.lexsort((rows, -people, np.nan_to_num(key, nan=np.inf)))], np.int64)
