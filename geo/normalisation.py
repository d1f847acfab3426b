"""Indicators brought to one scale: between goalposts, by their spread, or by their rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import CodeError, ScoringError
from geo.hierarchy import NO_NEED, Leaf

FloatArray = npt.NDArray[np.float64]

UNIT_NORMALISATIONS = ("goalposts", "min_max", "percentile_rank", "share_below")
NORMALISATIONS = (*UNIT_NORMALISATIONS, "z_score", "as_is")
"""`goalposts` (x - low) / (high - low), cut to 0-1 · `min_max` the same between the extremes of the reference ·
`percentile_rank` rank / n, ties averaged · `share_below` share of the others strictly below, (rank - 1) / (n - 1) ·
`z_score` (x - mean) / sample standard deviation · `as_is` the value itself, already on one scale."""

SKEW_LIMIT, KURTOSIS_LIMIT, MOST_WINSORISED = 2.0, 3.5, 5  # OECD/JRC 2008; Becker et al. 2022 (COINr)
LOG_OFFSET = 0.01  # of the range, added before the logarithm so that the least value has one (JRC COIN Tool)


@dataclass(frozen=True)
class Note:
    """Something to say about a result: what (`kind`), of which indicator, for how many places."""

    kind: str
    code: str
    count: int


def known_columns(data: pd.DataFrame, indicators: Sequence[Leaf]) -> pd.DataFrame:
    """Return the columns of the indicators as numbers, in their order; NaN where not known.

    Raises
    ------
    CodeError
        An indicator has no column.
    ScoringError
        A place stands twice, or a value is infinite or not a number.
    """
    codes = [leaf.code for leaf in indicators]
    if absent := [code for code in codes if code not in data.columns]:
        raise CodeError(
            f"indicators: no column {', '.join(absent)}; known: {', '.join(map(str, data.columns))}; "
            "correct the code or add the column"
        )
    if data.index.has_duplicates:
        twice = tuple(map(str, data.index[data.index.duplicated()].unique()[:3]))
        raise ScoringError(
            f"places: {', '.join(twice)} stand twice; allowed: one row a place", reason="place_twice", codes=twice
        )
    try:
        values = data[codes].astype("float64")
    except (TypeError, ValueError) as error:
        raise ScoringError(f"indicators: {error}; allowed: numbers, empty when not known", reason="no_number") from None
    infinite = tuple(code for code in codes if np.isinf(values[code].to_numpy()).any())
    if infinite:
        raise ScoringError(
            f"indicators: infinite values in {', '.join(infinite)}; allowed: finite numbers, empty when not known",
            reason="infinite",
            codes=infinite,
        )
    return values


def normalise(
    values: pd.DataFrame,
    indicators: Sequence[Leaf],
    *,
    how: str = "goalposts",
    reference: pd.DataFrame | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Bring each indicator to one scale on which higher means more need.

    Parameters
    ----------
    values
        One row a place, one column an indicator; NaN when not known.
    how
        One of `NORMALISATIONS`.
    reference
        The places that fix the scale (the whole country), same columns; `values` themselves when not given. Places
        beyond its extremes count as the extreme.
    not_applicable
        True where the indicator has no meaning in the place.

    Returns
    -------
    tuple
        The scaled indicators (0 to 1, except `z_score` and `as_is`; NaN when not known), and notes:
        `constant` (every reference value equal: NaN everywhere, since nothing can be told apart; with goalposts the
        scale is fixed, so it is kept and noted `constant_kept`), `unknown_everywhere`, `beyond_goalposts`.
    """
    reference = values if reference is None else reference
    scaled, notes = {}, []
    for leaf in indicators:
        column, basis = (_transformed(frame[leaf.code], leaf) for frame in (values, reference))
        known = basis[np.isfinite(basis)]
        flat = len(known) > 0 and known.min() == known.max()
        if not np.isfinite(column).any():
            notes.append(Note("unknown_everywhere", leaf.code, len(column)))
        elif flat and how != "as_is":
            notes.append(Note("constant_kept" if how == "goalposts" else "constant", leaf.code, len(column)))
        # Without spread there is no scale; with goalposts the scale does not come from the data.
        unscalable = how not in ("goalposts", "as_is") and (flat or len(known) == 0)
        result = np.full(len(column), np.nan) if unscalable else _scaled(column, known, leaf, how)
        if how == "goalposts" and (beyond := _beyond(column, leaf)):
            notes.append(Note("beyond_goalposts", leaf.code, beyond))
        if not_applicable is not None and leaf.code in not_applicable:
            empty = not_applicable[leaf.code].reindex(values.index, fill_value=False).to_numpy(bool)
            result = np.where(empty, _good_end(leaf, how), result)
        scaled[leaf.code] = result
    return pd.DataFrame(scaled, index=values.index), tuple(notes)


def _scaled(column: FloatArray, known: FloatArray, leaf: Leaf, how: str) -> FloatArray:
    if how == "as_is":
        return column * leaf.sign
    if how == "z_score":
        return np.asarray(leaf.sign * (column - known.mean()) / known.std(ddof=1))
    if how in ("percentile_rank", "share_below"):
        return _ranked(column * leaf.sign, np.sort(known * leaf.sign), how)
    low, high = _goalposts(leaf) if how == "goalposts" else (known.min(), known.max())
    risen = np.clip((column - low) / (high - low), 0.0, 1.0)
    return np.asarray(risen if leaf.sign > 0 else 1.0 - risen)


def _ranked(column: FloatArray, known: FloatArray, how: str) -> FloatArray:
    below, upto = np.searchsorted(known, column, "left"), np.searchsorted(known, column, "right")
    position = below + (upto - below + 1) / 2 if how == "percentile_rank" else below
    share = np.minimum(position / (len(known) if how == "percentile_rank" else len(known) - 1), 1.0)
    return np.asarray(np.where(np.isfinite(column), share, np.nan))


def _goalposts(leaf: Leaf) -> tuple[float, float]:
    low, high = leaf.goalposts or (0.0, 1.0)
    return (float(np.log(low)), float(np.log(high))) if leaf.transform == "log" else (low, high)


def _beyond(column: FloatArray, leaf: Leaf) -> int:
    low, high = _goalposts(leaf)
    return int(((column < low) | (column > high)).sum())


def _good_end(leaf: Leaf, how: str) -> float:
    return 0.0 if leaf.not_applicable == NO_NEED and how in UNIT_NORMALISATIONS else np.nan


def _transformed(column: pd.Series, leaf: Leaf) -> FloatArray:
    values: FloatArray = column.to_numpy("float64", na_value=np.nan)
    if leaf.transform != "log":
        return values
    if (values <= 0).any() or (leaf.goalposts and leaf.goalposts[0] <= 0):
        raise ScoringError(
            f"{leaf.code}: a value or goalpost is 0 or less; allowed with the logarithm: above 0; scale it without",
            reason="log_of_zero",
            codes=(leaf.code,),
        )
    return np.asarray(np.log(values))


def treat_outliers(
    values: pd.DataFrame,
    *,
    skew_limit: float = SKEW_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
    most: int = MOST_WINSORISED,
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Draw in the few values that stretch a scale, where skew and kurtosis both say that there are some.

    A column with |skew| and excess kurtosis at or above both limits (sample-corrected) is winsorised: its most
    extreme value, on the side of the skew, becomes the next one, until it passes or `most` points are touched. If it
    still fails, the original is replaced by log(x - min + 0.01 range). NaN stay.

    Returns
    -------
    tuple
        The treated columns, and a note for each one changed: `winsorised` (points touched) or `logged` (all points).
    """
    treated, notes = {}, []
    for code in values.columns:
        column = values[code].astype("float64")
        result, touched = _winsorised(column, skew_limit, kurtosis_limit, most)
        if _stretched(result, skew_limit, kurtosis_limit):
            spread = column.max() - column.min()
            result = np.log(column - column.min() + LOG_OFFSET * spread)
            notes.append(Note("logged", str(code), int(column.notna().sum())))
        elif touched:
            notes.append(Note("winsorised", str(code), touched))
        treated[code] = result
    return pd.DataFrame(treated, index=values.index), tuple(notes)


def _stretched(column: pd.Series, skew_limit: float, kurtosis_limit: float) -> bool:
    return bool(abs(column.skew()) >= skew_limit and column.kurt() >= kurtosis_limit)


def _winsorised(column: pd.Series, skew_limit: float, kurtosis_limit: float, most: int) -> tuple[pd.Series, int]:
    result, touched = column.copy(), 0
    while touched < most and _stretched(result, skew_limit, kurtosis_limit):
        high = result.skew() >= 0
        extreme = result == (result.max() if high else result.min())
        rest = result[~extreme]
        result = result.mask(extreme, rest.max() if high else rest.min())
        touched = int((result != column).sum() - column.isna().sum())
    return result, touched
