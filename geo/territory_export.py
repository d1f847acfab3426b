"""Territories with the newest value of every indicator, as a table to take away: one row a territory."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo.boundaries import Territories
from geo.indicators import STATES, Observations
from geo.territories_state import TerritoriesState

STATE = "_state"
"""Ending of the column that says why a value is missing."""


def territory_codes(territories: Territories, state: TerritoriesState) -> list[str]:
    """Return the territories asked for, in the order of their codes."""
    return [
        code
        for code in sorted(territories.codes)
        if territories.is_within(code, state.territory) and state.level in ("", territories.level_of(code))
    ]


def territory_rows(observations: Observations, codes: Sequence[str], *, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return what is measured of territories, one row each in their order.

    Returns
    -------
    pandas.DataFrame
        territory_code, territory_name, level, parent_code; then two columns for each indicator that is shown, by its
        code: its newest value, missing unless known, and `<code>_state`: known, missing, withheld or not_applicable.
    """
    territories = observations.territories
    columns: dict[str, object] = {
        "territory_code": list(codes),
        "territory_name": [labels[code] for code in codes],
        "level": [territories.level_of(code) for code in codes],
        "parent_code": [territories.parent_of(code) for code in codes],
    }
    for code, indicator in observations.indicators.items():
        if indicator.shown:
            observed = observations.of(code).over(codes)
            columns[code] = observed.value
            columns[code + STATE] = np.array(STATES, dtype=object)[observed.state]
    return pd.DataFrame(columns)
