"""The first view of a visitor who comes without any setting, in each language: a drawn map, a sentence, a table."""

import pytest

from data.texts import languages, load_texts
from pages import PAGES


def is_drawn(seen):
    canvases = seen.canvases()
    return max(canvas["share"] for canvas in canvases) > 0.5 and max(canvas["colours"] for canvas in canvases) > 50


def asked_for(seen, name):
    return [url for url in seen.asked if name in url]


@pytest.mark.parametrize("language", languages())
def test_the_overview_opens_with_a_drawn_map(visitor, language):
    seen = visitor(language=language).open("/", lang=language)
    assert is_drawn(seen)
    assert seen.heading()
    root = seen.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, load_texts(language).direction)
    assert seen.sideways() == 0


@pytest.mark.parametrize("language", languages())
def test_the_cartography_opens_with_map_sentence_and_table(visitor, language):
    seen = visitor(language=language).open("/projects", lang=language)
    assert is_drawn(seen)
    assert not asked_for(seen, "communes.country")
    assert len(seen.rows()) == 20
    assert seen.page.get_by_role("search").is_visible()
    assert seen.page.get_by_role("application", name=load_texts(language)("map.label")).is_visible()


def test_the_menu_leads_to_every_page_without_loading_the_atlas_again(visitor):
    t = load_texts("fr")
    seen = visitor().open("/projects")
    seen.page.evaluate("() => { window.stillThere = true; }")
    menu = seen.page.get_by_role("navigation").first
    headings, titles = {}, set()
    for page in (*PAGES[::-1], PAGES[0]):
        if len([one for one in PAGES if one.section == page.section]) > 1:
            menu.get_by_text(t(f"menu.section.{page.section}"), exact=True).click()
        menu.get_by_role("link", name=t(f"menu.{page.key}"), exact=True).click()
        seen.until(
            "(word) => document.querySelector('nav [aria-current=page]')?.textContent === word", t(f"menu.{page.key}")
        )
        headings[page.key] = seen.settle().heading()
        titles.add(seen.page.title())
        assert seen.troubles() == []
    assert len(headings) == len(titles) == len(PAGES)
    assert [key for key, heading in headings.items() if not heading] == []
    assert seen.page.evaluate("() => window.stillThere")


def test_a_map_whose_outlines_do_not_come_says_so_and_the_table_stays(visitor):
    seen = visitor()
    seen.context.route("**/atlas/shape/**", lambda route: route.abort())
    seen.open("/projects")
    sentence = load_texts("fr")("map.failed")
    seen.until("(sentence) => document.body.innerText.includes(sentence)", sentence)
    assert len(seen.rows()) == 20
    assert all("net::ERR_FAILED" in error for error in seen.errors)
    seen.errors.clear()


def test_without_javascript_a_sentence_says_what_is_needed(visitor):
    seen = visitor(java_script_enabled=False)
    seen.page.goto(f"{seen.url}/?lang=ar")
    assert load_texts("ar")("atlas.javascript") in seen.page.locator("noscript").inner_text()


def test_the_outlines_of_other_regions_are_fetched_when_one_points_at_the_map_or_chooses_there(visitor):
    seen = visitor().open("/projects")
    seen.page.set_viewport_size({"width": 1100, "height": 620})  # as when a column comes beside the map
    seen.until("() => window.AtlasWhole()")
    assert "map" not in seen.address
    assert not asked_for(seen, "communes.country")
    seen.page.locator(".folium-map").hover()
    seen.until("async () => (await window.Atlas.of(document.querySelector('.folium-map'))).communes.whole")
    assert asked_for(seen.open("/needs", territory="MA"), "communes.country")


def test_the_choice_over_the_overview_s_map_changes_the_map(visitor):
    seen = visitor().open("/")
    before = seen.canvases()[-1]["sum"]
    seen.page.get_by_role("radio", name=load_texts("fr")("show.amount")).click()
    seen.until("() => document.querySelectorAll('[role=radio][aria-checked=true]').length > 0")
    seen.settle()
    assert seen.canvases()[-1]["sum"] != before


def test_the_wheel_turns_the_page_over_a_map_until_the_map_is_taken_in_hand(visitor):
    seen = visitor().open("/projects")
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    box = seen.page.locator(".folium-map").bounding_box()
    at, before = (box["x"] + 0.1 * box["width"], box["y"] + 0.3 * box["height"]), seen.view()[0]
    seen.page.mouse.move(*at)
    seen.page.mouse.wheel(0, 40)
    seen.until(f"() => ({scrolled})() >= 40")
    assert seen.view()[0] == before
    seen.page.mouse.click(*at)
    seen.page.mouse.wheel(0, -200)
    seen.until(
        "async (zoom) => (await window.Atlas.of(document.querySelector('.folium-map'))).map.getZoom() > zoom", before
    )
    assert seen.page.evaluate(scrolled) == 40
