"""A territory sheet on paper: two A4 pages whatever the place, nothing cut off, the map drawn, the screen as before."""

import io
import itertools

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from data.texts import load_texts
from pages.ui.knowledge import knowledge

A4_POINTS = (595, 842)
PAPER_PIXELS = 711  # width of A4 between the margins of the sheet, at 96 dots an inch
PLACES = ("MA", "09", "09541", "095410723", "5410723201001", "090010101")
# Every place in one language, the fullest and the widest of them in both.
AGAIN = (("095410723", "fr"), ("09", "fr"), ("090010101", "fr"))
SHEETS = [*zip(PLACES, itertools.cycle(("fr", "ar")), strict=False), *AGAIN]
CLIPPED = """() => ['territory-page-1', 'territory-page-2'].map((name) => {
  const box = document.querySelector(`.st-key-${name}`);
  const over = [...box.querySelectorAll('table')].map((table) => table.scrollWidth - box.clientWidth);
  return Math.max(box.scrollHeight - box.clientHeight, ...over);
})"""
PICTURE = """() => {
  const paper = document.querySelector('.atlas-paper');
  const { width, height } = paper;
  const { data } = paper.getContext('2d').getImageData(0, 0, width, height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 400) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return [width, height, colours.size];
}"""


def printed(seen):
    return PdfReader(io.BytesIO(seen.page.pdf(prefer_css_page_size=True)))


def letters(text):
    return "".join(text.split())


@pytest.mark.parametrize(("code", "language"), SHEETS)
def test_a_sheet_is_two_whole_pages(visitor, language, code):
    seen = visitor(language=language).open("/territory", territory=code, lang=language)
    pages = printed(seen).pages
    assert len(pages) == 2
    for page in pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == A4_POINTS
    texts = [letters(page.extract_text()) for page in pages]
    assert code in texts[0]
    assert knowledge().version in texts[0]
    assert knowledge().version in texts[1]
    seen.page.set_viewport_size({"width": PAPER_PIXELS, "height": 1050})
    seen.page.emulate_media(media="print")
    assert max(seen.page.evaluate(CLIPPED)) <= 1


def test_a_sheet_beside_another_is_two_whole_pages_without_the_choice(visitor):
    seen = visitor(language="ar").open("/territory", territory="09541", beside="09581", lang="ar")
    assert len(printed(seen).pages) == 2
    seen.page.set_viewport_size({"width": PAPER_PIXELS, "height": 1050})
    seen.page.emulate_media(media="print")
    assert max(seen.page.evaluate(CLIPPED)) <= 1
    expect(seen.page.locator("select[name=beside]")).to_be_hidden()


def test_title_finding_feet_and_sources_can_be_read_in_the_file(visitor):
    t = load_texts("fr")
    first, second = (
        letters(page.extract_text()) for page in printed(visitor().open("/territory", territory="09")).pages
    )
    assert letters("Souss-Massa : 3 020 431 habitants") in first.replace("\u202f", "")
    foot = {"place": "Souss-Massa", "pages": 2, "version": knowledge().version}
    assert letters(t("territory.foot", page=1, **foot)) in first
    assert letters(t("territory.foot", page=2, **foot)) in second
    for part in ("territory.sources.title", "sheet.unknown", "territory.actors.title"):
        assert letters(t(part)) in second
    assert letters("Haut-Commissariat au Plan (HCP)") in second


def test_the_printed_map_is_one_picture_that_leaves_no_trace_on_the_screen(visitor):
    seen = visitor().open("/territory", territory="095410723")
    before = seen.view()
    seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    width, height, colours = seen.page.evaluate(PICTURE)
    assert width > 1000  # dots, for 112 mm of paper
    assert height > 700
    assert colours > 50  # relief, outline, signs
    seen.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert seen.page.locator(".atlas-paper").count() == 0
    assert seen.view() == pytest.approx(before, abs=1e-6)


def test_the_button_prints(visitor):
    seen = visitor().open("/territory", territory="09")
    seen.page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }")
    seen.page.get_by_role("button", name=load_texts("fr")("territory.print"), exact=True).click()
    seen.until("() => document.body.dataset.printed === 'yes'")


def test_a_name_typed_leads_to_its_sheet_and_back_goes_to_the_one_before(visitor):
    seen = visitor().open("/territory", territory="09")
    box = seen.page.get_by_role("searchbox")
    box.fill("Toubkal")
    box.press("Enter")
    seen.until("() => new URLSearchParams(location.search).get('territory') === '095410723'")
    seen.settle()
    assert seen.heading() == "Toubkal"
    seen.page.go_back()
    seen.until("() => document.querySelector('h1').textContent.includes('Souss-Massa')")
