"""The parts of the directory of those who act, each fed by the one selection."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.texts import Texts
from geo.actor_selection import COUNTRY, ActorSelection
from geo.actors_state import ADDRESS, TABS
from geo.address import StateProblem
from pages.ui import actions, living
from pages.ui.actors import (
    actor_abroad,
    actor_choices,
    actor_downloads,
    actor_map,
    actor_partners,
    actor_sheet,
    actor_table,
    actor_where,
    actor_words,
)
from pages.ui.choices import show_choices, worded
from pages.ui.finding import show_finding
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.records import contacts_view


def choices(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show the left column: names, territory, ties, types, sectors, record, country."""
    actor_choices.choices(know, selection, t)


def finding(know: Knowledge, selection: ActorSelection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map."""
    home = know.catalog.default_territory
    show_finding(
        actor_words.headline(know, selection, t),
        filters=actor_words.filters(know, selection, t),
        in_force=selection.state != selection.state.cleared(home),
        problems=problems,
        empty=None if len(selection) else actor_words.ways_out(know, selection, t),
        t=t,
    )


def map_(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show the map of who works where."""
    map_, state = actor_map.drawing(know, selection, t)
    show_map(map_, state, key="actors-map", on_event=lambda event: actions.keep(map_view.changes(know, event)))


def figures(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show the key figures."""
    show("figures.html", key="figures", **key_figures(know, selection, t))


def key_figures(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `figures.html` shows: bodies with a project here, something done, from abroad, without a place."""
    everywhere = selection.state.territory == COUNTRY
    placeless = selection.placeless if everywhere else selection.wider
    shown = [
        {
            "label": t("actors.figure.project"),
            "value": t.number(actor_words.with_project(selection)),
            "note": t("actors.figure.project_note", n=len(selection)),
        },
        {
            "label": t("actors.figure.done"),
            "value": t.number(actor_words.done(selection)),
            "note": t("actors.figure.done_note"),
        },
        {
            "label": t("actors.figure.abroad"),
            "value": t.number(int(selection.abroad.sum())),
            "note": t("actors.figure.abroad_note"),
        },
        {
            "label": t("actors.figure.placeless" if everywhere else "actors.figure.wider"),
            "value": t.number(placeless),
            "note": t("actors.figure.placeless_note" if everywhere else "actors.figure.wider_note"),
        },
    ]
    return {"figures": shown, "equation": "", "source": t("actors.source", version=know.version)}


def under_the_map(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show one of the four: the directory, who does what where, who works with whom, the communities abroad."""
    with st.container(key="page-tabs", horizontal=True):
        show_choices(worded("tab", TABS, selection.state.tab, t))
    tab = selection.state.tab
    if tab == "abroad":
        _abroad(know, selection, t)
    elif not len(selection):
        return  # the sentence over the map says why, and what to loosen
    elif tab == "where":
        show("heat.html", key="heat", **actor_where.table(know, selection, t))
    elif tab == "partners":
        show("ties.html", key="ties", **actor_partners.drawing(know, selection, t))
        show("listing.html", key="listing", **actor_partners.table(know, selection, t))
    else:
        show("listing.html", key="listing", **actor_table.directory(know, selection, t))
        actor_downloads.offer(know, selection, t)


def _abroad(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    show("flows.html", key="flows", **actor_abroad.drawing(know, selection, t))
    if len(selection.flows):
        show("listing.html", key="listing", **actor_abroad.table(know, selection, t))
    show("select.html", key="figure", **actor_abroad.choice(know, selection, t))
    show("known_figures.html", key="known-figures", **actor_abroad.figures(know, selection, t))


def printed(know: Knowledge, selection: ActorSelection, t: Texts) -> Seen:
    """Return the map as it is printed."""
    return Seen(
        drawn=lambda: actor_map.drawing(know, selection, t)[1],
        filters=actor_words.filters(know, selection, t),
        sources=actor_downloads.source_codes(know),
        address=ADDRESS.encode(selection.state),
    )


def drawer(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show the sheet of what is selected: a body, or a territory."""
    code = selection.state.selected
    if code in know.actors.index:
        content = actor_sheet.body_sheet(know, selection, code, t)
        if line := contacts_view.waiting_link(living.person(), code, know, t):
            content["sections"].append({"title": t("contacts.title"), "entries": [line]})
        show("sheet.html", key="sheet", **content)
    else:
        show("sheet.html", key="sheet", **actor_sheet.place_sheet(know, selection, code, t))
