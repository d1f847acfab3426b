"""A picture on its way to the public: sent in the form, seen by who decides, then on the sheet; nobody else before."""

import io

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.records.pictures import Picture
from data.records.rights import VISITOR, Person
from data.records.service import Service
from pages import PAGES
from pages.ui import living
from pages.ui.knowledge import knowledge
from pages.ui.records import pictures
from pages.ui.server import ROUTES
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
CAPTION = "Le puits, mars 2024 <b>"
CONTENT = {
    "title": {"fr": "Puits illustré"},
    "status": "closed",
    "sectors": [{"sector_code": "drinking_water"}],
    "places": [{"territory_code": "095410723"}],
    "organisations": [{"organisation_code": "migrations-developpement", "role": "implementing"}],
}


def photograph() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (90, 60), (10, 120, 90)).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    monkeypatch.setattr(living, "person", lambda: VISITOR)
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def service(person: Person) -> Service:
    return Service(living.repository(), person, knowledge().record_codes)


def test_a_picture_is_seen_by_who_decides_then_by_all_and_by_nobody_once_withdrawn(client, monkeypatch):
    author, validator = service(AUTHOR), service(VALIDATOR)
    picture = author.keep_picture(Picture("image/jpeg", 90, 60, photograph()))
    shown = [{"picture": picture, "caption": {"fr": CAPTION}}]
    record = author.create("project", {**CONTENT, "pictures": shown}, submit=True)
    address = f"/atlas/picture/{picture}"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?until=9999999&key=00").status_code == 404

    monkeypatch.setattr(living, "person", lambda: VALIDATOR)
    review = visit(BY_KEY["review"], record=record.record_id)
    assert review.failures == []
    private = pictures.private_address(picture)
    assert private.replace("&", "&amp;") in review.html
    assert client.get(f"/{private}").content == photograph()
    assert "Le puits, mars 2024 &lt;b&gt;" in review.html

    validator.validate(record.record_id, version=1)
    monkeypatch.setattr(living, "person", lambda: VISITOR)
    sheet = visit(BY_KEY["projects"], sel=record.record_id)
    assert sheet.failures == []
    assert f'src="atlas/picture/{picture}" width="90" height="60"' in sheet.html
    assert "Saisi dans l&#39;atlas, relu par un validateur" in sheet.html
    actor = visit(BY_KEY["actors"], sel="migrations-developpement")
    assert actor.failures == []
    assert "Saisi dans l&#39;atlas" in actor.html
    answer = client.get(address)
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, photograph(), "image/jpeg")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert client.get(address, headers={"if-none-match": answer.headers["etag"]}).status_code == 304

    validator.withdraw(record.record_id, version=2, reason="Une personne s'y reconnaît")
    assert client.get(address, headers={"if-none-match": answer.headers["etag"]}).status_code == 404

    assert client.get(f"/{private}").status_code == 200
    monkeypatch.setattr(living, "person", lambda: VALIDATOR)
    review = visit(BY_KEY["review"], record=record.record_id)
    erased = Visit(next(one for one in review.app.get("button") if (one.key or "").startswith("erase-")).click().run())
    assert erased.failures == []
    assert client.get(f"/{private}").status_code == 404


def test_the_form_keeps_a_picture_with_its_caption_and_refuses_what_is_none(client, monkeypatch):
    monkeypatch.setattr(living, "person", lambda: AUTHOR)
    opened = visit(BY_KEY["contribute"])
    assert opened.failures == []
    uploader = opened.app.get("file_uploader")[0]
    uploader.set_value([("vacances.jpg", photograph(), "image/jpeg"), ("plan.jpg", b"pas une image", "image/jpeg")])
    sent = Visit(opened.app.run())
    assert sent.failures == []
    assert "« plan.jpg » n'a pas été ajoutée." in sent.said
    next(one for one in sent.app.get("text_input") if one.key.endswith("pictures.0.caption.fr")).set_value(CAPTION)
    next(one for one in sent.app.get("text_input") if one.key.endswith("title.fr")).set_value("Puits")
    kept = Visit(next(one for one in sent.app.get("button") if one.key.endswith("keep-draft")).click().run())
    assert kept.failures == []
    (record,) = service(AUTHOR).mine()
    (entry,) = record.content["pictures"]
    assert entry["caption"] == {"fr": CAPTION}
    assert client.get(f"/{pictures.private_address(entry['picture'])}").headers["content-type"] == "image/jpeg"
