"""Stories: chapters that are views of the atlas, shown to a hall one after the other.

Whoever opens a meeting picks a story and presses one button; they try the arrow keys or the remote first, then ask what
a village in the hall asks: « and in my province? » — a filter moves without leaving the story.
"""

import streamlit as st

from pages.ui import actions, address
from pages.ui.page import open_page, trouble_said
from pages.ui.stories import stage_view, stories_view, story_acts, story_shelf

t, know = open_page()


@st.fragment
@trouble_said()
def present() -> None:
    """Rerun alone when a chapter is turned or a filter moved: the map stays the one already drawn."""
    sent = actions.take()
    state, problems = address.PRESENT.current(know, acted=bool(sent))
    changes = story_acts.apply(know, state, sent, t)
    state = address.PRESENT.change(know, state, changes)
    story = story_shelf.all_stories().get(state.story)
    if story and len(story) and state.play:
        stage_view.stage(know, story, state, changes, t)
    else:
        stories_view.page(know, state, problems, t)
    if not problems:  # a story of this visitor's may come back from their browser a moment later
        address.PRESENT.write(state)


present()
