"""The sheet on paper: the figures of the screen, in each script, whole on two pages, the same bytes each time."""

import datetime as dt
import io
import re

import pytest
from pypdf import PdfReader

from data.texts import load_texts
from layers.paper import coupon, place_sheet
from layers.paper.marks import Words
from pages.ui.knowledge import knowledge
from pages.ui.paper import paper_button, paper_sheet
from pages.ui.territory import territory_figures, territory_head, territory_sectors
from pages.ui.territory.territory_place import place

TOUBKAL, MEKNES, VILLAGE = "095410723", "030610101", "5410723201001"
DAY = dt.date(2026, 11, 26)


@pytest.fixture(scope="module")
def know():
    return knowledge()


def reached(relative: str) -> str:
    return f"http://192.168.1.20:8501/{relative}"


def read(content: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def plain(text: str) -> str:
    """Return a text as one run of words: line ends, kinds of spaces and marks of direction aside."""
    return re.sub(r"[\s\u200e\u200f]+", " ", text)


@pytest.fixture(scope="module")
def toubkal(know):
    return paper_button.sheet_pdf(know, TOUBKAL, load_texts("fr"), made=DAY, whole=reached)


def test_the_paper_says_every_figure_of_the_screen(know, toubkal):
    t, (first, second) = load_texts("fr"), read(toubkal)
    found = place(know, TOUBKAL)
    figures = territory_figures.table(know, found, t)
    cells = [cell["text"] for group in figures["groups"] for row in group["rows"] for cell in row["cells"]]
    assert len(cells) > 100
    brief = [fact["value"] for fact in territory_figures.brief(know, found, t)["facts"]]
    assert len(brief) == 8
    missing = [said for said in (*cells, *brief, territory_head.finding(know, found, t)) if plain(said) not in first]
    assert missing == []
    sectors = [cell["text"] for row in territory_sectors.table(know, found, t)["rows"] for cell in row["cells"]]
    assert len(sectors) == 63  # seven rows: all needs and six; nine columns
    assert [said for said in sectors if plain(said) not in second] == []
    assert "80,7 %" in first  # running water in Toubkal, read by hand in the census (tests/geo/test_territory_sheet.py)
    assert "Projet Ouray" in second


def test_the_same_sheet_is_the_same_bytes(know, toubkal):
    assert paper_button.sheet_pdf(know, TOUBKAL, load_texts("fr"), made=DAY, whole=reached) == toubkal


def test_an_arabic_sheet_can_be_searched_in_arabic(know):
    t = load_texts("ar")
    first, second = read(paper_button.sheet_pdf(know, VILLAGE, t, made=DAY, whole=reached))
    found = place(know, VILLAGE)
    assert plain(territory_head.name(know, found, t)) in first
    assert set(plain(t("coupon.title")).split()) <= set(second.split())  # lines are read from left to right
    assert "5410723201001" in second  # cut off, the coupon still says of which sheet it is


def test_a_place_on_which_no_source_reports_is_not_said_to_have_no_project(know):
    t = load_texts("fr")
    sheet = paper_sheet.paper_sheet(know, MEKNES, t, made=DAY)
    assert sheet.projects["none"] == t("paper.no_project.no_reporter")
    (health,) = [row for row in sheet.sectors["others"] if row["label"] == "Santé"]
    said = t("filter.said", name="Santé", values=t("territory.sectors.no_reporter"))
    assert health["brief"] == said
    words = [mark.text for mark in place_sheet.pages(sheet)[1].marks if isinstance(mark, Words)]
    assert plain(said) in plain(" ".join(words))
    assert "Santé (" not in plain(" ".join(words))  # each sector is named once
    assert sheet.address == sheet.coupon.address == ""  # nobody could reach it: no code is drawn


@pytest.mark.parametrize("code", ["09541", "09", "MA", "095410723"])
def test_everything_stands_above_the_coupon_and_nothing_is_written_off_the_page(know, code):
    page = place_sheet.pages(paper_sheet.paper_sheet(know, code, load_texts("fr"), made=DAY))[1]
    lines = [mark for mark in page.marks if isinstance(mark, Words)]
    title = next(number for number, mark in enumerate(lines) if mark.text == load_texts("fr")("coupon.title"))
    assert title > 60
    assert max(mark.y for mark in lines[:title]) < coupon.TOP_Y
    assert all(0 < mark.y < page.height and 0 <= mark.x <= page.width for mark in lines)
