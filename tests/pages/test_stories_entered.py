"""A story of a contributor's: proposed with its pictures, read by a validator, then on everybody's shelf."""

import io

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader
from sqlalchemy import func, select

from data.records import pictures
from data.records.contract import FieldProblem
from data.records.errors import StoreUnavailable
from data.records.picture_terms import may_leave
from data.records.repository import Repository
from data.records.rights import VISITOR, Person
from data.records.service import ContentError, Service
from data.records.tables import attachments
from data.stories import picture
from data.texts import load_texts
from geo.story import Chapter, Story
from pages import PAGES
from pages.ui import actions, living
from pages.ui.knowledge import knowledge
from pages.ui.offline import offline_stories
from pages.ui.records.record_fields import view
from pages.ui.records.refused_form import problem_said
from pages.ui.stories import scenes, story_files, story_keeper, story_shelf
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
TITLE = "L'eau à Toubkal"
PICTURE = MSO_SHAPE_TYPE.PICTURE


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


def test_a_disk_that_is_full_keeps_the_story_with_its_author_who_hands_it_in_later(signed_in, monkeypatch):
    signed_in(AUTHOR)
    chapter = Chapter("villages", {"territory": "09"}, picture="puits")
    story = Story({"fr": TITLE}, (chapter,), pictures={"puits": photograph((1, 2, 3))})
    opened = visit(BY_KEY["present"])
    opened.app.session_state[story_shelf.OWN] = {"eau": story}
    opened.app.query_params["story"] = "eau"
    shown = Visit(opened.app.run())

    def full(*_given, **_named):
        raise StoreUnavailable("full", reason="disk_full")

    with monkeypatch.context() as once:
        once.setattr(Repository, "add", full)
        refused = Visit(button(shown.app, "hand-in-eau").click().run())
    assert refused.failures == []
    assert load_texts("fr")("store.problem.disk_full") in refused.said
    assert refused.app.session_state[story_shelf.OWN] == {"eau": story}
    assert Visit(button(refused.app, "hand-in-eau").click().run()).failures == []
    (record,) = service(AUTHOR).mine()
    assert len(pictures.of_record(living.repository().database, record.record_id)) == 1
    with living.repository().database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(attachments)).scalar_one() == 1


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


TERMS = {"alt": {"fr": "Une femme au puits"}, "credit": "Amina <b>", "licence": "cc_by_4", "people_shown": "agreed"}


def photograph(colour) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (90, 60), colour).save(drawn, "PNG")
    return picture(drawn.getvalue())


@pytest.fixture
def published(signed_in):
    """Return a published story of two pictures: the first may be passed on, of the second nobody said anything."""
    signed_in(AUTHOR)
    bodies = {"libre": photograph((20, 90, 160)), "tue": photograph((160, 20, 90))}
    acts = service(AUTHOR)
    named = {name: acts.keep_picture(pictures.Picture("image/jpeg", 90, 60, body)) for name, body in bodies.items()}
    chapters = (
        Chapter("villages", {"territory": "09"}, picture=named["libre"], terms=TERMS),
        Chapter("needs", {"territory": "09"}, picture=named["tue"]),
    )
    record = acts.create("story", Story({"fr": TITLE}, chapters).content(), submit=True)
    service(VALIDATOR).validate(record.record_id, version=1)
    return record.record_id, named


def test_a_picture_of_a_story_is_shown_with_its_author_its_licence_and_words_for_who_cannot_see_it(
    published, signed_in
):
    signed_in(VISITOR)
    stage = visit(BY_KEY["present"], story=published[0], chapter="1", play="1")
    assert stage.failures == []
    assert 'alt="Une femme au puits"' in stage.html
    assert "Photo\u00a0: Amina &lt;b&gt;" in stage.html
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in stage.html
    other = visit(BY_KEY["present"], story=published[0], chapter="2", play="1")
    assert 'alt="Image 2, sans légende"' in other.html


def test_a_picture_of_a_published_story_leaves_in_files_and_copies_with_its_terms_only(published, monkeypatch):
    code, named = published
    know, t = knowledge(), load_texts("fr")
    monkeypatch.setattr(story_shelf, "own", dict)
    story = story_shelf.as_taken_away(code)
    assert set(story.pictures) == {named["libre"]}
    read = story_keeper.from_file(story_keeper.as_file(story))
    assert [one.picture for one in read.chapters] == [named["libre"], ""]
    assert may_leave(read.chapters[0].terms)
    (told,) = [one for one in offline_stories._offered() if one.title["fr"] == TITLE]
    first, second = offline_stories.content(know, [told], t)[0]["chapters"]
    assert first["picture"] == {
        "src": first["picture"]["src"],
        "alt": "Une femme au puits",
        "credit": "Photo\u00a0: Amina <b>",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert "picture" not in second
    assert t("offline.pictures", n=1) in second["notices"]


def test_files_of_a_story_say_whose_its_pictures_are_and_what_they_show(published, monkeypatch):
    know, t = knowledge(), load_texts("fr")
    monkeypatch.setattr(story_shelf, "own", dict)
    story = story_shelf.as_taken_away(published[0])
    one, other = [page.extract_text() for page in PdfReader(io.BytesIO(story_files.handout(know, story, t))).pages[1:3]]
    assert "Amina <b>" in one
    assert "CC BY 4.0" in one
    assert "à voir dans l" in other
    _, first, second = Presentation(io.BytesIO(story_files.slide_deck(know, story, t))).slides
    shown = [shape for shape in first.shapes if shape.shape_type == PICTURE]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in shown][1:] == ["Une femme au puits"]
    assert any("Amina <b> · CC BY 4.0" in shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert len([shape for shape in second.shapes if shape.shape_type == PICTURE]) == 1  # the map alone


def test_a_copy_of_a_published_story_holds_what_may_leave_and_ones_own_story_everything(published, signed_in):
    signed_in(VISITOR)
    app = visit(BY_KEY["present"], story=published[0]).app
    mine = Story({"fr": "Mienne"}, (Chapter("needs", {}, picture="tue"),), pictures={"tue": photograph((1, 2, 3))})
    app.session_state[story_shelf.OWN] = {"mine": mine}
    app.session_state[actions.PENDING] = {"do": "copy"}
    copied = app.run().session_state[story_shelf.OWN]
    (copy,) = [story for code, story in copied.items() if code != "mine"]
    assert set(copy.pictures) == {published[1]["libre"]}
    assert [bool(one.picture) for one in copy.chapters] == [True, False]
    assert copied["mine"] == mine


def test_a_validator_sees_the_pictures_of_chapters_and_the_form_asks_whose_they_are(signed_in):
    signed_in(AUTHOR)
    acts = service(AUTHOR)
    named = acts.keep_picture(pictures.Picture("image/jpeg", 90, 60, photograph((9, 9, 160))))
    chapters = (Chapter("villages", {"territory": "09"}, picture=named, terms=TERMS), Chapter("needs", {}))
    record = acts.create("story", Story({"fr": TITLE}, chapters).content(), submit=True)
    form = visit(BY_KEY["contribute"], record=record.record_id)
    assert form.failures == []
    asked = [one.key for one in form.app.get("text_input") if one.key.endswith(".credit")]
    assert [key.rpartition("chapters.")[2] for key in asked] == ["0.credit"]
    assert f'src="atlas/picture/{named}?until=' in form.html
    signed_in(VALIDATOR)
    review = visit(BY_KEY["review"], record=record.record_id)
    assert review.failures == []
    assert f'src="atlas/picture/{named}?until=' in review.html
    assert "Une femme au puits" in review.html
    assert [code for code in ("cc_by_4", f"{named}<", f", {named}", "territory=09,") if code in review.html] == []
