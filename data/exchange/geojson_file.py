"""GeoJSON (RFC 7946): one feature per project or territory, what the file is in the member `provenance`."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.exchange.contract import rows_of
from data.exchange.drawing import draw, draw_rows
from data.exchange.export import Export
from data.exchange.provenance import as_document

NOTHING: Mapping[str, Any] = MappingProxyType({})
NOT_DRAWN = "places_not_drawn"


def write_geojson(export: Export, *, outlines: gpd.GeoDataFrame, more: Mapping[str, Any] = NOTHING) -> bytes:
    """Return the main table as a FeatureCollection in UTF-8, one feature a line, EPSG:4326 without `crs` member.

    Parameters
    ----------
    outlines
        Generalised outlines of communes (`data.exchange.drawing.generalise`).
    more
        Further members of the collection.

    Notes
    -----
    A village or point is a Point or MultiPoint; communes are their joined outlines; a project with both is a
    GeometryCollection. A place wider than a commune has no geometry, lest a project look as if it covered a province:
    its code stands in the property `places_not_drawn`, and a project known only so has a null geometry. Any other table
    is drawn by its column `territory_code`: a commune's outline, or those of a province or region joined.
    """
    head = {
        "type": "FeatureCollection",
        "name": export.provenance.title,
        "provenance": as_document(export.provenance),
        "columns": {name: export.header(name) for name in export.rows},
        **more,
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    drawn = _projects(export, outlines) if export.is_register else _territories(export, outlines)
    features = ",\n".join(drawn)
    return f'{opening},\n "features": [\n{features}\n]}}\n'.encode()


def _projects(export: Export, outlines: gpd.GeoDataFrame) -> list[str]:
    drawing = draw(export.places, outlines)
    shapes = [drawing.whole(code) for code in export.projects["project_code"]]
    not_drawn = [";".join(drawing.not_drawn.get(code, ())) or None for code in export.projects["project_code"]]
    return _features(export.projects.assign(**{NOT_DRAWN: not_drawn}), shapes)


def _territories(export: Export, outlines: gpd.GeoDataFrame) -> list[str]:
    return _features(export.rows, draw_rows(export.rows, outlines))


def _features(rows: pd.DataFrame, shapes: Sequence[BaseGeometry | None]) -> list[str]:
    """Write one feature a row; its first column is its id."""
    geometries = shapely.to_geojson(np.array(shapes, dtype=object))
    features = []
    for row, geometry in zip(rows_of(rows), geometries, strict=True):
        properties = dict(zip(rows, row, strict=True))
        opening = json.dumps({"type": "Feature", "id": row[0], "properties": properties}, ensure_ascii=False)
        features.append(f'{opening.removesuffix("}")}, "geometry": {geometry or "null"}}}')
    return features
