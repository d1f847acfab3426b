"""The cartography of projects: filters, map, key figures, table, charts, sheet. One selection feeds them all."""

import streamlit as st

from geo.selection import select
from pages.ui import actions, address, place_search
from pages.ui.columns import columns
from pages.ui.page import open_page, trouble_said
from pages.ui.projects import projects_view
from pages.ui.stories.view_acts import view_acts

t, know = open_page()


@st.fragment
@trouble_said()
def cartography() -> None:
    """Rerun alone when a filter, the map, the table or a chart is used: the rest of the page stays as it is."""
    changes = place_search.resolve(know, actions.take())
    state, problems = address.PROJECTS.current(know, acted=bool(changes))
    state = address.PROJECTS.change(know, state, changes)
    selection = select(know.register, state)
    with columns() as page:
        with page.main:
            projects_view.map_(know, selection, t)
        with page.head:
            projects_view.finding(know, selection, problems, t)
            view_acts(know, "projects", state, t, seen=lambda: projects_view.printed(know, selection, t))
        with page.main:
            projects_view.figures(know, selection, t)
            projects_view.under_the_map(know, selection, t)
        with page.filters:
            projects_view.filters(know, selection, t)
        if state.selected:
            with page.drawer():
                projects_view.drawer(know, selection, t)
    address.PROJECTS.write(state)


cartography()
