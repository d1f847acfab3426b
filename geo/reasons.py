"""Why a place ranks as it does and what could change it: codes and numbers, from which pages make a sentence."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.errors import CodeError
from geo.aggregation import means
from geo.hierarchy import leaves
from geo.needs import RANK_DECIMALS, Score
from geo.normalisation import UNIT_NORMALISATIONS
from geo.uncertainty import Robustness

DOMINANT_SHARE = 0.6  # of the score brought by one indicator: worth saying


@dataclass(frozen=True)
class SectorFact:
    """What one sector does to a place's rank.

    Attributes
    ----------
    code, score, median
        The sector, its score in the place and its median over the places compared (points).
    weight
        Its share in the index (0 to 1).
    contribution, share
        Points it brings to the score of the place, and as a share of it (NaN when the score is 0).
    rank_at_median, places_moved
        Rank of the place if this sector alone came down to the median, and how many places that moves it (0 or
        more); 0 when it is already there.
    is_assumed
        Whether it has no meaning in the place and counts as no need by convention.
    """

    code: str
    score: float
    median: float
    weight: float
    contribution: float
    share: float
    rank_at_median: int
    places_moved: int
    is_assumed: bool = False


@dataclass(frozen=True)
class Interval:
    """Ranks of one place under random weightings; see `geo.uncertainty.Robustness`."""

    rank_p5: int
    rank_p50: int
    rank_p95: int
    top_share: float
    top: int
    is_robust: bool


@dataclass(frozen=True)
class Why:
    """The facts behind one rank.

    Attributes
    ----------
    place, score, rank, ranked
        The place, its score, its rank among so many ranked places; score NaN and rank None when `reason` says why.
    tied
        How many other places have the same score.
    reason
        `insufficient`, `unknown`, or "".
    completeness
        Share (0 to 1) of the weight that rests on known values.
    missing
        Indicators that are not known here; those that do not apply are not among them.
    sectors
        Known sectors, the largest contribution first.
    strengths
        Sectors that stand at or below their median, the farthest below first; no sector without a meaning here.
    dominant
        The indicator that brings more than 60 % of the score; None when none does.
    interval
        The ranks under random weightings, when given; None otherwise.
    """

    place: str
    score: float
    rank: int | None
    ranked: int
    tied: int
    reason: str
    completeness: float
    missing: tuple[str, ...]
    sectors: tuple[SectorFact, ...]
    strengths: tuple[str, ...]
    dominant: str | None
    interval: Interval | None = None


def why(result: Score, place: str, *, robustness: Robustness | None = None, medians: pd.Series | None = None) -> Why:
    """Collect what explains the rank of a place.

    Parameters
    ----------
    result
        The scored places it is compared with (`Score.within` narrows them).
    robustness
        Random weightings of the same places.
    medians
        Median score of each sector, to compare with (national ones, say); those of the places in `result` when not
        given.

    Raises
    ------
    CodeError
        The place is not among them.
    """
    if place not in result.values.index:
        raise CodeError(f"place: found «{place}»; allowed: one of the {len(result.values)} scored places")
    medians = result.sectors.median() if medians is None else medians
    score = float(result.score[place])
    known = np.isfinite(score)
    facts = _sector_facts(result, place, medians) if known else ()
    compared = result.score.round(RANK_DECIMALS)
    unknown = result.applies.loc[place] & result.scaled.loc[place].isna()
    return Why(
        place=place,
        score=score,
        rank=int(result.rank[place]) if known else None,
        ranked=int(compared.notna().sum()),
        tied=int((compared == compared[place]).sum()) - 1 if known else 0,
        reason=str(result.reason[place]),
        completeness=float(result.completeness.loc[place, result.tree.code]),
        missing=tuple(code for code in result.scaled if unknown[code]),
        sectors=facts,
        strengths=tuple(
            fact.code
            for fact in sorted(facts, key=lambda fact: fact.score - fact.median)
            if fact.score <= fact.median and not fact.is_assumed
        ),
        dominant=_dominant(result, place),
        interval=_interval(robustness, place) if robustness is not None and known else None,
    )


def _sector_facts(result: Score, place: str, medians: pd.Series) -> tuple[SectorFact, ...]:
    own, brought = result.sectors.loc[place], result.sector_contributions.loc[place]
    score = float(result.score[place])
    facts = []
    for code in result.sector_codes:
        if not np.isfinite(own[code]):
            continue
        rank_then = _rank_with(result, place, own, code, float(medians[code]))
        facts.append(
            SectorFact(
                code=code,
                score=float(own[code]),
                median=float(medians[code]),
                weight=float(result.weights[code]),
                contribution=float(brought[code]),
                share=float(brought[code]) / score if score else float("nan"),
                rank_at_median=rank_then,
                places_moved=rank_then - int(result.rank[place]),
                is_assumed=bool(result.assumed.loc[place, code]),
            )
        )
    return tuple(sorted(facts, key=lambda fact: -fact.contribution))


def _rank_with(result: Score, place: str, own: pd.Series, code: str, median: float) -> int:
    """Rank of the place if one sector came down to its median and nothing else changed anywhere."""
    if not own[code] > median:
        return int(result.rank[place])
    parts = own.where(own.index != code, median).to_numpy("float64")[None, :] / result.method.scale
    how = result.tree.aggregation or result.method.aggregation
    floor = result.method.floor if result.method.normalisation in UNIT_NORMALISATIONS else 0.0
    then = means(parts, result.weights.to_numpy("float64"), how, floor)[0] * result.method.scale
    others = result.score.drop(place).round(RANK_DECIMALS)
    return 1 + int((others > round(float(then), RANK_DECIMALS)).sum())


def _dominant(result: Score, place: str) -> str | None:
    brought = result.contributions.loc[place]
    score = result.score[place]
    if len(leaves(result.tree)) < 2 or not score > 0:  # noqa: PLR2004 (the only one dominates by nature)
        return None
    largest = str(brought.idxmax())
    return largest if brought[largest] > DOMINANT_SHARE * score else None


def _interval(robustness: Robustness, place: str) -> Interval:
    row = robustness.table.loc[place]
    return Interval(
        rank_p5=int(row["rank_p5"]),
        rank_p50=int(row["rank_p50"]),
        rank_p95=int(row["rank_p95"]),
        top_share=float(row["top_share"]),
        top=robustness.top,
        is_robust=bool(row["is_robust"]),
    )
