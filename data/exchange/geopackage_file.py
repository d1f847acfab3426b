"""GeoPackage for QGIS: each project drawn where it is known, the full tables, and what the file is."""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from data.exchange.contract import MONEY
from data.exchange.drawing import CRS, draw, draw_rows
from data.exchange.export import Export
from data.exchange.provenance import as_document
from data.exchange.qgis_style import rows as style_rows
from data.exchange.qgis_style import styles_of
from data.exchange.workplace import workplace

LEAST_FREE_BYTES = 16_000_000
"""With less, a file that cannot be written most likely found no room."""
LAYER_MONEY = "counted_mad_in_layer"
KINDS = {"projects_points": "MultiPoint", "projects_communes": "MultiPolygon", "places": "Point"}
STYLE_TABLE = """
    CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
"""The columns QGIS looks for."""
DATED = (("gpkg_contents", "last_change"), ("gpkg_metadata_reference", "timestamp"))


def write_geopackage(export: Export, *, outlines: gpd.GeoDataFrame) -> bytes:
    """Return a GeoPackage, EPSG:4326.

    Layers and tables:

    - `projects_points`, `projects_communes`: the projects known by a real position, by their commune;
    - `projects_area_wide`: those known by a province, a region or the country, without geometry;
    - `places`: one row per project and place, a point where there is one;
    - `projects`: every project once, without geometry;
    - `readme`: filters, sources, counts, sums, checksum, meaning of the columns; also in `gpkg_metadata`;
    - `layer_styles`: how QGIS draws each layer (`data.exchange.qgis_style`).

    A project known in several ways stands in several of the first three, each time with the part of its money given
    to those places (`counted_mad_in_layer`): the three together sum to the portfolio, to the centime.

    Any other table is one layer of the outlines of its territories; the tables that go with it have no geometry.

    Parameters
    ----------
    outlines
        Generalised outlines of communes (`data.exchange.drawing.generalise`).

    Raises
    ------
    OSError
        The disk for temporary files is full.
    """
    layers = _register(export, outlines) if export.is_register else _territories(export, outlines)
    with workplace() as folder:
        # GDAL cannot add a layer to a file in memory: the file lives on disk for the time of the writing.
        path = folder / "export.gpkg"
        with _full_disk_told(folder):
            for name, frame in layers:
                _write(path, export, name, frame)
            _write(path, export, "readme", _readme(export))
        _style(path, export, layers)
        return _settled(path, export).read_bytes()


def _register(export: Export, outlines: gpd.GeoDataFrame) -> list[tuple[str, pd.DataFrame]]:
    drawing = draw(export.places, outlines)
    return [
        ("projects", export.projects),
        ("projects_points", _layer(export, "point", drawing.points, kind="MultiPoint")),
        ("projects_communes", _layer(export, "commune", drawing.outlines, kind="MultiPolygon")),
        ("projects_area_wide", _known_by(export, "area")),
        ("places", _places(export.places)),
    ]


def _territories(export: Export, outlines: gpd.GeoDataFrame) -> list[tuple[str, pd.DataFrame]]:
    shapes = draw_rows(export.rows, outlines)
    multiple = shapes if _is_points(export) else [_multiple(shape) for shape in shapes]
    drawn = gpd.GeoDataFrame(export.rows, geometry=gpd.GeoSeries(multiple, index=export.rows.index, crs=CRS))
    return [(export.name, drawn), *list(export.frames.items())[1:]]


def _multiple(shape: BaseGeometry | None) -> BaseGeometry | None:
    return None if shape is None else shapely.multipolygons(shapely.get_parts(shape))


def _is_points(export: Export) -> bool:
    return not export.is_register and {"lon", "lat"} <= set(export.rows)


def _known_by(export: Export, located_by: str) -> pd.DataFrame:
    """Return the projects with a place known that way, and the money given to those places."""
    places = export.places[export.places["located_by"] == located_by]
    money = places.groupby("project_code")[MONEY].sum(min_count=1).round(2)
    known = export.projects[export.projects["project_code"].isin(money.index)]
    return known.assign(**{LAYER_MONEY: known["project_code"].map(money)})


def _layer(export: Export, located_by: str, drawn: Mapping[str, BaseGeometry], *, kind: str) -> gpd.GeoDataFrame:
    known = _known_by(export, located_by)
    gather = {"MultiPoint": shapely.multipoints, "MultiPolygon": shapely.multipolygons}[kind]
    # A commune without an outline keeps its row, without a geometry: its money stays in the layer.
    shapes = [drawn.get(code) for code in known["project_code"]]
    multiple = [None if shape is None else gather(shapely.get_parts(shape)) for shape in shapes]
    return gpd.GeoDataFrame(known, geometry=gpd.GeoSeries(multiple, index=known.index, crs=CRS))


def _places(places: pd.DataFrame) -> gpd.GeoDataFrame:
    is_point = places["located_by"] == "point"
    points = gpd.GeoSeries(gpd.points_from_xy(places["lon"], places["lat"]), index=places.index, crs=CRS)
    return gpd.GeoDataFrame(places, geometry=points.where(is_point))


def _readme(export: Export) -> pd.DataFrame:
    columns = [(f"columns.{name}", export.header(name), export.meaning(name)) for name in export.rows]
    lines = [(key, words, str(value)) for key, words, value in export.readme()]
    return pd.DataFrame([*lines, *columns], columns=["key", "words", "value"])


def _write(path: Path, export: Export, layer: str, frame: pd.DataFrame | gpd.GeoDataFrame) -> None:
    options: dict[str, Any] = {
        "IDENTIFIER": export.texts.label("export.layer", layer),
        "DESCRIPTION": export.provenance.title,
    }
    # Written with the first layer, as a record of the extension gpkg_metadata.
    said = {"provenance": json.dumps(as_document(export.provenance), ensure_ascii=False)}
    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        geometry_type=_kind(export, layer),
        layer_options=options,
        dataset_metadata=None if path.exists() else said,
    )


@contextmanager
def _full_disk_told(folder: Path) -> Iterator[None]:
    """Say of a failed writing that the disk is full: GDAL says that it failed, and not why."""
    try:
        yield
    except (DataSourceError, DataLayerError) as error:
        if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), folder) from error
        raise


def _style(path: Path, export: Export, layers: list[tuple[str, pd.DataFrame]]) -> None:
    """Add the table of styles as QGIS makes it."""
    drawn = [name for name, frame in layers if isinstance(frame, gpd.GeoDataFrame)]
    kinds = {name: "fill" if _kind(export, name) == "MultiPolygon" else "marker" for name in drawn}
    made_on = f"{export.provenance.made_on.isoformat()}T00:00:00.000Z"
    styles = style_rows(styles_of(export, kinds), day=made_on, title=export.provenance.title)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(STYLE_TABLE)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', ?, '', ?)",
            (export.texts.label("export.layer", "layer_styles"), made_on),
        )
        styles.to_sql("layer_styles", base, if_exists="append", index=False)


def _kind(export: Export, layer: str) -> str | None:
    """Return the type of the geometries of a layer, None for a table."""
    if layer == export.name and not export.is_register:
        return "Point" if _is_points(export) else "MultiPolygon"
    return KINDS.get(layer)


def _settled(path: Path, export: Export) -> Path:
    """Put the day of the export where GDAL put the clock, and leave no trace of how the file was written.

    The same rows then give the same bytes: SQLite counts transactions in the header, and GDAL's vary from one
    writing to the next; a file made by VACUUM INTO is a single one.
    """
    made_on = f"{export.provenance.made_on.isoformat()}T00:00:00.000Z"
    settled = path.with_name("settled.gpkg")
    with closing(sqlite3.connect(path)) as base:
        with base:
            for table, column in DATED:
                base.execute(f'UPDATE "{table}" SET "{column}" = ?', (made_on,))  # noqa: S608 - names of ours
        base.execute("VACUUM INTO ?", (str(settled),))
    return settled
