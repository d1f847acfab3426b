"""A chapter before a hall: the map, the words beside it, and what the presenter has at hand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.records.record import PICTURE_ID
from data.texts import Texts, load_texts
from geo.present_state import PresentState
from geo.story import AGREEING, FIGURE, Chapter, Story, agreed, changes, filled, said
from layers.payload import map_state
from pages.ui import actions
from pages.ui.component import component
from pages.ui.finding import problems_said
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.records.pictures import figure
from pages.ui.served import publish, static_address
from pages.ui.stories import stage_address, stage_filters
from pages.ui.stories.scene import NoSceneError, Scene
from pages.ui.stories.scenes import STAGES, problems_of, scene, stage_of, state_of
from pages.ui.stories.story_words import changes_said

STAGE = component("atlas-stage", "stage.js")
MOVED, TITLES = "atlas_stage_moved", "atlas_stage_titles"
MAGNIFY = 1.5
LONG, VERY_LONG = 70, 160
FRENCH_SPACES = re.compile(r" [:;?!»%]|« |(?<=\bM) (?=DH)|(?<=\bMd) (?=DH)")
COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_])")
NO_LEGEND: Mapping[str, Any] = {"title": "", "rows": [], "note": ""}
LABELS = (
    *("bar", "back", "next", "filter", "pointer", "curtain", "qr", "qr_title", "qr_alt", "notes", "whole", "leave"),
    *("no_whole", "no_window", "notes_title", "no_notes", "lasted", "again", "then", "end"),
)


@dataclass(frozen=True)
class Shown:
    """A chapter ready for the hall: its words filled with the figures of the day.

    `scene` is None where the view can no longer be shown, and `missing` says why. `moved` tells that the presenter
    changed a filter.
    """

    chapter: Chapter
    scene: Scene | None
    state: Any
    missing: str
    moved: bool


def stage(know: Knowledge, story: Story, state: PresentState, sent: Mapping[str, Any], t: Texts) -> None:
    """Show a chapter, full screen; `sent` is what a filter, the map or a key changed."""
    number = min(state.chapter, len(story))
    shown = _shown(know, story, (state.story, number), sent, t)
    with st.container(key="stage"):
        with st.container(key="stage-words"):
            show("stage.html", key="stage-words-html", **words(know, story, number, shown, t))
        with st.container(key="stage-bar"):
            STAGE(key="stage-bar-component", data=_bar(know, story, number, shown, t), on_act_change=_collect)
        with st.container(key="stage-map"):  # last: drawing it takes the browser longest
            _map(know, shown, f"{state.story}/{number}", t)
    for following in story.chapters[number:]:  # a key pressed meanwhile is heard between two of them
        _title_ahead(know, following, t)


def words(know: Knowledge, story: Story, number: int, shown: Shown, t: Texts) -> dict[str, Any]:
    """Return what `stage.html` shows of a chapter."""
    chapter, view = shown.chapter, shown.scene
    title, finding = title_of(chapter, view, t), finding_of(view, t)
    text = filled_words(chapter.text, view, t)
    if view and shown.moved:  # the words of the chapter were written for another view
        title, text = title | {"text": finding, "other": False}, text | {"text": ""}
    picture = story.pictures.get(chapter.picture)
    address = publish("picture", _ending(picture), picture, passing=True) if picture else ""
    notices = [shown.missing] if shown.missing else []
    notices += no_picture(story, chapter, t)
    if not shown.moved:
        notices += [*lost(know, chapter, t), *changed(chapter, view, t)]
    length = len(title["text"])
    return {
        "number": number,
        "story": said(story.title, t.language)[0],
        "title": title,
        "size": "very-long" if length > VERY_LONG else "long" if length > LONG else "",
        "text": text,
        "notices": notices,
        "picture": figure(address, chapter.terms, number, t) if picture else None,
        "finding": finding if finding != title["text"] and _unfigured(chapter) else "",
        "filters": stage_filters.filters(know, chapter.page, shown.state, t) if view else [],
        "moved": shown.moved,
        "back": t("stories.stage.unfilter"),
        "said_filters": [unbroken(one, t.language) for one in view.filters] if view else [],
        "caution": unbroken(view.caution, t.language) if view else "",
        "source": view.source if view else "",
    }


def title_of(chapter: Chapter, view: Scene | None, t: Texts) -> dict[str, Any]:
    """Return the title of a chapter with its language: its own, else what the view finds."""
    title = filled_words(chapter.title, view, t)
    if title["text"]:
        return title
    return title | {"text": finding_of(view, t) or t("stories.untitled"), "other": False}


def lost(know: Knowledge, chapter: Chapter, t: Texts) -> list[str]:
    """Say what the address of a chapter asks for that no longer exists; nothing where its page does not either."""
    if chapter.page not in STAGES:
        return []
    return problems_said(problems_of(know, chapter), t)


def no_picture(story: Story, chapter: Chapter, t: Texts) -> list[str]:
    """Say why the picture of a chapter is not there: kept back, erased or missing; nothing where none is lacking."""
    if not chapter.picture or chapter.picture in story.pictures:
        return []
    if chapter.picture in story.kept_back:
        return [t("offline.pictures", n=1)]
    erased = re.fullmatch(PICTURE_ID, chapter.picture)
    return [t("picture.was_erased") if erased else t("stories.picture_missing", name=chapter.picture)]


def changed(chapter: Chapter, view: Scene | None, t: Texts) -> list[str]:
    """Say which figures are no longer what the author of the chapter saw, in one sentence or none."""
    sentence = changes_said(changes(chapter.figures, view.numbers), t) if view else ""
    return [sentence] if sentence else []


def _unfigured(chapter: Chapter) -> bool:
    return not any("{" in text for words in (chapter.title, chapter.text) for text in words.values())


def filled_words(words: Mapping[str, str], view: Scene | None, t: Texts) -> dict[str, Any]:
    """Return a text in the visitor's language, or in one it was written in, its figures filled in; and which one."""
    text, language = said(words, t.language)
    other = language != t.language
    written = load_texts(language) if other else t
    if view:
        text = filled(agreed(text, view.numbers, written.form), view.said, written.set_within)
    return {
        "text": unbroken(text, language),
        "language": language,
        "direction": written.direction,
        "other": other,
    }


def finding_of(view: Scene | None, t: Texts) -> str:
    """Return what a view finds, ready for a line; empty where there is no view."""
    return unbroken(view.finding, t.language) if view else ""


def unbroken(text: str, language: str) -> str:
    """Return a text that breaks no line between a number and what it counts, nor in French before a sign set apart."""
    kept = COUNTED.sub("\u00a0", text)
    return FRENCH_SPACES.sub(lambda found: found[0].replace(" ", "\u00a0"), kept) if language == "fr" else kept


def _shown(know: Knowledge, story: Story, at: tuple[str, int], sent: Mapping[str, Any], t: Texts) -> Shown:
    chapter = story.chapters[at[1] - 1]
    try:
        own = state_of(know, chapter)
        state = _moved(know, chapter, at, sent, own)
        return Shown(chapter, scene(know, chapter, t, state), state, "", moved=state != own)
    except NoSceneError as error:
        return Shown(chapter, None, None, t(f"stories.no_scene.{error.reason}", page=chapter.page[:40]), moved=False)


def _moved(know: Knowledge, chapter: Chapter, at: tuple[str, int], sent: Mapping[str, Any], own: Any) -> Any:
    """Return the state of the chapter with what the presenter moved; another chapter begins at its own."""
    before = st.session_state.get(MOVED, {})
    state = before["state"] if before.get("at") == at and before.get("chapter") == chapter else own
    if sent.get("unfilter"):
        state = own
    elif sent and "chapter" not in sent and "play" not in sent:
        page = stage_of(chapter).address
        home = know.catalog.default_territory
        wanted = {name: value for name, value in sent.items() if name != "filter"}
        if "territory" in wanted:
            wanted["view"] = ""  # the map goes there
        state = page.address.with_changes(state, wanted, home=home, known=page.known(know))
    st.session_state[MOVED] = {"at": at, "chapter": chapter, "state": state}
    return state


def _map(know: Knowledge, shown: Shown, name: str, t: Texts) -> None:
    home = know.catalog.default_territory
    if shown.scene:
        map_, drawn = shown.scene.map_, shown.scene.drawn
    else:
        focus = map_view.focus_on(know, home)
        map_, drawn = map_view.the_map(know, t), map_state(focus=focus, legend=NO_LEGEND)
    asked = name if not shown.state else f"{name}/{shown.state.territory}"
    show_map(
        map_,
        {**drawn, "magnify": MAGNIFY, "scene": asked},
        key="stage-map-component",
        on_event=lambda event: actions.keep(map_view.changes(know, event)),
    )


def _title_ahead(know: Knowledge, chapter: Chapter, t: Texts) -> None:
    """Make the view of a chapter to come while this one is looked at: it then comes at once, and its title is known.

    Asking the session is where Streamlit leaves a run for the next one.
    """
    titles = st.session_state.setdefault(TITLES, {})
    name = (t.language, know.version, chapter.address, tuple(chapter.title.items()))
    if name in titles:
        return
    try:
        titles[name] = title_of(chapter, scene(know, chapter, t), t)["text"]
    except NoSceneError:
        titles[name] = title_of(chapter, None, t)["text"]


def _next_title(know_version: str, story: Story, number: int, t: Texts) -> str:
    """Return the title of the chapter that follows, with dots for figures until its view has been made."""
    if number == len(story):
        return ""
    chapter = story.chapters[number]
    made = st.session_state.get(TITLES, {}).get(
        (t.language, know_version, chapter.address, tuple(chapter.title.items()))
    )
    return str(made or FIGURE.sub("…", AGREEING.sub("…", said(chapter.title, t.language)[0])))


def _bar(know: Knowledge, story: Story, number: int, shown: Shown, t: Texts) -> dict[str, Any]:
    chapter = shown.chapter
    parameters = stage_of(chapter).address.address.encode(shown.state) if shown.scene else {}
    url, reached = stage_address.address(chapter.page if shown.scene else "present", parameters, t)
    notes = filled_words(chapter.notes, shown.scene, t)
    return {
        "language": t.language,
        "direction": t.direction,
        "number": number,
        "total": len(story),
        "count": t("stories.stage.count", number=number, total=len(story)),
        "title": finding_of(shown.scene, t) if shown.moved else title_of(chapter, shown.scene, t)["text"],
        "notes": notes["text"],
        "notes_language": {"lang": notes["language"], "dir": notes["direction"]},
        "changed": [] if shown.moved else changed(chapter, shown.scene, t),
        "next": _next_title(know.version, story, number, t),
        "source": shown.scene.source if shown.scene else "",
        "legend": _legend(shown.scene, t),
        "legend_script": static_address("map", "legend.js"),
        "qr": stage_address.qr_code(url),
        "address": url,
        "reach": "" if reached else t("stories.stage.only_here"),
        "labels": {name: t(f"stories.stage.{name}") for name in LABELS},
    }


def _legend(view: Scene | None, t: Texts) -> Mapping[str, Any]:
    if view is None:
        return NO_LEGEND
    legend: dict[str, Any] = view.drawn["legend"]
    return legend | {"rows": [row | {"label": unbroken(row["label"], t.language)} for row in legend["rows"]]}


def _collect() -> None:
    event = st.session_state["stage-bar-component"].act
    if isinstance(event, Mapping):
        actions.keep(event)


def _ending(picture: bytes) -> str:
    return ".jpg" if picture.startswith(b"\xff\xd8\xff") else ".webp"
