"""A story to take away: the handout and the slides say what the screen says, and lose nothing of what was written."""

import io

import pytest
from pptx import Presentation
from pypdf import PdfReader

from data.texts import load_texts
from geo.story import Chapter, Story
from pages.ui.knowledge import knowledge
from pages.ui.stories import story_files
from tests.layers.paper.described import described

TITLE = "<b>L'eau & le reste</b> " + "é" * 276
STORY = Story(
    {"fr": "Réunion"},
    (
        Chapter("projects", {"territory": "09541"}, {"fr": TITLE}, {"fr": "{projects} projets"}, {"fr": "À dire"}),
        Chapter("nowhere", {}, {"fr": "Disparue"}, {"fr": "Ce texte reste"}),
    ),
)


@pytest.fixture(scope="module")
def seen():
    """Return what the screen says of the first chapter."""
    know, t = knowledge(), load_texts("fr")
    view, told = story_files._told(know, STORY, 1, STORY.chapters[0], t)
    assert f"{int(view.numbers['projects'])}\u00a0projets" == told["text"]["text"]
    return know, t, told["text"]["text"]


def test_the_handout_holds_a_cover_and_a_page_for_each_chapter_its_words_can_be_searched(seen):
    know, t, text = seen
    body = story_files.handout(know, STORY, t)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages]
    assert len(pages) == 3
    said = described(body)
    assert (said["title"], said["language"], said["from_right"]) == ("Réunion", "fr", False)
    assert text.replace("\u00a0", " ") in pages[1]
    assert "<b>L'eau & le reste</b>" in pages[1]
    assert "é" * 276 in pages[1].replace(" ", "")
    assert "Ce texte reste" in pages[2]
    assert t("stories.no_scene.no_page", page="nowhere").replace("\u00a0", " ").split(" :")[0][:30] in pages[2]


def test_slides_have_titles_and_texts_one_can_change_maps_as_pictures_and_notes(seen):
    know, t, text = seen
    first, one, gone = Presentation(io.BytesIO(story_files.slide_deck(know, STORY, t))).slides
    assert first.shapes.title.text == "Réunion"
    assert (one.shapes.title.text, gone.shapes.title.text) == (TITLE, "Disparue")
    assert text in one.placeholders[1].text_frame.text
    assert one.notes_slide.notes_text_frame.text == "À dire"
    pictures = [shape for shape in one.shapes if shape.shape_type == 13]
    assert len(pictures) == 1
    assert not [shape for shape in gone.shapes if shape.shape_type == 13]
