"""Where the needs are: any indicator or the need index, by commune, province and region.

What its visitors come for, and try first:

- *Which communes lack running water most?* They choose the indicator and read the title, then the ranking: the share
  of households beside their number, sortable by both, because the two disagree.
- *What is the need index of my commune, and how sure is it?* They type its name or click it: the sheet gives the score,
  the rank with its interval, what each need brings to it, a sentence that says why, and what is not known.
- *What changed since 2014?* They choose the change: its own two-sided colours, and only what both censuses measured
  alike.
"""

import streamlit as st

from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.needs import needs_view
from pages.ui.page import open_page, trouble_said
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def needs() -> None:
    """Rerun alone when a choice, a slider, the map, the table or a chart is used."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.NEEDS.current(know, acted=bool(changes))
    state = address.NEEDS.change(know, state, changes)
    selection, refused = needs_view.selected(know, state)
    with columns() as page:
        with page.main:
            needs_view.map_(know, selection, t)
        around = needs_view.around(know, selection)
        with page.filters:
            needs_view.choices(know, state, selection, around, t)
        with page.head:
            needs_view.finding(know, state, selection, problems, refused, t)
            if selection:
                view_acts(know, "needs", state, t, seen=lambda: needs_view.printed(know, selection, t))
        with page.main:
            needs_view.figures(know, selection, around, t)
            needs_view.under_the_map(know, selection, t)
        if selection and state.selected:
            with page.drawer():
                needs_view.drawer(know, selection, t)
    address.NEEDS.write(state)


needs()
