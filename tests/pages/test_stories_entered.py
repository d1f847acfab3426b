"""A story of a contributor's: proposed with its pictures, read by a validator, then on everybody's shelf."""

import io

import pytest
from PIL import Image

from data.records import pictures
from data.records.contract import FieldProblem
from data.records.rights import VISITOR, Person
from data.records.service import ContentError, Service
from data.stories import picture
from data.texts import load_texts
from geo.story import Chapter, Story
from pages import PAGES
from pages.ui import living
from pages.ui.knowledge import knowledge
from pages.ui.records.record_fields import view
from pages.ui.records.refused_form import problem_said
from pages.ui.stories import scenes, story_shelf
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
TITLE = "L'eau à Toubkal"


@pytest.fixture
def signed_in(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    return lambda person: monkeypatch.setattr(living, "person", lambda: person)


def service(person: Person) -> Service:
    return Service(living.repository(), person, knowledge().record_codes)


def button(app, key: str):
    return next(one for one in app.get("button") if one.key and key in one.key)


def test_a_story_made_in_the_workshop_is_proposed_and_published_with_its_picture(signed_in):
    signed_in(AUTHOR)
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), (20, 90, 160)).save(drawn, "PNG")
    chapter = Chapter("villages", {"territory": "09"}, {"fr": "Où l'eau manque"}, picture="puits")
    story = Story({"fr": TITLE}, (chapter,), pictures={"puits": picture(drawn.getvalue())})
    opened = visit(BY_KEY["present"])
    opened.app.session_state[story_shelf.OWN] = {"eau": story}
    opened.app.query_params["story"] = "eau"
    shown = Visit(opened.app.run())
    sent = Visit(button(shown.app, "hand-in-eau").click().run())
    assert sent.failures == []
    (record,) = service(AUTHOR).mine()
    assert (record.kind, record.status) == ("story", "submitted")

    signed_in(VALIDATOR)
    review = visit(BY_KEY["review"], record=record.record_id)
    assert review.failures == []
    assert '<a href="villages?territory=09&amp;lang=fr" target="_blank" rel="noopener">' in review.html

    signed_in(VISITOR)
    assert TITLE not in visit(BY_KEY["present"]).html
    service(VALIDATOR).validate(record.record_id, version=1)
    (kept,) = story_shelf.published().values()
    (picture_id,) = kept.pictures
    assert pictures.get(living.repository().database, picture_id).picture.body == kept.pictures[picture_id]
    read = visit(BY_KEY["present"], story=record.record_id)
    assert read.failures == []
    assert "L&#39;eau à Toubkal" in read.html
    assert "Où l&#39;eau manque" in read.html
    assert [one for one in read.app.get("button") if "hand-in" in (one.key or "")] == []
    stage = visit(BY_KEY["present"], story=record.record_id, chapter="1", play="1")
    assert stage.failures == []
    assert ".jpg" in stage.html


def test_a_story_is_written_in_the_form_too_and_shows_views_of_the_atlas_only(signed_in):
    assert set(living.VIEWS) == set(scenes.STAGES)
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"], kind="story")
    assert opened.failures == []
    fields = {one.key: one for one in opened.app.get("text_input")}
    next(one for key, one in fields.items() if key.endswith("title.fr") and "chapters" not in key).set_value(TITLE)
    address = next(one for key, one in fields.items() if key.endswith("chapters.0.state"))
    address.set_value("https://ailleurs.example/vacances?x=1")
    wrong = Visit(button(opened.app, "hand-in").click().run())
    assert "n’est pas une vue de l’atlas" in wrong.said
    too_long = [FieldProblem("chapters.1.title.ar", "x", "too_long", "300")]
    assert problem_said(too_long[0], load_texts("fr")).startswith("Chapitres 1 › Titre (العربية)\u00a0: trop long")
    state = next(one for one in wrong.app.get("text_input") if one.key.endswith("chapters.0.state"))
    state.set_value("http://localhost:8501/villages?territory=09&lang=ar")
    kept = Visit(button(wrong.app, "hand-in").click().run())
    assert kept.failures == []
    (record,) = service(AUTHOR).mine()
    assert record.content["chapters"] == [{"state": "villages?territory=09"}]
    review = [dict(one) for one in record.content["chapters"]]
    with pytest.raises(ContentError):
        service(AUTHOR).edit(
            record.record_id, {**record.content, "chapters": [*review, {"state": "account"}]}, version=1
        )


def test_an_address_is_taken_as_browsers_copy_it():
    assert view("/needs?v=1&subject=water&lang=fr") == "needs?subject=water"
    assert view("javascript:alert(1)") == "alert(1)"
    assert view(" ") is None
