"""Story files: ours keep the contract, foreign ones are refused in words, and what is written is read back."""

import io
import itertools
import re

import orjson
import pytest
from PIL import Image

from data import stories
from data.records.contract import LANGUAGES
from data.stories import StoryFileError
from geo.story import AGREEING, FIGURE

CONTENT = {"title": {"fr": "Eau"}, "chapters": [{"state": "needs?territory=09", "picture": "puits.webp"}]}


def picture(size=(40, 30), kind="PNG"):
    drawn = io.BytesIO()
    Image.new("RGB", size, "#2266aa").save(drawn, kind)
    return drawn.getvalue()


def reason(body):
    with pytest.raises(StoryFileError) as refused:
        stories.read(body)
    return refused.value.reason


def test_a_shipped_story_is_whole_in_every_language_and_no_figure_in_it_is_typed():
    contents = stories.shipped()
    assert list(contents) == ["migrants", "health_centre"]
    for content in contents.values():
        assert len(content["chapters"]) >= 7
        for words in (
            content["title"],
            *(entry[name] for entry in content["chapters"] for name in ("title", "text", "notes")),
        ):
            assert set(words) == set(LANGUAGES)
            assert not any(re.search(r"\d", text) for text in words.values()), words


def test_a_shipped_story_names_the_same_figures_in_every_language():
    for content in stories.shipped().values():
        for entry in content["chapters"]:
            for name in ("title", "text"):
                assert len({figures_named(text) for text in entry[name].values()}) == 1, (entry["state"], name)


def figures_named(text):
    """Return the figures a text says; one that words merely agree with is none of them."""
    return frozenset([*FIGURE.findall(text), *(figure for figure, forms in AGREEING.findall(text) if "#" in forms)])


def test_a_shipped_story_agrees_with_its_figures_in_as_many_forms_as_its_language_tells_apart():
    allowed, seen = {"fr": {2, 3}, "en": {2, 3}, "ar": {6}}, 0
    for content in stories.shipped().values():
        for entry in content["chapters"]:
            for name, words in itertools.product(("title", "text", "notes"), LANGUAGES):
                for _, forms in AGREEING.findall(entry[name][words]):
                    assert forms.count("|") in allowed[words], (entry["state"], words, forms)
                    seen += 1
    assert seen > 50


def test_a_file_is_read_back_with_its_pictures_and_the_same_story_gives_the_same_bytes():
    held = {"puits.webp": stories.picture(picture())}
    body = stories.write(CONTENT, held)
    assert stories.read(body) == (CONTENT, held)
    assert stories.write(*stories.read(body)) == body


def test_a_picture_that_the_file_lacks_is_no_error():
    assert stories.read(stories.write(CONTENT, {})) == (CONTENT, {})


def test_a_photograph_leaves_its_position_behind_and_does_not_fade_when_handed_on():
    photograph = Image.new("RGB", (3000, 1500), "#888888")
    exif = photograph.getexif()
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    drawn = io.BytesIO()
    photograph.save(drawn, "JPEG", exif=exif)
    assert b"Exif" in drawn.getvalue()
    made = stories.picture(drawn.getvalue())
    kept = Image.open(io.BytesIO(made))
    assert dict(kept.getexif()) == {}
    assert kept.width == 2 * kept.height < 3000
    assert stories.picture(made) == made


def test_foreign_files_are_refused_with_their_reason():
    story = {"atlas_story": 1, **CONTENT}
    assert reason(b"PK\x03\x04") == "not_json"
    assert reason(b"[" * 100_000) == "not_json"
    assert reason(b"[]") == reason(b'{"title": {"fr": "x"}}') == "not_a_story"
    assert reason(orjson.dumps(story | {"atlas_story": 2})) == "newer"
    assert reason(orjson.dumps(story | {"title": {"fr": "x" * 301}})) == "contract"
    assert reason(orjson.dumps(story | {"chapters": [{"title": {"fr": "sans vue"}}]})) == "contract"
    assert reason(orjson.dumps(story | {"chapters": "x"})) == "contract"
    assert reason(orjson.dumps(story | {"pictures": {"../x": ""}})) == "picture"
    assert reason(orjson.dumps(story | {"pictures": {"x.svg": "PHN2Zy8+"}})) == "picture"
    assert reason(orjson.dumps(story | {"pictures": ["x"]})) == "not_a_story"
    assert reason(b" " * (stories.MOST_BYTES + 1)) == "too_big"
