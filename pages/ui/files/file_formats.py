"""The formats in which what is shown can be taken away, from a page or from the command line."""

from collections.abc import Callable, Mapping

from data import store
from data.exchange.csv_file import write_csv
from data.exchange.export import Export
from data.exchange.geojson_file import write_geojson
from data.exchange.geopackage_file import write_geopackage
from data.exchange.hxl_file import write_hxl
from data.exchange.iati_file import write_iati
from data.exchange.xlsx_file import write_xlsx

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
EXCHANGED = {"iati.xml": "application/xml", "hxl.csv": "text/csv"}
"""Formats in which projects go to other systems; offered where there are projects."""
WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "geojson": lambda export: write_geojson(export, outlines=store.load_outlines()),
    "gpkg": lambda export: write_geopackage(export, outlines=store.load_outlines()),
    "iati.xml": lambda export: write_iati(export.activities, provenance=export.provenance),
    "hxl.csv": write_hxl,
}
