"""Where each commune stands, for comparing contexts: the height of its places, how far the nearest town is."""

from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import Geod

from data.prepare.reading import read_text, write_table

# Ranks of `towns.csv`: national capital, region seats and cities over 200,000, province seats.
TOWN_RANKS = ("1", "2", "3")
METRES_PER_KM = 1000
KM_DECIMALS = 1


def prepare(source: Path, tables: Path) -> None:
    """Write `commune_context.csv`."""
    territories = read_text(tables / "territories.csv")
    communes = territories[territories["level"] == "commune"].set_index("territory_code")
    heights = elevations(read_text(source / "places" / "places_geonames_morocco.csv"))
    towns = read_text(tables / "towns.csv")
    near = nearest_town(communes, towns[towns["rank"].isin(TOWN_RANKS)])
    context = communes[[]].join(heights).join(near).reset_index()
    write_table(context.astype({"elevation_m": "Int64", "places_count": "Int64"}), "commune_context", tables)


def elevations(places: pd.DataFrame) -> pd.DataFrame:
    """Return by commune the median height of its populated places, metres, and how many places that rests on."""
    heights = places.assign(dem=pd.to_numeric(places["dem"].replace("", None)))
    heights = heights[heights["dem"].notna() & (heights["code2024"] != "")]
    by_commune = heights.groupby("code2024")["dem"]
    return pd.DataFrame({"elevation_m": by_commune.median().round(), "places_count": by_commune.size()})


def nearest_town(communes: pd.DataFrame, towns: pd.DataFrame) -> pd.DataFrame:
    """Return by commune its nearest town and the distance in a straight line, km; 0 where the town is in the commune.

    Distances are geodesic (WGS 84), from the point inside the outline of the commune to the centre of the town.
    """
    geod = Geod(ellps="WGS84")
    shape = (len(communes), len(towns))
    here, there = (
        [np.broadcast_to(frame[axis].to_numpy(float)[index], shape).ravel() for axis in ("lon", "lat")]
        for frame, index in ((communes, (slice(None), None)), (towns, (None, slice(None))))
    )
    distance_km = geod.inv(here[0], here[1], there[0], there[1])[2].reshape(shape) / METRES_PER_KM
    own = communes.index.to_numpy()[:, None] == towns["territory_code"].to_numpy()[None, :]
    distance_km = np.where(own, 0.0, distance_km)
    nearest = distance_km.argmin(axis=1)
    return pd.DataFrame(
        {
            "town_code": towns["territory_code"].to_numpy()[nearest],
            "town_km": distance_km[np.arange(len(communes)), nearest].round(KM_DECIMALS),
        },
        index=communes.index,
    )
