"""What surrounds the country on the map: the land of its neighbours, a few rivers, names of seas, the map's frame."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.prepare.compressed import write_json, write_manifest
from data.prepare.relief import country_outline

# The extent of the shared Natural Earth clip: beyond it nothing is known, so the map ends there.
FRAME = (-19.0, 19.5, 1.5, 37.5)
BEYOND_FRAME = (-80.0, -20.0, 70.0, 65.0)
# Natural Earth's own idea of the country: its polygons and boundary lines are never drawn.
NOT_DRAWN = ("MAR", "ESH")
# Neighbouring land reaches this far under the country's own outline, so that no sea shows between the two drawings.
UNDERLAP_DEG = 0.04
# Strips of Natural Earth's coast narrower than this lie off the official coast: differences of drawing, not land.
STRIP_DEG = 0.05
TOLERANCE_DEG = 0.004
DECIMALS = 4
RIVER_STEPS = 2
# Where the names of the surroundings stand, lon and lat: open ground inside the frame, chosen by hand.
LABELS = {
    "DZ": (-2.2, 29.4),
    "ES": (-4.0, 37.15),
    "PT": (-8.05, 37.3),
    "ML": (-2.5, 22.4),
    "MR": (-9.6, 22.2),
    "atlantic": (-14.0, 31.4),
    "mediterranean": (-2.0, 36.05),
}


def prepare(source: Path, tables: Path) -> None:
    """Write the shapes `neighbours`, `rivers`, `frame` and `surroundings`, and `background.manifest.json`."""
    context = source / "context"
    communes = gpd.read_parquet(tables / "communes.parquet")
    outline = country_outline(communes)
    land = gpd.read_file(context / "ne10m_land_clip.geojson").union_all()
    countries = gpd.read_file(context / "ne50m_countries_clip.geojson")
    rivers = gpd.read_file(context / "ne10m_rivers_clip.geojson")
    around = neighbouring_land(land, countries, outline)
    shapes: dict[str, list[dict[str, Any]]] = {
        "neighbours": [feature(simplified(around))],
        "rivers": [feature(rivers_within(rivers, outline))],
        "frame": [feature(frame())],
        "surroundings": [feature(shapely.Point(*place), name=name) for name, place in LABELS.items()],
    }
    entries = {}
    for name, features in shapes.items():
        file = write_json(name, {"type": "FeatureCollection", "features": features}, tables / "shapes")
        entries[name] = {"file": file, "count": len(features), "extent": list(FRAME)}
    write_manifest("background", entries, tables / "shapes")


def neighbouring_land(land: shapely.Geometry, countries: gpd.GeoDataFrame, outline: shapely.Geometry) -> Any:
    """Return the land that is not the country's, as one piece per island or continent, without inner boundaries.

    Parameters
    ----------
    land
        All land of the frame, Natural Earth 1:10 million, EPSG:4326.
    countries
        Natural Earth's countries with `iso_a3`; those of NOT_DRAWN are left out.
    outline
        The country by its official outlines. Only this decides where the country ends.

    Notes
    -----
    What remains of `land` outside the outline is opened (eroded, then widened again): Natural Earth's coast lies up to
    a few kilometres off the official one, and such strips are no land of a neighbour. Where a neighbour's polygon is
    itself that narrow, it is kept.
    """
    rest = shapely.difference(land, outline)
    opened = rest.buffer(-STRIP_DEG / 2).buffer(STRIP_DEG / 2, join_style="mitre").intersection(rest)
    others = countries[~countries["iso_a3"].isin(NOT_DRAWN)].union_all()
    kept = shapely.union_all([opened, shapely.difference(others.intersection(land), outline)])
    touching = kept.buffer(UNDERLAP_DEG).intersection(outline)
    # On the coast the country's own outline is the drawing: only land borders need the overlap.
    inland = shapely.union_all([kept, touching.intersection(land)])
    return shapely.intersection(inland, shapely.box(*FRAME))


def rivers_within(rivers: gpd.GeoDataFrame, outline: shapely.Geometry) -> Any:
    """Return the rivers of the country as lines, corners rounded (Chaikin's cutting, 1974)."""
    lines = shapely.get_parts(shapely.line_merge(rivers.union_all()))
    inside = [line for line in lines if shapely.intersects(line, outline)]
    return shapely.set_precision(shapely.multilinestrings([rounded(line) for line in inside]), 10.0**-DECIMALS)


def rounded(line: shapely.Geometry) -> Any:
    """Return a line whose corners are cut twice at a quarter and three quarters of each segment; ends stay."""
    points = shapely.get_coordinates(line)
    for _ in range(RIVER_STEPS):
        near, far = 0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut, points[-1:]])
    return shapely.linestrings(points)


def frame() -> Any:
    """Return everything outside the frame, to be painted like the page: the map ends with a neat line."""
    return shapely.difference(shapely.box(*BEYOND_FRAME), shapely.box(*FRAME))


def simplified(areas: Any) -> Any:
    """Return areas with fewer points, coordinates rounded, specks smaller than what is drawn dropped."""
    lighter = shapely.set_precision(shapely.simplify(areas, TOLERANCE_DEG), 10.0**-DECIMALS)
    parts = [part for part in shapely.get_parts(lighter) if part.area > TOLERANCE_DEG**2]
    return shapely.multipolygons(parts)


def feature(shape: Any, **properties: str) -> dict[str, Any]:
    """Return a GeoJSON feature, coordinates rounded to four decimals (about 10 m)."""
    exact = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(exact))}
