"""The visitor's stories outlive their visit: their own browser keeps them and gives them back, no account needed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data import stories
from geo.story import Story
from pages.ui.component import component
from pages.ui.served import publish, published
from pages.ui.stories import story_shelf

KEEPER = component("atlas-story-keeper", "story_keeper.js")
KEY, WRITTEN = "story-keeper", "atlas_stories_written"
ASKED, FULL = "atlas_stories_asked", "atlas_stories_too_large"


def keep_in_browser() -> None:
    """Hand the stories of this session to the browser; the first time, take in those it kept."""
    own = story_shelf.own()
    KEEPER(
        key=KEY,
        data={"asked": bool(st.session_state.get(ASKED)), "stories": {code: _address(code, own[code]) for code in own}},
        on_kept_change=_take_in,
        on_full_change=_full,
    )


def is_full() -> bool:
    """Tell whether the browser has no room left for the stories."""
    return bool(st.session_state.get(FULL))


def as_file(story: Story) -> bytes:
    """Return the file of a story."""
    return stories.write(story.content(), story.pictures)


def from_file(body: bytes) -> Story:
    """Return the story of a file. Raises StoryFileError when it is none."""
    return Story.of(*stories.read(body))


def _address(code: str, story: Story) -> str:
    """Return where the browser fetches a story; its file, pictures and all, is written only when it changed."""
    written = st.session_state.setdefault(WRITTEN, {})
    kept, address = written.get(code, (None, ""))
    if kept is not story or published(address) is None:
        address = publish("story", ".json", as_file(story), passing=True)
        written[code] = (story, address)
    return str(address)


def _take_in() -> None:
    sent: Any = st.session_state[KEY].kept
    st.session_state[ASKED] = True
    if not isinstance(sent, Mapping):
        return
    held = story_shelf.own()
    for code, text in sorted(sent.items()):
        if code in held or not isinstance(text, str):
            continue
        try:
            story_shelf.keep(str(code)[:60], from_file(text.encode()))
        except (stories.StoryFileError, UnicodeEncodeError):
            continue  # a browser's keepings may be edited by hand; what is no story stays there untouched


def _full() -> None:
    st.session_state[FULL] = bool(st.session_state[KEY].full)
