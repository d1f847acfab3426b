"""What is done to stories from their page: copied, handed on, put in order, taken away and brought back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from data.texts import Texts, load_texts
from geo.present_state import PresentState
from geo.story import LONGEST_TITLE, Chapter, Figures, Story, said, with_figures
from pages.ui import scenes, story_shelf
from pages.ui.knowledge import Knowledge
from pages.ui.scene import NoSceneError
from pages.ui.story_add import today

Changes = dict[str, Any]


def apply(know: Knowledge, state: PresentState, sent: Mapping[str, Any], t: Texts) -> Changes:
    """Do what was asked of the shelf; return what it changes of the address."""
    act = ACTS.get(str(sent.get("do", "")))
    if act is None:
        return {name: value for name, value in sent.items() if name != "do"}
    return act(know, state, sent.get("at"), t)


def _copy(_know: Knowledge, state: PresentState, _at: Any, t: Texts) -> Changes:
    story = story_shelf.all_stories().get(state.story)
    if story is None:
        return {}
    title = {
        code: load_texts(code)("stories.copy_title", title=text)[:LONGEST_TITLE] for code, text in story.title.items()
    }
    return {"story": story_shelf.take_in(replace(story, title=title), t.language), "edit": 0}


def _new(_know: Knowledge, _state: PresentState, _at: Any, t: Texts) -> Changes:
    title = t("stories.new_title", date=t.date(today()))
    return {"story": story_shelf.take_in(Story({t.language: title}, made_on=today()), t.language)}


def _drop(_know: Knowledge, state: PresentState, _at: Any, _t: Texts) -> Changes:
    story_shelf.remove(state.story)
    return {"story": "", "edit": 0}


def _back(_know: Knowledge, _state: PresentState, _at: Any, _t: Texts) -> Changes:
    return {"story": story_shelf.bring_back()}


def _up(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    return _on_own(state, lambda story: story.moved(_place(story, at), -1))


def _down(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    return _on_own(state, lambda story: story.moved(_place(story, at), 1))


def _cut(_know: Knowledge, state: PresentState, at: Any, _t: Texts) -> Changes:
    if (story := story_shelf.own().get(state.story)) and story.chapters:
        story_shelf.remember_removed(state.story)
    return _on_own(state, lambda story: story.without(_place(story, at))) | {"edit": 0}


def _again(know: Knowledge, state: PresentState, _at: Any, t: Texts) -> Changes:
    def numbers(chapter: Chapter) -> Figures:
        try:
            return scenes.scene(know, chapter, t).numbers
        except NoSceneError:
            return chapter.figures

    return _on_own(state, lambda story: with_figures(story, numbers, today()))


def _on_own(state: PresentState, change: Callable[[Story], Story]) -> Changes:
    story = story_shelf.own().get(state.story)
    if story is not None and len(story):
        story_shelf.keep(state.story, change(story))
    return {}


def _place(story: Story, at: Any) -> int:
    """Return the place in the story of a chapter's number, whoever sent it."""
    number = at if isinstance(at, int) and not isinstance(at, bool) else 1
    return min(max(number, 1), len(story)) - 1


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


def titled(code: str, words: Mapping[str, str]) -> None:
    """Give a story of the visitor's another title."""
    story = story_shelf.own()[code]
    story_shelf.keep(code, replace(story, title=dict(words)))


def name_of(story: Story, t: Texts) -> str:
    """Return the title of a story in the visitor's language, else in one it has."""
    return said(story.title, t.language)[0] or t("stories.untitled")
