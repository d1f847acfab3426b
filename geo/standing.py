"""Where one place stands among its peers: its rank, how many fare better, and the ranks other weights would give it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.needs import RANK_DECIMALS, Score, rank
from geo.uncertainty import Robustness


@dataclass(frozen=True)
class Standing:
    """The rank of a place.

    Attributes
    ----------
    score
        Points of 100, higher is more need.
    rank, ranked
        1 is the neediest of so many ranked places; equals share the best rank.
    below
        Share (0 to 1) of the other ranked places whose score is lower; NaN when it is alone.
    low, high
        Ranks at the 5th and 95th percentile of random weightings around those chosen; None where no weight is varied.
    """

    score: float
    rank: int
    ranked: int
    below: float
    low: int | None = None
    high: int | None = None


def standing(result: Score, code: str, robustness: Robustness | None = None) -> Standing | None:
    """Return where a place stands by its whole score; None when it has none.

    Raises
    ------
    KeyError
        The place is not among the scored ones.
    """
    found = _standing(result.score, code)
    if found is None or robustness is None:
        return found
    row = robustness.table.loc[code]
    return Standing(found.score, found.rank, found.ranked, found.below, int(row["rank_p5"]), int(row["rank_p95"]))


def sector_standing(result: Score, sector: str, code: str) -> Standing | None:
    """Return where a place stands by one sector alone: it depends on no weight of the sectors.

    None where the sector is not known in the place, or has no meaning there; such places are not ranked.
    """
    return _standing(result.sectors[sector].mask(result.assumed[sector]), code)


def _standing(scores: pd.Series, code: str) -> Standing | None:
    own = float(scores.loc[code])
    if not np.isfinite(own):
        return None
    compared = scores.round(RANK_DECIMALS)
    ranked = int(compared.notna().sum())
    lower = int((compared < compared.loc[code]).sum())
    below = lower / (ranked - 1) if ranked > 1 else float("nan")
    return Standing(own, int(rank(scores).loc[code]), ranked, below)
