"""The overview's map answers: it shows money when asked to, and what is clicked on it opens in the cartography."""

from data.texts import load_texts
from pages import PAGES
from pages.ui.knowledge import knowledge
from tests.pages.visit import read, visit

OVERVIEW = PAGES[0]


def test_the_map_of_the_overview_shows_money_when_asked_and_projects_again():
    seen = visit(OVERVIEW)
    assert seen.components["overview-map"]["state"]["show"] == "projects"
    assert seen.act(show="amount").components["overview-map"]["state"]["show"] == "amount"
    assert seen.act(show="projects").components["overview-map"]["state"]["show"] == "projects"
    assert seen.failures == []


def test_what_is_clicked_on_the_map_of_the_overview_opens_its_sheet_in_the_cartography():
    code = knowledge().register.projects["project_code"].iloc[0]
    opened = visit(OVERVIEW, "ar").act(selected=code)
    assert opened.failures == []
    assert "sheet" in opened.components
    assert (opened.address["sel"], opened.address["lang"]) == (code, "ar")


def test_nothing_else_reaches_the_overview():
    seen = visit(OVERVIEW)
    heading, html = seen.heading(), seen.html
    other = seen.act(territory="MA", text="eau", sector=["roads"], show="<script>", selected="Z999")
    assert (other.heading(), other.html) == (heading, html)


def test_a_name_typed_on_the_overview_opens_the_sheet_of_that_place_or_asks():
    opened = visit(OVERVIEW, "ar").act(place="Walhori")
    assert opened.failures == []
    assert (opened.address["territory"], opened.address["lang"]) == ("0010509210010", "ar")
    asked = visit(OVERVIEW).act(place="Tiwadou")
    assert asked.address["territory"] == "09"
    assert load_texts("fr")("place.near", text="Tiwadou") in " ".join(read(asked.html).words)
