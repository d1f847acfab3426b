"""The villages (douars): who lives how far from a road, a school, a health centre; what is withheld stays unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import CodeError, RangeError
from data.measures import Service
from geo.boundaries import Territories

COUNTED_LEVELS = ("region", "province", "commune")
ORDERS = ("people", "distance")

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Position:
    """Where a village lies, EPSG:4326; a match by name inside its commune, not a survey.

    Attributes
    ----------
    source
        geonames (CC BY 4.0) or openstreetmap (ODbL).
    match
        How the list of positions paired it: name or near.
    decimals
        Of the less precise coordinate: 2 is about 1 km, 5 about 1 m.
    """

    lon: float
    lat: float
    source: str
    source_id: str
    match: str
    decimals: int


@dataclass(frozen=True)
class Village:
    """One village: `distances` in km by service, None when withheld; `doubtful` names those that look wrong."""

    code: str
    commune_code: str
    name_ar: str
    name_latin: str | None
    kind: str
    households: int
    people: int
    distances: Mapping[str, float | None]
    withheld: bool
    doubtful: tuple[str, ...]
    position: Position | None


@dataclass(frozen=True)
class Villages:
    """All villages in the order of their codes, as arrays. Built once, shared by all, never changed.

    Attributes
    ----------
    codes, name_ar, name_latin
        Of each village; an empty Latin name is not known.
    commune
        Commune number (see `Territories.commune_index`).
    people, households
        Municipal population and households, census 2024.
    distance
        By service: mean km from its dwellings; NaN when withheld.
    withheld
        Whether the census keeps the distances back (villages under 30 households).
    doubtful
        By service: whether the distance looks wrong.
    lon, lat
        EPSG:4326; NaN where no position is known.
    """

    services: Mapping[str, Service]
    table: pd.DataFrame
    codes: tuple[str, ...]
    name_ar: tuple[str, ...]
    name_latin: tuple[str, ...]
    commune: IntArray
    people: IntArray
    households: IntArray
    distance: Mapping[str, FloatArray]
    withheld: BoolArray
    doubtful: Mapping[str, BoolArray]
    lon: FloatArray
    lat: FloatArray

    @classmethod
    def from_table(cls, table: pd.DataFrame, territories: Territories, services: Mapping[str, Service]) -> "Villages":
        """Lay out the table `villages`.

        Raises
        ------
        CodeError
            A village lies in no commune of `territories`.
        """
        table = table.sort_values("douar_code", ignore_index=True)
        commune = table["commune_code"].map(territories.commune_index)
        if commune.isna().any():
            unknown = table.loc[commune.isna(), "commune_code"].unique()[:3]
            raise CodeError(
                f"villages: found commune «{', '.join(unknown)}»; allowed: codes of 2024 of territories.csv"
            )
        flagged = table["doubtful"].fillna("").str.split()
        return cls(
            services=services,
            table=table,
            codes=tuple(table["douar_code"]),
            name_ar=tuple(table["name_ar"]),
            name_latin=tuple(table["name_latin"].fillna("")),
            commune=commune.to_numpy(np.int64),
            people=table["people"].to_numpy(np.int64),
            households=table["households"].to_numpy(np.int64),
            distance={code: table[one.column].to_numpy("float64", na_value=np.nan) for code, one in services.items()},
            withheld=table["withheld"].to_numpy(bool),
            doubtful={code: np.array([code in codes for codes in flagged], np.bool_) for code in services},
            lon=table["lon"].to_numpy("float64", na_value=np.nan),
            lat=table["lat"].to_numpy("float64", na_value=np.nan),
        )

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self.row_of

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row number of each village code."""
        return {code: row for row, code in enumerate(self.codes)}

    @cached_property
    def located(self) -> BoolArray:
        """Whether a position is known; the others are counted at their commune, never drawn at an invented point."""
        return np.isfinite(self.lon) & np.isfinite(self.lat)

    def within(self, code: str, territories: Territories) -> BoolArray:
        """Mark the villages of a territory.

        Raises
        ------
        CodeError
            The territory is unknown.
        """
        first, last = territories.commune_range(code)
        return np.asarray((self.commune >= first) & (self.commune < last))

    def at(self, code: str) -> Village:
        """Return one village.

        Raises
        ------
        CodeError
            No village has this code.
        """
        if code not in self.row_of:
            raise CodeError(
                f"village: found «{code}»; allowed: one of the {len(self)} codes of 13 digits, as text, "
                f"for example {self.codes[0] if self.codes else 'none'}"
            )
        number = self.row_of[code]
        row = self.table.iloc[number]
        kept = {service: float(km[number]) for service, km in self.distance.items()}
        return Village(
            code=code,
            commune_code=str(row["commune_code"]),
            name_ar=self.name_ar[number],
            name_latin=self.name_latin[number] or None,
            kind=str(row["kind"]),
            households=int(self.households[number]),
            people=int(self.people[number]),
            distances={service: km if np.isfinite(km) else None for service, km in kept.items()},
            withheld=bool(self.withheld[number]),
            doubtful=tuple(service for service, odd in self.doubtful.items() if odd[number]),
            position=self._position(number),
        )

    def _position(self, number: int) -> Position | None:
        if not self.located[number]:
            return None
        row = self.table.iloc[number]
        source, match = str(row["position_source"]), str(row["position_match"])
        decimals = int(row["position_decimals"])
        return Position(float(row["lon"]), float(row["lat"]), source, str(row["position_id"]), match, decimals)


def beyond(villages: Villages, service: str, km: float) -> BoolArray:
    """Mark the villages strictly farther than `km` from a service; a withheld distance is unknown, hence not marked.

    Raises
    ------
    CodeError
        The service is unknown.
    RangeError
        The threshold is not a number of km from 0 up.
    """
    distance = _distance(villages, service)
    if not (np.isfinite(km) and km >= 0):
        raise RangeError(f"threshold of {service}: found {km}; allowed: a number of km, 0 or more")
    return np.asarray(distance > km)  # a comparison with NaN is false


def ordered(villages: Villages, rows: BoolArray, *, by: str, service: str) -> IntArray:
    """Return the row numbers of the marked villages, most people or greatest distance first, unknown distances last.

    Ties go to the more populous, then to the smaller code.

    Raises
    ------
    CodeError
        The order or the service is unknown.
    """
    if by not in ORDERS:
        raise CodeError(f"order of villages: found «{by}»; allowed: {', '.join(ORDERS)}")
    distance = _distance(villages, service)
    chosen = np.flatnonzero(rows)
    first = villages.people if by == "people" else np.nan_to_num(distance, nan=-1.0)
    return np.asarray(chosen[np.lexsort((chosen, -villages.people[chosen], -first[chosen]))], np.int64)


def people_beyond(
    villages: Villages, service: str, km: float, territories: Territories, *, codes: Sequence[str] | None = None
) -> pd.DataFrame:
    """Count the people beyond a distance of a service in every region, province and commune that has villages.

    People are those of the villages listed: not of towns, nor nomads.

    Parameters
    ----------
    codes
        Territories to count in, in that order; every region, province and commune unless given.

    Returns
    -------
    pandas.DataFrame
        One row a territory, in the order of the territories: territory_code, level, villages, villages_beyond,
        villages_unknown, people, people_beyond, people_within (known to be at `km` or less), people_unknown (withheld),
        share_unknown (0 to 1, of the people). Beyond, within and unknown add up to the people.

    Raises
    ------
    CodeError, RangeError
        As for `beyond`.
    """
    far = beyond(villages, service, km)
    unknown = ~np.isfinite(villages.distance[service])
    near = ~far & ~unknown
    weights = {
        "villages": np.ones(len(villages)),
        "villages_beyond": far,
        "villages_unknown": unknown,
        "people": villages.people,
        "people_beyond": np.where(far, villages.people, 0),
        "people_within": np.where(near, villages.people, 0),
        "people_unknown": np.where(unknown, villages.people, 0),
    }
    size = len(territories.commune_codes)
    # Sums up to each commune number: a territory is a range of them.
    until = {
        name: np.concatenate(([0], np.cumsum(np.bincount(villages.commune, weight, minlength=size))))
        for name, weight in weights.items()
    }
    listed = (
        [code for code in territories.codes if territories.level_of(code) in COUNTED_LEVELS] if codes is None else codes
    )
    first, last = np.array([territories.commune_range(code) for code in listed], np.int64).reshape(-1, 2).T
    sums = {name: (total[last] - total[first]).astype(np.int64) for name, total in until.items()}
    table = pd.DataFrame({"territory_code": listed, "level": [territories.level_of(code) for code in listed], **sums})
    table = table[table["villages"] > 0].reset_index(drop=True)
    return table.assign(share_unknown=table["people_unknown"] / table["people"].where(table["people"] > 0))


def _distance(villages: Villages, service: str) -> FloatArray:
    if service not in villages.distance:
        raise CodeError(f"service: found «{service}»; allowed: {', '.join(villages.distance)}")
    return villages.distance[service]
