"""The need index: a tree of indicators weighed into one score a place, with what it rests on and what it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from data.errors import CodeError, ScoringError
from geo.composition import KNOWN_ROUNDING, compose
from geo.hierarchy import AGGREGATIONS, LEFT_OUT, Leaf, Node, check_tree, leaves, shares
from geo.normalisation import NORMALISATIONS, UNIT_NORMALISATIONS, Note, known_columns, normalise

LEAST_KNOWN = 2 / 3  # OECD/JRC 2008, chapter on missing data; docs of the method page
POINTS = 100.0  # a fully lacking place scores 100
RANK_DECIMALS = 9  # scores that differ by rounding alone are equal
INSUFFICIENT, UNKNOWN = "insufficient", "unknown"
TIES = ("min", "average", "max")


@dataclass(frozen=True)
class Method:
    """How indicators become a score.

    Attributes
    ----------
    normalisation
        One of `geo.normalisation.NORMALISATIONS`.
    aggregation
        One of `geo.hierarchy.AGGREGATIONS`, for every node that declares none of its own.
    floor
        0 to below 1; see `geo.aggregation.means`.
    least_known
        Share of the weight (0 to 1) that must rest on known values; below it a place has no score.
    least_known_inside
        The same for each node inside the tree: below it the node counts as not known.
    """

    normalisation: str = "goalposts"
    aggregation: str = "arithmetic"
    floor: float = 0.01
    least_known: float = LEAST_KNOWN
    least_known_inside: float = 0.0

    def __post_init__(self) -> None:
        asked = (("normalisation", self.normalisation, NORMALISATIONS), ("aggregation", self.aggregation, AGGREGATIONS))
        for name, value, allowed in asked:
            if value not in allowed:
                raise ScoringError(f"{name}: found {value!r}; allowed: {', '.join(allowed)}", reason="method_unknown")
        for name in ("floor", "least_known", "least_known_inside"):
            value = getattr(self, name)
            if not 0 <= value <= 1 or (name == "floor" and value == 1):
                raise ScoringError(f"{name}: found {value}; allowed: 0 to 1 (floor below 1)", reason="method_unknown")

    @property
    def scale(self) -> float:
        """Points of score for a scaled value of 1: 100, or 1 where values are not brought to 0-1."""
        return POINTS if self.normalisation in UNIT_NORMALISATIONS else 1.0


@dataclass(frozen=True)
class Score:
    """The index of a set of places; every table has one row a place, in the order of the data.

    Scores, scaled indicators and contributions are in points (0 to 100, higher = more need), except with `z_score`
    (standard deviations) and `as_is` (the data's own scale).

    Attributes
    ----------
    tree, method
        What was computed.
    values
        The indicators in their own units; NaN when not known.
    applies
        False where an indicator is left out of the index: not applicable, or without spread under this normalisation.
    scaled
        The indicators on the common scale; NaN when not known or left out.
    nodes
        The score of every node, the root included; NaN when nothing in it is known.
    completeness
        For every node, the share (0 to 1) of its weight that rests on known values; what is not applicable does not
        count.
    contributions
        Points of the score that each indicator brings; a row sums to the score.
    reason
        Why a place has no score: `insufficient` (known, but below `least_known`), `unknown` (nothing known), else "".
    notes
        What to say about the indicators: see `geo.normalisation.normalise`.
    """

    tree: Node
    method: Method
    values: pd.DataFrame
    applies: pd.DataFrame
    scaled: pd.DataFrame
    nodes: pd.DataFrame
    completeness: pd.DataFrame
    contributions: pd.DataFrame
    reason: pd.Series
    notes: tuple[Note, ...] = ()

    @cached_property
    def score(self) -> pd.Series:
        """The index; NaN where `reason` says why."""
        return self.nodes[self.tree.code].where(self.reason == "")

    @cached_property
    def sector_codes(self) -> tuple[str, ...]:
        """The parts directly under the root, in the order declared."""
        return tuple(child.code for child in self.tree.children)

    @cached_property
    def sectors(self) -> pd.DataFrame:
        """Score of each sector; an indicator directly under the root is a sector of its own."""
        return pd.DataFrame(
            {code: self.nodes[code] if code in self.nodes else self.scaled[code] for code in self.sector_codes}
        )

    @cached_property
    def assumed(self) -> pd.DataFrame:
        """Where a sector is a convention and no measure: none of its indicators has a meaning in the place.

        Such a sector counts as no need in the score; its 0 is not a figure to show, to rank or to praise.
        """
        given = self.values.isna() & self.scaled.notna()
        return pd.DataFrame(
            {child.code: given[[leaf.code for leaf in leaves(child)]].all(axis=1) for child in self.tree.children}
        )

    @cached_property
    def sector_contributions(self) -> pd.DataFrame:
        """Points of the score that each sector brings; a row sums to the score."""
        return pd.DataFrame(
            {
                child.code: self.contributions[[leaf.code for leaf in leaves(child)]].sum(axis=1, skipna=False)
                for child in self.tree.children
            }
        )

    @cached_property
    def weights(self) -> pd.Series:
        """Share of each sector in the index, before missing values move it."""
        return pd.Series(shares(self.tree), name="weight")

    @cached_property
    def rank(self) -> pd.Series:
        """Rank of each place, 1 the neediest, equals sharing the best rank; NaN without a score."""
        return rank(self.score)

    def within(self, places: Iterable[str]) -> "Score":
        """Keep these places only, their scores as they are: the scale is not theirs alone, ranks become theirs.

        Raises
        ------
        CodeError
            A place is not in the data.
        """
        kept = pd.Index(list(places))
        if len(absent := kept.difference(self.values.index)):
            raise CodeError(f"places: {', '.join(map(str, absent[:3]))} are not in the scored data; score them first")
        tables = ("values", "applies", "scaled", "nodes", "completeness", "contributions", "reason")
        return replace(self, **{name: getattr(self, name).loc[kept] for name in tables})


def score(
    data: pd.DataFrame,
    tree: Node,
    *,
    method: Method | None = None,
    reference: pd.DataFrame | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> Score:
    """Compute the index of each place.

    Parameters
    ----------
    data
        One row a place (index: its code), one column an indicator, in its own unit; NaN when not known. Further
        columns are ignored.
    tree
        The indicators, their sectors, weights and scales.
    method
        Goalposts and arithmetic means when not given.
    reference
        The places that fix the scale of `min_max`, ranks and `z_score`: the whole country. `data` when not given.
    not_applicable
        True where an indicator has no meaning in a place; same index and codes, columns may lack. What such a value
        counts as is declared by the leaf.

    Returns
    -------
    Score
        Weights of what is not known pass to what is, level by level; a missing value is never a zero.

    Raises
    ------
    ScoringError, WeightError, GoalpostError
        The tree, its weights or its scales cannot be computed.
    CodeError
        An indicator has no column.

    Notes
    -----
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008.

    Examples
    --------
    >>> data = pd.DataFrame({"water": [80.0, 20.0], "road": [1.0, 4.0]}, index=["A", "B"])
    >>> tree = Node("need", children=(Leaf("water", direction="higher_is_better", goalposts=(0, 100)),
    ...                               Leaf("road", goalposts=(0, 5))))
    >>> score(data, tree).score.to_dict()
    {'A': 20.0, 'B': 80.0}
    """
    method = method or Method()
    check_tree(tree, goalposts_needed=method.normalisation == "goalposts")
    indicators = leaves(tree)
    values = known_columns(data, indicators)
    basis = None if reference is None else known_columns(reference, indicators)
    scaled, notes = normalise(
        values, indicators, how=method.normalisation, reference=basis, not_applicable=not_applicable
    )
    applies = _applies(values, indicators, notes, not_applicable)
    return replace(_composed(tree, method, values, scaled, applies), notes=notes)


def _applies(
    values: pd.DataFrame, indicators: tuple[Leaf, ...], notes: tuple[Note, ...], not_applicable: pd.DataFrame | None
) -> pd.DataFrame:
    applies = pd.DataFrame(data=True, index=values.index, columns=values.columns)
    for leaf in indicators:
        if not_applicable is not None and leaf.code in not_applicable and leaf.not_applicable == LEFT_OUT:
            applies[leaf.code] = ~not_applicable[leaf.code].reindex(values.index, fill_value=False).astype(bool)
    return applies.assign(**{note.code: False for note in notes if note.kind == "constant"})


def _composed(tree: Node, method: Method, values: pd.DataFrame, scaled: pd.DataFrame, applies: pd.DataFrame) -> Score:
    floor = method.floor if method.normalisation in UNIT_NORMALISATIONS else 0.0
    least = method.least_known_inside
    whole = compose(tree, scaled, applies, aggregation=method.aggregation, floor=floor, least_known_inside=least)
    total, complete = whole.scores[tree.code], whole.completeness[tree.code]
    enough = complete + KNOWN_ROUNDING >= method.least_known
    reason = pd.Series(np.where(total.isna(), UNKNOWN, np.where(enough, "", INSUFFICIENT)), values.index, name="reason")
    return Score(
        tree=tree,
        method=method,
        values=values,
        applies=applies,
        scaled=scaled * method.scale,
        nodes=whole.scores * method.scale,
        completeness=whole.completeness,
        contributions=(whole.contributions * method.scale).where(reason == ""),
        reason=reason,
    )


def rank(scores: pd.Series, *, ties: str = "min") -> pd.Series:
    """Rank places by their score, 1 the neediest; NaN where there is no score.

    Parameters
    ----------
    ties
        Rank that equals share: the best (`min`), the mean (`average`) or the worst (`max`) of theirs.
    """
    if ties not in TIES:
        raise ScoringError(f"ties: found {ties!r}; allowed: {', '.join(TIES)}", reason="method_unknown")
    return scores.round(RANK_DECIMALS).rank(ascending=False, method=ties).rename("rank")


def bounds(result: Score) -> pd.DataFrame:
    """Return the lowest and highest score of each place, whatever the values not known may be.

    Returns
    -------
    pandas.DataFrame
        Columns lowest, highest, in points; equal to the score where everything is known. NaN with `z_score` and
        `as_is`, whose scales have no ends.
    """
    columns = ("lowest", "highest")
    if result.method.normalisation not in UNIT_NORMALISATIONS:
        return pd.DataFrame(np.nan, index=result.values.index, columns=columns)
    method = replace(result.method, least_known=0.0, least_known_inside=0.0)
    missing = result.applies & result.scaled.isna()
    ends = [
        _composed(result.tree, method, result.values, result.scaled.mask(missing, end) / POINTS, result.applies).score
        for end in (0.0, POINTS)
    ]
    return pd.DataFrame(dict(zip(columns, ends, strict=True)))
