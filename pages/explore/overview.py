"""The region at a glance: what is going on, what is missing, and a way in for each kind of visitor."""

import streamlit as st

from geo.selection import select
from geo.state import State
from pages.ui import overview_view, projects_view
from pages.ui.page import open_page, show

t, know = open_page()
selection = select(know.register, State(territory=know.catalog.default_territory))
with st.container(key="overview"):
    show("overview.html", key="overview-top", **overview_view.top(know, selection, t))
    projects_view.map_(know, selection, t, key="overview-map")
    show("overview_missing.html", key="overview-missing", **overview_view.missing(know, selection, t))
