"""The villages of one place that wait for most: how many services lie beyond their usual distance, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.boundaries import Territories
from geo.villages import BoolArray, IntArray, Villages, beyond


@dataclass(frozen=True)
class Concern:
    """The villages of a place.

    Attributes
    ----------
    inside
        One boolean per village.
    lacking
        Services beyond their distance, a number per village of the table; 0 also where distances are withheld.
    services
        One row a service: service, km, villages (beyond), people (beyond), unknown (villages whose distance is
        withheld), people_unknown, share_unknown (0 to 1, of the people).
    """

    inside: BoolArray
    lacking: IntArray
    services: pd.DataFrame
    people: int

    def foremost(self, villages: Villages, limit: int) -> IntArray:
        """Return the rows of the villages farthest from most services: by services beyond, then people, then code."""
        rows = np.flatnonzero(self.inside & (self.lacking > 0))
        return np.asarray(rows[np.lexsort((rows, -villages.people[rows], -self.lacking[rows]))][:limit], np.int64)


def concern(villages: Villages, territories: Territories, code: str, distances: Mapping[str, float]) -> Concern | None:
    """Return the villages of a territory beyond the distances of the services; None where no village is listed.

    Parameters
    ----------
    distances
        Usual distance of each service, km.

    Raises
    ------
    CodeError, RangeError
        The territory or a service is unknown, or a distance is none.
    """
    inside = villages.within(code, territories)
    if not inside.any():
        return None
    people = villages.people
    total = int(people[inside].sum())
    lacking = np.zeros(len(villages), np.int64)
    rows = []
    for service, km in distances.items():
        far = beyond(villages, service, km)
        unknown = inside & ~np.isfinite(villages.distance[service])
        lacking += far
        rows.append(
            {
                "service": service,
                "km": km,
                "villages": int((far & inside).sum()),
                "people": int(people[far & inside].sum()),
                "unknown": int(unknown.sum()),
                "people_unknown": int(people[unknown].sum()),
                "share_unknown": int(people[unknown].sum()) / total if total else float("nan"),
            }
        )
    return Concern(inside, lacking, pd.DataFrame(rows), total)
