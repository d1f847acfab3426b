"""Where need and money do not meet: high need with little money, or with no project that anybody has reported.

A planner comes with « which communes have high need and little money, and how sure is that? » and reads the map, then
the list; an association with « where has nobody gone? » and tries the first button under the map. Funding explains
nothing of need in one year, and no record is not no aid: both are said on the page.
"""

import streamlit as st

from geo.gap_selection import select_gaps
from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.gaps import gaps_view
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def gaps() -> None:
    """Rerun alone when a choice, the map, the list or a chart is used."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.GAPS.current(know, acted=bool(changes))
    state = address.GAPS.change(know, state, changes)
    found = select_gaps(know.needs, know.register, know.catalog.themes, state)
    with columns() as page:
        with page.main:
            gaps_view.map_(know, found, t)
        with page.head:
            gaps_view.finding(know, found, problems, t)
            view_acts(know, "gaps", state, t, seen=lambda: gaps_view.printed(know, found, t))
        with page.main:
            gaps_view.figures(know, found, t)
            gaps_view.under_the_map(know, found, t)
        with page.filters:
            gaps_view.choices(know, found, t)
        if state.selected:
            with page.drawer():
                gaps_view.drawer(know, found, t)
    address.GAPS.write(state)


gaps()
