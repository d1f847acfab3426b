"""A picture on its way to the public: sent in the form, seen by who decides, then on the sheet; nobody else before."""

import datetime as dt
import io

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.exchange.iati_reading import read_iati
from data.exchange.reading import read_export
from data.records.pictures import Picture
from data.records.rights import VISITOR, Person
from data.records.service import Service
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages import PAGES
from pages.ui import living
from pages.ui.files.downloads import export
from pages.ui.files.file_formats import WRITERS
from pages.ui.knowledge import knowledge
from pages.ui.records import pictures
from pages.ui.server import ROUTES
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
CAPTION = "Le puits, mars 2024 <b>"
ALT = "Une margelle de pierre"
LEAVING = {
    "caption": {"fr": CAPTION},
    "alt": {"fr": ALT},
    "credit": "Amina B.",
    "licence": "cc_by_4",
    "people_shown": "nobody",
}
FR = load_texts("fr")
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
    assert "Saisi dans l’atlas, relu par un validateur" in sheet.html
    actor = visit(BY_KEY["actors"], sel="migrations-developpement")
    assert actor.failures == []
    assert "Saisi dans l’atlas" in actor.html
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
    assert "«\u00a0plan.jpg\u00a0» n’a pas été ajoutée." in sent.said
    next(one for one in sent.app.get("text_input") if one.key.endswith("pictures.0.caption.fr")).set_value(CAPTION)
    next(one for one in sent.app.get("text_input") if one.key.endswith("pictures.0.alt.fr")).set_value(ALT)
    next(one for one in sent.app.get("text_input") if one.key.endswith("pictures.0.credit")).set_value("Amina B.")
    for name, answer in (("licence", "cc_by_4"), ("people_shown", "nobody")):
        next(one for one in sent.app.get("selectbox") if one.key.endswith(f"pictures.0.{name}")).set_value(answer)
    next(one for one in sent.app.get("text_input") if one.key.endswith("title.fr")).set_value("Puits")
    assert "Une fois publiée, elle sort aussi dans les fichiers" in Visit(sent.app.run()).html
    kept = Visit(next(one for one in sent.app.get("button") if one.key.endswith("keep-draft")).click().run())
    assert kept.failures == []
    (record,) = service(AUTHOR).mine()
    (entry,) = record.content["pictures"]
    assert entry == {"picture": entry["picture"], **LEAVING}
    assert client.get(f"/{pictures.private_address(entry['picture'])}").headers["content-type"] == "image/jpeg"


def test_a_picture_leaves_by_the_api_and_in_files_only_with_its_author_a_licence_and_consent(client):
    author, validator = service(AUTHOR), service(VALIDATOR)
    kept = [author.keep_picture(Picture("image/jpeg", 90, 60, photograph() + bytes([one]))) for one in range(5)]
    partly = [{**LEAVING, missing: None} for missing in ("credit", "licence", "people_shown")]
    alone = {**LEAVING, "licence": "atlas_only"}
    told = [{"picture": one, **said} for one, said in zip(kept, [LEAVING, *partly, alone], strict=True)]
    shown = [{name: value for name, value in one.items() if value is not None} for one in told]
    record = author.create("project", {**CONTENT, "pictures": shown}, submit=True)
    validator.validate(record.record_id, version=1)
    said = client.get(f"/api/v1/projects/{record.record_id}").json()["properties"]
    assert said["pictures"] == f"http://testserver/atlas/picture/{kept[0]}"
    assert (said["picture_captions"], said["picture_credits"]) == (CAPTION, "Amina B. (CC BY 4.0)")
    answers = [client.get(f"/atlas/picture/{one}") for one in kept]
    assert [one.status_code for one in answers] == [200] * 5  # the pages show them all
    assert [one.headers["cross-origin-resource-policy"] for one in answers] == ["cross-origin"] + ["same-origin"] * 4

    know = knowledge()
    selection = select(know.register, State(territory="MA", text="Puits illustré"))
    made = export(know, selection, FR, made_on=dt.date(2026, 1, 1), address="https://atlas.example/projects?q=x")
    assert made.projects["pictures"].tolist() == [f"https://atlas.example/atlas/picture/{kept[0]}"]
    files = {name: write(made) for name, write in WRITERS.items()}
    for name in ("csv", "geojson", "hxl.csv", "iati.xml"):
        assert kept[0].encode() in files[name], name
        assert b"Amina B." in files[name], name
        assert not any(one.encode() in files[name] for one in kept[1:]), name
    (activity,) = read_iati(files["iati.xml"])
    assert activity.source_url is None  # a picture is no source
    for name in ("csv", "xlsx", "geojson", "gpkg"):
        back = read_export(files[name], name=name)
        assert back.projects["picture_credits"].tolist() == ["Amina B. (CC BY 4.0)"]
    sheet = visit(BY_KEY["projects"], sel=record.record_id)
    assert f'alt="{ALT}"' in sheet.html
    assert "Photo\u00a0: Amina B." in sheet.html
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in sheet.html
