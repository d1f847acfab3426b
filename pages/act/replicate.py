"""Where a project that was carried out could be repeated: the communes most alike, in need, and what differs there.

A commune comes with « they did it there, could we? »; an agency with « where next? ». Carried out is not proved useful:
the page says what is not known.
"""

import streamlit as st

from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.page import open_page, trouble_said
from pages.ui.replicate import replicate_view
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def replicate() -> None:
    """Rerun alone when a choice, the map or the table is used."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.REPLICATE.current(know, acted=bool(changes))
    state = address.REPLICATE.change(know, state, changes)
    replication = replicate_view.replication_of(know, state)
    with columns() as page:
        with page.main:
            replicate_view.map_(know, replication, t)
        with page.head:
            replicate_view.finding(know, replication, problems, t)
            view_acts(know, "replicate", state, t, seen=lambda: replicate_view.printed(know, replication, t))
        with page.main:
            replicate_view.under_the_map(know, replication, t)
        with page.filters:
            replicate_view.choices(know, replication, t)
        if replication.chosen is not None:
            with page.drawer():
                replicate_view.drawer(know, replication, t)
    address.REPLICATE.write(state)


replicate()
