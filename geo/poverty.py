"""Multidimensional poverty of people counted one by one: the adjusted headcount of Alkire and Foster."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import MeasureError, WeightError

TOLERANCE = 1e-9  # sums of weights such as 1/18 miss a cut-off of 1/3 by rounding alone


@dataclass(frozen=True)
class Poverty:
    """Adjusted headcount and its parts.

    Attributes
    ----------
    headcount
        H: share of people who are poor.
    intensity
        A: mean weighted share of deprivations among the poor; NaN when nobody is poor.
    adjusted_headcount
        M0 = H x A.
    censored_headcounts, uncensored_headcounts
        By indicator, the share of all people who are poor and deprived in it, and who are deprived in it at all.
    contributions
        By indicator, its share of M0; they sum to 1 (NaN when nobody is poor).
    deprivation_scores
        By person, the weighted share of deprivations (0 to 1).
    is_poor
        By person.
    weights
        By indicator, brought to sum 1.
    """

    headcount: float
    intensity: float
    adjusted_headcount: float
    censored_headcounts: pd.Series
    uncensored_headcounts: pd.Series
    contributions: pd.Series
    deprivation_scores: pd.Series
    is_poor: pd.Series
    weights: pd.Series


def deprivations(achievements: pd.DataFrame, cutoffs: dict[str, float]) -> pd.DataFrame:
    """Say who is deprived of what: True below the cut-off (at it nobody is deprived), missing where not known."""
    columns = achievements[list(cutoffs)]
    below = columns.lt(pd.Series(cutoffs), axis=1).astype("boolean")
    return below.mask(columns.isna())


def alkire_foster(
    deprived: pd.DataFrame,
    cutoff: float,
    *,
    weights: dict[str, float] | None = None,
    people: npt.ArrayLike | None = None,
) -> Poverty:
    """Count the poor: those whose weighted deprivations reach the cut-off.

    Parameters
    ----------
    deprived
        One row a person or household, one column an indicator, True or 1 when deprived. Rows with a missing value
        are left out: a person is counted whole or not at all.
    cutoff
        k, share of weighted deprivations (0 to 1] from which one is poor; at it one is.
    weights
        By indicator, only proportions matter; equal when not given.
    people
        Sampling weight or household size of each row; one each when not given.

    Raises
    ------
    MeasureError
        The cut-off is out of range, no row is complete, or a value is neither 0 nor 1.
    WeightError
        Weights are negative, all zero, or name other indicators.

    Notes
    -----
    Alkire & Foster, J. Public Econ. 95, 2011. From mean rates of places only `uncensored_headcounts` can be known:
    the joint distribution is lost; see `geo.counting` for places.
    """
    if not 0 < cutoff <= 1:
        raise MeasureError(f"poverty: cut-off {cutoff}; allowed: above 0 and at most 1, a share of the weights")
    share = _shares(list(deprived.columns), weights)
    known = deprived.notna().all(axis=1).to_numpy()
    count = np.ones(len(deprived)) if people is None else np.asarray(people, np.float64)
    lacks = deprived[known].astype("float64")
    sizes = count[known] / count[known].sum() if known.any() and count[known].sum() > 0 else np.array([])
    if not len(sizes) or (sizes < 0).any() or not lacks.isin([0.0, 1.0]).all(axis=None):
        raise MeasureError("poverty: rows without a gap, values of 0 or 1 and positive numbers of people are needed")
    scores = lacks @ share
    poor = scores >= cutoff - TOLERANCE
    headcount = float(sizes[poor].sum())
    censored = (lacks[poor].mul(sizes[poor.to_numpy()], axis=0)).sum()
    adjusted = float(censored @ share)
    return Poverty(
        headcount=headcount,
        intensity=adjusted / headcount if headcount > 0 else float("nan"),
        adjusted_headcount=adjusted,
        censored_headcounts=censored,
        uncensored_headcounts=lacks.mul(sizes, axis=0).sum(),
        contributions=share * censored / adjusted if adjusted > 0 else share * float("nan"),
        deprivation_scores=scores,
        is_poor=poor,
        weights=share,
    )


def _shares(codes: list[str], weights: dict[str, float] | None) -> pd.Series:
    given = pd.Series(dict.fromkeys(codes, 1.0) if weights is None else weights, dtype="float64")
    if set(given.index) != set(codes) or not np.isfinite(given).all() or (given < 0).any() or not given.sum() > 0:
        raise WeightError(
            f"poverty: weights {given.to_dict()} for {', '.join(codes)}; allowed: 0 or more, one each, not all 0",
            reason="weights_wrong",
        )
    return given[codes] / given.sum()
