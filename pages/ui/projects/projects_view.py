"""The parts of the cartography of projects, each fed by the one selection."""

from collections.abc import Sequence

import streamlit as st

from data.texts import Texts
from geo.address import StateProblem
from geo.selection import Selection
from geo.state import ADDRESS, SHOWS, TABS, UNDERS
from pages.ui import actions, charts, place_sheet, words
from pages.ui.chart_view import show_chart
from pages.ui.choices import Choice, show_choices, worded
from pages.ui.files import downloads
from pages.ui.finding import show_finding
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.projects import facets, project_finding, project_map, sheet, table


def choices(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show the filter column."""
    facets.facets(know, selection, t)


def finding(know: Knowledge, selection: Selection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map."""
    show_finding(
        project_finding.headline(know, selection, t),
        filters=words.filters(know, selection.state, t),
        in_force=bool(selection.state.in_force(know.catalog.default_territory)),
        problems=problems,
        empty=None if len(selection) else project_finding.ways_out(know, selection, t),
        t=t,
    )


def map_(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show the map, and the choice of what it draws, and over what."""
    show_choices(shown_choice(selection, t), worded("under", UNDERS, selection.state.under, t))
    draw(know, selection, t)


def shown_choice(selection: Selection, t: Texts) -> Choice:
    """Return the choice of what the map draws."""
    return worded("show", SHOWS, selection.state.show, t)


def draw(know: Knowledge, selection: Selection, t: Texts, *, key: str = "map") -> None:
    """Show the map alone."""
    map_, state = project_map.drawing(know, selection, t)
    show_map(map_, state, key=key, on_event=lambda event: actions.keep(map_view.changes(know, event)))


def figures(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show the key figures and the sum that ties the map to the portfolio."""
    show("figures.html", key="figures", **project_finding.figures(know, selection, t))


def under_the_map(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show one of the three: table, charts, what has no commune; and the downloads of the selection."""
    with st.container(key="page-tabs", horizontal=True):
        show_choices(worded("tab", TABS, selection.state.tab, t))
        downloads.offer(know, selection, t)
    if selection.state.tab == "charts":
        _charts(know, selection, t)
    elif selection.state.tab == "places":
        show("area_wide.html", key="area-wide", **place_sheet.area_wide_table(know, selection, t))
    elif len(selection):
        show("listing.html", key="table", **table.table(know, selection, t))


def printed(know: Knowledge, selection: Selection, t: Texts) -> Seen:
    """Return the map as it is printed."""
    return Seen(
        drawn=lambda: project_map.drawing(know, selection, t, on_paper=True)[1],
        filters=[*words.filters(know, selection.state, t), *project_map.ground_said(selection, t)],
        sources=list(dict.fromkeys([*downloads.source_codes(know), *project_map.source_codes(know, selection)])),
        address=ADDRESS.encode(selection.state),
    )


def drawer(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show the sheet of what is selected: a project, or a territory."""
    code = selection.state.selected
    is_project = code in know.register.row_of
    content = sheet.project_sheet(know, code, t) if is_project else place_sheet.place_sheet(know, selection, code, t)
    show("sheet.html", key="sheet", **content)


def _charts(know: Knowledge, selection: Selection, t: Texts) -> None:
    with st.container(key="page-charts"):
        for chart in charts.charts(know, selection, t):
            title, on_select = t(f"chart.title.{chart.name}"), actions.picked(chart.name, chart.filter)
            show_chart(chart, title, f"chart-{chart.name}", on_select, t)
