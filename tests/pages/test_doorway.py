"""The door of the atlas: each address opens its page, or says in the visitor's language that there is none."""

import asyncio
import json
import re
from html import unescape

import pytest

from data.texts import languages, load_texts
from pages import PAGES
from pages.ui import doorway
from pages.ui.doorway import Doorway
from pages.ui.frame import menu

SHELL = b'<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


async def shell(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": SHELL})


def ask(path: str, query: str = "") -> tuple[int, dict[bytes, bytes], str]:
    sent = []

    async def keep(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept", b"text/html")],
    }
    asyncio.run(Doorway(shell)(scope, None, keep))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"].decode()


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.key)
def test_every_page_of_the_menu_has_an_address(page):
    status, _, body = ask(f"/{page.key}")
    assert status == 200
    assert '<html lang="fr" dir="ltr">' in body


def test_the_first_page_is_at_the_root_and_its_name_leads_there_with_its_query():
    assert ask("/")[0] == 200
    status, headers, _ = ask("/overview", "lang=ar&v=1")
    assert (status, headers[b"location"]) == (307, b"/?lang=ar&v=1")


def test_a_slash_too_many_is_taken_away():
    status, headers, _ = ask("/projects/", "sector=water")
    assert (status, headers[b"location"]) == (307, b"/projects?sector=water")


@pytest.mark.parametrize("language", languages())
def test_an_unknown_address_is_said_in_the_visitors_language_with_a_way_home(language):
    t = load_texts(language)
    status, headers, body = ask("/nowhere", f"lang={language}")
    assert status == 404
    assert f'<html lang="{language}" dir="{t.direction}">' in body
    assert t("notfound.title") in unescape(body)
    assert "/nowhere" in body
    assert t("notfound.home") in unescape(body)
    assert b"content-security-policy" in headers


def test_an_address_is_shown_as_text():
    body = ask("/<img src=x onerror=alert(1)>{{7*7}}")[2]
    assert "<img" not in body
    assert "{{7*7}}" in body


@pytest.mark.parametrize("language", languages())
def test_the_head_of_the_sources_page_describes_the_dataset_and_no_other_text_can_end_it(language, monkeypatch):
    monkeypatch.setattr(doorway.dataset_description, "GEOJSON", "</script><b>")
    body = ask("/sources", f"lang={language}")[2]
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', body.partition("</head>")[0]).group(1)
    dataset = json.loads(said)
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org", "Dataset")
    assert dataset["name"] == load_texts(language)("dataset.title")
    assert all(source["license"] for source in dataset["isBasedOn"])
    assert dataset["distribution"][0]["encodingFormat"] == "</script><b>"
    assert "ld+json" not in ask("/projects")[2]


def test_an_unknown_language_gets_french():
    assert '<html lang="fr"' in ask("/projects", "lang=xx")[2]


@pytest.mark.parametrize("language", languages())
def test_the_menu_shows_every_page_once_and_marks_the_open_one(language):
    t = load_texts(language)
    entries = [page for section in menu(t, "sources") for page in section["pages"]]
    assert sorted(entry["title"] for entry in entries) == sorted(t(f"menu.{page.key}") for page in PAGES)
    assert [entry["title"] for entry in entries if entry["current"]] == [t("menu.sources")]
    assert all(("lang=" in entry["url"]) == (language != "fr") for entry in entries)
