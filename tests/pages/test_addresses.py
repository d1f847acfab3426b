"""The address of the cartography is its whole state: read back the same in any language, nonsense said in words."""

import random

import pytest

from data.texts import languages, load_texts
from geo.state import ADDRESS, State
from pages import PAGES
from pages.ui.knowledge import knowledge
from tests.pages.states import some_state
from tests.pages.visit import read, visit

PROJECTS = next(page for page in PAGES if page.key == "projects")
VISITED_STATES = 12  # the pure round trip has its property in tests/geo/test_state.py; these go through the page

each_language = pytest.mark.parametrize("language", languages())


@pytest.mark.parametrize("seed", range(VISITED_STATES))
def test_a_state_survives_the_page_it_opens(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    address = ADDRESS.encode(some_state(chance))
    language = chance.choice(languages())
    seen = visit(PROJECTS, language, **address)
    assert seen.failures == []
    assert seen.address == {"lang": language} | address


def test_a_copied_address_shows_a_stranger_the_very_same_page():
    first = visit(PROJECTS, "fr").act(sector=["drinking_water"], show="amount", sort="title")
    first = first.act(selected="09541")
    assert first.failures == []
    other = visit(PROJECTS, first.address["lang"], **{k: v for k, v in first.address.items() if k != "lang"})
    assert first.address["sector"] == "drinking_water"
    assert other.html == first.html
    assert other.components["map"] == first.components["map"]
    assert other.components["facets"] == first.components["facets"]


def test_a_change_of_language_keeps_the_state():
    address = ADDRESS.encode(State(territory="09541", sector=("roads",), selected="09541", tab="charts"))
    told = {language: visit(PROJECTS, language, **address) for language in languages()}
    assert len(told) > 2
    assert all(seen.address == {"lang": language} | address for language, seen in told.items())
    states = [seen.components["map"]["state"] for seen in told.values()]
    for part in ("focus", "areas", "selection", "show"):
        assert [state[part] for state in states] == [states[0][part]] * len(states)


@pytest.mark.parametrize(("parameter", "value", "why"), [
    ("territory", "99", "unknown"),
    ("sector", "no_such_sector", "unknown"),
    ("sel", "Z999", "unknown"),
    ("tab", "everything", "unknown"),
    ("years", "2020-2010", "years"),
    ("years", "soon", "years"),
    ("amount", "1e9-", "amount"),
    ("map", "99/30/-9", "map"),
    ("page", "0", "page"),
    ("v", "7", "version"),
])  # fmt: skip
@each_language
def test_what_an_address_says_wrong_is_said_with_its_value(language, parameter, value, why):
    seen = visit(PROJECTS, language, **{parameter: value})
    sentence = load_texts(language)(f"state.problem.{why}", parameter=parameter, value=value)
    assert value in sentence
    assert sentence in seen.said
    assert len(seen.components["finding"]["html"].split('class="notice"')) == 2


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "{{7*7}}", "${7*7}`", "\x00\u202e", "'\"><img src=x>"])
def test_hostile_values_of_an_address_are_repeated_as_text(value):
    seen = visit(PROJECTS, "fr", sector=value.replace(".", ""), q=value)
    assert seen.failures == []
    assert value.replace(".", "") in seen.said
    assert "<script" not in seen.html
    assert "<img" not in seen.html
    assert "49" not in read(seen.components["finding"]["html"]).words


@each_language
def test_an_empty_selection_shows_ways_out_that_lead_somewhere(language):
    seen = visit(PROJECTS, language, q="zzzz", sector="roads")
    assert seen.failures == []
    t = load_texts(language)
    finding = read(seen.components["finding"]["html"])
    assert t("empty.projects") in seen.said
    assert t("finding.projects", n=0, place=knowledge().territories.name("09", language)) == seen.heading()
    assert {"clear": True} in finding.acts
    assert {"text": ""} in finding.acts
    assert seen.act(text="").components["facets"]["in_force"] == ["sector"]
    assert seen.act(clear=True).components["facets"]["in_force"] == []
    assert "table" in seen.act(clear=True).components
