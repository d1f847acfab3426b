"""What the workshop file holds of a territory: its sheets without filters, its maps, the stories that begin there."""

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from data.records.pictures import ShownPicture
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui import living
from pages.ui.knowledge import knowledge
from pages.ui.offline import (
    offline_actors,
    offline_bodies,
    offline_gaps,
    offline_needs,
    offline_pictures,
    offline_sheets,
    offline_stories,
    offline_villages,
)

TATAOUTE = "095410323"  # commune of 3,763 people, all in villages
IMZOUREN = "010510105"
PEOPLE = {"Habitants": 3763, "Au-delà": 654, "Plus près": 2234, "Inconnu (non communiqué)": 875}


@pytest.fixture(scope="module")
def know():
    return knowledge()


@pytest.fixture(scope="module")
def sheets(know):
    return offline_sheets.sheets(know, TATAOUTE, load_texts("fr"))


def test_a_commune_sheet_counts_its_villagers_beyond_nearer_and_unknown(sheets):
    t = load_texts("fr")
    sections = {section["title"]: section for section in sheets[TATAOUTE]["sections"]}
    facts = {
        fact["label"]: fact["value"]
        for fact in sections["Villages\u00a0: à plus de 10 km d’un centre de santé"]["facts"]
    }
    assert facts == {label: t.number(people) for label, people in PEOPLE.items()}
    assert PEOPLE["Habitants"] == sum(list(PEOPLE.values())[1:])


def test_the_sheets_speak_of_no_filter_and_lead_only_where_the_file_has_a_sheet(know, sheets):
    villages = {know.villages.codes[row] for row in know.villages.within(TATAOUTE, know.territories).nonzero()[0]}
    items = [item for sheet in sheets.values() for section in sheet["sections"] for item in section.get("entries", ())]
    led = {item["open"] for item in items if "open" in item}
    assert led
    assert led <= {*sheets, *villages}
    assert "Projets recensés ici (3)" in [section["title"] for section in sheets[TATAOUTE]["sections"]]


def test_each_gap_offered_has_its_maps_and_names_each_commune(know):
    t = load_texts("fr")
    gaps = offline_gaps.content(know, TATAOUTE, t)
    offered = [option["code"] for group in gaps["groups"] for option in group["options"]]
    assert len(offered) > 15
    assert list(gaps["views"]) == offered
    for view in gaps["views"].values():
        assert set(view["maps"]) in ({"gap", "mismatch", "money", "need"}, {"money"})
        assert [know.territories.commune_codes[row[0]] for row in view["rows"]] == [TATAOUTE]
        assert all(len(row) == len(view["columns"]) for row in view["rows"])


def test_those_who_act_have_a_card_that_leads_to_their_projects_and_a_commune_names_who_is_at_work(know, sheets):
    bodies = {body["code"]: body for body in offline_actors.content(know, TATAOUTE, load_texts("fr"))["bodies"]}
    assert bodies
    assert bodies.keys() <= sheets.keys()
    number = know.territories.commune_index[TATAOUTE]
    at_work = {code for code, body in bodies.items() if number in body["work"]}
    title = load_texts("fr")("actors.place.work", n=len(at_work))
    (named,) = [section["entries"] for section in sheets[TATAOUTE]["sections"] if section["title"] == title]
    assert len(named) == offline_bodies.MOST_WORKING < len(at_work)
    assert {entry["open"] for entry in named} < at_work
    led = {item.get("open") for code in bodies for part in sheets[code]["sections"] for item in part.get("entries", ())}
    assert led & know.register.row_of.keys()


def test_a_region_has_its_stories_whole_and_a_province_what_they_have_to_say_of_it(know):
    t = load_texts("fr")
    region, province = (offline_stories.of_territory(know, code) for code in ("09", "09551"))
    assert [len(story) for story in region] == [9, 7]
    assert [story.title["fr"].endswith(" · Tata") for story in province] == [True, True]
    titles = [one["title"]["text"] for story in offline_stories.content(know, province, t) for one in story["chapters"]]
    assert 4 <= len(titles) < 16
    assert not [title for title in titles if title.startswith(("0 ", "1 ")) or title.endswith((": 0", ": 1"))]


def test_where_no_story_is_told_it_is_said_why(know):
    t = load_texts("fr")
    assert offline_stories.of_territory(know, "06") == offline_stories.of_territory(know, TATAOUTE) == ()
    assert "ne parle de ce territoire" in offline_stories.why_none(know, "06", t)
    assert "Taroudannt" in offline_stories.why_none(know, TATAOUTE, t)
    assert "ne parle de ce territoire" in offline_stories.why_none(know, IMZOUREN, t)  # its province has none either


def test_each_subject_and_distance_offered_has_its_map(know):
    t = load_texts("ar")
    needs = offline_needs.content(know, TATAOUTE, t)
    asked = {f"{subject} {period}" for subject, periods in needs["periods"].items() for period in periods}
    assert len(asked) > 30
    assert set(needs["views"]) == asked
    villages = offline_villages.content(know, TATAOUTE, t)
    distances = [(one["code"], offered["km"]) for one in villages["services"] for offered in one["distances"]]
    shows = [one["code"] for one in villages["shows"]]
    assert set(villages["views"]) == {f"{code} {km:g} {show}" for code, km in distances for show in shows}
    assert sum(row[4] for row in villages["rows"].values()) == PEOPLE["Habitants"]


def test_a_territory_without_listed_villages_has_no_such_map(know):
    assert offline_villages.content(know, "06", load_texts("fr")) is None


LEAVING = {
    "alt": {"fr": "Une margelle"},
    "caption": {"fr": "Le puits <b>"},
    "credit": "Amina B.",
    "licence": "cc_by_4",
    "people_shown": "nobody",
}


def photograph(width: int, height: int) -> bytes:
    noise = np.random.default_rng(7).integers(0, 255, (height, width, 3), np.uint8)
    written = io.BytesIO()
    Image.fromarray(noise).save(written, "JPEG")
    return written.getvalue()


def test_pictures_that_may_be_passed_on_travel_small_with_their_author_and_the_others_are_a_sentence(know, monkeypatch):
    t, code = load_texts("fr"), select(know.register, State(TATAOUTE)).codes[0]
    bodies = {"pic-a": photograph(1600, 1200), "pic-b": photograph(60, 40), "pic-erased": b""}
    monkeypatch.setattr(living, "picture_body", bodies.get)
    said = {"pic-a": LEAVING, "pic-b": {"caption": {"fr": "Sans licence"}}, "pic-erased": LEAVING}
    listed = [ShownPicture(name, "image/jpeg", 1600, 1200, said[name]) for name in said]
    with_pictures = replace(know, pictures={code: listed})
    first, second = (offline_sheets.sheets(with_pictures, TATAOUTE, t)[code]["sections"] for _ in range(2))
    assert first == second
    (section,) = [one for one in first if one["title"] == t("sheet.pictures")]
    (picture,) = section["pictures"]
    assert section["text"] == t("offline.pictures", n=2)
    assert {name: picture[name] for name in ("alt", "caption", "credit")} == {
        "alt": "Une margelle",
        "caption": "Le puits <b>",
        "credit": t("picture.credit", name="Amina B."),
    }
    kind, _, body = picture["src"].partition(",")
    assert kind == "data:image/webp;base64"
    assert Image.open(io.BytesIO(base64.b64decode(body))).size == (640, 480)

    monkeypatch.setattr(offline_pictures, "ROOM_BYTES", len(picture["src"]) - 1)
    full = offline_sheets.sheets(with_pictures, TATAOUTE, t)[code]["sections"]
    assert [one.get("text") for one in full if one["title"] == t("sheet.pictures")] == [t("offline.pictures", n=3)]
