"""The directory of those who act: who they are, what they do where, with whom, from which country.

A commune comes with « who could help us? » and tries its own name first; an association abroad with « who already works
in my village? »; a planner with « who does what where? ».
"""

import streamlit as st

from geo.actor_selection import select_actors
from pages.ui import address
from pages.ui.actors import actors_view
from pages.ui.map_page import show_map_page
from pages.ui.page import open_page, trouble_said

t, know = open_page()


@st.fragment
@trouble_said()
def actors() -> None:
    """Rerun alone when a filter, the map or a table is used."""
    show_map_page(know, address.ACTORS, actors_view, t, selected=lambda state: select_actors(know.directory, state))


actors()
