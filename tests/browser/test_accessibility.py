"""What axe finds on every page: nothing serious, in French and in Arabic, light and dark; none too wide for 360 px."""

import pytest

from data.texts import load_texts
from pages import PAGES
from tests.browser.serving import ROOT

PHONE = {"width": 360, "height": 740}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')}: ${html.slice(0, 120)}`));
}"""


def findings(seen):
    seen.page.evaluate(AXE.read_text("utf-8"))
    return seen.page.evaluate(RUN)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
@pytest.mark.parametrize(("language", "theme"), [("fr", "light"), ("ar", "dark")])
def test_a_page_has_no_serious_barrier_and_is_not_too_wide_for_a_phone(visitor, page, language, theme):
    seen = visitor(language=language, color_scheme=theme).open(f"/{page.key}", lang=language)
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == theme
    assert findings(seen) == []
    seen.page.set_viewport_size(PHONE)  # the same visit: opening a page again costs as much as all of this
    seen.settle()
    assert seen.sideways() == 0
    assert seen.heading()


@pytest.mark.parametrize("params", [{"sel": "095410101"}, {"tab": "charts"}, {"tab": "places"}, {"q": "zzzz"}], ids=str)
def test_sheet_charts_list_and_empty_selection_have_no_serious_barrier(visitor, params):
    seen = visitor().open("/projects", **params)
    assert findings(seen) == []


@pytest.mark.parametrize(
    "params",
    [{"tab": "where"}, {"tab": "partners", "sel": "migrations-developpement"}, {"tab": "abroad"}],
    ids=str,
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tabs_and_the_card_of_the_directory_have_no_serious_barrier(visitor, params, theme):
    seen = visitor(color_scheme=theme).open("/actors", **params)
    assert findings(seen) == []


INNER_VIEWS = (
    ("needs", {"sel": "095410723", "tab": "sensitivity"}),
    ("needs", {"of": "running_water", "tab": "distribution"}),
    ("villages", {"sel": "5410723201001"}),
    ("gaps", {"sel": "095410723", "tab": "concentration"}),
    ("territory", {"territory": "5410723201001"}),
    ("replicate", {"project": "C013"}),
)


def test_the_sheets_and_tabs_of_the_other_pages_have_no_serious_barrier(visitor):
    seen = visitor(language="ar", color_scheme="light")
    barriers = {}
    for page, params in INNER_VIEWS:
        seen.open(f"/{page}", lang="ar", **params)
        if found := findings(seen):
            barriers[page, *params.items()] = found
    assert barriers == {}


def test_in_the_light_mode_the_pictures_of_the_relief_are_never_asked_for(visitor):
    seen = visitor().open("/projects", lean="1")
    assert not [url for url in seen.asked if "relief" in url]
    switch = seen.page.get_by_role("button", name=load_texts("fr")("frame.lean"))
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    seen.until("() => document.querySelectorAll('.leaflet-image-layer').length === 2")
    assert switch.get_attribute("aria-pressed") == "false"
    assert [url for url in seen.asked if "relief" in url]


def test_the_phone_with_its_filters_open_has_no_serious_barrier(visitor):
    seen = visitor(viewport=PHONE).open("/projects")
    seen.page.locator(".open-filters").tap()
    assert findings(seen) == []


def test_a_project_is_opened_and_closed_by_the_keyboard_alone(visitor):
    seen = visitor().open("/projects")
    row = seen.page.locator("table tbody tr[data-act]").first
    row.focus()
    seen.page.keyboard.press("Enter")
    seen.page.get_by_role("article").wait_for()
    close = seen.page.get_by_role("article").get_by_role("button").first
    close.focus()
    seen.page.keyboard.press("Enter")
    seen.until("() => document.querySelector('article.sheet') === null")


def test_the_controls_of_a_file_speak_the_language_of_the_visitor(visitor):
    t = load_texts("ar")
    seen = visitor(language="ar").open("/present", lang="ar")
    seen.page.get_by_text(t("stories.bring")).click()
    control = seen.page.locator("[data-testid=stFileUploader]")
    control.get_by_role("button", name=t("frame.upload")).last.wait_for()
    control.locator("input[type=file]").set_input_files(ROOT / "data" / "stories" / "migrants.json")
    control.get_by_role("button", name=t("frame.control.remove", name="migrants.json")).wait_for()
    assert [one for one in control.get_by_role("button").all() if not one.get_attribute("aria-label")] == []


def test_every_control_of_a_form_is_called_by_a_word_of_the_visitor(visitor):
    t = load_texts("ar")
    seen = visitor(language="ar").open("/corrections", lang="ar")
    form = seen.page.locator(".st-key-page-form")
    form.get_by_role("button", name=t("frame.control.open")).first.wait_for()
    names = [one.get_attribute("aria-label") or one.inner_text() for one in form.get_by_role("button").all()]
    assert len(names) > 2
    assert [name for name in names if name.isascii()] == []
    where = form.get_by_role("combobox").last
    where.click()
    where.press_sequentially("qqqqzz")
    seen.page.get_by_role("listbox").get_by_text(t("frame.control.none")).wait_for()
    where.fill("09541")
    found = seen.page.get_by_role("option").first
    found.wait_for()
    assert found.evaluate("option => getComputedStyle(option).direction") == "rtl"
