"""A phone of 360 pixels: the filters behind a button, fingers instead of a mouse (widths: accessibility)."""

import pytest

from data.texts import load_texts

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_filters_open_by_their_button_and_close_on_the_result(visitor, language):
    t = load_texts(language)
    seen = visitor(viewport=PHONE, language=language).open("/projects", lang=language)
    panel = seen.page.get_by_role("search")
    assert not panel.is_visible()
    before = seen.heading()
    opener = seen.page.get_by_role("button", name=t("facets.open")).first
    opener.tap()
    panel.wait_for(state="visible")
    for keys in ("Tab", "Shift+Tab", "Shift+Tab"):  # out at neither end
        seen.page.keyboard.press(keys)
        assert seen.page.evaluate("() => Boolean(document.activeElement.closest('[role=search]'))")
    seen.page.keyboard.press("Escape")
    assert opener.evaluate("(button) => document.activeElement === button")
    opener.tap()
    panel.get_by_role("checkbox", name=t("sector.drinking_water")).check()
    seen.until("() => new URLSearchParams(location.search).get('sector') === 'drinking_water'")
    seen.settle()
    panel.locator("footer button").tap()
    panel.wait_for(state="hidden")
    assert seen.heading() != before
    assert seen.sideways() == 0


def test_a_project_opens_by_a_tap_and_its_sheet_fits_the_phone(visitor):
    seen = visitor(viewport=PHONE).open("/projects")
    seen.page.locator("table tbody tr[data-act]").first.tap()
    sheet = seen.page.get_by_role("article")
    sheet.wait_for(state="visible")
    seen.settle()
    box = sheet.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert seen.sideways() == 0
    sheet.get_by_role("button", name=load_texts("fr")("sheet.close")).tap()
    sheet.wait_for(state="detached")
