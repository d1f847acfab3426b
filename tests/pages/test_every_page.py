"""Every page in every language: it opens, speaks that language only, and survives any nonsense in its address."""

import itertools
import re

import pytest

from data.texts import languages, load_texts
from pages import PAGES
from tests.pages.visit import visit

NONSENSE = {
    "v": "99",
    "territory": "99",
    "sector": "roads.no_such_sector",
    "funder": "<script>alert(1)</script>",
    "status": "{{7*7}}",
    "years": "soon",
    "amount": "1e9-",
    "map": "99/30/-9",
    "page": "0",
    "sel": "Z999",
    "show": "everything",
    "tab": "../../etc/passwd",
    "sort": "--amount",
    "no_such_parameter": "%00",
}
SECTIONS = {key.split(".")[0] for key in load_texts("fr").entries if "." in key}
ARABIC = re.compile(r"[\u0600-\u06ff]")
KEY_SHOWN = re.compile(rf"(?<![\w./@-])(?:{'|'.join(sorted(SECTIONS))})(?:\.[a-z0-9_]+)+(?![\w/.-])")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
each_language = pytest.mark.parametrize("language", languages())


@each_page
@each_language
def test_a_page_opens_in_its_language_with_a_heading_and_no_key_in_place_of_words(page, language):
    seen = visit(page, language)
    t = load_texts(language)
    assert seen.failures == []
    frame = seen.components["frame"]
    assert (frame["language"], frame["direction"]) == (language, t.direction)
    assert {entry["code"] for entry in frame["languages"]} == set(languages())
    assert seen.heading().strip()
    assert bool(ARABIC.search(seen.heading())) == (language == "ar")
    assert KEY_SHOWN.findall(seen.said) == []
    assert seen.address["lang"] == language
    # Every map can be printed and told, whatever the page.
    has_map = any("focus" in data["state"] for data in seen.components.values() if "state" in data)
    assert has_map == any(button.key == "print-open" for button in seen.app.button)
    assert has_map == ("story-add-button" in seen.components)


@pytest.mark.parametrize(("page", "language"), list(zip(PAGES, itertools.cycle(languages()), strict=False)),
                         ids=lambda one: getattr(one, "key", one))  # fmt: skip
def test_nonsense_in_the_address_breaks_no_page(page, language):
    seen = visit(page, language, **NONSENSE)
    assert seen.failures == []
    assert seen.heading().strip()


@pytest.mark.parametrize("page", PAGES[::4], ids=lambda page: page.key)
def test_a_language_that_the_atlas_does_not_speak_is_said_and_french_is_spoken(page):
    seen = visit(page, "tlh")
    assert seen.failures == []
    assert seen.components["frame"]["language"] == "fr"
    assert "«\u00a0tlh\u00a0»" in seen.app.warning[0].value
    assert seen.address["lang"] == "fr"


def test_a_key_in_place_of_words_would_be_seen():
    assert KEY_SHOWN.findall("menu.overview ; data/tables/places.csv") == ["menu.overview"]
