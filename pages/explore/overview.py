"""The region at a glance: what is going on, what is missing, and a way in for each kind of visitor."""

import streamlit as st

from geo.selection import select
from geo.state import ADDRESS, State
from geo.territory_state import ADDRESS as SHEET
from geo.territory_state import TerritoryState
from pages.ui import actions
from pages.ui.address import PROJECTS
from pages.ui.choices import show_choices
from pages.ui.overview import overview_view
from pages.ui.page import open_page, show
from pages.ui.projects import projects_view
from pages.ui.stories.view_acts import view_acts
from pages.ui.territory import territory_search

SEEN, TAKEN = "atlas_overview", ("show", "selected", "place")

t, know = open_page()
changes = {name: value for name, value in actions.take().items() if name in TAKEN}
home = know.catalog.default_territory
if "place" in changes:  # the sheet of the place asks back when a name is not sure
    asked = territory_search.resolve(know, changes).get("territory", home)
    st.switch_page(
        "pages/explore/territory.py",
        query_params={"lang": t.language} | SHEET.encode(TerritoryState(asked)),
    )
seen = st.session_state.get(SEEN, State(territory=home, under="need"))
state = PROJECTS.change(know, seen, changes)
if state.selected:  # what was clicked on the map has its sheet in the cartography
    st.switch_page("pages/explore/projects.py", query_params={"lang": t.language} | ADDRESS.encode(state))
st.session_state[SEEN] = state
selection = select(know.register, state)
with st.container(key="overview"):
    show("overview.html", key="overview-top", **overview_view.top(know, state.territory, t))
    show("overview_figures.html", key="overview-figures", groups=overview_view.groups(know, selection, t))
    view_acts(know, "projects", state, t, seen=lambda: projects_view.printed(know, selection, t))
    show_choices(projects_view.shown_choice(selection, t))
    projects_view.draw(know, selection, t, key="overview-map")
    show("overview_ways.html", key="overview-ways", **overview_view.ways(state.territory, t))
    show("overview_missing.html", key="overview-missing", **overview_view.missing(know, selection, t))
