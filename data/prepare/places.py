"""Other spellings of official names, and the town or village that bears the name of its commune."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.codes import folded
from data.prepare.census import WIDTH, cities, read_units, tidy
from data.prepare.reading import read_decisions, read_text

SEATS = ("PPLC", "PPLA", "PPLA2", "PPLA3")  # GeoNames: capital, seats of the three administrative levels
AREAS = ("ADM1", "ADM2", "ADM3", "ADMD", "AREA")  # areas, whose point is no settlement
NAME_COLUMNS = ("name", "name_fr", "name_ar", "name_tifinagh")
# Latin, Arabic or Tifinagh letters only: GeoNames also knows large cities in Cyrillic, Chinese, …
READABLE = re.compile(r"[A-Za-z\u00c0-\u024f' ’()/.-]+|[\u0621-\u0652\u0670-\u06d3\u0640 ()/.-]+|[\u2d30-\u2d7f -]+")


def namesakes(source: Path, places: pd.DataFrame, outlines: gpd.GeoSeries) -> pd.DataFrame:
    """Return the settlement that bears the name of each commune and lies inside it, where GeoNames knows one.

    Returns
    -------
    pandas.DataFrame
        Indexed by territory_code of the commune: lon, lat, EPSG:4326, and `spellings`, the frozenset of all names of
        that settlement. A commune without such a settlement has no row.
    """
    known = _bearers(source, places)
    settlements = known[~known["fcode"].isin(AREAS) & ~known["placetype"].isin(["localadmin", "county", "region"])]
    points = shapely.points(settlements["lon"].astype("float"), settlements["lat"].astype("float"))
    inside = shapely.contains(outlines.loc[settlements["territory_code"]].to_numpy(), points)
    found = settlements[inside].assign(
        lon=shapely.get_x(points[inside]),
        lat=shapely.get_y(points[inside]),
        rank=lambda rows: rows["fcode"].map({code: rank for rank, code in enumerate(SEATS)}).fillna(len(SEATS)),
        number=lambda rows: pd.to_numeric(rows["geonames_id"]).fillna(float("inf")),
    )
    found = found.sort_values(["territory_code", "rank", "number", "lon"]).drop_duplicates("territory_code")
    return found.set_index("territory_code")[["lon", "lat", "spellings"]]


def place_names(source: Path, places: pd.DataFrame, seats: pd.DataFrame) -> pd.DataFrame:
    """Return the spellings that differ from the official names of 2024: territory_code, name, origin.

    A spelling of GeoNames that is the official name of another territory of the same level is left out: it would
    lead a search to the wrong place.
    """
    rows = [*_names_2014(source, places), *_names_geonames(source, places, seats)]
    rows += [(row.territory_code, row.name, "exonym") for row in read_decisions("exonyms").itertuples(index=False)]
    table = pd.DataFrame(rows, columns=["territory_code", "name", "origin"])
    table["key"] = table["name"].map(folded)
    official = {(code, folded(name)) for column in ("name_fr", "name_ar") for code, name in places[column].items()}
    new = [
        bool(key) and (code, key) not in official
        for code, key in zip(table["territory_code"], table["key"], strict=True)
    ]
    table = table[new].drop_duplicates(["territory_code", "key"])
    return table.sort_values(["territory_code", "name"]).drop(columns="key")


def _names_2014(source: Path, places: pd.DataFrame) -> list[tuple[str, str, str]]:
    units = read_units(source)
    named = [(code, name) for column in ("name_fr", "name_ar") for code, name in units[column].items()]
    for level in ("province", "region"):
        grouped = units.groupby(units.index.str[: WIDTH[level]])
        for column in (f"{level}_fr", f"{level}_ar"):
            named += list(grouped[column].first().items())
    return [(str(code), tidy(name), "hcp_2014") for code, name in named if code in places.index]


def _names_geonames(source: Path, places: pd.DataFrame, seats: pd.DataFrame) -> list[tuple[str, str, str]]:
    known = _bearers(source, places)
    taken: dict[tuple[str, str], set[str]] = {}
    for column in ("name_fr", "name_ar"):
        for code, level, name in zip(places.index, places["level"], places[column], strict=True):
            taken.setdefault((level, folded(name)), set()).add(code)
    # The namesake settlement and the commune's own entry; other settlements of that name add nothing sure.
    sure = pd.concat([known[known["fcode"] == "ADM3"][["territory_code", "spellings"]], seats.reset_index()])
    rows = []
    for code, spellings in zip(sure["territory_code"], sure["spellings"], strict=True):
        for name in sorted(spellings):
            others = taken.get(("commune", folded(name)), set()) - {code}
            if READABLE.fullmatch(name) and not others:
                rows.append((code, tidy(name), "geonames"))
    return rows


def _bearers(source: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Return the GeoNames entries one of whose names is that of the commune they lie in, with all their spellings."""
    listed = read_text(source / "places" / "places_geonames_morocco.csv")
    city_of = {part: city for city, parts in cities(places).items() for part in parts}
    listed["territory_code"] = listed["code2024"].map(lambda code: city_of.get(code, code))
    listed = listed[listed["territory_code"].isin(places.index)]
    columns = zip(*(listed[column] for column in (*NAME_COLUMNS, "variants")), strict=True)
    listed["spellings"] = [
        frozenset(name.strip() for name in (*names, *variants.split("|")) if name.strip())
        for *names, variants in columns
    ]
    units = read_units(source)["name_fr"]
    official = places["name_fr"].map(folded)
    former = units.map(folded).reindex(places.index)
    bears = [
        bool({official[code], former[code]} & {folded(name) for name in spellings})
        for code, spellings in zip(listed["territory_code"], listed["spellings"], strict=True)
    ]
    return listed[bears]
