"""A story of one's own handed to the validators: once published it is on everybody's shelf."""

from dataclasses import replace

import streamlit as st

from data.imports.sandbox import read_picture
from data.imports.sheet import FileRefused
from data.records.errors import StoreError
from data.records.pictures import PicturesFull
from data.records.rights import RightsError, may
from data.records.service import ContentError, Service
from data.texts import Texts
from geo.story import Story
from pages.ui import living
from pages.ui.account.account_view import refusal
from pages.ui.knowledge import knowledge
from pages.ui.page import show
from pages.ui.records import refused_form
from pages.ui.records.contribute_view import store_said


def offer(code: str, story: Story, t: Texts) -> None:
    """Show whoever may contribute the button that hands a story in; others see nothing."""
    person = living.person()
    if not may(person, "create") or not len(story):
        return
    if st.button(t("stories.hand_in"), key=f"hand-in-{code}", help=t("stories.hand_in_help")):
        service = Service(living.repository(), person, knowledge().record_codes)
        try:
            record = service.create("story", _with_kept_pictures(story, service).content(), submit=True)
        except ContentError as error:
            st.error("\n".join(f"- {refused_form.problem_said(one, t)}" for one in error.problems))
        except FileRefused:
            st.error(t("stories.hand_in_pictures"))
        except PicturesFull:
            st.error(t("stories.hand_in_full"))
        except RightsError as error:
            st.error(refusal(error, t))
        except StoreError as error:
            st.error(store_said(error, t))
        else:
            url = f"contribute?record={record.record_id}&lang={t.language}"
            show("way.html", key="handed-in", said=t("stories.handed_in"), label=t("stories.see_entry"), url=url)


def _with_kept_pictures(story: Story, service: Service) -> Story:
    """Keep the pictures that chapters show for the record to come, and name them so; what is missing stays missing."""
    shown = {chapter.picture for chapter in story.chapters} & set(story.pictures)
    kept = {name: service.keep_picture(read_picture(story.pictures[name])) for name in sorted(shown)}
    return replace(
        story,
        chapters=tuple(replace(one, picture=kept.get(one.picture, one.picture)) for one in story.chapters),
    )
