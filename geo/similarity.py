"""How alike two places are (Gower), and where a project that was carried out could be repeated."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.errors import CodeError, ScoringError
from geo.allocation import FloatArray

NUMERIC, NOMINAL, ASYMMETRIC = "numeric", "nominal", "asymmetric"
KINDS = (NUMERIC, NOMINAL, ASYMMETRIC)
LEAST_COMPARED = 2 / 3  # below it too little is known of a place to call it alike; as for the need index
SIMILARITY_DECIMALS = 12  # similarities that differ by rounding alone are equal


@dataclass(frozen=True)
class Trait:
    """One thing places are compared by.

    Attributes
    ----------
    code
        Column of the data.
    kind
        `numeric` (likeness falls with the distance over the range), `nominal` (same or not), or `asymmetric` (a yes or
        no of which only the yes tells: two no are not compared).
    weight
        Its weight; not negative.
    lowest, highest
        Ends of the range of a numeric trait, the same for all places and times (national); values beyond are as unlike
        as can be. None for the other kinds.
    sectors
        Sectors whose improvement would change it: it is left out when one of them is being improved.
    """

    code: str
    kind: str = NUMERIC
    weight: float = 1.0
    lowest: float | None = None
    highest: float | None = None
    sectors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ScoringError(f"{self.code}: kind {self.kind!r}; allowed: {', '.join(KINDS)}", reason="method_unknown")
        if self.weight < 0:
            raise ScoringError(f"{self.code}: weight {self.weight}; allowed: not negative", reason="method_unknown")


def with_ranges(traits: Sequence[Trait], reference: pd.DataFrame) -> tuple[Trait, ...]:
    """Return the traits with the range of each numeric one fixed to what `reference` (all the country's places) holds.

    A trait that is the same everywhere keeps an empty range: it then tells no places apart.
    """
    fixed = []
    for trait in traits:
        if trait.kind == NUMERIC and (trait.lowest is None or trait.highest is None):
            values = reference[trait.code].to_numpy("float64", na_value=np.nan)
            known = values[np.isfinite(values)]
            ends = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
            fixed.append(Trait(trait.code, trait.kind, trait.weight, *ends, trait.sectors))
        else:
            fixed.append(trait)
    return tuple(fixed)


def without_sector(traits: Sequence[Trait], sector_code: str) -> tuple[Trait, ...]:
    """Return the traits that improving a sector would not change: a twin must not be one that is already solved."""
    return tuple(trait for trait in traits if sector_code not in trait.sectors)


def likeness(data: pd.DataFrame, place: str, traits: Sequence[Trait]) -> pd.DataFrame:
    """Compare every place with one, trait by trait.

    Parameters
    ----------
    data
        Places x traits; NaN or None where not known.
    place
        Row of `data` the others are compared with.
    traits
        Numeric ones with their range (see `with_ranges`).

    Returns
    -------
    pandas.DataFrame
        Places x trait codes, 0 (as unlike as can be) to 1 (the same); NaN where one of the two is not known, or where
        both lack an asymmetric trait: such a trait does not enter the comparison.

    Raises
    ------
    CodeError
        The place or a trait is not in the data.
    ScoringError
        A numeric trait has no range.
    """
    if place not in data.index:
        raise CodeError(f"similarity: found «{place}»; allowed: one of the {len(data)} places of the data")
    if missing := [trait.code for trait in traits if trait.code not in data]:
        raise CodeError(f"similarity: traits {', '.join(missing)} are not in the data")
    columns = {trait.code: _likeness(data[trait.code], data.at[place, trait.code], trait) for trait in traits}  # noqa: PD008 - one cell
    return pd.DataFrame(columns, index=data.index)


def _likeness(values: pd.Series, own: object, trait: Trait) -> FloatArray:
    known = values.notna().to_numpy() & (not pd.isna(own))
    if trait.kind == NUMERIC:
        if trait.lowest is None or trait.highest is None:
            raise ScoringError(f"{trait.code}: no range; give it, or call with_ranges", reason="no_number")
        span = trait.highest - trait.lowest
        gap = np.abs(values.to_numpy("float64", na_value=np.nan) - (np.nan if pd.isna(own) else float(own)))  # type: ignore[arg-type]  # a cell of a numeric column
        alike = 1 - np.minimum(gap / span, 1) if span > 0 else np.where(gap > 0, 0.0, 1.0)
    else:
        alike = (values == own).fillna(value=False).to_numpy(np.float64)
        if trait.kind == ASYMMETRIC:
            known &= values.fillna(value=False).to_numpy(bool) | bool(own if not pd.isna(own) else False)
    return np.where(known, alike, np.nan)


def gower(parts: pd.DataFrame, traits: Sequence[Trait]) -> pd.DataFrame:
    """Return the similarity of each place (0-1) and the share of the weights it rests on (0-1).

    Parameters
    ----------
    parts
        What `likeness` returns.

    Returns
    -------
    pandas.DataFrame
        Columns similarity (NaN where nothing could be compared) and compared, one row a place.

    Notes
    -----
    Gower (1971): the weighted mean of the likeness of the traits known of both, s = sum(w d s) / sum(w d), d being 0
    where a trait is not known of one of the two, or absent from both for an asymmetric one.
    """
    weight = np.array([trait.weight for trait in traits])
    values = parts[[trait.code for trait in traits]].to_numpy(np.float64)
    known = np.isfinite(values) @ weight
    total = np.nan_to_num(values) @ weight
    mean = np.divide(total, known, out=np.full(len(parts), np.nan), where=known > 0)
    share = known / weight.sum() if weight.sum() > 0 else np.zeros(len(parts))
    return pd.DataFrame({"similarity": np.round(mean, SIMILARITY_DECIMALS), "compared": share}, index=parts.index)


@dataclass(frozen=True)
class Repetition:
    """Where a project could be repeated.

    Attributes
    ----------
    table
        One row per place, the most alike first: territory_code, similarity, compared, need (0-1), projects (codes of
        those of the sector there, joined by ";"; empty when none is known), around (the same in the places listed as
        its neighbours).
    parts
        Places x traits: how alike each is.
    left_out
        Traits that improving the sector would change.
    """

    table: pd.DataFrame
    parts: pd.DataFrame
    left_out: tuple[str, ...]

    def alike(self, territory_code: str, count: int = 3) -> list[str]:
        """Return the traits most alike, the most alike first; equal ones in the order of the traits."""
        return self._ordered(territory_code, falling=True)[:count]

    def different(self, territory_code: str, count: int = 2) -> list[str]:
        """Return the traits most different, the most different first; none that is the same."""
        row = self.parts.loc[territory_code]
        return [code for code in self._ordered(territory_code, falling=False) if row[code] < 1][:count]

    def _ordered(self, territory_code: str, *, falling: bool) -> list[str]:
        known = self.parts.loc[territory_code].dropna()
        return [str(code) for code in known.sort_values(ascending=not falling, kind="stable").index]


def repeat(
    data: pd.DataFrame,
    traits: Sequence[Trait],
    *,
    origin: str,
    sector_code: str,
    need: pd.Series,
    least_need: float = 0.5,
    running: Mapping[str, Collection[str]] | None = None,
    neighbours: Mapping[str, Collection[str]] | None = None,
    within: Collection[str] | None = None,
    limit: int = 10,
) -> Repetition:
    """Find the places most alike in context with that of a project, where the same sector is in need.

    Parameters
    ----------
    data
        Places x traits, all the country's places.
    traits
        Numeric ones with their national range.
    origin
        Place of the project.
    sector_code
        Sector it improved: traits that improving it would change are left out.
    need
        Place → how its need in the sector stands, 0 to 1; places below `least_need`, or unknown, are left out.
    running
        Place → codes of the projects of the sector already there.
    neighbours
        Place → places beside it.
    within
        Places that come into question; None = all.
    limit
        How many at most.

    Returns
    -------
    Repetition
        Places of which at least two thirds of the weight could be compared; the most alike first, then the most in
        need, then by code. The origin itself is never among them.

    Raises
    ------
    CodeError, ScoringError
        As `likeness`.
    """
    kept = without_sector(traits, sector_code)
    parts = likeness(data, origin, kept)
    table = gower(parts, kept).assign(need=need.reindex(data.index))
    fit = (table["compared"] >= LEAST_COMPARED) & (table["need"] >= least_need) & (table.index != origin)
    if within is not None:
        fit &= table.index.isin(list(within))
    table = table[fit].rename_axis("territory_code").reset_index()
    table = table.sort_values(
        ["similarity", "need", "territory_code"], ascending=[False, False, True], ignore_index=True
    ).head(limit)
    there, beside = running or {}, neighbours or {}
    table["projects"] = [";".join(sorted(there.get(code, ()))) for code in table["territory_code"]]
    table["around"] = [
        ";".join(sorted({project for near in beside.get(code, ()) for project in there.get(near, ())}))
        for code in table["territory_code"]
    ]
    left_out = tuple(trait.code for trait in traits if sector_code in trait.sectors)
    return Repetition(table, parts.loc[table["territory_code"]], left_out)
