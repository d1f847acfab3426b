"""Regions, provinces, communes and arrondissements: the tables that say what exists, its names and where it lies."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.prepare.census import COUNTRY_CODE, WIDTH, cities, crosswalk, official_territories
from data.prepare.outlines import DETAILS, area_km2, dissolve, inner_point, read_outlines, simplify
from data.prepare.places import namesakes, place_names
from data.prepare.reading import write_table
from data.prepare.shapes import write_shapes

AREA_DECIMALS = 3
POINT_DECIMALS = 5


def prepare(source: Path, tables: Path) -> None:
    """Write territories.csv, crosswalk.csv, place_names.csv, the two outline tables and the shapes of the map."""
    places = official_territories(source)
    units = read_outlines(source)
    details = {detail.level: levels(simplify(units, detail), places) for detail in DETAILS}
    full = details["full"]
    seats = namesakes(source, places, full)
    table = places.join(_measures(levels(units, places), full, seats))
    write_table(table.reset_index(), "territories", tables)
    write_table(crosswalk(source, places), "crosswalk", tables)
    write_table(place_names(source, places, seats), "place_names", tables)
    for name, level in (("communes", "commune"), ("arrondissements", "arrondissement")):
        write_outlines(full[places.index[places["level"] == level]], tables / f"{name}.parquet")
    write_shapes(details, places, tables / "shapes")


def levels(units: gpd.GeoSeries, places: pd.DataFrame) -> gpd.GeoSeries:
    """Return the outlines of all territories, in the order of `places`, each the union of the units it contains."""
    city_of = {part: city for city, parts in cities(places).items() for part in parts}
    commune_of = units.index.to_series().map(lambda code: city_of.get(code, code))
    communes = dissolve(units, commune_of)
    code = communes.index.to_series()
    unions = [dissolve(communes, code.str[: WIDTH[level]]) for level in ("province", "region")]
    country = dissolve(communes, pd.Series(COUNTRY_CODE, index=code))
    arrondissements = units[units.index.isin(city_of)]
    return pd.concat([country, *unions, communes, arrondissements]).loc[places.index]


def write_outlines(outlines: gpd.GeoSeries, path: Path) -> None:
    """Write outlines by code as GeoParquet, coordinates column by column so that they compress well."""
    parts = [shapely.multipolygons(shapely.get_parts(outline)) for outline in outlines]
    frame = gpd.GeoDataFrame({"territory_code": outlines.index.to_numpy()}, geometry=parts, crs=outlines.crs)
    frame.to_parquet(path, compression="zstd", compression_level=19, geometry_encoding="geoarrow", index=False)


def _measures(exact: gpd.GeoSeries, drawn: gpd.GeoSeries, seats: pd.DataFrame) -> pd.DataFrame:
    points = pd.Series({code: inner_point(outline) for code, outline in drawn.items()})
    found = gpd.points_from_xy(seats["lon"], seats["lat"])
    points.update(pd.Series(found, index=seats.index))
    place = gpd.GeoSeries(points, crs=drawn.crs).loc[drawn.index]
    extent = drawn.bounds.set_axis(["west", "south", "east", "north"], axis="columns")
    measures = pd.DataFrame({"area_km2": area_km2(exact).round(AREA_DECIMALS), "lon": place.x, "lat": place.y})
    return measures.join(extent).round(dict.fromkeys(["lon", "lat", *extent.columns], POINT_DECIMALS))
