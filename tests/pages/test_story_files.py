"""A story to take away: the handout and the slides say what the screen says, and lose nothing of what was written."""

import io
import re

import pytest
from pptx import Presentation
from pypdf import PdfReader

from data.texts import load_texts
from geo.selection import select
from geo.state import State
from geo.story import Chapter, Story
from pages.ui.knowledge import knowledge
from pages.ui.offline import offline_stories
from pages.ui.stories import scenes, story_files
from tests.layers.paper.described import described

TITLE = "<b>L'eau & le reste</b> " + "é" * 276
LONG = " ".join(f"mot{number}e" for number in range(700))
STORY = Story(
    {"fr": "Réunion"},
    (
        Chapter(
            "projects", {"territory": "09541", "sector": "nothing"}, {"fr": TITLE}, {"fr": "{projects} projets"},
            {"fr": "À dire"}, picture="puits.jpg", figures={"projects": 1.0},
        ),
        Chapter("nowhere", {}, {"fr": "Disparue"}, {"fr": "Ce texte reste\nsur deux lignes"}),
        Chapter("projects", {"territory": "010510105"}, text={"fr": LONG}),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def seen():
    """Return what the screen says of the first chapter."""
    know, t = knowledge(), load_texts("fr")
    view, told = story_files._told(know, STORY, 1, STORY.chapters[0], t)
    assert f"{int(view.numbers['projects'])}\u00a0projets" == told["text"]["text"]
    return know, t, told


@pytest.fixture(scope="module")
def body(seen):
    know, t, _ = seen
    return story_files.handout(know, STORY, t)


@pytest.fixture(scope="module")
def slides(seen):
    know, t, _ = seen
    return list(Presentation(io.BytesIO(story_files.slide_deck(know, STORY, t))).slides)


def pages_of(body):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages]


def test_the_handout_holds_a_cover_and_a_page_for_each_chapter_its_words_can_be_searched(seen, body):
    _, t, told = seen
    pages = pages_of(body)
    assert len(pages) == 5  # the last chapter goes on overleaf
    said = described(body)
    assert (said["title"], said["language"], said["from_right"]) == ("Réunion", "fr", False)
    assert told["text"]["text"].replace("\u00a0", " ") in pages[1]
    assert "<b>L'eau & le reste</b>" in pages[1]
    assert "é" * 276 in pages[1].replace(" ", "")
    assert "é" * 276 in pages[0].replace(" ", "")  # whole in the list of chapters too
    assert "Ce texte reste sur deux lignes" in pages[2]
    assert t("stories.no_scene.no_page", page="nowhere").replace("\u00a0", " ").split(" :")[0][:30] in pages[2]
    assert re.findall(r"mot\d+e", pages[3] + " " + pages[4]) == LONG.split()
    numbered = [t("stories.paper.page", number=number, total=5) for number in range(1, 6)]
    assert [said in page for said, page in zip(numbered, pages, strict=True)] == [True] * 5


def test_every_file_says_what_changed_what_is_lost_and_which_picture_is_missing_chapter_by_chapter(seen, body, slides):
    know, t, told = seen
    missing, lost, changed = told["notices"]
    assert ("puits.jpg" in missing, "nothing" in lost, "1 alors" in changed) == (True, True, True)
    pages = pages_of(body)
    deck = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    offline = offline_stories.content(know, [STORY], t)[0]["chapters"]
    for notice in told["notices"]:
        words = notice.replace("\u00a0", " ")
        assert words in pages[1].replace("\u00a0", " ")
        assert notice in deck[1]
        assert notice in offline[0]["notices"]
        assert words not in " ".join(pages[2:]).replace("\u00a0", " ")
    assert offline[0]["title"]["text"] == TITLE
    assert offline[1]["text"]["text"] == "Ce texte reste\nsur deux lignes"


def test_slides_have_titles_and_texts_one_can_change_maps_as_pictures_and_notes(seen, slides):
    first, one, gone, empty, *more = slides
    assert first.shapes.title.text == "Réunion"
    assert (one.shapes.title.text, gone.shapes.title.text) == (TITLE, "Disparue")
    assert seen[2]["text"]["text"] in one.placeholders[1].text_frame.text
    assert one.notes_slide.notes_text_frame.text == "À dire"
    pictures = [shape for shape in one.shapes if shape.shape_type == 13]
    assert len(pictures) == 1
    assert not [shape for shape in gone.shapes if shape.shape_type == 13]
    assert empty.shapes.title.text == "Aucun projet recensé\u00a0: Imzouren" == more[0].shapes.title.text
    texts = [slide.placeholders[1].text_frame.text for slide in (empty, *more)]
    assert re.findall(r"mot\d+e", " ".join(texts)) == LONG.split()


def test_the_key_of_a_printed_chapter_names_every_sector_its_map_shows():
    know, t = knowledge(), load_texts("fr")
    chapter = Chapter("projects", {"territory": "09"})
    on_screen, printed = (scenes.scene(know, chapter, t, on_paper=paper).drawn["legend"] for paper in (False, True))
    signs = [sum(row["symbol"]["kind"] == "mark" for row in key["rows"]) for key in (on_screen, printed)]
    assert signs[0] < signs[1] == len(select(know.register, State("09")).register.sectors["sector"].unique())
    assert (bool(on_screen["note"]), printed["note"]) == (True, "")
    assert "Culture" in {row["label"] for row in printed["rows"]}


def test_a_story_of_ones_own_leaves_in_a_file_with_the_maps_of_the_territory_it_speaks_of(seen, monkeypatch):
    know, t, _ = seen
    asked = []
    monkeypatch.setattr(story_files, "offline_file", lambda *given: asked.append(given) or b"<!doctype html>")
    assert story_files.offline(know, STORY, t) == b"<!doctype html>"
    ((_, territory, language, stories),) = asked
    assert (territory, language, stories) == ("MA", "fr", [STORY])  # Taroudannt and Imzouren
