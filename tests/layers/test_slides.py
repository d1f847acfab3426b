"""Slides hold whatever a story may say."""

import datetime as dt
import zipfile
from io import BytesIO

from pptx import Presentation
from pptx.oxml.ns import qn

from layers.slides import LONGEST_PROPERTY, Slide, Writing, slides

DAY = dt.date(2024, 9, 8)


def deck_of(title, writing, *, text="texte"):
    chapter = Slide(title, text, "notes\nnotes", "source", map_picture=None, picture=None, described="")
    return slides(title, "dit", [chapter], writing, DAY)


def test_the_longest_title_a_story_may_have_stands_whole_on_its_first_slide():
    title = "é" * 300
    deck = Presentation(BytesIO(deck_of(title, Writing("fr-MA", rtl=False))))
    assert deck.slides[0].shapes.title.text_frame.text == title
    assert deck.core_properties.title == title[:LONGEST_PROPERTY]


def test_a_file_bears_its_day_and_nothing_of_the_clock():
    body = deck_of("x", Writing("fr-MA", rtl=False))
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2024, 9, 8, 0, 0, 0)}
        assert archive.testzip() is None
    assert Presentation(BytesIO(body)).core_properties.modified == dt.datetime(2024, 9, 8)  # noqa: DTZ001 - as written
    assert body == deck_of("x", Writing("fr-MA", rtl=False))


def test_arabic_runs_from_right_to_left_on_slides_and_in_notes_in_a_face_that_has_its_letters():
    _, slide = Presentation(BytesIO(deck_of("عنوان", Writing("ar-MA", rtl=True)))).slides
    frames = [shape.text_frame for shape in slide.shapes] + [slide.notes_slide.notes_text_frame]
    paragraphs = [paragraph for frame in frames for paragraph in frame.paragraphs]
    assert len(paragraphs) == 5
    for paragraph in paragraphs:
        assert paragraph._p.pPr.get("rtl") == "1"
        letters = paragraph.runs[0]._r.rPr
        assert (letters.get("lang"), letters.find(qn("a:cs")).get("typeface")) == ("ar-MA", "Arial")


def test_a_text_longer_than_its_slide_goes_on_on_the_next_and_loses_no_word():
    text = "\n".join(" ".join(f"mot{line}-{number}" for number in range(60)) for line in range(8))
    deck = Presentation(BytesIO(deck_of("x", Writing("fr-MA", rtl=False), text=text)))
    _, *told = deck.slides
    assert len(told) > 1
    assert {slide.shapes.title.text_frame.text for slide in told} == {"x"}
    said = [slide.placeholders[1].text_frame for slide in told]
    assert " ".join(frame.text for frame in said).split() == text.split()
    assert all(frame.paragraphs[0].runs[0].font.size.pt >= 14 for frame in said)


def test_a_long_title_is_set_smaller_than_a_short_one_and_stays_over_what_follows():
    sizes = {}
    for title in ("Eau", "Un titre assez long " * 15):
        deck = Presentation(BytesIO(deck_of(title, Writing("fr-MA", rtl=False))))
        head, under = deck.slides[0].placeholders
        assert head.top + head.height <= under.top
        sizes[len(title)] = [slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt for slide in deck.slides]
    assert all(long < short for long, short in zip(sizes[300], sizes[3], strict=True))
