"""Show a map of folium inside the page, without a frame, and keep it alive: each run sends its state only.

The state does not travel as data of the component: Streamlit hands that over through an import of the browser, which
waits its turn behind two or three frames of everything else that changed. It writes HTML at once, so the state lies in
the page as text, and the component watches it.
"""

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from jinja2.utils import htmlsafe_json_dumps

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

    told = htmlsafe_json_dumps(state, json.dumps, ensure_ascii=False, separators=(",", ":"))  # safe between apostrophes
    st.html(f"<div hidden data-map='{key}' data-state='{told}'></div>")
    HOST(
        key=key,
        data={
            "key": key,
            "digest": map_.digest,
            "container": map_.container,
            "script": publish("map", ".js", map_.script.encode()),
            "module": static_address("map", "map.js"),
            "css": [*map_.css, static_address("map", "map.css")],
            "js": [*map_.js, CLUSTERS],
        },
        on_event_change=clicked,
    )
