"""The parts of the villages page, each fed by the one selection."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.texts import Texts
from geo.address import StateProblem
from geo.village_selection import VillageSelection
from geo.villages_state import ADDRESS, SHOWS, TABS
from pages.ui import actions
from pages.ui.choices import show_choices, worded
from pages.ui.finding import show_finding
from pages.ui.knowledge import Knowledge
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.paper.paper_button import paper_button
from pages.ui.paper.print_choices import Seen
from pages.ui.villages import (
    village_choices,
    village_downloads,
    village_map,
    village_sheet,
    village_table,
    village_words,
)


def choices(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the left column: service, distance, territory, name."""
    village_choices.choices(know, selection, t)


def finding(know: Knowledge, selection: VillageSelection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map."""
    home = know.catalog.default_territory
    show_finding(
        village_words.headline(know, selection, t),
        filters=village_words.filters(know, selection, t),
        in_force=selection.state != selection.state.cleared(home),
        problems=problems,
        empty=None if len(selection) else village_words.ways_out(know, selection, t),
        t=t,
    )


def map_(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the map, and the choice of what it draws."""
    show_choices(worded("show", SHOWS, selection.state.show, t))
    map_, state = village_map.drawing(know, selection, t)
    show_map(map_, state, key="villages-map", on_event=lambda event: actions.keep(village_map.changes(know, event)))


def figures(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the key figures."""
    show("figures.html", key="figures", **key_figures(know, selection, t))


def key_figures(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Return what `figures.html` shows: villages and people beyond, what is withheld, without position, measured."""
    totals = selection.totals
    share = totals.people_unknown / totals.people if totals.people else 0.0
    shown: list[dict[str, Any]] = [
        {"label": t("villages.figure.beyond"), "value": t.number(totals.beyond), "note": _of(totals.villages, t)},
        {
            "label": t("villages.figure.people"),
            "value": t.number(totals.people_beyond),
            "note": t("villages.figure.people_note", n=totals.people_within),
        },
        {
            "label": t("villages.figure.withheld"),
            "value": t.number(totals.unknown),
            "note": t("villages.figure.withheld_note", n=totals.people_unknown, share=t.share(share)),
        },
        {
            "label": t("villages.figure.unlocated"),
            "value": t.number(int(selection.unlocated.sum())),
            "note": t("villages.figure.unlocated_named" if selection.named else "villages.figure.unlocated_note"),
        },
    ]
    measured = t(f"service.{selection.state.service}.definition")
    return {"figures": shown, "equation": "", "source": f"{measured} {t('villages.source', version=know.version)}"}


def under_the_map(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the villages, or the communes with the people of theirs beyond the distance."""
    with st.container(key="page-tabs", horizontal=True):
        show_choices(worded("tab", TABS, selection.state.tab, t))
        village_downloads.offer(know, selection, t)
    if selection.state.tab == "communes":
        show("listing.html", key="listing", **village_table.communes(know, selection, t))
    elif len(selection):
        show("listing.html", key="listing", **village_table.villages(know, selection, t))


def printed(know: Knowledge, selection: VillageSelection, t: Texts) -> Seen:
    """Return the map as it is printed."""
    return Seen(
        drawn=lambda: village_map.drawing(know, selection, t)[1],
        filters=village_words.filters(know, selection, t),
        sources=village_downloads.source_codes(know),
        address=ADDRESS.encode(selection.state),
    )


def drawer(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show the sheet of what is selected: a village, or a territory."""
    code = selection.state.selected
    if code in know.villages:
        content = village_sheet.village_sheet(know, selection, code, t)
    else:
        content = village_sheet.commune_sheet(know, selection, code, t)
    show("sheet.html", key="sheet", **content)
    paper_button(know, code, t)


def _of(total: int, t: Texts) -> str:
    return t("villages.figure.beyond_note", n=total)
