"""What imported rows are read against, as the atlas knows it now; built once for all sessions."""

import streamlit as st

from data import store
from data.imports.knowing import shipped_names
from data.imports.rules import Known
from geo.official_places import OfficialPlaces
from pages.ui.knowledge import Knowledge


@st.cache_resource(show_spinner=False)
def _places(_version: str) -> OfficialPlaces:
    return OfficialPlaces(store.load("territories"), store.load("place_names"), store.load_outlines())


def known(know: Knowledge) -> Known:
    """Return places, names and codes."""
    return Known(_places(store.version()), shipped_names(), know.record_codes)
