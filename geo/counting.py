"""How many sectors a place lacks: the count anyone can check, beside the score."""

import numpy as np
import pandas as pd

from geo.hierarchy import Leaf, Node, leaves
from geo.needs import Score


def lacking_sectors(result: Score) -> pd.DataFrame:
    """Say for each place which sectors lie beyond their threshold, and count them.

    A sector with a threshold of its own lacks when its score is above it. Otherwise it lacks when one of its
    indicators is beyond its own threshold, in its own unit and direction; the threshold itself is still well. A
    sector without any threshold is left out. What does not apply to a place is not lacking there.

    Returns
    -------
    pandas.DataFrame
        One row a place: one nullable boolean a sector (missing when what is known does not decide), then `lacking`
        (sectors known to lack) and `decided` (sectors known either way): show "lacking of decided".

    Notes
    -----
    In the spirit of Alkire & Foster (2011), over mean rates of places: not a headcount of people. For people see
    `geo.poverty`.
    """
    judged = {child.code: _judged(child, result) for child in result.tree.children if _has_threshold(child)}
    table = pd.DataFrame(judged, index=result.values.index, dtype="boolean")
    counts = {"lacking": table.sum(axis=1).astype("int64"), "decided": table.notna().sum(axis=1).astype("int64")}
    return table.assign(**counts)


def _has_threshold(sector: Leaf | Node) -> bool:
    return sector.threshold is not None or any(leaf.threshold is not None for leaf in leaves(sector))


def _judged(sector: Leaf | Node, result: Score) -> pd.Series:
    if isinstance(sector, Node) and sector.threshold is not None:
        score = result.nodes[sector.code]
        return (score > sector.threshold).astype("boolean").mask(score.isna())
    found = pd.Series(data=False, index=result.values.index, dtype="boolean")
    for leaf in leaves(sector):
        if leaf.threshold is not None:
            found = found | _beyond(leaf, leaf.threshold, result)
    return found


def _beyond(leaf: Leaf, threshold: float, result: Score) -> pd.Series:
    value = result.values[leaf.code]
    beyond = (value * leaf.sign > threshold * leaf.sign).astype("boolean").mask(value.isna())
    # Known to the index though without a value: it does not apply here and counts as no need, or is left out.
    settled = value.isna() & (result.scaled[leaf.code].notna() | ~result.applies[leaf.code])
    return beyond.mask(settled, other=np.False_)
