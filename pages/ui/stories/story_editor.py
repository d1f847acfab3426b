"""The words and picture of a chapter, or of a whole story, in three languages; nothing is kept that breaks a rule."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from data.records.contract import LANGUAGES, FieldProblem, check, load_kinds
from data.stories import MOST_PICTURE_BYTES, StoryFileError, picture
from data.texts import Texts, load_texts
from geo.story import TERMS, WORDS, Chapter, Story
from pages.ui import actions
from pages.ui.knowledge import Knowledge
from pages.ui.records.pictures import leaving_said
from pages.ui.records.record_fields import Form, ask, filled
from pages.ui.records.refused_form import problem_said
from pages.ui.stories import scenes, story_shelf
from pages.ui.stories.scene import NoSceneError

SAID = "atlas_story_said"
NOT_OFFERED = ("titles",)  # long: for whoever knows it


def edit_title(code: str, story: Story, t: Texts) -> None:
    """Ask for the title of a story in each language."""
    with st.expander(t("stories.rename")), st.form(f"story-title-{code}", border=False):
        title = {
            language: st.text_input(
                _in(language, "title", t), story.title.get(language, ""), key=f"title-{code}-{language}"
            )
            for language in _order(t)
        }
        if st.form_submit_button(t("stories.save")):
            _keep(code, replace(story, title=_written(title)), t)


def edit_chapter(know: Knowledge, code: str, story: Story, number: int, t: Texts) -> None:
    """Ask for the words and the picture of a chapter."""
    chapter, key = story.chapters[number - 1], f"chapter-{code}-{number}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("stories.edit_title", number=number), anchor=False)
        st.button(t("stories.close"), key="story-form-close", on_click=lambda: actions.keep({"edit": 0}))
    st.caption(t("stories.edit_help") + " " + _figures_said(know, chapter, t))
    _picture(code, story, number, key, t)
    with st.form(key, border=False):
        words: dict[str, dict[str, str]] = {name: {} for name in WORDS}
        first, *others = _order(t)
        _fields(chapter, first, key, words, t)
        with st.expander(t("stories.other_languages")):
            for language in others:
                _fields(chapter, language, key, words, t)
        terms = _terms(know, chapter, key, t)
        if st.form_submit_button(t("stories.save"), type="primary"):
            written: Mapping[str, Any] = {name: _written(said) for name, said in words.items()}
            changed = replace(chapter, terms=terms, **written)
            _keep(code, story.changed(number - 1, changed), t)


def say_what_happened() -> None:
    """Say what the last change of words came to."""
    kind, said = st.session_state.pop(SAID, ("", ()))
    for sentence in said:
        (st.success if kind == "kept" else st.error)(sentence)


def _fields(chapter: Chapter, language: str, key: str, words: dict[str, dict[str, str]], t: Texts) -> None:
    for name in WORDS:
        own: Mapping[str, str] = getattr(chapter, name)
        ask = st.text_input if name == "title" else st.text_area
        words[name][language] = ask(_in(language, name, t), own.get(language, ""), key=f"{key}-{name}-{language}")


def _terms(know: Knowledge, chapter: Chapter, key: str, t: Texts) -> dict[str, Any]:
    """Ask what is to be said of the picture of a chapter, whether it may leave the atlas among it."""
    if not chapter.picture:
        return {}
    st.markdown(f"**{t('stories.picture_terms')}**")
    form, group = Form(f"{key}-{chapter.picture}", know, {}, t), load_kinds().groups["chapter"]
    terms = filled({name: ask(form, group[name], chapter.terms.get(name)) for name in TERMS})
    st.caption(leaving_said(chapter.terms, t))
    return terms


def _picture(code: str, story: Story, number: int, key: str, t: Texts) -> None:
    """Ask for a picture; it is drawn anew, so that neither its place nor its camera is kept."""
    chapter = story.chapters[number - 1]
    if chapter.picture in story.pictures:
        st.image(story.pictures[chapter.picture], width=240)
    elif chapter.picture:
        st.warning(t("stories.picture_missing", name=chapter.picture))
    most = MOST_PICTURE_BYTES // 1_000_000
    sent = st.file_uploader(
        t("stories.picture"), ["jpg", "jpeg", "png", "webp"], key=f"{key}-picture", max_upload_size=most
    )
    if sent is not None and sent.file_id != st.session_state.get(f"{key}-taken"):
        st.session_state[f"{key}-taken"] = sent.file_id
        try:
            drawn = picture(sent.getvalue())
        except StoryFileError:
            st.error(t("stories.file.picture", value=sent.name))
            return
        name = f"{number}-{sent.file_id[:8]}.jpg"
        with_it = replace(story, pictures={**story.pictures, name: drawn})
        _keep(code, with_it.changed(number - 1, replace(chapter, picture=name, terms={})), t)
    if chapter.picture and st.button(t("stories.picture_remove"), key=f"{key}-bare"):
        _keep(code, story.changed(number - 1, replace(chapter, picture="", terms={})), t)


def file_refused(error: StoryFileError, t: Texts) -> str:
    """Say why a file was refused and what to do."""
    said = t(f"stories.file.{error.reason}", value=error.value)
    return " ".join([said, *(problem_said(one, t) for one in error.problems[:5])])


def _keep(code: str, story: Story, t: Texts) -> None:
    """Keep a story that follows the rules of a record; else say what breaks them and leave what was typed in place."""
    broken: list[FieldProblem] = check("story", story.content(), {}, draft=True)
    if not story.title:
        broken.append(FieldProblem("title", "", "required"))
    if broken:
        st.session_state[SAID] = ("refused", [problem_said(one, t) for one in broken])
    else:
        story_shelf.keep(code, story)
        st.session_state[SAID] = ("kept", [t("stories.saved")])
    st.rerun(scope="fragment")


def _figures_said(know: Knowledge, chapter: Chapter, t: Texts) -> str:
    try:
        said = scenes.scene(know, chapter, t).said
    except NoSceneError:
        return ""
    listed = t("list.separator").join(
        f"\u2066{{{name}}}\u2069 = \u2068{value}\u2069"
        for name, value in said.items()
        if value and name not in NOT_OFFERED
    )
    example = "\u2066{projects|" + t("stories.forms_example") + "}\u2069"
    return f"{t('stories.figures_help', listed=listed)} {t('stories.forms_help', example=example)}"


def _written(words: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}


def _order(t: Texts) -> list[str]:
    return sorted(LANGUAGES, key=lambda code: code != t.language)


def _in(language: str, name: str, t: Texts) -> str:
    return t("stories.in_language", field=t(f"field.{name}"), language=load_texts(language).name)
