"""GeoJSON (RFC 7946): one feature per project, what the file is in the member `provenance`."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.exchange.contract import rows_of
from data.exchange.drawing import Drawing, draw
from data.exchange.export import Export
from data.exchange.provenance import as_document

NOT_DRAWN = "places_not_drawn"


def write_geojson(export: Export, *, outlines: gpd.GeoDataFrame) -> bytes:
    """Return the projects as a FeatureCollection in UTF-8, one feature a line, EPSG:4326 without `crs` member.

    Parameters
    ----------
    outlines
        Generalised outlines of communes (`data.exchange.drawing.generalise`).

    Notes
    -----
    A village or point is a Point or MultiPoint; communes are their joined outlines; a project with both is a
    GeometryCollection. A place wider than a commune has no geometry, lest a project look as if it covered a province:
    its code stands in the property `places_not_drawn`, and a project known only so has a null geometry.
    """
    head = {
        "type": "FeatureCollection",
        "name": export.provenance.title,
        "provenance": as_document(export.provenance),
        "columns": {name: export.header(name) for name in export.projects},
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    features = ",\n".join(_features(export.projects, draw(export.places, outlines)))
    return f'{opening},\n "features": [\n{features}\n]}}\n'.encode()


def _features(projects: pd.DataFrame, drawing: Drawing) -> list[str]:
    shapes = [drawing.whole(code) for code in projects["project_code"]]
    geometries = shapely.to_geojson(np.array(shapes, dtype=object))
    features = []
    for row, geometry in zip(rows_of(projects), geometries, strict=True):
        properties = dict(zip(projects, row, strict=True))
        code = properties["project_code"]
        properties[NOT_DRAWN] = ";".join(drawing.not_drawn.get(code, ())) or None
        opening = json.dumps({"type": "Feature", "id": code, "properties": properties}, ensure_ascii=False)
        features.append(f'{opening.removesuffix("}")}, "geometry": {geometry or "null"}}}')
    return features
