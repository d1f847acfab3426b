"""What imported rows are read against, as the atlas knows it now; built once for all sessions."""

import streamlit as st

from data import store
from data.imports.bodies import Names
from data.imports.knowing import shipped_names
from data.imports.rules import Known
from geo.official_places import OfficialPlaces
from pages.ui.knowledge import Knowledge


@st.cache_resource(show_spinner=False, max_entries=2)
def _shipped(version: str) -> tuple[OfficialPlaces, Names]:  # noqa: ARG001 - other tables have another version
    places = OfficialPlaces(store.load("territories"), store.load("place_names"), store.load_outlines())
    return places, shipped_names()


def known(know: Knowledge) -> Known:
    """Return places, names and codes."""
    return Known(*_shipped(store.version()), know.record_codes)
