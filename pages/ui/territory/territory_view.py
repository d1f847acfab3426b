"""The parts of a territory sheet, all about one place; on paper they are two pages."""

from collections.abc import Sequence

import streamlit as st

from data.texts import Texts
from geo.address import StateProblem
from geo.territory_state import ADDRESS, TerritoryState
from pages.ui import actions
from pages.ui.finding import problems_said
from pages.ui.knowledge import Knowledge
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.territory import (
    territory_beside,
    territory_end,
    territory_figures,
    territory_head,
    territory_map,
    territory_offer,
    territory_sectors,
    territory_villages,
)
from pages.ui.territory.territory_place import Place

PAGES = 2


def head(know: Knowledge, found: Place, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show search, names, links up and down, the finding."""
    said = problems_said(problems, t)
    show("territory_head.html", key="territory-head", **territory_head.head(know, found, t, problems=said))


def map_and_brief(know: Knowledge, found: Place, t: Texts) -> None:
    """Show the map, and beside it the place in brief."""
    with st.container(key="territory-top"):
        with st.container(key="territory-map"):
            map_, state = territory_map.drawing(know, found, t)
            show_map(
                map_,
                state,
                key="map-territory",
                on_event=lambda event: actions.keep(territory_map.changes(know, event)),
            )
        show("territory_brief.html", key="territory-brief", **territory_figures.brief(know, found, t))


def printed(know: Knowledge, found: Place, state: TerritoryState, t: Texts) -> Seen:
    """Return the map as it is printed; its finding speaks of needs too, so every source of the sheet is named."""
    return Seen(
        drawn=lambda: territory_map.drawing(know, found, t, on_paper=True)[1],
        filters=(territory_head.kind_said(know, found, t),),
        sources=territory_end.source_codes(know, found),
        address=ADDRESS.encode(state),
    )


def figures(know: Knowledge, found: Place, beside: str, t: Texts) -> None:
    """Show the indicators beside those of what contains the place, and of another territory where one is chosen."""
    if choice := territory_beside.choice(know, found, beside, t):
        show("select.html", key="territory-beside", **choice)
    show("territory_figures.html", key="territory-figures", **territory_figures.table(know, found, t, beside=beside))


def sectors(know: Knowledge, found: Place, t: Texts) -> None:
    """Show need, rank, projects and money by sector."""
    show("territory_sectors.html", key="territory-sectors", **territory_sectors.table(know, found, t))


def villages(know: Knowledge, found: Place, t: Texts) -> None:
    """Show the villages that wait for most."""
    show("territory_villages.html", key="territory-villages", **territory_villages.villages(know, found, t))


def end(know: Knowledge, found: Place, t: Texts) -> None:
    """Show the actors known, what is not known, the sources."""
    show("territory_end.html", key="territory-end", **territory_end.end(know, found, t))


def offer(know: Knowledge, found: Place, t: Texts) -> None:
    """Show the fields of work the place could offer, what people offered and asked for; on screen only."""
    show("territory_offer.html", key="territory-offer", **territory_offer.offer(know, found, t))


def foot(know: Knowledge, found: Place, page: int, t: Texts) -> None:
    """Show what stands at the foot of a printed page: which sheet, which page of how many."""
    said = t("territory.foot", place=territory_head.name(know, found, t), page=page, pages=PAGES, version=know.version)
    show("paper_foot.html", key=f"territory-foot-{page}", said=said)
