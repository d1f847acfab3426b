"""The workshop file, opened from a disk as a presenter opens it: it asks for nothing and selects as the atlas does."""

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from data.texts import load_texts
from geo.actor_selection import select_actors
from geo.actors_state import ActorsState
from geo.gap_selection import select_gaps
from geo.gaps_state import GapsState
from geo.selection import select
from geo.state import State
from geo.story import Chapter, Story
from pages.ui.actors import actor_map, actors_view
from pages.ui.gaps import gap_words
from pages.ui.knowledge import knowledge
from pages.ui.maps import map_view
from pages.ui.offline.offline_file import offline_file
from pages.ui.projects import project_finding

HOSTILE = "</script><img src=x onerror=\"document.title='run'\">{{7*7}}"
REGION = "09"
NAMES = ("sector", "funder", "status")
STATES = (
    State(REGION),
    State(REGION, sector=("drinking_water",)),
    State(REGION, sector=("drinking_water", "sanitation"), status=("implementation", "closed")),
    State(REGION, status=("unknown",)),
)
STORY = Story(
    {"fr": HOSTILE}, (Chapter("projects", {}), Chapter("villages", {}, title={"fr": HOSTILE + "{people_beyond}"}))
)
SEEN = """(asked) => asked.map(({ show, ...names }) => {
  const { projects } = window.AtlasScreen;
  const chosen = Object.fromEntries(Object.entries(names).map(([name, numbers]) => [name, new Set(numbers)]));
  const { totals, counts } = projects.register.select(chosen);
  Object.assign(projects, { chosen, show });
  const { state, figures } = projects.view('');
  projects.clear();
  return { totals, counts, state, figures };
})"""


BODY_FILTERS = ("type", "sector", "country", "record")
BODIES = """(asked) => asked.map((names) => {
  const { actors } = window.AtlasScreen;
  actors.chosen = Object.fromEntries(Object.entries(names).map(([name, numbers]) => [name, new Set(numbers)]));
  const { figures, state, listing } = actors.view('');
  const counts = Object.fromEntries(Object.keys(names).map((name) => [name, actors.sifted.counts[name]]));
  const codes = listing.rows.map(({ code }) => code);
  actors.clear();
  return { figures, state, counts, codes };
})"""


@pytest.fixture(scope="module")
def know():
    shipped = knowledge()
    projects = shipped.register.projects.copy()
    projects.loc[select(shipped.register, STATES[1]).rows[0], ["title_fr", "title_ar"]] = HOSTILE
    return replace(shipped, version="hostile", register=replace(shipped.register, projects=projects))


@pytest.fixture
def opened(know, chromium, tmp_path):
    path = tmp_path / "souss-massa.html"
    path.write_bytes(offline_file(know, REGION, "fr", [STORY]))
    context = chromium.new_context(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.locator("h1").wait_for()  # its own content policy forbids what waits for an expression
    yield page
    context.close()
    assert asked == [path.as_uri()]
    assert said == []
    assert path.stat().st_size < 8_000_000


def gaps_said(know, subject, t):
    found = select_gaps(know.needs, know.register, know.catalog.themes, GapsState(REGION, subject=subject))
    return gap_words.headline(know, found, t)


def numbered(know, state):
    options = know.directory.options
    return {name: [options[name].index(code) for code in getattr(state, name)] for name in BODY_FILTERS}


def asked(know, state):
    numbers = know.register.dimensions
    return {name: [numbers[name].index[code] for code in getattr(state, name)] for name in NAMES} | {"show": state.show}


def test_the_file_selects_as_the_atlas_does_and_shows_a_hostile_name_as_text(know, opened):
    t = load_texts("fr")
    funder = know.register.dimensions["funder"].options[int(select(know.register, STATES[0]).facets["funder"].argmax())]
    states = (*STATES, State(REGION, funder=(funder,)), State(REGION, funder=(funder,), sector=("drinking_water",)))
    states = (*states, *(replace(state, show="amount") for state in states))
    found = opened.evaluate(SEEN, [asked(know, state) for state in states])
    assert len(found) == len(states)
    for state, one in zip(states, found, strict=True):
        selection = select(know.register, state)
        totals, sums = selection.totals, one["totals"]
        assert (sums["projects"], sums["withoutAmount"]) == (totals.projects, totals.without_amount)
        assert sums["countedMad"] == pytest.approx(totals.counted_mad, abs=0.005)
        assert one["counts"] == {name: selection.facets[name].tolist() for name in NAMES}
        assert one["state"] == json.loads(json.dumps(map_view.drawing(know, selection, t)[1]))
        assert one["figures"] == project_finding.figures(know, selection, t)["figures"]

    opened.get_by_role("checkbox", name="Eau potable").check()
    water = select(know.register, STATES[1])
    expect(opened.locator("h1")).to_contain_text(t("finding.projects", n=len(water), place="Souss-Massa"))
    opened.get_by_role("button", name=HOSTILE).click()
    assert opened.locator("#drawer h2").inner_text() == HOSTILE
    assert opened.title() != "run"

    opened.get_by_role("button", name="Villages", exact=True).click()
    assert "659" in opened.locator("h1").inner_text()
    opened.get_by_role("button", name="Écarts", exact=True).click()
    assert opened.locator("h1").inner_text() == gaps_said(know, "index", t)
    opened.get_by_role("radio", name="Eau", exact=True).check()
    assert opened.locator("h1").inner_text() == gaps_said(know, "water", t)

    bodies = (ActorsState(REGION), ActorsState(REGION, type=("mre_association",), sector=("drinking_water",)))
    for state, one in zip(bodies, opened.evaluate(BODIES, [numbered(know, state) for state in bodies]), strict=True):
        acting = select_actors(know.directory, state)
        drawn = json.loads(json.dumps(actor_map.drawing(know, acting, t)[1]))
        assert one["figures"] == actors_view.key_figures(know, acting, t)["figures"][:3]
        assert one["counts"] == {name: acting.facets[name].tolist() for name in BODY_FILTERS}
        assert one["codes"] == list(acting.codes)
        assert one["state"] == drawn
    opened.get_by_role("button", name="Récits", exact=True).click()
    opened.keyboard.press("PageDown")
    assert opened.locator("h1").inner_text().startswith(HOSTILE)
    assert opened.locator("img[src='x']").count() == 0
