"""The shelf of stories and the chapters of the one that is open."""

from collections.abc import Sequence
from typing import Any

from data.texts import Texts
from geo.address import StateProblem
from geo.present_state import PresentState
from geo.story import Story, said
from pages.ui import scenes, stage_view, story_shelf, story_words
from pages.ui.knowledge import Knowledge
from pages.ui.page import show
from pages.ui.scene import NoSceneError, Scene


def page(know: Knowledge, state: PresentState, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show every story, and the chapters of the one that is open."""
    said_problems = [
        t(f"state.problem.{problem.why}", parameter=problem.parameter, value=problem.value) for problem in problems
    ]
    show("stories.html", key="stories", **shelf(state, said_problems, t))
    story = story_shelf.all_stories().get(state.story)
    if story is not None:
        show("chapters.html", key="chapters", **chapters(know, state.story, story, t))


def shelf(state: PresentState, problems: Sequence[str], t: Texts) -> dict[str, Any]:
    """Return what `stories.html` shows."""
    own = story_shelf.own()
    listed = [
        {
            "code": code,
            "title": said(story.title, t.language)[0],
            "note": t("stories.chapters", n=len(story)),
            "origin": t("stories.own" if code in own else "stories.shipped"),
            "own": code in own,
            "open": code == state.story,
            "empty": not len(story),
        }
        for code, story in story_shelf.all_stories().items()
    ]
    return {
        "title": t("stories.title"),
        "lead": t("stories.lead"),
        "problems": problems,
        "stories": listed,
        "labels": {name: t(f"stories.{name}") for name in ("present", "see")},
    }


def chapters(know: Knowledge, code: str, story: Story, t: Texts) -> dict[str, Any]:
    """Return what `chapters.html` shows: each chapter with its title and what its view finds today."""
    rows = []
    for number, chapter in enumerate(story.chapters, 1):
        view, missing = seen(know, chapter, t)
        rows.append(
            {
                "number": number,
                "shown": t.number(number),
                "title": stage_view.title_of(chapter, view, t),
                "page": story_words.page_of(chapter, t),
                "finding": view.finding if view else "",
                "notices": [missing] if missing else stage_view.changed(chapter, view, t),
            }
        )
    return {
        "code": code,
        "title": said(story.title, t.language)[0],
        "rows": rows,
        "labels": {name: t(f"stories.{name}") for name in ("present_here", "nothing_yet")},
    }


def seen(know: Knowledge, chapter: Any, t: Texts) -> tuple[Scene | None, str]:
    """Return the view of a chapter, or why it can no longer be shown."""
    try:
        return scenes.scene(know, chapter, t), ""
    except NoSceneError as error:
        return None, t(f"stories.no_scene.{error.reason}", page=chapter.page[:40])
