"""The villages that wait longest: farther than a distance from a road, a school or a health centre.

An association comes with « which villages of my commune are far from everything? » and tries its commune first; a
planner with « how many people, and how sure is that? ».
"""

import streamlit as st

from geo.village_selection import select_villages
from pages.ui import address
from pages.ui.map_page import show_map_page
from pages.ui.page import open_page, trouble_said
from pages.ui.villages import villages_view

t, know = open_page()


@st.fragment
@trouble_said()
def villages() -> None:
    """Rerun alone when a choice, the map or the table is used."""
    show_map_page(
        know,
        address.VILLAGES,
        villages_view,
        t,
        selected=lambda state: select_villages(
            know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
        ),
    )


villages()
