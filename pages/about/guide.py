"""The practical guide: how to do what one wants to do, step by step, whom to contact, and what runs there already."""

import datetime as dt

import streamlit as st

from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.guide import guide_view
from pages.ui.page import open_page, trouble_said

t, know = open_page()


@st.fragment
@trouble_said()
def guide() -> None:
    """Rerun alone when a choice is made."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.GUIDE.current(know, acted=bool(changes))
    state = address.GUIDE.change(know, state, changes)
    selection = know.guide.select(state)
    with columns() as page:
        with page.main:
            guide_view.finding(know, selection, problems, t)
            guide_view.pages(know, selection, t, today=dt.datetime.now(tz=dt.UTC).date())
        with page.filters:
            guide_view.choices(know, selection, t)
    address.GUIDE.write(state)


guide()
