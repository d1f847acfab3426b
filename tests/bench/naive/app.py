"""The usual way, to measure against: communes and projects drawn again by folium on each change, shown by st_folium.

Not a straw man: tables are read once, outlines are simplified, points go on a canvas, nothing is asked back of the map.
Leaflet comes from its Python package instead of the internet, so that the map draws with the network shut.
"""

from pathlib import Path

import folium
import geopandas as gpd
import streamlit as st
from branca.element import MacroElement
from jinja2 import Template
from xstatic.pkg import leaflet

from data import store
from data.catalog import load_catalog

TOLERANCE_DEGREES = 0.001
CLASSES = ((5, "#225ea8"), (2, "#41b6c4"), (1, "#a1dab4"), (0, "#eeeeee"))


class Painted(MacroElement):
    """Tells the page that the map has been painted, and what it shows."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "requestAnimationFrame(() => requestAnimationFrame(() => {"
        "window.parent.NaiveDebug = {shown: '{{ this.shown }}', at: performance.timeOrigin + performance.now()};"
        "}));"
        "{% endmacro %}"
    )

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._name = "Painted"
        self.shown = shown


@st.cache_resource
def tables() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return communes with their names, and places with the sectors of their projects."""
    names = store.load("territories").set_index("territory_code")[["name_fr", "name_ar"]]
    communes = store.load_outlines().join(names, on="territory_code")
    communes["geometry"] = communes.geometry.simplify(TOLERANCE_DEGREES)
    places = store.load("project_locations").merge(store.load("project_sectors"), on="project_code")
    places = places.merge(store.load("projects")[["project_code", "title_fr", "status"]], on="project_code")
    points = gpd.points_from_xy(places["lon"], places["lat"], crs="EPSG:4326")
    wanted = ["project_code", "territory_code", "sector_code", "title_fr", "status"]
    return communes, gpd.GeoDataFrame(places[wanted], geometry=points)


def colour(projects: float) -> str:
    """Return the colour of a number of projects."""
    return next(shade for least, shade in CLASSES if projects >= least)


def draw(communes: gpd.GeoDataFrame, places: gpd.GeoDataFrame, sector: str) -> folium.Map:
    """Draw the communes by number of projects, and the projects known at a point."""
    counts = places.groupby("territory_code")["project_code"].nunique()
    communes = communes.assign(projects=communes["territory_code"].map(counts).fillna(0))
    drawn = folium.Map(location=[29.9, -8.2], zoom_start=7, tiles=None, prefer_canvas=True)
    folium.GeoJson(
        communes,
        style_function=lambda row: {"fillColor": colour(row["properties"]["projects"]), "weight": 0.5, "color": "#888"},
        tooltip=folium.GeoJsonTooltip(["name_fr", "name_ar", "projects"]),
    ).add_to(drawn)
    points = places[places.geometry.x.notna()].drop_duplicates("project_code")
    if len(points):
        folium.GeoJson(
            points, marker=folium.CircleMarker(radius=4), tooltip=folium.GeoJsonTooltip(["title_fr", "status"])
        ).add_to(drawn)
    Painted(sector).add_to(drawn)
    return drawn


def main() -> None:
    """Show one filter and the map."""
    # Not before a server runs, which imports this file too: the component would be unknown to it.
    from streamlit_folium import st_folium  # noqa: PLC0415 - as the usual way does

    st.set_page_config(layout="wide")
    folium.Map.default_js = [("leaflet", "/vendor/leaflet.js")]
    folium.Map.default_css = [("leaflet_css", "/vendor/leaflet.css")]
    communes, places = tables()
    sector = st.radio("sector", list(load_catalog().sectors), key="sector", horizontal=True)
    drawn = draw(communes, places[places["sector_code"] == sector], sector)
    st_folium(drawn, returned_objects=[], use_container_width=True, height=600)


if __name__ == "__main__":
    main()
else:
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    app = st.App(Path(__file__), routes=[Mount("/vendor", StaticFiles(directory=leaflet.BASE_DIR))])
