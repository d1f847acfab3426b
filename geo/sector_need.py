"""How each territory stands in the need that each sector of projects answers: what the matching compares."""

from collections.abc import Mapping

import pandas as pd

from data.measures import Theme
from geo.match_score import need_percentiles
from geo.need_levels import NeedsGround, index_frames
from geo.need_tree import full_weights, index_indicators, need_tree, node_code, years_of
from geo.needs import score


def sector_need(ground: NeedsGround, themes: Mapping[str, Theme]) -> pd.DataFrame:
    """Return where each territory stands in each sector among those of its level, 0 (least in need) to 1 (most).

    Parameters
    ----------
    ground
        The observations laid out by level.
    themes
        The needs, with the sectors of projects that answer each.

    Returns
    -------
    pandas.DataFrame
        Communes, provinces and regions x sector codes, percentiles by `geo.match_score.need_percentiles` of the mean
        score of the needs of the index that the sector answers. A sector that answers no measured need has no column
        (health: no census says how far care is); NaN where the needs of a place are not known.
    """
    used = index_indicators(ground.indicators)
    tree, years = need_tree(used, full_weights(ground.indicators, ())), years_of(used)
    parts = []
    for level in ground.levels.values():
        values, empty = index_frames(ground.observations, used, level, years, "total")
        needs = score(values, tree, not_applicable=empty).sectors
        answered = {
            sector: [node_code(code) for code, theme in themes.items() if sector in theme.sectors]
            for sector in dict.fromkeys(sector for theme in themes.values() for sector in theme.sectors)
        }
        kept = {sector: [code for code in codes if code in needs] for sector, codes in answered.items()}
        scores = pd.DataFrame({sector: needs[codes].mean(axis=1) for sector, codes in kept.items() if codes})
        parts.append(need_percentiles(scores))
    return pd.concat(parts)
