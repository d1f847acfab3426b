"""The cartography of projects: filters, map, key figures, table, charts, sheet. One selection feeds them all."""

import streamlit as st

from geo.selection import select
from pages.ui import address
from pages.ui.map_page import show_map_page
from pages.ui.page import open_page, trouble_said
from pages.ui.projects import projects_view

t, know = open_page()


@st.fragment
@trouble_said()
def cartography() -> None:
    """Rerun alone when a filter, the map, the table or a chart is used: the rest of the page stays as it is."""
    show_map_page(know, address.PROJECTS, projects_view, t, selected=lambda state: select(know.register, state))


cartography()
