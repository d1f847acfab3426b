"""The map of every page as it is printed: the finding over it, the no-data row in it, in Arabic too."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from data.texts import load_texts
from geo.actor_selection import select_actors
from geo.gap_selection import select_gaps
from geo.need_selection import select_needs
from geo.selection import select
from geo.state import State
from geo.territory_state import TerritoryState
from geo.village_selection import select_villages
from pages import PAGES
from pages.ui import address
from pages.ui.actors import actors_view
from pages.ui.gaps import gaps_view
from pages.ui.knowledge import Knowledge, knowledge
from pages.ui.maps import map_view
from pages.ui.needs import needs_view
from pages.ui.paper.print_choices import KINDS, Seen
from pages.ui.paper.printed_map import SIZES, printed_map
from pages.ui.projects import projects_view
from pages.ui.territory import territory_view
from pages.ui.territory.territory_place import place
from pages.ui.villages import villages_view
from tests.pages.visit import visit


def seen(page: str, know: Knowledge, language: str) -> Seen:
    """Return the map a page shows to somebody who has chosen nothing."""
    t = load_texts(language)
    if page == "territory":
        return territory_view.printed(know, place(know, "09"), TerritoryState("09"), t)
    states = {name: getattr(address, name.upper()) for name in ("projects", "needs", "villages", "gaps", "actors")}
    state = states[page].address.decode({}, home="09", known=states[page].known(know))[0]
    if page == "projects":
        return projects_view.printed(know, select(know.register, state), t)
    if page == "needs":
        return needs_view.printed(know, select_needs(know.needs, state), t)
    if page == "gaps":
        return gaps_view.printed(know, select_gaps(know.needs, know.register, know.catalog.themes, state), t)
    if page == "actors":
        return actors_view.printed(know, select_actors(know.directory, state), t)
    villages = select_villages(
        know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
    )
    return villages_view.printed(know, villages, t)


def test_printing_is_asked_for_in_the_heading_and_offers_paper_colours_and_kinds_of_file():
    at = visit(next(page for page in PAGES if page.key == "projects")).app
    assert [one for one in at.selectbox if one.key == "print-paper"] == []
    at.button(key="print-open").click().run()
    assert [len(at.selectbox(key=f"print-{name}").options) for name in ("paper", "ink")] == [5, 2]
    assert len([one for one in at.get("download_button") if "-print-" in one.proto.id]) == len(KINDS)


@pytest.mark.parametrize("page", ["projects", "needs", "villages", "gaps", "actors", "territory"])
def test_the_printed_map_of_a_page_says_in_arabic_what_the_page_says(page: str):
    know, t = knowledge(), load_texts("ar")
    shown = seen(page, know, "ar")
    drawn = shown.drawn()
    sheet = printed_map(
        know,
        drawn,
        t,
        filters=shown.filters,
        sources=shown.sources,
        address="https://example.org/?territory=09",
        made_on=dt.date(2026, 11, 26),
        paper=next(iter(SIZES)),
    )
    read = PdfReader(io.BytesIO(sheet.pdf()))
    assert (read.root_object["/Lang"], read.metadata["/Title"]) == ("ar", drawn["title"])
    words = set(read.pages[0].extract_text().split())
    wanted = [word for said in (drawn["title"], drawn["legend"]["title"]) for word in said.split() if word.isalpha()]
    assert len(wanted) > 3
    assert [word for word in wanted if word not in words] == []


@pytest.mark.parametrize("page", ["projects", "territory"])
def test_paper_names_every_sector_that_the_screen_leaves_to_the_pointer(page: str):
    know, t = knowledge(), load_texts("fr")
    on_paper = seen(page, know, "fr").drawn()["legend"]
    on_screen = map_view.drawing(know, select(know.register, State("09")), t)[1]["legend"]
    named, known = ([row for row in one["rows"] if row["symbol"]["kind"] == "mark"] for one in (on_paper, on_screen))
    assert len(known) == map_view.LEGEND_SECTORS < len(named)
    assert named[: len(known)] == known
    assert on_screen["note"]
    assert on_paper["note"] == ""
