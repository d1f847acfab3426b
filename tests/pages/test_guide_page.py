"""The practical guide says each fact with its source, whom to contact and what is not known, in every language."""

import datetime as dt
import re
from html import unescape

import pytest

from data.texts import languages, load_texts
from geo.guide_state import GuideState
from pages import PAGES
from pages.ui.guide import guide_contacts, guide_place, guide_steps, guide_words
from pages.ui.knowledge import knowledge
from tests.pages.visit import visit

PAGE = next(page for page in PAGES if page.key == "guide")
TODAY = dt.date(2026, 11, 26)
each_language = pytest.mark.parametrize("language", languages())


@pytest.fixture(scope="module")
def know():
    return knowledge()


def chosen(know, **fields):
    return know.guide.select(GuideState(**({"territory": "09"} | fields)))


def facts_of(know, theme, t):
    return [fact for step in guide_steps.steps(chosen(know, theme=theme), t, today=TODAY) for fact in step["facts"]]


@each_language
def test_every_fact_is_shown_once_in_the_language_with_its_source(know, language):
    t = load_texts(language)
    shown = [fact for theme in know.guide.themes for fact in facts_of(know, theme, t)]
    assert sorted(fact["code"] for fact in shown) == sorted(know.guide.facts["fact_code"])
    assert all(fact["source"]["value"] and fact["source"]["date"] for fact in shown)
    assert all(bool(re.search(r"[\u0600-\u06ff]", fact["said"])) == (language == "ar") for fact in shown)
    flagged = [fact for fact in shown if fact["doubt"]]
    assert len(flagged) == 25
    assert all(fact["badge"] for fact in flagged)


def test_no_line_of_a_french_fact_begins_with_a_sign_that_stands_apart(know):
    t = load_texts("fr")
    shown = [fact for theme in know.guide.themes for fact in facts_of(know, theme, t)]
    assert any("\u00a0;" in fact["said"] for fact in shown)
    assert [fact["said"] for fact in shown if re.search(" [:;!?»]", fact["said"] + fact["doubt"])] == []


def test_a_fact_of_2003_is_to_verify_since_2006_and_one_without_date_says_so(know):
    t = load_texts("fr")
    first = facts_of(know, "convention_publique", t)[0]
    assert first["badge"] == "À vérifier depuis 2006"
    assert first["source"]["date"] == "27 juin 2003"
    undated = facts_of(know, "association_maroc", t)[0]
    assert undated["badge"] == ""
    assert undated["source"]["date"] == t("missing.source_date")


@each_language
@pytest.mark.parametrize("theme", ["", "eau_potable_village", "belgique_asbl"])
def test_the_page_opens_on_a_theme_in_a_language(know, language, theme):
    t = load_texts(language)
    seen = visit(PAGE, language, territory="095410409", theme=theme)
    assert seen.failures == []
    assert seen.heading() == guide_words.headline(chosen(know, theme=theme), t)
    html = unescape(seen.components["guide"]["html"])
    assert t("guide.note.laws") in html
    assert (t("guide.note.french") in html) == (language != "fr")
    assert html.count('class="fact"') == {"": 0, "eau_potable_village": 13, "belgique_asbl": 8}[theme]


def test_a_source_given_in_words_or_not_at_all_is_said(know):
    t = load_texts("fr")
    assert guide_steps.law(know, "L1", t)["source"]["value"] == "doers.ma"
    assert guide_steps.law(know, "L4", t)["source"]["value"] == "source non donnée"


def test_the_offices_of_a_commune_come_nearest_first_and_a_body_once_a_level(know):
    found = guide_contacts.contacts(know, GuideState("095410409", theme="eau_potable_village"), load_texts("fr"))
    titles = [level["title"] for level in found["levels"]]
    assert titles == ["Commune", "Province ou préfecture", "Région", "National"]
    for level in found["levels"]:
        names = [body["name"] for body in level["bodies"]]
        assert len(names) == len(set(names))


def test_a_theme_of_belgium_leads_to_the_bodies_for_people_who_live_there(know):
    rows = guide_contacts.offices(know, GuideState("09", theme="belgique_asbl"))
    assert set(rows["country"].dropna()) == {"BE"}
    assert "consulats-maroc" in set(rows["organisation_code"])


@each_language
def test_a_territory_without_office_says_so(know, language):
    t = load_texts(language)
    state = GuideState("01", theme="ecole_dispensaire")
    found = guide_contacts.contacts(know, state, t)
    assert found["levels"] == []
    assert know.territories.name("01", language) in found["none"]
    planning = guide_place.planning(know, state, t)
    assert planning["facts"] == []
    assert planning["none"]


def test_the_works_under_way_are_those_the_cartography_shows(know):
    t = load_texts("fr")
    projects = next(page for page in PAGES if page.key == "projects")
    everything, water = guide_place.works(know, GuideState("09", theme="eau_potable_village"), t)["lines"]
    assert water["link"] == "projects?lang=fr&v=1&sector=drinking_water&status=implementation&territory=09"
    seen = visit(projects, "fr", territory="09", status="implementation")
    assert seen.heading().split(" ")[0] == everything["said"].split(" ")[0]


def test_words_that_no_fact_holds_have_ways_out():
    seen = visit(PAGE, "fr", theme="importer_un_don", q="zzzz")
    assert seen.failures == []
    assert "zzzz" in seen.said
    assert seen.act(text="").components["guide-choices"]["in_force"] == []


def test_nonsense_is_said_and_the_table_of_contents_shown():
    seen = visit(PAGE, "fr", theme="no_such_theme", territory="99", audience="<b>")
    assert seen.failures == []
    assert len(seen.components["finding"]["html"].split('class="notice"')) == 4
    assert "<b>" not in seen.html
    assert seen.components["guide"]["html"].count("<tr data-act") == 15
