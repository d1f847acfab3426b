"""A view becomes a chapter of a story: one button on every page with a map."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data.texts import Texts
from geo.story import MOST_CHAPTERS, Chapter, said
from pages.ui.component import component
from pages.ui.knowledge import Knowledge
from pages.ui.stories import scenes, story_keeper, story_shelf
from pages.ui.templating import render

BUTTON = component("atlas-story-add", "live.js", look="atlas-live")
ADDED = "atlas_story_added"


def offer(know: Knowledge, page: str, state: Any, t: Texts) -> None:
    """Show the button, and what was just added."""
    story_keeper.keep_in_browser()
    added: Mapping[str, Any] = st.session_state.pop(ADDED, {})
    with st.container(key="story-add"):
        html = render("story_add.html", **said_of(added, t))
        BUTTON(key="story-add-button", data=html.encode(), on_act_change=_adder(know, page, state, t))


def said_of(added: Mapping[str, Any], t: Texts) -> dict[str, Any]:
    """Return what `story_add.html` shows."""
    return {
        "label": t("stories.add"),
        "said": t("stories.added", number=added["number"], title=added["title"]) if added else "",
        "full": t("stories.full", most=MOST_CHAPTERS) if added.get("full") else "",
        "open": {"label": t("stories.open"), "url": f"present?lang={t.language}&story={added['code']}"}
        if added
        else None,
    }


def chapter_of(know: Knowledge, page: str, state: Any, view: str, t: Texts) -> Chapter:
    """Return the chapter of a page's state, with the figures it shows today.

    `view` is where the map stands; empty where it shows the whole territory, which is then fitted to any screen.
    """
    address = scenes.STAGES[page].address.address
    parameters = {name: value for name, value in address.encode(state).items() if name not in NOT_KEPT}
    if view and "map" in address.keys:
        parameters["map"] = view
    chapter = Chapter(page, parameters)
    return Chapter(page, chapter.parameters, figures=dict(scenes.scene(know, chapter, t).numbers))


NOT_KEPT = ("v", "tab", "sort", "page", "map")
"""What stands under the map is no part of a chapter, nor where the map stood before."""


def _adder(know: Knowledge, page: str, state: Any, t: Texts) -> Callable[[], None]:
    def add() -> None:
        sent: Any = st.session_state["story-add-button"].act
        if not isinstance(sent, Mapping):
            return
        code = story_shelf.open_code()
        full = bool(code) and len(story_shelf.own()[code]) >= MOST_CHAPTERS
        if not full:
            view = "" if sent.get("whole") else str(sent.get("view", ""))
            chapter = chapter_of(know, page, state, view, t)
            title = t("stories.new_title", date=t.date(today()))
            code, _ = story_shelf.add(chapter, title, t.language, today())
        story = story_shelf.own()[code]
        title = said(story.title, t.language)[0]
        st.session_state[ADDED] = {"code": code, "number": len(story), "title": title, "full": full}

    return add


def today() -> str:
    """Return the day, as stories keep it."""
    return dt.datetime.now(tz=dt.UTC).date().isoformat()
