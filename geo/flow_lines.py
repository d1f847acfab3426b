"""Which communes bodies abroad are tied to, by the country of their seat: the lines of a map of flows."""

import numpy as np
import pandas as pd

from geo.actors import Actors
from geo.indicators import BoolArray
from geo.ties import NOWHERE, RELATIONS

SEAT, ORIGIN = RELATIONS.index("seat"), RELATIONS.index("origin")


def flow_lines(actors: Actors, abroad: BoolArray, first: int, last: int) -> pd.DataFrame:
    """Return one row a country and commune.

    Parameters
    ----------
    abroad
        Marks the bodies, by row.
    first, last
        Communes [first, last) by number: those of the territory looked at. A tie known only by a province or more
        widely has no commune and no line.

    Returns
    -------
    pandas.DataFrame
        country (ISO code of the seat), commune (number), organisations (how many bodies, each once), is_origin
        (whether one of them is declared to come from there; else they work there or have a project). Most bodies last,
        origins after all others: what is drawn later lies on top.
    """
    ties = actors.ties
    wanted = abroad[ties.body] & (ties.relation != SEAT) & (ties.commune != NOWHERE)
    wanted &= (ties.commune >= first) & (ties.commune < last)
    rows = pd.DataFrame(
        {
            "country": actors.bodies["country"].to_numpy()[ties.body[wanted]],
            "commune": ties.commune[wanted],
            "body": ties.body[wanted],
            "is_origin": ties.relation[wanted] == ORIGIN,
        }
    ).dropna(subset=["country"])
    grouped = rows.groupby(["country", "commune"], as_index=False)
    table = grouped.agg(organisations=("body", "nunique"), is_origin=("is_origin", "any"))
    table["is_origin"] = table["is_origin"].astype(np.bool_)
    return table.sort_values(["is_origin", "organisations", "country", "commune"], ignore_index=True)
