"""Every project and every territory has a sheet that can be written, in every language."""

import pytest

from data.texts import languages, load_texts
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import knowledge
from pages.ui.place_sheet import place_sheet
from pages.ui.projects.sheet import project_sheet
from pages.ui.templating import render

EVERY = 7  # one project in so many, in the languages other than the first


@pytest.fixture(scope="module")
def know():
    return knowledge()


@pytest.mark.parametrize("language", languages())
def test_each_project_has_a_sheet_with_its_title_money_and_what_is_not_known(know, language):
    t = load_texts(language)
    codes = list(know.register.row_of)[:: 1 if language == "fr" else EVERY]
    assert len(codes) > 40
    for code in codes:
        html = render("sheet.html", **project_sheet(know, code, t))
        assert t("sheet.money") in html, code
        assert t("unknown.results") in html, code  # the register has measured results of no project: it says so


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ["09", "09541", "095410723", "MA"])
def test_each_level_of_territory_has_a_sheet(know, language, code):
    t = load_texts(language)
    html = render("sheet.html", **place_sheet(know, select(know.register, State(territory="MA")), code, t))
    assert know.territories.name(code, language) in html
