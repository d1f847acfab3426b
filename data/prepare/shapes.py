"""What the map fetches once: communes by position in the list, and border lines, per level of detail and region."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data.prepare.census import WIDTH
from data.prepare.compressed import write_json, write_manifest
from data.prepare.outlines import Geometries

PROVINCE, REGION = WIDTH["province"], WIDTH["region"]

Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.str_]


def write_shapes(details: Mapping[str, gpd.GeoSeries], places: pd.DataFrame, folder: Path) -> None:
    """Write the client files of the territory and `territory.manifest.json`.

    `communes.country` holds all communes, coarse; `communes.<region>.region` and `communes.<region>.full` those of a
    region, finer. A feature's only property is `i`, the position of the commune among all communes ordered by code.
    Lines are drawn once however many territories share them: `provinces.lines` and `regions.lines` the borders inside
    the country, `country.outline` the outer one; `lines.<region>.<level>` all three around and inside a region, with
    the property `border` saying which (province, region, country).
    """
    folder.mkdir(parents=True, exist_ok=True)
    communes = places.index[places["level"] == "commune"]
    entries: dict[str, dict[str, Any]] = {}

    def add(name: str, features: list[dict[str, Any]], level: str, shown: gpd.GeoSeries) -> None:
        file = write_json(name, {"type": "FeatureCollection", "features": features}, folder)
        extent = [round(float(bound), 5) for bound in shown.total_bounds]
        entries[name] = {"file": file, "count": len(features), "level": level, "extent": extent}

    drawn = details["country"].loc[communes]
    add("communes.country", areas(drawn, range(len(communes))), "country", drawn)
    lines = borders(drawn)
    for name, kind in (("provinces.lines", "province"), ("regions.lines", "region"), ("country.outline", "country")):
        add(name, [_feature(lines[kind], {"border": kind})], "country", drawn)
    for region in sorted(set(communes.str[:REGION])):
        here = np.flatnonzero(communes.str[:REGION] == region)
        for level in ("region", "full"):
            drawn = details[level].loc[communes]
            shown = drawn.iloc[here]
            add(f"communes.{region}.{level}", areas(shown, here), level, shown)
            around = borders(drawn, within=region)
            add(f"lines.{region}.{level}", [_feature(line, {"border": k}) for k, line in around.items()], level, shown)
    write_manifest("territory", entries, folder)


def areas(outlines: gpd.GeoSeries, positions: Iterable[int]) -> list[dict[str, Any]]:
    """Return GeoJSON features of outlines, each with its position `i` as only property."""
    return [_feature(outline, {"i": int(i)}) for outline, i in zip(outlines, positions, strict=True)]


def borders(communes: gpd.GeoSeries, *, within: str | None = None) -> dict[str, Any]:
    """Return the border lines of provinces, regions and the country, each segment once, at its highest rank.

    Parameters
    ----------
    communes
        Outlines of a valid coverage, by commune code.
    within
        Region code: keep only the borders inside and around it.

    Returns
    -------
    dict
        border kind (province, region, country) → MultiLineString; a kind without line is absent.
    """
    codes = communes.index.to_numpy(dtype="str")
    ends, first, second = _segments(communes.to_numpy())
    one, other = codes[first], np.where(second >= 0, codes[second], "")
    kinds = {
        "country": other == "",
        "region": (other != "") & (_head(one, REGION) != _head(other, REGION)),
        "province": (_head(one, REGION) == _head(other, REGION)) & (_head(one, PROVINCE) != _head(other, PROVINCE)),
    }
    near = True if within is None else (_head(one, REGION) == within) | (_head(other, REGION) == within)
    merged = {kind: shapely.line_merge(shapely.multilinestrings(ends[chosen & near])) for kind, chosen in kinds.items()}
    lines = {kind: shapely.multilinestrings(shapely.get_parts(line)) for kind, line in merged.items()}
    return {kind: shapely.normalize(line) for kind, line in lines.items() if not line.is_empty}


def _segments(outlines: Geometries) -> tuple[npt.NDArray[np.float64], Positions, Positions]:
    """Return each segment's two ends, and the positions of the one or two outlines it belongs to (-1: no second)."""
    parts, owner = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)  # of polygons only: it skips multipolygons
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    starts, stops, of = points[:-1][same], points[1:][same], owner[part[ring[:-1][same]]]
    swapped = (starts[:, 0] > stops[:, 0]) | ((starts[:, 0] == stops[:, 0]) & (starts[:, 1] > stops[:, 1]))
    low = np.where(swapped[:, None], stops, starts)
    high = np.where(swapped[:, None], starts, stops)
    table = np.hstack([low, high])
    order = np.lexsort(table.T)
    table, of = table[order], of[order]
    repeats = np.flatnonzero((table[1:] == table[:-1]).all(axis=1))
    second = np.full(len(table), -1)
    second[repeats] = of[repeats + 1]
    kept = np.ones(len(table), dtype=bool)
    kept[repeats + 1] = False
    return table[kept].reshape(-1, 2, 2), of[kept], second[kept]


def _head(codes: Codes, width: int) -> Codes:
    return codes.astype(f"U{width}")


def _feature(shape: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
