"""Who could act where: for a commune those who could help it, for an association or a funder where it would matter.

A commune comes with « who could pay for our water? » and tries its own name first; an association abroad with « where
are we needed, and with whom? »; a funder with « which needs are voiced in our field? ».
"""

import streamlit as st

from geo.matching_selection import select_matches
from pages.ui import actions, address
from pages.ui.columns import columns
from pages.ui.matching import match_place, matching_view
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def matching() -> None:
    """Rerun alone when a choice, the map or a card is used."""
    changes = match_place.resolve(know, actions.take())
    state, problems = address.MATCHING.current(know, acted=bool(changes))
    state = address.MATCHING.change(know, state, changes)
    selection = select_matches(know.matcher, know.expressed_needs, state)
    with columns() as page:
        with page.main:
            matching_view.map_(know, selection, t)
        with page.head:
            matching_view.finding(know, selection, problems, t)
            view_acts(know, "matching", state, t, seen=lambda: matching_view.printed(know, selection, t))
        with page.main:
            matching_view.under_the_map(know, selection, t)
        with page.filters:
            matching_view.choices(know, selection, t)
        if matching_view.has_sheet(know, selection):
            with page.drawer():
                matching_view.drawer(know, selection, t)
    address.MATCHING.write(state)


matching()
