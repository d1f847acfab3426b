"""The stories of a visitor: those of the atlas, those people published in it, and their own, kept by their browser."""

import secrets
from collections.abc import Mapping

import streamlit as st

from data import stories
from data.records.errors import StoreError
from data.records.picture_terms import may_leave
from data.records.record import Content, pictures_of
from geo.story import Chapter, Story, free_code, said
from pages.ui import living
from pages.ui.knowledge import knowledge

OWN, OPEN, REMOVED = "atlas_stories", "atlas_story_open", "atlas_story_removed"


def shipped() -> Mapping[str, Story]:
    """Return the stories that come with the atlas."""
    return {code: Story.of(content) for code, content in stories.shipped().items()}


def published() -> Mapping[str, Story]:
    """Return the stories that people handed in and a validator published, by the identifier of their record."""
    return {
        record.record_id: Story.of(record.content, _pictures(record.content))
        for record in knowledge().entered.get("story", ())
    }


def own() -> dict[str, Story]:
    """Return the visitor's own stories, the newest last."""
    return dict(st.session_state.get(OWN, {}))


def all_stories() -> dict[str, Story]:
    """Return every story the visitor may open; one of theirs never hides one of the atlas."""
    return {**own(), **published(), **shipped()}


def as_taken_away(code: str) -> Story:
    """Return a story as it goes into a file or a copy: the visitor's own whole, another without what may not leave.

    Raises
    ------
    KeyError
        The visitor may open no story of that code.
    """
    story = all_stories()[code]
    return story if story is own().get(code) else story.passed_on(may_leave)


def keep(code: str, story: Story) -> None:
    """Keep a story of the visitor's under its code, and take it for the one that chapters are added to.

    What was taken away is no longer offered back once it is there again, or changed since: that change would be lost.
    """
    if (found := removed()) and (code == found[0] or story == found[1]):
        st.session_state.pop(REMOVED)
    st.session_state[OWN] = own() | {code: story}
    st.session_state[OPEN] = code


def take_in(story: Story, language: str) -> str:
    """Keep a new story of the visitor's; return its code."""
    # Two windows of one browser keep their stories side by side: a few letters at random tell namesakes apart.
    code = free_code(f"{said(story.title, language)[0][:18]} {secrets.token_hex(2)}", all_stories())
    keep(code, story)
    return code


def add(chapter: Chapter, title: str, language: str, made_on: str) -> tuple[str, Story]:
    """Add a chapter to the story in hand, or to a new one with that title; return its code and the story."""
    code = open_code()
    story = own()[code] if code else Story({language: title}, made_on=made_on)
    story = story.with_chapter(chapter)
    if code:
        keep(code, story)
        return code, story
    return take_in(story, language), story


def open_code() -> str:
    """Return the code of the story that chapters are added to: the last one touched; empty when there is none."""
    mine, code = own(), st.session_state.get(OPEN, "")
    return code if code in mine else next(reversed(mine), "")


def remove(code: str) -> None:
    """Take a story of the visitor's away; `bring_back` undoes it."""
    kept = own()
    if code in kept:
        remember_removed(code, kept.pop(code))
        st.session_state[OWN] = kept


def remember_removed(code: str, story: Story) -> None:
    """Keep a story as it was, for `bring_back`."""
    st.session_state[REMOVED] = (code, story)


def removed() -> tuple[str, Story] | None:
    """Return what was taken away last, whole."""
    found: tuple[str, Story] | None = st.session_state.get(REMOVED)
    return found


def bring_back() -> str:
    """Put back what was taken away last; return its code, empty when there is nothing."""
    found = removed()
    if found is None:
        return ""
    keep(*found)
    return found[0]


def _pictures(content: Content) -> dict[str, bytes]:
    """Return the pictures of a published story; one that cannot be read is missing, and its chapter says so."""
    try:
        found = {entry["picture"]: living.picture_body(entry["picture"]) for entry in pictures_of(content)}
    except StoreError:
        return {}
    return {name: body for name, body in found.items() if body}
