"""Names written on the map, most important first, and the point of each commune where its sign stands."""

from typing import Any

import pandas as pd

TOWN_KINDS = {1: "town1", 2: "town2", 3: "town3", 4: "town4"}
CITY_LEVELS = (1, 2, 3)


def places_table(territories: pd.DataFrame, towns: pd.DataFrame, language: str) -> dict[str, Any]:
    """Return the names and places the browser keeps.

    Parameters
    ----------
    territories, towns
        The tables of those names.
    language
        `ar` gives Arabic names, any other the French ones.

    Returns
    -------
    dict
        `communes`: [name, lon, lat] in the order of their codes. `labels`: [name, lon, lat, kind] in the order in
        which they take their place on the map: towns by rank, regions, provinces, then communes by population.
    """
    column = "name_ar" if language == "ar" else "name_fr"
    communes = territories[territories["level"] == "commune"].sort_values("territory_code")
    ranked = towns.sort_values("rank", kind="stable")
    great = ranked[ranked["rank"].isin(CITY_LEVELS)]
    small = ranked[~ranked["rank"].isin(CITY_LEVELS)]
    populous = communes.sort_values("population_2024", ascending=False, kind="stable")
    unnamed = populous[~populous["territory_code"].isin(towns["territory_code"])]
    labels = [
        *_rows(great, column, great["rank"].map(TOWN_KINDS)),
        *_level(territories, "region", column),
        *_level(territories, "province", column),
        *_rows(small, column, small["rank"].map(TOWN_KINDS)),
        *_rows(unnamed, column, pd.Series("commune", index=unnamed.index)),
    ]
    return {
        "communes": [
            [name, _short(lon), _short(lat)]
            for name, lon, lat in communes[[column, "lon", "lat"]].itertuples(index=False)
        ],
        "labels": labels,
    }


def _level(territories: pd.DataFrame, level: str, column: str) -> list[list[Any]]:
    rows = territories[territories["level"] == level]
    return _rows(rows, column, pd.Series(level, index=rows.index))


def _rows(rows: pd.DataFrame, column: str, kind: pd.Series) -> list[list[Any]]:
    places = zip(rows[column], rows["lon"], rows["lat"], kind, strict=True)
    return [[name, _short(lon), _short(lat), sort] for name, lon, lat, sort in places]


def _short(degrees: float) -> float:
    return round(float(degrees), 4)
