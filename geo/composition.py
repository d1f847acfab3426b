"""The walk up the tree of an index: scores of its nodes, how much of them is known, what each indicator brings."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.aggregation import FloatArray, contributions, means
from geo.hierarchy import Leaf, Node, every, shares

BoolArray = npt.NDArray[np.bool_]

KNOWN_ROUNDING = 1e-12  # shares of weights are sums of fractions


@dataclass(frozen=True)
class Composition:
    """Scores and completeness of every node, contributions of every indicator to the root; one row a place."""

    scores: pd.DataFrame
    completeness: pd.DataFrame
    contributions: pd.DataFrame


@dataclass(frozen=True)
class _Part:
    """One part as its parent sees it: `brought` are the points each indicator gives, summing to the score."""

    score: FloatArray
    known: FloatArray
    applies: BoolArray
    brought: dict[str, FloatArray]


@dataclass
class _Walk:
    scaled: pd.DataFrame
    applies: pd.DataFrame
    aggregation: str
    floor: float
    least_known_inside: float
    scores: dict[str, FloatArray] = field(default_factory=dict)
    completeness: dict[str, FloatArray] = field(default_factory=dict)

    def visit(self, part: Leaf | Node, least_known: float) -> _Part:
        if isinstance(part, Leaf):
            applies = self.applies[part.code].to_numpy(bool)
            score = np.where(applies, self.scaled[part.code].to_numpy("float64"), np.nan)
            return _Part(score, np.isfinite(score).astype(float), applies, {part.code: np.nan_to_num(score)})
        share = shares(part)
        parts = []
        for child in part.children:
            if share[child.code] > 0:
                parts.append(self.visit(child, self.least_known_inside))
            elif _can_weigh(child):
                self.visit(child, self.least_known_inside)  # its own score is shown, though it weighs nothing above
        return self._together(part, parts, np.array([weight for weight in share.values() if weight > 0]), least_known)

    def _together(self, node: Node, parts: list[_Part], weights: FloatArray, least_known: float) -> _Part:
        values = np.column_stack([part.score for part in parts])
        applies = np.column_stack([part.applies for part in parts])
        total = applies @ weights
        known = (applies * np.column_stack([part.known for part in parts])) @ weights
        complete = np.divide(known, total, out=np.zeros(len(total)), where=total > 0)
        how = node.aggregation or self.aggregation
        score = means(values, weights, how, self.floor)
        score = np.where(complete + KNOWN_ROUNDING < least_known, np.nan, score)
        complete = np.where(np.isfinite(score), complete, 0.0)
        self.scores[node.code], self.completeness[node.code] = score, complete
        brought = _passed_on(contributions(values, weights, score, how, self.floor), parts)
        return _Part(score, complete, np.asarray(applies.any(axis=1)), brought)


def compose(
    tree: Node,
    scaled: pd.DataFrame,
    applies: pd.DataFrame,
    *,
    aggregation: str,
    floor: float,
    least_known_inside: float,
) -> Composition:
    """Bring scaled indicators together, node by node.

    Parameters
    ----------
    tree
        A tree that `geo.hierarchy.check_tree` accepts.
    scaled
        One column an indicator, NaN when not known; higher means a higher score.
    applies
        False where an indicator is left out: neither known nor missing.
    aggregation, floor
        For nodes that declare no aggregation of their own; see `geo.aggregation.means`.
    least_known_inside
        Share of its weight that a node below the root must know to have a score.
    """
    walk = _Walk(scaled, applies, aggregation, floor, least_known_inside)
    whole = walk.visit(tree, 0.0)
    codes = [part.code for part in every(tree) if isinstance(part, Node)]
    index = scaled.index
    return Composition(
        scores=pd.DataFrame(walk.scores, index=index).reindex(columns=codes),
        completeness=pd.DataFrame(walk.completeness, index=index).reindex(columns=codes),
        contributions=pd.DataFrame(whole.brought, index=index).reindex(columns=scaled.columns, fill_value=0.0),
    )


def _can_weigh(part: Leaf | Node) -> bool:
    """Say whether a node that weighs nothing has a score of its own to show."""
    if isinstance(part, Leaf):
        return False
    weighing = [child for child in part.children if child.weight > 0]
    return bool(weighing) and all(isinstance(child, Leaf) or _can_weigh(child) for child in weighing)


def _passed_on(brought: FloatArray, parts: list[_Part]) -> dict[str, FloatArray]:
    """Share what each part brings out over its indicators, as they make up the part's own score."""
    passed: dict[str, FloatArray] = {}
    for number, part in enumerate(parts):
        own = np.nan_to_num(part.score)
        factor = np.divide(brought[:, number], own, out=np.zeros(len(own)), where=own != 0)
        passed |= {code: factor * points for code, points in part.brought.items()}
    return passed
