"""The sheet of one region, province, commune or village: what an official prints and an association takes home.

Its visitors come with a name, « ma commune » or « mon douar », and try that first. They want to know how it fares
beside its neighbours, what is under way there, who acts, and what nobody knows; then they print it.
"""

from dataclasses import replace

import streamlit as st

from geo.state import ADDRESS, State
from pages.ui import actions, address
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts
from pages.ui.territory import territory_beside, territory_search, territory_view
from pages.ui.territory.territory_place import place

t, know = open_page()


@st.fragment
@trouble_said()
def territory() -> None:
    """Rerun alone when another place is asked for."""
    changes = territory_search.resolve(know, actions.take())
    project = changes.pop("project", "")
    state, problems = address.TERRITORY.current(know, acted=bool(changes))
    state = address.TERRITORY.change(know, state, changes)
    found = place(know, state.territory)
    state = replace(state, beside=territory_beside.chosen(know, found, state))
    if project:  # what was clicked on the map has its sheet in the cartography
        shown = State(territory=found.territory, selected=project)
        st.switch_page("pages/explore/projects.py", query_params={"lang": t.language} | ADDRESS.encode(shown))
    with st.container(key="territory-page-1"):
        territory_view.head(know, found, problems, t)
        view_acts(
            know,
            "territory",
            state,
            t,
            seen=lambda: territory_view.printed(know, found, state, t),
            sheet=found.code,
        )
        territory_view.map_and_brief(know, found, t)
        territory_view.figures(know, found, state.beside, t)
        territory_view.foot(know, found, 1, t)
    with st.container(key="territory-page-2"):
        territory_view.sectors(know, found, t)
        territory_view.villages(know, found, t)
        territory_view.end(know, found, t)
        territory_view.foot(know, found, 2, t)
    territory_view.offer(know, found, t)
    address.TERRITORY.write(state)


territory()
