"""Show a map of folium inside the page, without a frame, and keep it alive: each run sends its state only."""

import os
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from layers.base import AtlasMap
from pages.ui.component import component
from pages.ui.served import publish, static_address

HOST = component("atlas-map", "map_host.js")
HOST_SETTING = "ATLAS_MAP_HOST"
FALLBACK = "st_folium"
CLUSTERS = "/atlas/vendor/supercluster/supercluster.min.js"


def show_map(
    map_: AtlasMap, state: Mapping[str, Any], *, key: str, on_event: Callable[[Mapping[str, Any]], None]
) -> None:
    """Draw the map, or bring the state of the one already drawn up to date.

    Parameters
    ----------
    on_event
        Called before the next run with what was clicked: `kind` is point, points, commune, dot or empty.
    """
    if os.environ.get(HOST_SETTING) == FALLBACK:
        from pages.ui.maps.map_fallback import show_with_st_folium  # noqa: PLC0415 - loaded by the few who ask for it

        show_with_st_folium(map_, state, key=key, on_event=on_event)
        return

    def clicked() -> None:
        event = st.session_state[key].event
        if isinstance(event, Mapping):
            on_event(event)

    HOST(
        key=key,
        data={
            "digest": map_.digest,
            "container": map_.container,
            "script": publish("map", ".js", map_.script.encode()),
            "module": static_address("map", "map.js"),
            "css": [*map_.css, static_address("map", "map.css")],
            "js": [*map_.js, CLUSTERS],
            "state": dict(state),
        },
        on_event_change=clicked,
    )
