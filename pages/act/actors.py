"""The directory of those who act: who they are, what they do where, with whom, from which country.

A commune comes with « who could help us? » and tries its own name first; an association abroad with « who already works
in my village? »; a planner with « who does what where? ».
"""

import streamlit as st

from geo.actor_selection import select_actors
from pages.ui import actions, address, place_search
from pages.ui.actors import actors_view
from pages.ui.columns import columns
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def actors() -> None:
    """Rerun alone when a filter, the map or a table is used."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.ACTORS.current(know, acted=bool(changes))
    state = address.ACTORS.change(know, state, changes)
    selection = select_actors(know.directory, state)
    with columns() as page:
        with page.main:
            actors_view.map_(know, selection, t)
        with page.head:
            actors_view.finding(know, selection, problems, t)
            view_acts(know, "actors", state, t, seen=lambda: actors_view.printed(know, selection, t))
        with page.main:
            actors_view.figures(know, selection, t)
            actors_view.under_the_map(know, selection, t)
        with page.filters:
            actors_view.choices(know, selection, t)
        if state.selected:
            with page.drawer():
                actors_view.drawer(know, selection, t)
    address.ACTORS.write(state)


actors()
