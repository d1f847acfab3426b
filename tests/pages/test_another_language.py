"""A language is one file: put one more into the folder and every place that needs the languages has it."""

import argparse
import shutil

import pytest

from data import texts
from data.commands import export, template
from data.commands.language import texts_of
from data.imports import fields
from pages import PAGES
from pages.ui import doorway, frame
from tests.pages.visit import visit

AMAZIGH = """
[language]
name = "ⵜⴰⵎⴰⵣⵉⵖⵜ"
short = "ⵣ"
direction = "ltr"
babel = "zgh"

[menu]
projects = "ⵉⵙⵏⴼⴰⵔⵏ"
"""
SHOWN = ("overview", "projects", "territory", "sources")


@pytest.fixture
def fourth(tmp_path, monkeypatch):
    """Add a language of a few words to a copy of the shipped ones."""
    folder = shutil.copytree(texts.LOCALE_FOLDER, tmp_path / "locale")
    (folder / "zgh.toml").write_text(AMAZIGH, "utf-8")
    monkeypatch.setattr(texts, "LOCALE_FOLDER", folder)
    texts.load_texts.cache_clear()
    yield "zgh"
    texts.load_texts.cache_clear()


@pytest.mark.parametrize("key", SHOWN)
def test_a_page_opens_in_it_with_french_where_a_word_is_lacking(fourth, key):
    page = next(page for page in PAGES if page.key == key)
    seen = visit(page, fourth)
    assert seen.failures == []
    assert seen.address["lang"] == fourth
    told = seen.components["frame"]
    assert {"code": "zgh", "name": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "short": "ⵣ"} in told["languages"]
    assert (told["language"], told["direction"]) == ("zgh", "ltr")
    titles = [entry["title"] for section in told["menu"] for entry in section["pages"]]
    assert "ⵉⵙⵏⴼⴰⵔⵏ" in titles
    assert texts.load_texts("fr")("menu.needs") in titles


def test_it_is_offered_wherever_languages_are_listed(fourth):
    assert texts.languages() == ("fr", "ar", "en", fourth)
    assert doorway._texts({"query_string": b"lang=zgh"}).name == "ⵜⴰⵎⴰⵣⵉⵖⵜ"
    assert all(one["url"].endswith("lang=zgh") for one in frame.menu(texts.load_texts(fourth))[0]["pages"])
    assert len(fields._labels("title_fr")) == len(texts.languages())
    assert texts_of(fourth).name == "ⵜⴰⵎⴰⵣⵉⵖⵜ"
    for command in (template, export):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        (offered,) = (action.help for action in parser._actions if action.dest == "language")
        assert offered.endswith(", ".join(texts.languages()))
