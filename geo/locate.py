"""In which commune does a point lie? Points in none and points on a border are said, never lost."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import require_same_crs


def locate(points: gpd.GeoSeries, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the outline each point lies in, border included.

    Parameters
    ----------
    points
        Points, in the CRS of the outlines. A missing or empty point lies nowhere.
    outlines
        Column territory_code and polygons.

    Returns
    -------
    pandas.DataFrame
        One row per point, same index and order: `territory_code`, missing when the point lies in no outline;
        `outline_count`, in how many it lies (0 outside all; 2 or more on a shared border or where outlines overlap).
        A point in several belongs to the smallest code, whatever the order of the outlines.

    Raises
    ------
    CrsError
        The CRS of one is not stated, or they differ.
    """
    require_same_crs(points, outlines, one_name="points", other_name="outlines")
    ordered = outlines.sort_values("territory_code")
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    point, outline = tree.query(points.to_numpy(), predicate="intersects")
    count = np.bincount(point, minlength=len(points))
    smallest = np.full(len(points), len(ordered))
    np.minimum.at(smallest, point, outline)
    codes = [*ordered["territory_code"], None]
    found = pd.array([codes[position] for position in smallest], dtype="str")
    return pd.DataFrame({"territory_code": found, "outline_count": count}, index=points.index)
