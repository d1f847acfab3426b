"""A page of paper: what is measured is drawn, in both directions; the files can be searched and are the same."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from layers.paper import render
from layers.paper.document import Document
from layers.paper.page import Column, Page
from layers.paper.writing import Hand, lines
from tests.layers.paper.described import described

ARABIC = "الدواوير التي تبعد أكثر من 10 كلم عن مركز صحي"


def pdf_text(*pages: Page) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(render.pdf(pages))).pages)


def test_arabic_is_written_joined_and_its_words_are_found_whole_in_the_pdf():
    page = Page(direction="rtl")
    page.paragraph(15, 20, 180, ARABIC, size=12)
    found = set(pdf_text(page).split())
    assert set(ARABIC.split()) <= found


def test_the_same_page_gives_the_same_bytes_in_each_kind_of_file():
    pages = []
    for _ in range(2):
        page = Page("16x9")
        page.text(10, 10, "Commune de Tafraout", style="bold")
        page.box(10, 30, 40, 10, fill="#fe9929", hatch="///")
        page.qr(10, 50, 20, "https://example.org/")
        pages.append(page)
    for made in (lambda page: render.pdf([page]), render.svg, lambda page: render.png(page, dpi=60)):
        assert made(pages[0]) == made(pages[1])


def test_a_line_is_as_thick_in_the_picture_as_on_paper():
    page = Page()
    page.rule(15, 100, 180, colour="#000000", weight=7.2)  # a tenth of an inch
    column = np.asarray(Image.open(io.BytesIO(render.png(page, dpi=200))).convert("L"))[:, 800]
    assert (column < 128).sum() == pytest.approx(20, abs=1)


@pytest.mark.parametrize("title", ["<b>$x_2$</b> & {{7*7}} " * 13, "x" * 300, "أ" * 300])
def test_a_title_of_three_hundred_signs_or_with_markup_stays_in_its_box_and_as_it_is_written(title: str):
    page = Page()
    height = page.paragraph(15, 20, 180, title, size=20, style="bold", height=24, least=9)
    assert 0 < height <= 24.05
    assert all(mark.hand.width_mm(mark.text) <= 180 for mark in page.marks)
    assert title[:12] in pdf_text(page).replace("\n", "")


@pytest.mark.parametrize("title", ["<b>A & B</b> é\x00", ARABIC, "x" * 300])
def test_a_file_says_its_title_as_it_is_its_language_and_the_side_it_is_read_from(title: str):
    said = described(render.pdf([Page(direction="rtl")], Document(title.strip("\x00"), "ar", "rtl")))
    assert said == {"title": title.strip("\x00"), "author": "Atlas solidaire", "language": "ar", "from_right": True}
    render.pdf([Page()], Document(title))


def test_a_page_in_arabic_mirrors_what_it_is_told():
    for direction, left in (("ltr", 20.0), ("rtl", 210 - 20 - 50.0)):
        page = Page(direction=direction)
        page.box(20, 10, 50, 5)
        assert page.marks[0].outline.get_extents().x0 == left


def test_a_table_draws_the_rows_that_find_room_and_tells_how_many():
    page = Page()
    columns = [Column("Commune", 60), Column("Habitants", 30, "end")]
    drawn = page.table(15, 20, columns, [["Agadir", "1"]] * 100, height=100)
    assert 0 < drawn.rows < 100
    assert drawn.height <= 100
    assert page.table(15, 20, columns, [["Agadir", "1"]] * 3).rows == 3


def test_no_line_is_wider_than_its_measure_and_no_word_is_lost():
    hand = Hand("regular", 9, "ltr")
    words = "Les villages dont la distance n'est pas publiée sont comptés à part"
    made = lines(words, hand, 40)
    assert len(made) > 2
    assert " ".join(made) == words
    assert all(hand.width_mm(line) <= 40 for line in made)


def test_what_is_no_picture_is_refused_in_words():
    with pytest.raises(ValueError, match="not a picture"):
        Page().picture(0, 0, 10, 10, b"no picture")


def test_two_visitors_who_print_at_once_each_get_their_own_page():
    def page(words: str) -> bytes:
        made = Page(direction="rtl")
        for number in range(30):
            made.paragraph(15, 10 + 8 * number, 120, f"{words} {number}", size=6 + number % 5)
        return render.pdf([made])

    said = ["الماء الصالح للشرب", "Eau potable", ARABIC, "Routes et pistes"]
    with ThreadPoolExecutor(4) as visitors:
        assert list(visitors.map(page, said)) == [page(words) for words in said]
