"""What visitors come for: filter, click a project, share what they see, change language."""

import random
import re

import numpy as np
import pytest

from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui import words
from pages.ui.knowledge import knowledge
from tests.browser.serving import serve

FR = load_texts("fr")
NEAR_DEGREES = 0.02


def expected(**filters):
    know = knowledge()
    return select(know.register, State(territory=know.catalog.default_territory, **filters))


def check(seen, dimension, code):
    """Tick an option of a filter, found by its word."""
    word = words.option(knowledge(), dimension, code, FR)
    seen.page.get_by_role("search").get_by_role("checkbox", name=re.compile(re.escape(word))).first.check()
    seen.until(f"() => new URLSearchParams(location.search).get('{dimension}') === '{code}'")
    seen.settle()


def shown_together(seen, selection):
    """Tell whether the sentence, the table and the filters say the number of projects of a selection."""
    n = len(selection)
    place = knowledge().territories.name(selection.state.territory, "fr")
    return (
        seen.heading().startswith(FR("finding.projects", n=n, place=place))
        and seen.page.locator("table caption").inner_text().strip() == FR("table.caption", n=n)
        and FR("facets.results", n=n) in seen.page.get_by_role("search").inner_text()
        and len(seen.rows()) == min(n, 20)
    )


def test_filters_by_sector_and_funder_change_map_sentence_and_table_together(visitor):
    seen = visitor().open("/projects")
    assert shown_together(seen, expected())
    whole = seen.canvases()
    check(seen, "sector", "drinking_water")
    by_sector = expected(sector=("drinking_water",))
    assert shown_together(seen, by_sector)
    drawn = seen.canvases()
    assert drawn[-1]["sum"] != whole[-1]["sum"]
    funder = most_of(by_sector, "funder")
    check(seen, "funder", funder)
    both = expected(sector=("drinking_water",), funder=(funder,))
    assert 0 < len(both) < len(by_sector) < len(expected())
    assert shown_together(seen, both)
    assert seen.canvases()[-1]["sum"] != drawn[-1]["sum"]
    assert words.option(knowledge(), "funder", funder, FR) in seen.page.locator(".finding").inner_text()
    seen.page.get_by_role("search").get_by_role("button", name=FR("facets.clear")).click()
    seen.until("() => !location.search.includes('sector')")
    assert shown_together(seen.settle(), expected())
    assert seen.canvases()[-1]["sum"] == whole[-1]["sum"]


def most_of(selection, dimension):
    counts = selection.facets[dimension]
    return selection.register.dimensions[dimension].options[int(counts.argmax())]


def test_a_click_on_a_row_opens_the_sheet_of_that_project_and_marks_the_row(visitor):
    seen = visitor().open("/projects", sector="drinking_water", sort="title")
    row = seen.page.locator("table tbody tr[data-act]").nth(3)
    title = row.locator("th span").last.inner_text()
    before = seen.canvases()
    row.click()
    seen.until("() => document.querySelector('article.sheet') !== null")
    seen.settle()
    assert seen.page.get_by_role("article").get_by_role("heading", level=2).inner_text() == title
    assert seen.page.locator("tr[aria-selected=true] th span").last.inner_text() == title
    assert seen.canvases()[-1]["sum"] != before[-1]["sum"]
    seen.page.get_by_role("article").get_by_role("button", name=FR("sheet.close")).click()
    seen.until("() => document.querySelector('article.sheet') === null")
    assert "sel" not in seen.address


def lone_points():
    """Return (project row, longitude, latitude) of points of the region with no other within a kilometre or two."""
    register = knowledge().register
    points = register.locations[register.is_point]
    places = points[["lon", "lat"]].to_numpy("float64")
    alone = (np.abs(places[:, None] - places[None]).max(axis=2) < NEAR_DEGREES).sum(axis=1) == 1
    here = alone & points["territory_code"].str.startswith("09").to_numpy()
    return [(int(row), *place) for row, place in zip(points["project"][here], places[here].tolist(), strict=True)]


def test_a_click_on_a_mark_of_the_map_opens_its_project_and_outlines_it(visitor):
    know = knowledge()
    lone = lone_points()
    assert len(lone) > 3
    row, lon, lat = random.Random(2).choice(lone)  # noqa: S311 - no secret
    # At this address the point lies in the middle of the map.
    seen = visitor().open("/projects", map=f"15/{lat:.5f}/{lon:.5f}")
    before = seen.canvases()[-1]
    map_ = seen.page.get_by_role("application")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    title = words.title(know.register.projects.iloc[row], FR)
    seen.page.mouse.move(*middle)
    seen.until("(title) => document.querySelector('.folium-map').innerText.includes(title)", title)  # its tip
    seen.page.mouse.click(*middle)
    seen.until("() => document.querySelector('article.sheet') !== null")
    seen.settle()
    assert seen.page.get_by_role("article").get_by_role("heading", level=2).inner_text() == title
    assert seen.address["sel"] == know.register.projects["project_code"].iloc[row]
    seen.page.mouse.move(1, 1)
    assert seen.canvases()[-1]["sum"] != before["sum"]


def told(seen):
    """Return all that a view says, for comparing two of them."""
    picture = {"heading": seen.heading(), "rows": seen.rows(), "map": [round(part, 3) for part in seen.view()]}
    picture["sheet"] = seen.page.get_by_role("article").inner_text()
    picture["filters"] = seen.page.locator(".finding").inner_text()
    picture["address"] = seen.address
    return picture


@pytest.fixture
def shared_view(visitor):
    """Make a view by clicking and by moving the map."""
    seen = visitor().open("/projects")
    check(seen, "sector", "drinking_water")
    seen.page.get_by_role("application").get_by_role("button", name=FR("map.zoom_in"), exact=True).click()
    seen.until("() => new URLSearchParams(location.search).has('map')")
    seen.page.locator("table tbody tr[data-act]").nth(1).click()
    seen.until("() => document.querySelector('article.sheet') !== null")
    seen.settle()
    return seen


def test_a_link_opens_the_same_view_for_somebody_else(visitor, shared_view):
    address = shared_view.page.url.removeprefix(shared_view.url)
    other = visitor().open(address)
    assert told(other) == told(shared_view)
    assert "map" in other.address


@pytest.fixture
def restarted(tmp_path):
    """Start another server, of which nothing was asked yet."""
    with serve(tmp_path) as running:
        yield running


def test_a_link_opens_the_same_view_as_the_first_request_after_a_restart(restarted, visitor, shared_view):
    address = shared_view.page.url.removeprefix(shared_view.url)
    other = visitor(url=restarted.url).open(address)
    assert told(other) == told(shared_view)


def test_the_back_button_goes_back_to_the_view_before(visitor):
    seen = visitor().open("/projects")
    before = seen.heading()
    check(seen, "sector", "health")
    assert seen.heading() != before
    seen.page.go_back()
    seen.until("(before) => document.querySelector('h1').innerText.trim() === before", before)
    assert "sector" not in seen.address


def test_in_arabic_the_page_turns_and_the_view_is_kept(visitor):
    seen = visitor().open("/projects", sector="drinking_water", map="9/30.2/-8.9")
    rows, view = len(seen.rows()), seen.view()
    seen.page.get_by_role("button", name="العربية").click()
    seen.until("() => document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar'")
    arabic = load_texts("ar")
    seen.until("(label) => document.querySelector('.folium-map')?.ariaLabel === label", arabic("map.label"))
    seen.settle()
    place = knowledge().territories.name("09", "ar")
    count = len(expected(sector=("drinking_water",)))
    assert seen.heading().startswith(arabic("finding.projects", n=count, place=place))
    assert (len(seen.rows()), seen.address["sector"], seen.address["lang"]) == (rows, "drinking_water", "ar")
    assert seen.view() == pytest.approx(view, abs=0.01)
    assert max(canvas["colours"] for canvas in seen.canvases()) > 50
    assert seen.sideways() == 0
    # The map itself is not mirrored: the west, where the sea is, stays on the left; the filters go to the right.
    filters, map_ = (seen.page.get_by_role(role).first.bounding_box() for role in ("search", "application"))
    assert filters["x"] > map_["x"]
