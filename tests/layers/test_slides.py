"""Slides hold whatever a story may say."""

import datetime as dt
import zipfile
from io import BytesIO

from pptx import Presentation
from pptx.oxml.ns import qn

from layers.slides import LONGEST_PROPERTY, Slide, Writing, slides

DAY = dt.date(2024, 9, 8)


def deck_of(title, writing, **said):
    chapter = Slide(title, "texte", "notes\nnotes", "source", map_picture=None, picture=None, described="", **said)
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
