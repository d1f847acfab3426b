"""The villages listed as a table to take away: one row a village, withheld distances said, positions where known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.village_selection import VillageSelection


@dataclass(frozen=True)
class VillageLabels:
    """Words for the codes of a file, in one language: territories and kinds of village."""

    territory: Mapping[str, str]
    kind: Mapping[str, str]


def rows(selection: VillageSelection, *, labels: VillageLabels) -> pd.DataFrame:
    """Return the villages listed, in the order of the table on the page.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.VILLAGES`. A distance that the census withholds is missing, and `distances`
        says `withheld`; a position that is not known is missing. `beyond` says whether the village lies farther than
        the distance asked for: yes, no, or unknown where it is withheld.
    """
    villages, at = selection.villages, selection.rows
    territories = selection.territories
    communes = [territories.commune_codes[number] for number in villages.commune[at]]
    table = villages.table.iloc[at]
    asked = selection.state.service
    return pd.DataFrame(
        {
            "village_code": [villages.codes[row] for row in at],
            "name_ar": [villages.name_ar[row] for row in at],
            "name_latin": [villages.name_latin[row] for row in at],
            "territory_code": communes,
            "territory_name": [labels.territory[code] for code in communes],
            "province_name": [labels.territory.get(territories.parent_of(code) or "") for code in communes],
            "kind": table["kind"].to_numpy(),
            "kind_label": [labels.kind[kind] for kind in table["kind"]],
            "people": villages.people[at],
            "households": villages.households[at],
            **{f"{service}_km": distances[at] for service, distances in villages.distance.items()},
            "distances": np.where(villages.withheld[at], "withheld", "known"),
            "doubtful": table["doubtful"].fillna("").str.replace(" ", ";").to_numpy(),
            "service": asked,
            "beyond": np.select([selection.unknown[at], selection.far[at]], ["unknown", "yes"], "no"),
            "lon": villages.lon[at],
            "lat": villages.lat[at],
            "position_source": table["position_source"].to_numpy(),
            "position_match": table["position_match"].to_numpy(),
        }
    )
