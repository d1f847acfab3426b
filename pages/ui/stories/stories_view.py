"""The shelf of stories, the chapters of the one that is open, and what may be done with both."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.stories import MOST_BYTES, StoryFileError
from data.texts import Texts
from geo.address import StateProblem
from geo.present_state import PresentState
from geo.story import Chapter, Story
from pages.ui.finding import problems_said
from pages.ui.knowledge import Knowledge
from pages.ui.page import show
from pages.ui.stories import (
    scenes,
    stage_view,
    story_acts,
    story_editor,
    story_files,
    story_hand_in,
    story_keeper,
    story_shelf,
    story_words,
)
from pages.ui.stories.scene import NoSceneError, Scene

TAKEN = "atlas_story_file_taken"
OWN_ACTS = ("up", "down", "edit", "cut")


def page(know: Knowledge, state: PresentState, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show every story, and the chapters of the one that is open."""
    story_keeper.keep_in_browser()
    said_problems = problems_said(problems, t)
    if story_keeper.is_full():
        said_problems.append(t("stories.browser_full"))
    show("stories.html", key="stories", **shelf(state, said_problems, t))
    with st.expander(t("stories.bring")):
        _bring_in(t)
    story_editor.say_what_happened()
    story = story_shelf.all_stories().get(state.story)
    if story is None:
        return
    own = state.story in story_shelf.own()
    editing = own and 0 < state.edit <= len(story)
    with st.container(key="story-columns"):
        with st.container(key="story-chapters"):
            show("chapters.html", key="chapters", **chapters(know, state, story, t, own=own))
            story_files.offer(know, state.story, t)
            if own:
                story_hand_in.offer(state.story, story, t)
                story_editor.edit_title(state.story, story, t)
        if editing:
            with st.container(key="story-form"):
                story_editor.edit_chapter(know, state.story, story, state.edit, t)


def shelf(state: PresentState, problems: Sequence[str], t: Texts) -> dict[str, Any]:
    """Return what `stories.html` shows."""
    own, published, removed = story_shelf.own(), story_shelf.published(), story_shelf.removed()
    listed = [
        {
            "code": code,
            "title": story_acts.name_of(story, t),
            "note": t("stories.chapters", n=len(story)),
            "origin": t(f"stories.{'own' if code in own else 'published' if code in published else 'shipped'}"),
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
        "removed": t("stories.removed", title=story_acts.name_of(removed[1], t)) if removed else "",
        "labels": {name: t(f"stories.{name}") for name in ("present", "see", "new", "undo")},
    }


def chapters(know: Knowledge, state: PresentState, story: Story, t: Texts, *, own: bool) -> dict[str, Any]:
    """Return what `chapters.html` shows: each chapter with its title and what its view finds today."""
    rows = []
    changed = False
    for number, chapter in enumerate(story.chapters, 1):
        view, missing = seen(know, chapter, t)
        notices = [missing] if missing else stage_view.changed(chapter, view, t)
        changed = changed or bool(notices and not missing)
        rows.append(
            {
                "number": number,
                "title": stage_view.title_of(chapter, view, t),
                "page": story_words.page_of(chapter, t),
                "finding": stage_view.finding_of(view, t),
                "url": _address(chapter, t) if view else "",
                "notices": notices + stage_view.no_picture(story, chapter, t),
                "lost": stage_view.lost(know, chapter, t),
                "first": number == 1,
                "last": number == len(story),
            }
        )
    labels = (*OWN_ACTS, "present_here", "nothing_yet", "open_view", "copy", "copy_own", "drop", "again", "again_help")
    return {
        "code": state.story,
        "title": story_acts.name_of(story, t),
        "own": own,
        "changed": changed,
        "editing": state.edit,
        "rows": rows,
        "labels": {name: t(f"stories.{name}") for name in labels},
    }


def seen(know: Knowledge, chapter: Chapter, t: Texts) -> tuple[Scene | None, str]:
    """Return the view of a chapter, or why it can no longer be shown."""
    try:
        return scenes.scene(know, chapter, t), ""
    except NoSceneError as error:
        return None, t(f"stories.no_scene.{error.reason}", page=chapter.page[:40])


def _address(chapter: Chapter, t: Texts) -> str:
    joint = "&" if "?" in chapter.address else "?"
    return f"{chapter.address}{joint}lang={t.language}"


def _bring_in(t: Texts) -> None:
    sent = st.file_uploader(
        t("stories.file_label"), ["json"], key="story-file", max_upload_size=MOST_BYTES // 1_000_000
    )
    if sent is None or sent.file_id == st.session_state.get(TAKEN):
        return
    st.session_state[TAKEN] = sent.file_id
    try:
        story = story_keeper.from_file(sent.getvalue())
    except StoryFileError as error:
        st.error(story_editor.file_refused(error, t))
        return
    story_shelf.take_in(story, t.language)
    st.session_state[story_editor.SAID] = ("kept", [t("stories.taken_in", title=story_acts.name_of(story, t))])
    st.rerun(scope="fragment")
