"""The overview answers its questions with the figures of the pages it leads to."""

import pytest

from data.texts import languages, load_texts
from pages.ui import overview_needs
from pages.ui.knowledge import knowledge


@pytest.fixture(scope="module")
def know():
    return knowledge()


@pytest.mark.parametrize("language", languages())
def test_the_villages_that_wait_are_those_of_the_published_total(know, language):
    t = load_texts(language)
    entries = overview_needs.villages(know, "09", t)["entries"]
    assert t.number(173_941) in entries[0]["said"]
    assert entries[0]["url"].startswith("villages?")


def test_the_neediest_commune_comes_first_with_its_interval(know):
    shown = overview_needs.needs(know, "09", load_texts("fr"))
    assert shown["rows"][0]["name"] == "Aziar"  # 57.2 of 100: first on the needs page too
    assert shown["rows"][0]["value"] == "57"
    assert [row["width"] for row in shown["rows"]] == sorted((row["width"] for row in shown["rows"]), reverse=True)


def test_where_villages_are_not_listed_nothing_is_said_of_them(know):
    assert overview_needs.villages(know, "01", load_texts("fr")) is None
