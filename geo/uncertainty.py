"""How far a rank depends on choices: other weights, other scales, one sector less, and what each sector decides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import ScoringError
from geo.aggregation import FloatArray, mean_transformed, transformed
from geo.needs import Score, rank
from geo.normalisation import UNIT_NORMALISATIONS

RankArray = npt.NDArray[np.int32]

DRAWS = 1_000
NEAR = 30.0  # Dirichlet concentration "near my weights"; the number of sectors is "any weights" (docs of the method)
TOP = 20
ROBUST_SHARE = 0.9  # of the draws in which a place must stand at the top
PERCENTILES = (5, 50, 95)
EQUAL = 1e-11  # scaled means that differ by rounding alone are equal


@dataclass(frozen=True)
class Robustness:
    """Ranks under many weightings.

    Attributes
    ----------
    table
        One row a place: `rank` (under the chosen weights), `rank_p5`, `rank_p50`, `rank_p95` (ranks in the draws),
        `top_share` (0 to 1: draws in which it is among the first `top`), `is_robust` (top_share of 0.9 or more).
        NaN, and not robust, for places without a score.
    draws, concentration, seed, top
        How it was computed; the same values give the same table.
    varied
        Number of sectors whose weights were varied; below 2 there is nothing to vary and intervals are the ranks
        themselves.
    """

    table: pd.DataFrame
    draws: int
    concentration: float
    seed: int
    top: int
    varied: int


def robustness(
    result: Score,
    *,
    draws: int = DRAWS,
    concentration: float = NEAR,
    seed: int = 0,
    top: int = TOP,
    alternatives: Sequence[Score] = (),
) -> Robustness:
    """Rank places again under random weights of the sectors.

    Parameters
    ----------
    concentration
        Weights are drawn from Dirichlet(concentration x chosen weights): around them, the closer the higher. With
        the number of sectors and equal weights, every weighting is as likely as any other.
    top
        Length of the list a place should stay in.
    alternatives
        The same places and sectors under other normalisations or aggregations; each draw takes one of them, or
        `result`, at random.

    Notes
    -----
    Saisana, Saltelli & Tarantola, J. R. Stat. Soc. A 168, 2005. A sector of weight 0 stays at 0. Places are ranked
    among those that have a score under the chosen weights; equals share the best rank.

    Raises
    ------
    ScoringError
        Draws or concentration are not positive, or an alternative is about other places or sectors.
    """
    if draws < 1 or not concentration > 0 or top < 1:
        raise ScoringError(
            f"robustness: draws {draws}, concentration {concentration}, top {top}; allowed: above 0",
            reason="draws_wrong",
        )
    weights = result.weights[result.weights > 0]
    ranked = result.score.notna().to_numpy()
    views = [_sector_values(view, weights.index, ranked, result) for view in (result, *alternatives)]
    rng = np.random.default_rng(seed)
    weightings = rng.dirichlet(np.maximum(concentration * weights.to_numpy(), np.finfo(float).tiny), size=draws)
    chosen = rng.integers(len(views), size=draws) if alternatives else np.zeros(draws, int)
    ranks = np.concatenate(
        [_ranks(view, weightings[chosen == number]) for number, view in enumerate(views) if (chosen == number).any()]
    )
    columns = dict(zip([f"rank_p{percentile}" for percentile in PERCENTILES], _percentiles(ranks), strict=True))
    columns["top_share"] = np.count_nonzero(ranks <= top, axis=0) / draws
    drawn = pd.DataFrame(columns, index=result.values.index[ranked]).reindex(result.values.index)
    robust = drawn["top_share"] >= ROBUST_SHARE
    table = pd.concat([result.rank, drawn, robust.rename("is_robust")], axis=1)
    return Robustness(table, draws, concentration, seed, top, len(weights))


def _sector_values(
    view: Score, sectors: pd.Index, ranked: npt.NDArray[np.bool_], result: Score
) -> npt.NDArray[np.float64]:
    if not view.values.index.equals(result.values.index) or view.sector_codes != result.sector_codes:
        raise ScoringError(
            "robustness: an alternative scores other places or sectors; allowed: the same, in the same order",
            reason="alternative_wrong",
        )
    unit = view.method.normalisation in UNIT_NORMALISATIONS
    how = view.tree.aggregation or view.method.aggregation
    parts = view.sectors[list(sectors)].to_numpy("float64")[ranked] / view.method.scale
    return transformed(parts, how, view.method.floor if unit else 0.0)


def _ranks(values: FloatArray, weightings: FloatArray) -> RankArray:
    """Rank places under each weighting, equals sharing the best rank: one row a weighting, one column a place."""
    means = mean_transformed(values, weightings)
    # A place known only by sectors that weigh nothing in an alternative view has no mean there: it comes last.
    fallen = -np.nan_to_num(means, nan=-np.inf)
    order = np.argsort(fallen, axis=1)
    ordered = np.take_along_axis(fallen, order, axis=1)
    first = np.arange(fallen.shape[1], dtype=np.int32)[None, :].repeat(len(fallen), axis=0)
    with np.errstate(invalid="ignore"):  # of two places that both come last
        first[:, 1:][ordered[:, 1:] - ordered[:, :-1] <= EQUAL] = 0
    np.maximum.accumulate(first, axis=1, out=first)
    ranks = np.empty_like(first)
    np.put_along_axis(ranks, order, first + 1, axis=1)
    return ranks


def _percentiles(ranks: RankArray) -> RankArray:
    """Return the percentiles of each place's ranks: the smallest rank that so many draws do not exceed."""
    places = [max(0, -(-len(ranks) * percentile // 100) - 1) for percentile in PERCENTILES]
    # Sorting short integers whole is several times faster than partitioning at three places.
    small = np.uint16 if ranks.shape[1] <= np.iinfo(np.uint16).max else np.int32
    by_place = np.sort(np.ascontiguousarray(ranks.T.astype(small)), axis=1)
    return np.asarray(by_place[:, places].T, np.int32)


@dataclass(frozen=True)
class LeaveOneOut:
    """Ranks with one sector left out.

    Attributes
    ----------
    ranks
        One row a place, one column a sector: the rank without it; NaN when the place has nothing else.
    shifts
        The same, minus the rank with all sectors: positive when the place falls behind without the sector.
    mean_shift
        Mean of the absolute shifts, by sector.
    """

    ranks: pd.DataFrame
    shifts: pd.DataFrame
    mean_shift: pd.Series


def leave_one_out(result: Score) -> LeaveOneOut:
    """Rank places again without each sector in turn; empty tables when there is only one."""
    weights = result.weights[result.weights > 0]
    if len(weights) < 2:  # noqa: PLR2004 (without it nothing would be left)
        empty = pd.DataFrame(index=result.values.index)
        return LeaveOneOut(empty, empty, pd.Series(dtype=float))
    ranked = result.score.notna().to_numpy()
    values = _sector_values(result, weights.index, ranked, result)
    weightings = np.where(np.eye(len(weights), dtype=bool), 0.0, weights.to_numpy())
    means = pd.DataFrame(
        mean_transformed(values, weightings).T, index=result.values.index[ranked], columns=weights.index
    )
    ranks = means.apply(rank).reindex(result.values.index)
    shifts = ranks.sub(result.rank, axis=0)
    return LeaveOneOut(ranks, shifts, shifts.abs().mean())


def importance(result: Score) -> pd.DataFrame:
    """Compare the weight of each sector with what it really decides.

    Returns
    -------
    pandas.DataFrame
        One row a sector: `weight` (share declared), `r2` (squared correlation of the sector with the score over the
        places that have both; NaN when either does not vary), `r2_share` (r2 as a share of the sum).

    Notes
    -----
    Paruolo, Saisana & Saltelli, J. R. Stat. Soc. A 176, 2013: equal weights are not equal influence.
    """
    scored = result.score.notna()
    total, sectors = result.score[scored], result.sectors[scored]
    varying = [code for code in sectors if sectors[code].max() > sectors[code].min() and total.max() > total.min()]
    r2 = sectors[varying].corrwith(total).reindex(result.sector_codes) ** 2
    return pd.DataFrame({"weight": result.weights, "r2": r2, "r2_share": r2 / r2.sum()}).rename_axis("sector")
