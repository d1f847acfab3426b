"""The parts of the needs page, each fed by the one selection."""

from collections.abc import Sequence

import streamlit as st

from data.errors import ScoringError
from data.texts import Texts
from geo.address import StateProblem
from geo.indicators import Observed
from geo.need_selection import select_needs
from geo.need_view import NeedSelection
from geo.needs_state import ADDRESS, INDEX, TABS, NeedsState
from pages.ui import actions
from pages.ui.choices import Choice, show_choices
from pages.ui.knowledge import Knowledge
from pages.ui.maps.map_host import show_map
from pages.ui.needs import need_charts, need_choices, need_downloads, need_finding, need_map, need_sheet, need_table
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen


def selected(know: Knowledge, state: NeedsState) -> tuple[NeedSelection | None, ScoringError | None]:
    """Return the selection, or why it cannot be computed as asked."""
    try:
        return select_needs(know.needs, state), None
    except ScoringError as error:
        return None, error


def around(know: Knowledge, selection: NeedSelection | None) -> Observed | None:
    """Return the subject for the territory looked at, what contains it and what it contains."""
    return need_finding.around(know, selection) if selection else None


def choices(
    know: Knowledge, state: NeedsState, selection: NeedSelection | None, near: Observed | None, t: Texts
) -> None:
    """Show the left column."""
    need_choices.choices(know, state, selection, near, t)


def finding(
    know: Knowledge,
    state: NeedsState,
    selection: NeedSelection | None,
    problems: Sequence[StateProblem],
    refused: ScoringError | None,
    t: Texts,
) -> None:
    """Show the sentence over the map, what was not understood, and a way on when nothing can be computed."""
    show("finding.html", key="finding", **need_finding.finding(know, state, selection, problems, refused, t))


def map_(know: Knowledge, selection: NeedSelection | None, t: Texts) -> None:
    """Show the map; nothing when nothing can be computed."""
    if selection is None:
        return
    map_, state = need_map.drawing(know, selection, t)
    show_map(map_, state, key="map", on_event=lambda event: actions.keep(need_map.changes(know, event, selection)))


def figures(know: Knowledge, selection: NeedSelection | None, near: Observed | None, t: Texts) -> None:
    """Show the key figures, and where they come from."""
    if selection and near:
        show("figures.html", key="figures", **need_finding.figures(know, selection, near, t))


def under_the_map(know: Knowledge, selection: NeedSelection | None, t: Texts) -> None:
    """Show one of: ranking, table, distribution, scatter, sensitivity."""
    if selection is None:
        return
    tab = selection.asked.tab
    with st.container(key="page-tabs", horizontal=True):
        names = TABS if selection.asked.subject == INDEX else TABS[:-1]
        show_choices(Choice("tab", t("tab.label"), {code: t(f"needs.tab.{code}") for code in names}, tab))
        need_downloads.offer(know, selection, t)
    if tab == "table":
        show("listing.html", key="table", **need_table.table(know, selection, t))
    else:
        need_charts.show_tab(know, selection, t)


def printed(know: Knowledge, selection: NeedSelection, t: Texts) -> Seen:
    """Return the map as it is printed."""
    return Seen(
        drawn=lambda: need_map.drawing(know, selection, t)[1],
        filters=need_finding.filters(know, selection.asked, selection, t),
        sources=need_downloads.source_codes(know, selection),
        address=ADDRESS.encode(selection.asked),
    )


def drawer(know: Knowledge, selection: NeedSelection, t: Texts) -> None:
    """Show the sheet of the territory chosen."""
    show("need_sheet.html", key="sheet", **need_sheet.sheet(know, selection, t))
