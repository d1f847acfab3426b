"""The replication page: each twin with its own values, what differs, who did the original, and what is not known."""

from html import unescape

import pytest

from data.texts import languages, load_texts
from geo.replication_state import ReplicationState
from pages import PAGES
from pages.ui.knowledge import knowledge
from pages.ui.replicate import replicate_sheet, replicate_view, replicate_words
from pages.ui.templating import render
from tests.pages.visit import read, visit

REPLICATE = next(page for page in PAGES if page.key == "replicate")
WATER, TOUBKAL = "C014", "095410723"

each_language = pytest.mark.parametrize("language", languages())


@pytest.fixture(scope="module")
def know():
    return knowledge()


@each_language
def test_without_a_project_some_are_offered_and_the_first_leads_somewhere(language):
    seen = visit(REPLICATE, language)
    assert seen.failures == []
    first = read(seen.components["finding"]["html"]).acts[0]
    opened = seen.act(**first)
    assert opened.failures == []
    assert "replicate-table" in opened.components


@each_language
def test_a_project_shows_its_twins_and_a_twin_its_comparison(know, language):
    t = load_texts(language)
    found = replicate_view.replication_of(know, ReplicationState("09", project=WATER)).found
    first = found.table["territory_code"].iloc[0]
    seen = visit(REPLICATE, language, project=WATER, sel=first)
    assert seen.failures == []
    page = unescape(seen.html)
    for code in [*found.alike(first, 3), *found.different(first, 2)]:
        assert replicate_words.trait(code, t) in page
        assert replicate_words.value(know, first, code, t) in page
        assert t("replicate.there", value=replicate_words.value(know, TOUBKAL, code, t)) in page
    assert know.organisation_name("high-atlas-foundation", t) in page
    assert t("replicate.realised_only") in page


@each_language
def test_every_realised_project_can_be_asked_about(know, language):
    t = load_texts(language)
    for row in know.realised.rows[::9]:
        code = know.register.projects["project_code"].iloc[row]
        replication = replicate_view.replication_of(know, ReplicationState("MA", project=code))
        assert replicate_words.headline(know, replication, t)
        assert render("realised.html", **replicate_sheet.original(know, replication, t))
        assert render("listing.html", **replicate_sheet.table(know, replication, t))


@each_language
def test_a_sector_whose_need_is_not_measured_says_so(know, language):
    t = load_texts(language)
    state = ReplicationState("09", project=WATER)
    measured = replicate_view.replication_of(know, state)
    assert replicate_sheet.original(know, measured, t)["unmeasured"] == ""
    codes = know.register.projects["project_code"]
    health = next(
        codes.iloc[row]
        for row in know.realised.rows
        if replicate_view.replication_of(know, ReplicationState("09", project=codes.iloc[row])).sector == "health"
    )
    seen = visit(REPLICATE, language, project=health)
    assert t("replicate.note_unmeasured", sector=t.label("sector", "health")) in unescape(seen.html)


def test_the_map_has_as_many_candidates_as_the_table(know):
    t, state = load_texts("fr"), ReplicationState("09", project=WATER, selected=TOUBKAL)
    replication = replicate_view.replication_of(know, state)
    drawn = replicate_view.drawing(know, replication, t)
    assert sum(int(row["count"]) for row in drawn["legend"]["rows"]) == len(replication)
    assert drawn["selection"]["communes"] == [know.territories.commune_number(TOUBKAL)]


@each_language
def test_nonsense_in_the_address_is_said_and_the_page_stands(language):
    seen = visit(REPLICATE, language, project="B003", origin="<i>", sector="love", page="0")
    assert seen.failures == []
    t = load_texts(language)
    assert t("state.problem.unknown", parameter="project", value="B003") in seen.said
    assert t("state.problem.page", parameter="page", value="0") in seen.said


def test_a_territory_without_a_twin_offers_the_country():
    seen = visit(REPLICATE, "fr", project=WATER, territory=TOUBKAL)
    assert seen.failures == []
    assert {"territory": "MA"} in read(seen.components["finding"]["html"]).acts
