"""What the needs page shows as tables: one row a territory; for the index, also one row a territory and need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.indicators import KNOWN, STATE_CODES
from geo.need_tree import theme_of
from geo.need_view import NeedSelection
from geo.uncertainty import Robustness

DECIMALS = 6  # what is computed carries no more; beyond, two computers may differ


@dataclass(frozen=True)
class NeedLabels:
    """Words for the codes of a file, in one language: territories, needs, states; and the name of the subject."""

    subject: str
    territory: Mapping[str, str]
    need: Mapping[str, str]
    state: Mapping[str, str]


def rows(selection: NeedSelection, *, labels: NeedLabels, robustness: Robustness | None = None) -> pd.DataFrame:
    """Return the territories listed, in the order of their codes.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.NEEDS`; a value that is not known is missing, never 0, and `state` says why.
        Columns of intervals are missing where ranks do not depend on weights.
    """
    at = selection.rows
    codes = [selection.level.codes[row] for row in at]
    territories = selection.ground.territories
    above = {code: {territories.level_of(up): up for up in territories.ancestors(code)} for code in codes}
    states = [STATE_CODES[int(state)] for state in selection.state[at]]
    ends = _class_ends(selection, at)
    return pd.DataFrame(
        {
            "territory_code": codes,
            "territory_name": [labels.territory[code] for code in codes],
            "level": selection.level.name,
            "province_name": [labels.territory.get(above[code].get("province", "")) for code in codes],
            "region_name": [labels.territory.get(above[code].get("region", "")) for code in codes],
            "subject": selection.asked.subject,
            "subject_label": labels.subject,
            "years": "-".join(map(str, selection.years)),
            "milieu": selection.milieu,
            "value": np.round(selection.value[at], DECIMALS),
            "unit": selection.unit,
            "state": states,
            "state_label": [labels.state[state] for state in states],
            "computed": np.where(selection.computed[at], "yes", "no"),
            "class_from": ends[0],
            "class_to": ends[1],
            "rank": _whole(selection.ranks[at]),
            **_intervals(codes, robustness),
            "people": np.round(np.where(selection.people.known[at], selection.people.value[at], np.nan)),
            "people_unit": selection.people_unit,
            "population": _whole(selection.population[at]),
        }
    )


def parts(selection: NeedSelection, *, labels: NeedLabels) -> pd.DataFrame:
    """Return what each need brings to the index of each territory listed.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.PARTS`; contributions of a territory add up to its index.
    """
    assert selection.score is not None  # noqa: S101 - asked only of the index
    scored = selection.score.within([selection.level.codes[row] for row in selection.rows])
    tables = []
    for node in scored.sector_codes:
        theme = theme_of(node)
        tables.append(
            pd.DataFrame(
                {
                    "territory_code": scored.values.index,
                    "need": theme,
                    "need_label": labels.need[theme],
                    "weight": round(float(scored.weights[node]), DECIMALS),
                    "score": scored.sectors[node].round(DECIMALS).to_numpy(),
                    "contribution": scored.sector_contributions[node].round(DECIMALS).to_numpy(),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _intervals(codes: Sequence[str], robustness: Robustness | None) -> dict[str, Any]:
    """Return the ranks under other weights; missing where nothing was varied."""
    if robustness is None:
        nothing = np.full(len(codes), np.nan)
        return {"rank_p5": _whole(nothing), "rank_p95": _whole(nothing), "top_share": nothing}
    drawn = robustness.table.loc[list(codes)]
    ends = {name: _whole(drawn[name].to_numpy(np.float64)) for name in ("rank_p5", "rank_p95")}
    return {**ends, "top_share": drawn["top_share"].to_numpy(np.float64)}


def _class_ends(selection: NeedSelection, at: np.ndarray) -> tuple[list[float | None], list[float | None]]:
    """Return the lower and upper end of each territory's class; None beyond the first and the last, and without one."""
    bounds = selection.breaks.bounds
    known = selection.state[at] == KNOWN
    classes = [int(one) if is_known else None for one, is_known in zip(selection.classes[at], known, strict=True)]
    low = [bounds[one - 1] if one is not None and one > 0 else None for one in classes]
    high = [bounds[one] if one is not None and one < len(bounds) else None for one in classes]
    return low, high


def _whole(numbers: np.ndarray) -> pd.array:
    return pd.array([None if np.isnan(one) else round(one) for one in numbers], dtype="Int64")
