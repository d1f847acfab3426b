"""The parts of the matching page, each fed by the one selection."""

from collections.abc import Sequence

import streamlit as st

from data.texts import Texts
from geo.address import StateProblem
from geo.matching_selection import MatchSelection
from geo.matching_state import ADDRESS, CALLS, FUNDER, NEEDS, TABS_OF
from pages.ui import actions
from pages.ui.actors import actor_downloads
from pages.ui.choices import Choice, show_choices
from pages.ui.finding import show_finding
from pages.ui.knowledge import Knowledge
from pages.ui.maps.map_host import show_map
from pages.ui.matching import match_calls, match_cards, match_choices, match_map, match_sheet, match_words
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.territory import territory_offer
from pages.ui.territory.territory_place import place


def choices(know: Knowledge, selection: MatchSelection, t: Texts) -> None:
    """Show the left column: way in, place or body, what is sought, weights."""
    match_choices.choices(know, selection, t)


def finding(know: Knowledge, selection: MatchSelection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map, what could not be understood, and the way out when nothing is matched."""
    home = know.catalog.default_territory
    offered = match_choices.offered(know, selection)
    show_finding(
        match_words.headline(know, selection, t),
        filters=match_words.filters(know, selection, t),
        in_force=selection.state != selection.state.cleared(home),
        problems=problems,
        empty=match_words.ways_out(know, selection, offered, t),
        t=t,
    )


def map_(know: Knowledge, selection: MatchSelection, t: Texts) -> None:
    """Show the map; a click chooses the place, or opens the match of a commune."""
    drawn, state = match_map.drawing(know, selection, t)
    show_map(
        drawn, state, key="match-map", on_event=lambda event: actions.keep(match_map.changes(know, selection, event))
    )


def under_the_map(know: Knowledge, selection: MatchSelection, t: Texts) -> None:
    """Show the matches as cards, or the calls for the one who asks."""
    state = selection.state
    tabs = {code: _tab(state.way, code, t) for code in TABS_OF[state.way]}
    with st.container(key="page-tabs", horizontal=True):
        show_choices(Choice("tab", t("tab.label"), tabs, state.shown))
    if state.shown == CALLS:
        with st.container(key="match-applicant", horizontal=True):
            for one in match_calls.choices(know, state, t):
                show("select.html", key=f"select-{one['name']}", **one)
        show("listing.html", key="match-calls", **match_calls.table(know, state, t))
        show("territory_offer.html", key="match-offers", **territory_offer.offer(know, place(know, state.territory), t))
    elif len(selection):
        if note := _note(know, selection, t):
            show("note.html", key="match-note", text=note)
        show("matches.html", key="matches", **match_cards.cards(know, selection, t))


def printed(know: Knowledge, selection: MatchSelection, t: Texts) -> Seen:
    """Return the map as it is printed."""
    return Seen(
        drawn=lambda: match_map.drawing(know, selection, t)[1],
        filters=match_words.filters(know, selection, t),
        sources=actor_downloads.source_codes(know),
        address=ADDRESS.encode(selection.state),
    )


def has_sheet(know: Knowledge, selection: MatchSelection) -> bool:
    """Tell whether what is selected has a sheet under this tab."""
    state = selection.state
    if state.shown == CALLS:
        return state.selected in set(know.calls.table["call_code"])
    return selection.chosen is not None


def drawer(know: Knowledge, selection: MatchSelection, t: Texts) -> None:
    """Show the sheet of what is selected: a match, or a call."""
    if selection.state.shown == CALLS:
        content = match_calls.sheet(know, selection.state, t)
    else:
        match = selection.chosen
        if match is None:
            return
        content = match_sheet.match_sheet(know, selection, match, t)
    show("sheet.html", key="sheet", **content)


def _tab(way: str, code: str, t: Texts) -> str:
    return t(f"matching.tab.{code}" if code in (CALLS, NEEDS) else f"matching.tab.{way}_{code}")


def _note(know: Knowledge, selection: MatchSelection, t: Texts) -> str:
    """Say what these matches cannot know: a need that is not measured, or that no ready project is registered."""
    state = selection.state
    if state.way == FUNDER and state.shown == NEEDS:
        return t("matching.note.needs", n=len(know.expressed_needs))
    if state.sector and state.sector not in know.matcher.need.columns:
        return t("matching.note.unmeasured", sector=match_words.sector(know, state.sector, t))
    return ""
