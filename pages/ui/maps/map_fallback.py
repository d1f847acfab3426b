"""The same map in the frame of streamlit-folium, for those who must do without our own component.

Script, state and files are those of the main host. The state lies at an address: nothing of it passes through the
templates of folium. Two maps that differ after an underscore only are one map to streamlit-folium: its key holds the
digest of ours.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from layers.base import AtlasMap, StateOfRun, framed_map
from pages.ui.served import publish, static_address

HEIGHT_PX = 560


def show_with_st_folium(
    map_: AtlasMap, state: Mapping[str, Any], *, key: str, on_event: Callable[[Mapping[str, Any]], None]
) -> None:
    """Draw the map and its state in a frame; arguments are those of `map_host.show_map`."""
    frame_key = f"{key}-{map_.digest}"

    def clicked() -> None:
        said = st.session_state.get(frame_key) or {}
        if isinstance(event := said.get("event"), Mapping):
            on_event(event)

    body = json.dumps(state, ensure_ascii=False).encode()
    st_folium(
        framed_map(
            map_.address,
            js=["/atlas/vendor/supercluster/supercluster.min.js", static_address("map", "framed.js")],
            css=[static_address("ui", "atlas.css"), static_address("map", "map.css")],
        ),
        key=frame_key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=StateOfRun(publish("state", ".json", body, passing=True)),
        on_change=clicked,
    )
