"""Scaled parts brought together into one score, and the score taken apart again."""

import numpy as np
import numpy.typing as npt

from data.errors import ScoringError

FloatArray = npt.NDArray[np.float64]

SMALLEST = 1e-300  # stands for 0 where its logarithm or inverse would be infinite
ROUNDING = 1e-9


def means(parts: FloatArray, weights: FloatArray, how: str, floor: float) -> FloatArray:
    """Return the weighted mean of each row.

    Parameters
    ----------
    parts
        One row a place, one column a part; NaN when not known.
    weights
        One weight a part, not negative. Those of known parts are brought to sum 1 row by row.
    how
        `arithmetic`: a lack in one part is made up by another. `geometric_complement`: 1 - the geometric mean of
        what is not lacking, so that one severe lack raises the score. `geometric`, `harmonic`: means of the parts
        themselves, for indices where high is good.
    floor
        For all but `arithmetic`, parts are first drawn from 0-1 into floor-1 and the mean drawn back, so that one 0
        (or one 1, for the complement) does not decide alone; 0 leaves them as they are.

    Returns
    -------
    numpy.ndarray
        NaN where no part of positive weight is known. Equal parts give that part.
    """
    values = transformed(parts, how, floor)
    mean = _drawn_back(mean_transformed(values, weights[None, :])[0], how, floor)
    if how == "arithmetic" or floor > 0:
        return mean
    ended = (_drawn(parts, how, floor) <= SMALLEST) & (weights > 0)
    return np.where(ended.any(axis=1), 1.0 if how == "geometric_complement" else 0.0, mean)


def mean_transformed(values: FloatArray, weightings: FloatArray) -> FloatArray:
    """Return the weighted means of transformed parts: one row a weighting, one column a place (row of `values`).

    They rank places as the scores do, whatever the way of aggregating. NaN where no known part weighs anything.
    """
    known = np.isfinite(values)
    if known.all():
        return _products(values, weightings / weightings.sum(axis=1, keepdims=True))
    total = _products(known.astype(float), weightings)
    summed = _products(np.where(known, values, 0.0), weightings)
    return np.divide(summed, total, out=np.full_like(summed, np.nan), where=total > 0)


def _products(values: FloatArray, weightings: FloatArray) -> FloatArray:
    # Not `@`: so few parts are multiplied faster without threads, and in the same order on every machine.
    return np.asarray(np.einsum("kp,dk->dp", np.ascontiguousarray(values.T), weightings))


def transformed(parts: FloatArray, how: str, floor: float) -> FloatArray:
    """Return the parts in the form whose arithmetic mean orders places as the score does.

    Raises
    ------
    ScoringError
        A part lies outside what the mean is defined for.
    """
    if how == "arithmetic":
        return parts
    low, high = np.nanmin(parts, initial=0.0), np.nanmax(parts, initial=0.0)
    if low < -ROUNDING or (how == "geometric_complement" and high > 1 + ROUNDING):
        raise ScoringError(
            f"{how} mean: parts from {low:g} to {high:g}; allowed: 0 or more, and at most 1 for the complement; "
            "use the arithmetic mean or another normalisation",
            reason="mean_undefined",
        )
    drawn = _drawn(parts, how, floor)
    if how == "harmonic":
        return np.asarray(-1 / drawn)
    return np.asarray(-np.log(drawn) if how == "geometric_complement" else np.log(drawn))


def _drawn(parts: FloatArray, how: str, floor: float) -> FloatArray:
    """Draw parts (what is not lacking, for the complement) from 0-1 into floor-1."""
    good = np.maximum(1 - parts if how == "geometric_complement" else parts, 0.0)
    return np.maximum(floor + (1 - floor) * good, SMALLEST)


def _drawn_back(mean: FloatArray, how: str, floor: float) -> FloatArray:
    if how == "arithmetic":
        return mean
    drawn = -1 / mean if how == "harmonic" else np.exp(-mean if how == "geometric_complement" else mean)
    back = (drawn - floor) / (1 - floor)
    return np.asarray(1 - back if how == "geometric_complement" else back)


def contributions(parts: FloatArray, weights: FloatArray, mean: FloatArray, how: str, floor: float) -> FloatArray:
    """Share the score of each row out over its parts; they sum to it.

    Arithmetic: weight x part, exactly. Geometric means: in proportion to weight x distance of the part from the end
    that adds nothing, on the logarithmic scale (log-mean decomposition, Ang 2005). Harmonic, and geometric without a
    floor: in proportion to weight x part. Unknown parts contribute 0.
    """
    known = np.isfinite(parts)
    weighted = np.where(known, weights[None, :], 0.0)
    total = weighted.sum(axis=1, keepdims=True)
    weighted = np.divide(weighted, total, out=np.zeros_like(weighted), where=total > 0)
    filled = np.where(known, parts, 0.0)
    if how == "arithmetic":
        return np.asarray(weighted * filled)
    if how == "geometric_complement":
        pull = -np.log(_drawn(filled, how, floor))
    elif how == "geometric" and floor > 0:
        pull = np.log(_drawn(filled, how, floor)) - np.log(floor)
    else:
        pull = filled
    pulled = weighted * pull
    sums = pulled.sum(axis=1, keepdims=True)
    share = np.divide(pulled, sums, out=np.zeros_like(pulled), where=sums > 0)
    return np.asarray(np.nan_to_num(mean)[:, None] * share)
