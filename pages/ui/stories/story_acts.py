"""What is done to stories from their page: copied, handed on, put in order, taken away and brought back."""

from collections.abc import Callable, Mapping
from typing import Any

from data.texts import Texts, load_texts
from geo.present_state import PresentState
from geo.story import LONGEST_TITLE, Chapter, Figures, Story, said, with_figures
from pages.ui.knowledge import Knowledge
from pages.ui.stories import scenes, story_shelf
from pages.ui.stories.scene import NoSceneError
from pages.ui.stories.story_add import today

Changes = dict[str, Any]


def apply(know: Knowledge, state: PresentState, sent: Mapping[str, Any], t: Texts) -> Changes:
    """Do what was asked of the shelf; return what it changes of the address."""
    act = ACTS.get(str(sent.get("do", "")))
    if act is None:
        return {name: value for name, value in sent.items() if name != "do"}
    return act(know, state, sent.get("at"), t)


def _copy(_know: Knowledge, state: PresentState, _at: Any, t: Texts) -> Changes:
    if state.story not in story_shelf.all_stories():
        return {}
    story = story_shelf.as_taken_away(state.story)
    title = {
        code: load_texts(code)("stories.copy_title", title=text)[:LONGEST_TITLE] for code, text in story.title.items()
    }
    return {
        "story": story_shelf.take_in(Story.of({**story.content(), "title": title}, story.pictures), t.language),
        "edit": 0,
    }


def _new(_know: Knowledge, _state: PresentState, _at: Any, t: Texts) -> Changes:
    title = t("stories.new_title", date=t.date(today()))
    return {"story": story_shelf.take_in(Story({t.language: title}, made_on=today()), t.language)}


def _drop(_know: Knowledge, state: PresentState, _at: Any, _t: Texts) -> Changes:
    story_shelf.remove(state.story)
    return {"story": "", "edit": 0}


def _back(_know: Knowledge, _state: PresentState, _at: Any, _t: Texts) -> Changes:
    code = story_shelf.bring_back()
    return {"story": code} if code else {}


def _up(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    return _at(state, at, lambda story, place: story.moved(place, -1))


def _down(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    return _at(state, at, lambda story, place: story.moved(place, 1))


def _cut(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    former = story_shelf.own().get(state.story)
    changes = _at(state, at, lambda story, place: story.without(place))
    if former is not None and story_shelf.own()[state.story] != former:
        story_shelf.remember_removed(state.story, former)
    return changes | {"edit": 0}


def _again(know: Knowledge, state: PresentState, _at: Any, t: Texts) -> Changes:
    def numbers(chapter: Chapter) -> Figures:
        try:
            return scenes.scene(know, chapter, t).numbers
        except NoSceneError:
            return chapter.figures

    if story := story_shelf.own().get(state.story):
        story_shelf.keep(state.story, with_figures(story, numbers, today()))
    return {}


def _at(state: PresentState, at: Any, change: Callable[[Story, int], Story]) -> Changes:
    """Change a story of the visitor's at the number of a chapter; a number it does not have changes nothing."""
    story = story_shelf.own().get(state.story)
    if story is not None and isinstance(at, int) and 1 <= at <= len(story):
        story_shelf.keep(state.story, change(story, at - 1))
    return {}


ACTS: Mapping[str, Callable[[Knowledge, PresentState, Any, Texts], Changes]] = {
    "copy": _copy,
    "new": _new,
    "drop": _drop,
    "back": _back,
    "up": _up,
    "down": _down,
    "cut": _cut,
    "again": _again,
}


def name_of(story: Story, t: Texts) -> str:
    """Return the title of a story in the visitor's language, else in one it has."""
    return said(story.title, t.language)[0] or t("stories.untitled")
