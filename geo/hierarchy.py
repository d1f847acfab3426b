"""The tree of an index: indicators in sectors, sectors in an index, to any depth, with weights and scales."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data.errors import GoalpostError, ScoringError, WeightError

HIGHER_IS_WORSE, HIGHER_IS_BETTER = "higher_is_worse", "higher_is_better"
SIGNS = {HIGHER_IS_WORSE: 1, HIGHER_IS_BETTER: -1, 1: 1, -1: -1}
AGGREGATIONS = ("arithmetic", "geometric_complement", "geometric", "harmonic")
TRANSFORMS = ("none", "log")
LEFT_OUT, NO_NEED = "left_out", "no_need"


@dataclass(frozen=True)
class Leaf:
    """One indicator of the index.

    Attributes
    ----------
    code
        Column of the data.
    weight
        Weight among its siblings, not negative; only proportions matter.
    direction
        `higher_is_worse` (or 1): a larger value raises the score; `higher_is_better` (or -1): it lowers it.
    goalposts
        The two values, in the indicator's own unit and ascending, between which it is scaled; beyond them it counts
        as the nearer one. None where another normalisation is used.
    threshold
        Value beyond which a place lacks, in the indicator's own unit; the value itself is still well.
    transform
        `log` scales the natural logarithm of the indicator instead of the indicator (positive values only).
    not_applicable
        What a value that does not apply to a place counts as: `left_out` (the others weigh more) or `no_need`
        (the good end of the scale).
    """

    code: str
    weight: float = 1.0
    direction: str | int = HIGHER_IS_WORSE
    goalposts: tuple[float, float] | None = None
    threshold: float | None = None
    transform: str = "none"
    not_applicable: str = LEFT_OUT

    @property
    def sign(self) -> int:
        """1 when a higher value raises the score, -1 when it lowers it."""
        return SIGNS[self.direction]

    @property
    def children(self) -> tuple["Leaf | Node", ...]:
        """Return nothing: an indicator has no parts."""
        return ()


@dataclass(frozen=True)
class Node:
    """A sector, a pillar or the index itself.

    Attributes
    ----------
    code
        Its name, unique in the tree.
    weight
        Weight among its siblings, not negative; only proportions matter. That of the root has no effect.
    children
        Its parts: nodes and leaves in any mixture.
    aggregation
        One of `AGGREGATIONS` for this node alone; None follows the method of the index.
    threshold
        Score, in the units of the score, beyond which the sector counts as lacking.
    """

    code: str
    weight: float = 1.0
    children: tuple["Leaf | Node", ...] = ()
    aggregation: str | None = None
    threshold: float | None = None


def every(tree: Leaf | Node) -> Iterator[Leaf | Node]:
    """Give the tree itself and everything in it, parents before children, in the order declared."""
    yield tree
    for child in tree.children:
        yield from every(child)


def leaves(tree: Leaf | Node) -> tuple[Leaf, ...]:
    """Return the indicators of a tree, in the order declared."""
    return tuple(part for part in every(tree) if isinstance(part, Leaf))


def shares(node: Node) -> dict[str, float]:
    """Return the weight of each child as a share of their sum.

    Raises
    ------
    WeightError
        All weights are 0.
    """
    weights = np.array([child.weight for child in node.children], float)
    if not weights.sum() > 0:
        raise WeightError(
            f"{node.code}: the weights of {_listed(child.code for child in node.children)} are all 0; "
            "allowed: at least one above 0; raise one of them",
            reason="weights_all_zero",
            codes=(node.code,),
        )
    # Divided by the largest first: weights near the ends of the number range stay finite.
    scaled = weights / weights.max()
    return dict(zip((child.code for child in node.children), (scaled / scaled.sum()).tolist(), strict=True))


def effective_weights(tree: Node) -> dict[str, float]:
    """Return the weight of each indicator in the whole index: the product of the shares on its way up, sum 1."""
    found: dict[str, float] = {}
    for child in tree.children:
        share = shares(tree)[child.code]
        if isinstance(child, Leaf):
            found[child.code] = share
        elif share > 0:
            found |= {code: share * part for code, part in effective_weights(child).items()}
        else:
            found |= dict.fromkeys((leaf.code for leaf in leaves(child)), 0.0)
    return found


def with_weights(tree: Node, weights: dict[str, float]) -> Node:
    """Return the tree with other weights for the nodes or leaves named.

    Raises
    ------
    ScoringError
        A name is not in the tree.
    """
    if unknown := sorted(set(weights) - {part.code for part in every(tree)}):
        raise ScoringError(
            f"weights: unknown {_listed(unknown)}; allowed: {_listed(part.code for part in every(tree))}",
            reason="unknown_code",
            codes=tuple(unknown),
        )
    return _reweighed(tree, weights)


def _reweighed(tree: Node, weights: dict[str, float]) -> Node:
    children = tuple(
        _reweighed(child, weights) if isinstance(child, Node) else _weighed(child, weights) for child in tree.children
    )
    return replace(tree, weight=float(weights.get(tree.code, tree.weight)), children=children)


def _weighed(leaf: Leaf, weights: dict[str, float]) -> Leaf:
    return replace(leaf, weight=float(weights.get(leaf.code, leaf.weight)))


def check_tree(tree: Node, *, goalposts_needed: bool) -> None:
    """Refuse a tree that cannot be computed; every problem of one kind is listed.

    Raises
    ------
    ScoringError
        A code stands twice, a node has no parts, or an option is unknown.
    WeightError
        A weight is negative or not a number, or the weights of a node that counts are all 0.
    GoalpostError
        Goalposts are equal, reversed, not finite, or missing where they are needed.
    """
    parts = list(every(tree))
    codes = [part.code for part in parts]
    _refuse(
        [f"{code} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1})]
        + [f"{part.code} has no parts" for part in parts if isinstance(part, Node) and not part.children]
        + [problem for part in parts for problem in _unknown_options(part)],
        "allowed: unique codes, nodes with at least one part, and the options listed",
    )
    wrong = [part for part in parts if not (np.isfinite(part.weight) and part.weight >= 0)]
    if wrong:
        raise WeightError(
            f"weights: {_listed(f'{part.code} = {part.weight}' for part in wrong)}; allowed: 0 or more",
            reason="weight_negative",
            codes=tuple(part.code for part in wrong),
        )
    effective_weights(tree)
    _check_goalposts(leaves(tree), needed=goalposts_needed)


def _unknown_options(part: Leaf | Node) -> list[str]:
    asked: dict[str, tuple[object, tuple[object, ...]]]
    if isinstance(part, Node):
        asked = {"aggregation": (part.aggregation, (None, *AGGREGATIONS))}
    else:
        asked = {
            "direction": (part.direction, tuple(SIGNS)),
            "transform": (part.transform, TRANSFORMS),
            "not_applicable": (part.not_applicable, (LEFT_OUT, NO_NEED)),
        }
    return [
        f"{part.code}: {name} {value!r} is none of {allowed}"
        for name, (value, allowed) in asked.items()
        if value not in allowed
    ]


def _check_goalposts(indicators: tuple[Leaf, ...], *, needed: bool) -> None:
    without = tuple(leaf.code for leaf in indicators if leaf.goalposts is None)
    if needed and without:
        raise GoalpostError(
            f"goalposts: {_listed(without)} declare none; allowed: two values; declare them or choose another "
            "normalisation",
            reason="goalposts_missing",
            codes=without,
        )
    wrong = [leaf for leaf in indicators if leaf.goalposts is not None and not _ascending(leaf.goalposts)]
    if wrong:
        raise GoalpostError(
            f"goalposts: {_listed(f'{leaf.code} = {leaf.goalposts}' for leaf in wrong)}; allowed: two finite values, "
            "the lower first; the direction says which end is the good one",
            reason="goalposts_equal",
            codes=tuple(leaf.code for leaf in wrong),
        )


def _ascending(goalposts: tuple[float, float]) -> bool:
    low, high = goalposts
    return bool(np.isfinite(low) and np.isfinite(high) and low < high)


def _refuse(problems: list[str], advice: str) -> None:
    if problems:
        raise ScoringError(f"index: {'; '.join(problems)}; {advice}", reason="tree_wrong")


def _listed(words: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(words)
