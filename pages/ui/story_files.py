"""A story to take away: the file another atlas opens."""

import streamlit as st

from data.texts import Texts
from geo.story import Story, free_code
from pages.ui import story_acts, story_keeper


def offer(story: Story, t: Texts) -> None:
    """Show one button a format; a file is made when its button is pressed."""
    name = free_code(story_acts.name_of(story, t), ())
    with st.container(key="downloads", horizontal=True, gap="small"):
        st.caption(t("download.title"))
        st.download_button(
            t("stories.as_file"),
            data=lambda: story_keeper.as_file(story),
            file_name=f"atlas-solidaire-{name}.json",
            mime="application/json",
            key="story-as-file",
            on_click="ignore",
        )
