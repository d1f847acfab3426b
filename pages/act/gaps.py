"""Where need and money do not meet: high need with little money, or with no project that anybody has reported.

A planner comes with « which communes have high need and little money, and how sure is that? » and reads the map, then
the list; an association with « where has nobody gone? » and tries the first button under the map. Funding explains
nothing of need in one year, and no record is not no aid: both are said on the page.
"""

import streamlit as st

from geo.gap_selection import select_gaps
from pages.ui import address
from pages.ui.gaps import gaps_view
from pages.ui.map_page import show_map_page
from pages.ui.page import open_page, trouble_said

t, know = open_page()


@st.fragment
@trouble_said()
def gaps() -> None:
    """Rerun alone when a choice, the map, the list or a chart is used."""
    show_map_page(
        know,
        address.GAPS,
        gaps_view,
        t,
        selected=lambda state: select_gaps(know.needs, know.register, know.catalog.themes, state),
    )


gaps()
