"""The score of a match: pairs to be compared, a weighted mean of what is known, and what a rule leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.actors_catalog import CRITERIA
from geo.allocation import FloatArray, IntArray

POINTS = 100.0
SCORE_DECIMALS = 9  # scores that differ by rounding alone are equal
RULES = ("no_body", "asks_itself", "wrong_role", "own_territory_only", "no_reason")
"""Rules that leave a pair out, in the order in which they are said."""


@dataclass(frozen=True)
class Pairs:
    """Bodies and places to be compared, one row per pair and sector; all arrays have the same length.

    `item` numbers what is ranked (bodies, communes or needs); `territory` is a position in the codes of territories;
    `level` and `tie` come from `geo.nearness`; `partnership` is 1, 0 or NaN; `amount_mad` is the money sought.
    """

    item: IntArray
    body: IntArray
    territory: IntArray
    sector: IntArray
    level: IntArray
    tie: IntArray
    need: FloatArray
    partner: IntArray
    partnership: FloatArray
    amount_mad: FloatArray


def weighted_mean(values: Mapping[str, FloatArray], weight: Mapping[str, float]) -> tuple[FloatArray, FloatArray]:
    """Return the score (0-100) over what is known, and the share of the weights that is known (0-1).

    The score is NaN where nothing that weighs is known.
    """
    known = sum(weight[name] * np.isfinite(value) for name, value in values.items())
    total = sum(weight[name] * np.nan_to_num(value) for name, value in values.items())
    share = np.asarray(known, np.float64)
    mean = np.divide(total, share, out=np.full(len(share), np.nan), where=share > 0)
    return np.round(POINTS * mean, SCORE_DECIMALS), share / sum(weight.values())


def contributions(match: pd.Series, weight: Mapping[str, float]) -> dict[str, float]:
    """Return how many points of its score each known criterion of a match gives; they sum to the score."""
    known = {name: weight[name] for name in CRITERIA if np.isfinite(match[name])}
    total = sum(known.values())
    return {name: POINTS * part * match[name] / total for name, part in known.items()} if total else {}


def need_percentiles(scores: pd.DataFrame) -> pd.DataFrame:
    """Return where each place stands in each column, 0 (least in need) to 1 (most), ties averaged; NaN stays NaN.

    Parameters
    ----------
    scores
        Communes x sectors, higher = more need: `geo.needs.Score.sectors` under the sector codes of the catalogue.

    Notes
    -----
    A place that stands alone in its column gets one half: nothing says that it is more or less in need than others.
    """
    ranks, known = scores.rank(method="average"), scores.notna().sum()
    return ((ranks - 1) / (known - 1).where(known > 1)).mask(scores.notna() & (known == 1), 0.5)


def left_out(item: IntArray, rule: IntArray) -> dict[str, int]:
    """Count, rule by rule, the items of which no pair is left."""
    per_item = pd.DataFrame({"item": item, "rule": rule}).groupby("item")["rule"].agg(["min", "max"])
    lost = per_item.loc[per_item["max"] < len(RULES), "min"].value_counts()
    return {RULES[int(number)]: int(lost[number]) for number in sorted(lost.index)}
