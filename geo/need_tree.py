"""The need index as the catalogue declares it: indicators in needs, needs in one index, and its years."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from data.measures import Indicator
from geo.hierarchy import LEFT_OUT, NO_NEED, Leaf, Node
from geo.needs_state import DEFAULT_WEIGHT

ROOT = "index"
PREFIX = "need."  # a need and an indicator may bear the same code, nodes of one tree may not


def node_code(theme: str) -> str:
    """Return the code of a need inside the tree."""
    return PREFIX + theme


def theme_of(node: str) -> str:
    """Return the need a node stands for."""
    return node.removeprefix(PREFIX)


def index_indicators(indicators: Mapping[str, Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators of the index, in the order of the catalogue."""
    return tuple(indicator for indicator in indicators.values() if indicator.in_index)


def index_themes(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Return the needs these indicators belong to, in their order."""
    return tuple(dict.fromkeys(indicator.theme for indicator in indicators))


def need_tree(indicators: Sequence[Indicator], weights: Mapping[str, float]) -> Node:
    """Return the index of some indicators: needs of the weights given, equal weights inside a need.

    In towns an indicator of the countryside counts as no need: a town dweller lives on a paved road.
    """
    return Node(
        ROOT,
        children=tuple(
            Node(
                node_code(theme),
                float(weights.get(theme, DEFAULT_WEIGHT)),
                tuple(_leaf(indicator) for indicator in indicators if indicator.theme == theme),
            )
            for theme in index_themes(indicators)
        ),
    )


def full_weights(indicators: Mapping[str, Indicator], weights: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the weight of every need of the index, those that were given none included."""
    given = dict(weights)
    return {theme: given.get(theme, DEFAULT_WEIGHT) for theme in index_themes(index_indicators(indicators))}


def years_of(indicators: Collection[Indicator]) -> dict[str, int]:
    """Return the latest year of each indicator."""
    return {indicator.code: indicator.latest for indicator in indicators}


def comparable(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators that measured the same thing in an earlier census."""
    return tuple(indicator for indicator in indicators if indicator.comparable)


def _leaf(indicator: Indicator) -> Leaf:
    posts = indicator.goalposts
    return Leaf(
        indicator.code,
        direction=indicator.direction,
        goalposts=None if posts is None else (min(posts.no_need, posts.full_need), max(posts.no_need, posts.full_need)),
        threshold=None if indicator.threshold is None else indicator.threshold.value,
        not_applicable=NO_NEED if indicator.universe == "rural" else LEFT_OUT,
    )
