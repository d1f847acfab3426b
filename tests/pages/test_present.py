"""Stories before a hall: every word filled from the tables of the day, keys and filters that leave the story alone."""

import re

import pytest

from data.texts import languages, load_texts
from geo.selection import select
from geo.state import State
from geo.story import Chapter, Story
from pages import PAGES
from pages.ui.knowledge import knowledge
from pages.ui.stories import scenes, stage_view, story_add, story_shelf
from pages.ui.templating import render
from tests.pages.visit import read, visit

PRESENT = next(page for page in PAGES if page.key == "present")


@pytest.mark.parametrize("language", languages())
def test_every_figure_of_a_shipped_story_is_filled_and_every_view_of_it_exists(language):
    know, t = knowledge(), load_texts(language)
    shown = 0
    for code, story in story_shelf.shipped().items():
        for number, chapter in enumerate(story.chapters, 1):
            assert scenes.problems_of(know, chapter) == ()
            view = scenes.scene(know, chapter, t)
            shown_chapter = stage_view.Shown(chapter, view, scenes.state_of(know, chapter), "", moved=False)
            words = stage_view.words(know, story, number, shown_chapter, t)
            for said in (words["title"]["text"], words["text"]["text"]):
                assert "{" not in said, (code, number, said)
                assert len(said) <= 400
                assert said == stage_view.unbroken(said, language)  # no sign of French begins a line
            assert view.source
            shown += 1
    assert shown == 16


def test_the_hall_reads_the_number_of_projects_that_the_register_holds():
    know = knowledge()
    kept = select(know.register, State("09", carrier=("mre_association",)))
    seen = visit(PRESENT, "fr", story="migrants", chapter="2", play="1")
    assert seen.failures == []
    assert f"{len(kept)}\u00a0projets portés" in seen.heading()
    state = seen.components["stage-map-component"]["state"]
    assert state["scene"] == "migrants/2/09"
    assert seen.components["stage-bar-component"]["total"] == 9


def test_a_filter_moved_while_presenting_stays_in_the_story_and_leaves_with_the_chapter():
    seen = visit(PRESENT, "fr", story="migrants", chapter="1", play="1")
    whole = seen.heading()
    moved = seen.act(filter=True, territory="09541")
    assert moved.address["story"] == "migrants"
    assert moved.heading() != whole
    bar = moved.components["stage-bar-component"]
    assert bar["address"].endswith("/projects?v=1&territory=09541")
    assert (bar["title"], bar["changed"]) == (moved.heading(), [])
    assert moved.act(unfilter=True).heading() == whole
    assert moved.act(chapter=2).act(chapter=1).heading() == whole


def test_a_chapter_says_what_changed_what_is_missing_and_loses_no_text():
    know, t = knowledge(), load_texts("fr")
    title = "<b>" + "é" * 297
    chapter = Chapter(
        "projects", {"territory": "09541"}, {"fr": title}, {"fr": "<script>1</script>"}, picture="puits.webp",
        figures={"projects": 1.0},
    )  # fmt: skip
    story = Story({"fr": "x"}, (chapter, Chapter("nowhere", {}, {"fr": "gone"})))
    view = scenes.scene(know, chapter, t)
    words = stage_view.words(
        know, story, 1, stage_view.Shown(chapter, view, scenes.state_of(know, chapter), "", moved=False), t
    )
    assert words["title"]["text"] == title
    missing, changed = words["notices"]
    assert "puits.webp" in missing
    assert changed.endswith(f"projets\u00a0: 1 alors, {t.number(view.numbers['projects'])} aujourd’hui.")
    html = render("stage.html", **words)
    assert "<script>" not in html
    assert read(html).headings == [title]


def test_a_shipped_story_is_changed_in_a_copy_and_nothing_taken_away_is_lost():
    seen = visit(PRESENT, "fr", story="migrants").act(do="copy")
    code = seen.address["story"]
    assert code not in story_shelf.shipped()

    def chapters(seen):
        return [chapter.page for chapter in seen.app.session_state[story_shelf.OWN][code].chapters]

    whole = [chapter.page for chapter in story_shelf.shipped()["migrants"].chapters]
    assert chapters(seen) == whole
    down = seen.act(do="down", at=3)
    named = re.findall(r'aria-describedby="(chapter-\d+)"', down.html)  # "Descendre" alone, nine times, says nothing
    assert len(named) >= 5 * len(whole)
    assert all(f'id="{name}"' in down.html for name in named)
    assert chapters(down) == [*whole[:2], whole[3], whole[2], *whole[4:]]
    cut = down.act(do="cut", at=9).act(do="cut", at="9; drop")
    assert len(chapters(cut)) == 8
    assert len(chapters(cut.act(do="cut", at=1).act(do="back"))) == 8
    changed = cut.act(do="down", at=1)  # undoing now would lose this change: no longer offered
    assert len(chapters(changed.act(do="back"))) == 8
    gone = changed.act(do="drop")
    assert (gone.address.get("story"), gone.failures) == (None, [])
    assert story_shelf.REMOVED in gone.app.session_state
    back = gone.act(do="back")
    assert len(chapters(back)) == 8
    assert story_shelf.REMOVED not in back.app.session_state


def test_a_figure_nobody_knows_is_never_zero_before_a_hall_and_it_is_said_why():
    know, t = knowledge(), load_texts("fr")

    def said(page, text, **parameters):
        view = scenes.scene(know, Chapter(page, parameters), t)
        return stage_view.filled_words({"fr": text}, view, t)["text"], view

    told, view = said("villages", "{beyond|# village|# villages}", territory="06")  # no list of its villages
    assert told == f"{t('missing.short')} villages"
    assert (view.caution, "beyond" in view.numbers) == (t("villages.empty.elsewhere"), False)
    town = next(code for code in know.territories.commune_codes if know.territories.is_within(code, "09")
                and not len(know.villages.table[know.villages.table["commune_code"] == code]))  # fmt: skip
    told, view = said("villages", "{beyond|# village|# villages}", territory=town)
    assert (told, view.numbers["beyond"]) == ("0\u00a0village", 0.0)
    told, _ = said("projects", "{counted_mad}", territory="010510105")
    assert told == t("stories.no_amount")


def test_what_the_overview_shows_is_kept_with_the_need_under_its_projects():
    know, t = knowledge(), load_texts("fr")
    seen = visit(next(page for page in PAGES if page.key == "overview"), "fr")
    shown = seen.components["overview-map"]["state"]
    chapter = story_add.chapter_of(know, "projects", State("09", under="need"), "", t)
    assert chapter.address == "projects?territory=09&under=need"
    view = scenes.scene(know, chapter, t)
    for part in ("choropleth", "areas", "legend"):
        assert view.drawn[part] == shown[part]
    assert "RGPH" in view.source
    assert view.filters[-1] == t("filter.said", name=t("under.label"), values=t("under.need"))
    cartography = visit(next(page for page in PAGES if page.key == "projects"), "fr", under="need")
    assert cartography.components["map"]["state"]["choropleth"] == shown["choropleth"]
    assert not cartography.act(under="nothing").components["map"]["state"].get("choropleth")


def test_a_chapter_keeps_the_view_with_its_map_and_figures_but_not_what_stands_under_the_map():
    know, t = knowledge(), load_texts("fr")
    state = State("09", sector=("roads",), tab="charts", page=2)
    chapter = story_add.chapter_of(know, "projects", state, "8.25/29.91234/-8.6", t)
    assert chapter.address == "projects?sector=roads&territory=09&map=8.25%2F29.91234%2F-8.6"
    assert scenes.state_of(know, chapter).view == (8.25, 29.91234, -8.6)
    assert chapter.figures["projects"] == len(select(know.register, state))
