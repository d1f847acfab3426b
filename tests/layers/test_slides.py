"""Slides hold whatever a story may say."""

from io import BytesIO

from pptx import Presentation

from layers.slides import LONGEST_PROPERTY, Slide, slides


def test_the_longest_title_a_story_may_have_stands_whole_on_its_first_slide():
    title = "é" * 300
    chapter = Slide(title, "texte", "notes", "source", map_picture=None, picture=None, described="")
    deck = Presentation(BytesIO(slides(title, "dit", [chapter], direction="ltr")))
    assert deck.slides[0].shapes.title.text_frame.text == title
    assert deck.core_properties.title == title[:LONGEST_PROPERTY]
