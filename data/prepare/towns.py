"""Towns to name on the map: seats of the country, regions and provinces, and other towns, at their real centre."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.errors import CodeError
from data.prepare.places import namesakes
from data.prepare.reading import read_decisions, read_text, write_table

CAPITAL, REGION_SEAT_OR_CITY, PROVINCE_SEAT, OTHER_TOWN = 1, 2, 3, 4
CITY_INHABITANTS = 200_000
TOWN_INHABITANTS = 15_000
# In the region the atlas is made for, every urban commune is named however small.
PILOT_REGION = "09"
# An urban commune smaller than this is its town: where no gazetteer has the town, its inner point is near enough.
COMPACT_KM2 = 60.0
POINT_DECIMALS = 5
RANK_OF_WIDTH = {2: REGION_SEAT_OR_CITY, 5: PROVINCE_SEAT}


def prepare(source: Path, tables: Path) -> None:
    """Write `towns.csv`; say how many towns have no known position and are left out."""
    territories = read_text(tables / "territories.csv").set_index("territory_code", drop=False)
    chosen = named_towns(territories)
    outlines = gpd.read_parquet(tables / "communes.parquet").set_index("territory_code")["geometry"]
    placed = chosen.join(positions(source, tables, territories, outlines), how="left")
    known = placed.dropna(subset=["lon"])
    print(f"towns: {len(known)} named, {len(placed) - len(known)} without a position: {', '.join(_unplaced(placed))}")
    inhabitants = pd.to_numeric(territories["population_2024"])[known.index]
    # The order in which names claim their place on the map: by rank, then by size.
    known = known.assign(territory_code=known.index, size=-inhabitants).sort_values(["rank", "size", "town_code"])
    write_table(known.round({"lon": POINT_DECIMALS, "lat": POINT_DECIMALS}), "towns", tables)


def named_towns(territories: pd.DataFrame) -> pd.DataFrame:
    """Return the communes whose town is named on the map.

    Parameters
    ----------
    territories
        The table of territories as texts, indexed by code.

    Returns
    -------
    pandas.DataFrame
        Indexed by commune code: town_code (the highest territory it is the seat of: MA, region, province; its own
        commune for other towns), name_fr, name_ar (official, of the commune), rank 1..4 as tables.toml declares.

    Raises
    ------
    CodeError
        A region or province without a seat in `decisions/seats.csv`, or a seat that is no commune.
    """
    seats = read_decisions("seats").set_index("seat_code")["territory_code"]
    communes = territories[territories["level"] == "commune"]
    _check_seats(seats, territories, communes)
    inhabitants = pd.to_numeric(communes["population_2024"])
    sizeable = (inhabitants > TOWN_INHABITANTS) | communes.index.str.startswith(PILOT_REGION)
    towns = communes[((communes["milieu"] == "urban") & sizeable) | communes.index.isin(seats.index)]
    highest = seats.groupby(level=0).agg(lambda codes: min(codes, key=_width))
    code = towns.index.to_series().map(highest).fillna(towns.index.to_series())
    rank = code.map(lambda seat_of: CAPITAL if seat_of == "MA" else RANK_OF_WIDTH.get(len(seat_of), OTHER_TOWN))
    large = inhabitants[towns.index] > CITY_INHABITANTS
    rank = rank.mask(large & (rank > REGION_SEAT_OR_CITY), REGION_SEAT_OR_CITY)
    return towns[["name_fr", "name_ar"]].assign(town_code=code, rank=rank)


def positions(source: Path, tables: Path, territories: pd.DataFrame, outlines: gpd.GeoSeries) -> pd.DataFrame:
    """Return the centre of the town of each commune, where it is known.

    Parameters
    ----------
    source, tables
        Folders of the shared data and of our tables.
    territories
        The table of territories, indexed by code.
    outlines
        Outlines of the communes, by code, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        lon, lat (EPSG:4326), one row a commune that has a position: the entry chosen by hand
        (`decisions/town_points.csv`), else the GeoNames settlement that bears the commune's name inside it, else for
        an urban commune under 60 km² the inner point of its outline. Every point lies inside its commune.
    """
    arrondissements = gpd.read_parquet(tables / "arrondissements.parquet").set_index("territory_code")["geometry"]
    homonyms = namesakes(source, territories, pd.concat([outlines, arrondissements]))[["lon", "lat"]]
    communes = territories[territories["level"] == "commune"]
    compact = communes[(communes["milieu"] == "urban") & (pd.to_numeric(communes["area_km2"]) < COMPACT_KM2)]
    inner = compact[["lon", "lat"]].astype("float")
    by_hand = _chosen_points(source)
    found = pd.concat([by_hand, homonyms, inner])
    found = found[~found.index.duplicated() & found.index.isin(outlines.index)].dropna()
    inside = shapely.intersects_xy(outlines.loc[found.index].to_numpy(), found["lon"], found["lat"])
    return found[inside]


def _chosen_points(source: Path) -> pd.DataFrame:
    """Return the points chosen by hand, by commune code; missing coordinates where the decision is to name no town."""
    chosen = read_decisions("town_points").set_index("territory_code")
    gazetteer = read_text(source / "places" / "places_geonames_morocco.csv").set_index("wof_id")
    natural_earth = gpd.read_file(source / "context" / "ne10m_places_clip.geojson").set_index("name")["geometry"]
    points = {}
    for code, entry in chosen.iterrows():
        if entry["source"] == "geonames":
            place = gazetteer.loc[entry["source_id"]]
            points[code] = (float(place["lon"]), float(place["lat"]))
        elif entry["source"] == "natural_earth":
            point = natural_earth.loc[entry["source_id"]]
            points[code] = (point.x, point.y)
        else:
            points[code] = (float("nan"), float("nan"))
    return pd.DataFrame.from_dict(points, orient="index", columns=["lon", "lat"])


def _check_seats(seats: pd.Series, territories: pd.DataFrame, communes: pd.DataFrame) -> None:
    expected = set(territories.index[territories["level"].isin(["country", "region", "province"])])
    if odd := expected ^ set(seats):
        raise CodeError(
            f"decisions/seats.csv: {', '.join(sorted(odd))} missing or unknown; one line for each is needed"
        )
    if odd := set(seats.index) - set(communes.index):
        raise CodeError(f"decisions/seats.csv: {', '.join(sorted(odd))} is no commune; use its nine digits of 2024")


def _unplaced(placed: pd.DataFrame) -> list[str]:
    return list(placed.loc[placed["lon"].isna(), "name_fr"])


def _width(code: str) -> int:
    # The country's code has two letters, as a region has two digits: the country comes first.
    return 0 if code == "MA" else len(code)
