"""What the gaps page shows as tables: one row a place, and one row a territory whose money has no such place."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.absence import PRESENT
from geo.boundaries import Territories
from geo.gap_selection import GapSelection, gap_word
from geo.uncertainty import Robustness

DECIMALS = 6
STEP_WORDS = {-1: "", 0: "low", 1: "middle", 2: "high"}


@dataclass(frozen=True)
class GapLabels:
    """Words for the codes of a file, in one language: the subject, territories, kinds of absence, gap words."""

    subject: str
    territory: Mapping[str, str]
    absence: Mapping[str, str]
    gap: Mapping[str, str]


def rows(found: GapSelection, *, labels: GapLabels, robustness: Robustness | None = None) -> pd.DataFrame:
    """Return the places listed, in the order of their codes.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.GAPS`. Money is missing, never 0, where no amount is known or nobody reports;
        `absence` says why there is no project.
    """
    table = found.listed.sort_index()
    codes = list(table.index)
    drawn = None if robustness is None else robustness.table.reindex(codes)
    words = [gap_word(*steps) for steps in zip(table["need_step"], table["money_step"], strict=True)]
    return pd.DataFrame(
        {
            "territory_code": codes,
            "territory_name": [labels.territory[code] for code in codes],
            "level": found.level,
            "subject": found.state.subject,
            "subject_label": labels.subject,
            "need_score": table["need"].round(DECIMALS).to_numpy(),
            "rank": _whole(table["need_rank"]),
            "rank_p5": None if drawn is None else _whole(drawn["rank_p5"]),
            "rank_p95": None if drawn is None else _whole(drawn["rank_p95"]),
            "population": _whole(table["people"]),
            "people": _whole(table["in_need"].round()),
            "people_unit": found.need.counted,
            "projects": table["projects"].to_numpy(),
            "projects_with_money": table["with_money"].to_numpy(),
            "located_mad": table["money_mad"].round(2).to_numpy(),
            "mad_per_person": table["mad_per_person"].round(DECIMALS).to_numpy(),
            "mismatch_pp": table["mismatch_pp"].round(DECIMALS).to_numpy(),
            "need_step": [STEP_WORDS[step] for step in table["need_step"]],
            "money_step": [STEP_WORDS[step] for step in table["money_step"]],
            "gap": words,
            "gap_label": [labels.gap.get(word, "") for word in words],
            "absence": table["absence"].to_numpy(),
            "absence_label": [labels.absence[kind] if kind != PRESENT else "" for kind in table["absence"]],
        }
    ).astype({"rank_p5": "Int64", "rank_p95": "Int64"})


def not_located(found: GapSelection, territories: Territories, *, labels: GapLabels) -> pd.DataFrame:
    """Return the territories by which money without a place of the level is known: `contract.NOT_LOCATED`."""
    table = found.gap.not_located
    return pd.DataFrame(
        {
            "territory_code": table["territory_code"],
            "territory_name": [labels.territory[code] for code in table["territory_code"]],
            "level": [territories.level_of(code) for code in table["territory_code"]],
            "projects": table["projects"],
            "without_amount": table["without_amount"],
            "not_located_mad": table["counted_mad"].round(2),
        }
    )


def _whole(numbers: pd.Series) -> pd.array:
    return pd.array([None if np.isnan(one) else round(one) for one in numbers.astype("float64")], dtype="Int64")
