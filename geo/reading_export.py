"""Every reading of some territories, of every year, as a table to take away."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo.indicators import STATES, Observations

DECIMALS = 6  # what is computed carries no more; beyond, two computers may differ


def readings(
    observations: Observations, codes: Sequence[str], *, labels: Mapping[str, str], states: Mapping[str, str]
) -> pd.DataFrame:
    """Return one row a territory, indicator that is shown, and year.

    Parameters
    ----------
    labels, states
        Words for the indicators and for the states, in one language.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.OBSERVED`: a value that is not known is missing, and `state` says why.
    """
    tables = []
    for one in (indicator for indicator in observations.indicators.values() if indicator.shown):
        for year in one.years:
            found = observations.of(one.code, year=year).over(codes)
            names = [STATES[state] for state in found.state]
            tables.append(
                pd.DataFrame(
                    {
                        "territory_code": list(codes),
                        "indicator": one.code,
                        "indicator_label": labels[one.code],
                        "year": year,
                        "value": np.round(found.value, DECIMALS),
                        "unit": one.unit,
                        "state": names,
                        "state_label": [states[name] for name in names],
                        "computed": np.where(found.computed, "yes", "no"),
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)
