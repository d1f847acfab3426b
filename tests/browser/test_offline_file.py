"""The workshop file, opened from a disk as a presenter opens it: it asks for nothing and selects as the atlas does."""

from dataclasses import replace

import pytest

from data.texts import load_texts
from geo.selection import select
from geo.state import State
from geo.story import Chapter, Story
from pages.ui.knowledge import knowledge
from pages.ui.offline_file import offline_file

HOSTILE = "</script><img src=x onerror=\"document.title='run'\">{{7*7}}"
REGION = "09"
STATES = (
    State(REGION),
    State(REGION, sector=("drinking_water",)),
    State(REGION, sector=("drinking_water", "sanitation"), status=("implementation", "closed")),
    State(REGION, status=("unknown",)),
)
STORY = Story(
    {"fr": HOSTILE}, (Chapter("projects", {}), Chapter("villages", {}, title={"fr": HOSTILE + "{people_beyond}"}))
)
SELECTED = """(asked) => asked.map((names) => {
  const { register } = window.AtlasScreen.projects;
  const chosen = Object.fromEntries(Object.entries(names).map(([name, numbers]) => [name, new Set(numbers)]));
  const { totals, counts } = register.select(chosen);
  return { ...totals, counts };
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
    page.wait_for_function("window.AtlasScreen && window.AtlasDebug.painted > 0")
    yield page
    context.close()
    assert asked == [path.as_uri()]
    assert said == []
    assert path.stat().st_size < 8_000_000


def numbers(know, state, name):
    return [know.register.dimensions[name].index[code] for code in getattr(state, name)]


def test_the_file_selects_as_the_atlas_does_and_shows_a_hostile_name_as_text(know, opened):
    names = ("sector", "funder", "status")
    funder = know.register.dimensions["funder"].options[int(select(know.register, STATES[0]).facets["funder"].argmax())]
    states = (*STATES, State(REGION, funder=(funder,)), State(REGION, funder=(funder,), sector=("drinking_water",)))
    found = opened.evaluate(SELECTED, [{name: numbers(know, state, name) for name in names} for state in states])
    assert len(found) == len(states)
    for state, one in zip(states, found, strict=True):
        selection = select(know.register, state)
        totals = selection.totals
        assert (one["projects"], one["withoutAmount"]) == (totals.projects, totals.without_amount)
        sums = (totals.counted_mad, totals.area_mad, totals.estimated_mad)
        assert (one["countedMad"], one["areaMad"], one["estimatedMad"]) == pytest.approx(sums, abs=0.005)
        assert one["counts"] == {name: selection.facets[name].tolist() for name in names}

    before = opened.locator("h1").inner_text()
    opened.get_by_role("checkbox", name="Eau potable").check()
    t, water = load_texts("fr"), select(know.register, STATES[1])
    opened.wait_for_function("(said) => document.querySelector('h1').textContent !== said", arg=before)
    assert opened.locator("h1").inner_text().startswith(t("finding.projects", n=len(water), place="Souss-Massa"))
    opened.get_by_role("button", name=HOSTILE).click()
    assert opened.locator("#drawer h2").inner_text() == HOSTILE
    assert opened.title() != "run"

    opened.get_by_role("button", name="Villages", exact=True).click()
    assert "659" in opened.locator("h1").inner_text()
    opened.get_by_role("button", name="Récits", exact=True).click()
    opened.keyboard.press("PageDown")
    assert opened.locator("h1").inner_text().startswith(HOSTILE)
    assert opened.locator("img[src='x']").count() == 0
