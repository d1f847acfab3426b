"""The villages that wait longest: farther than a distance from a road, a school or a health centre.

An association comes with « which villages of my commune are far from everything? » and tries its commune first; a
planner with « how many people, and how sure is that? ».
"""

import streamlit as st

from geo.village_selection import select_villages
from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts
from pages.ui.villages import villages_view

t, know = open_page()


@st.fragment
@trouble_said()
def villages() -> None:
    """Rerun alone when a choice, the map or the table is used."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.VILLAGES.current(know, acted=bool(changes))
    state = address.VILLAGES.change(know, state, changes)
    selection = select_villages(
        know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
    )
    with columns() as page:
        with page.main:
            villages_view.map_(know, selection, t)
        with page.head:
            villages_view.finding(know, selection, problems, t)
            view_acts(know, "villages", state, t, seen=lambda: villages_view.printed(know, selection, t))
        with page.main:
            villages_view.figures(know, selection, t)
            villages_view.under_the_map(know, selection, t)
        with page.filters:
            villages_view.choices(know, selection, t)
        if state.selected:
            with page.drawer():
                villages_view.drawer(know, selection, t)
    address.VILLAGES.write(state)


villages()
