"""A story to take away: pages to print and write on, slides to change, the file another atlas opens."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.texts import Texts
from geo.story import Chapter, Story, free_code
from geo.story_place import around
from pages.ui.knowledge import Knowledge
from pages.ui.offline.offline_file import offline_file
from pages.ui.paper.paper_ground import ground
from pages.ui.stories import scenes, stage_address, stage_view, story_acts, story_keeper, story_shelf
from pages.ui.stories.scene import NoSceneError, Scene
from pages.ui.stories.story_add import today

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def offer(know: Knowledge, code: str, t: Texts) -> None:
    """Show one button a format for the story of that code; a file is made when its button is pressed."""
    story = story_shelf.as_taken_away(code)
    name = f"atlas-solidaire-{free_code(story_acts.name_of(story, t), ())}"
    written = {
        "handout": (f"{name}.pdf", "application/pdf", lambda: handout(know, story, t)),
        "slides": (f"{name}.pptx", SLIDES, lambda: slide_deck(know, story, t)),
        "offline": (f"{name}.html", "text/html", lambda: offline(know, story, t)),
        "file": (f"{name}.json", "application/json", lambda: story_keeper.as_file(story)),
    }
    with st.container(key="downloads", horizontal=True, gap="small"):
        st.caption(t("download.title"))
        for form, (file_name, media_type, make) in written.items():
            if form == "file" or len(story):
                st.download_button(
                    t(f"stories.as_{form}"),
                    data=make,
                    file_name=file_name,
                    mime=media_type,
                    key=f"story-as-{form}",
                    on_click="ignore",
                )


def offline(know: Knowledge, story: Story, t: Texts) -> bytes:
    """Return one file to open without internet: the story, and the maps of the smallest territory that holds it."""
    territory = around(story, know.territories, home=know.catalog.default_territory)
    if know.territories.level_of(territory) == "arrondissement":  # maps have the city, not its parts
        territory = str(know.territories.parent_of(territory))
    return offline_file(know, territory, t.language, [story])


def handout(know: Knowledge, story: Story, t: Texts) -> bytes:
    """Return the story as pages of A4, a chapter each, with room to write."""
    from layers.paper.story_sheet import ChapterSheet, StorySheet  # noqa: PLC0415 - half a second, for whoever prints

    sheets = []
    for number, chapter in enumerate(story.chapters, 1):
        view, told = _told(know, story, number, chapter, t)
        sheets.append(
            ChapterSheet(
                title=told["title"]["text"],
                text=told["text"]["text"],
                finding=told["finding"],
                notices=told["notices"],
                about=(" · ".join(told["said_filters"]), told["caution"], told["source"]),
                state=view.drawn if view else None,
                picture=story.pictures.get(chapter.picture),
                credit=_credit(told["picture"]),
                address=_address(know, chapter, view, t),
            )
        )
    title, words = story_acts.name_of(story, t), paper_words(know, t)
    return StorySheet(title, sheets, ground(know, t), words, t.direction, t.language).pdf()


def slide_deck(know: Knowledge, story: Story, t: Texts) -> bytes:
    """Return the story as slides with titles and texts to change, maps as pictures and the notes under them."""
    from layers.paper.story_sheet import slide_picture  # noqa: PLC0415 - as above
    from layers.slides import Slide, Writing, slides  # noqa: PLC0415 - as above

    words, land = paper_words(know, t), ground(know, t)
    made = []
    for number, chapter in enumerate(story.chapters, 1):
        view, told = _told(know, story, number, chapter, t)
        shown = told["picture"]
        about = (*told["notices"], _credit(shown), " · ".join(told["said_filters"]), told["caution"], told["source"])
        made.append(
            Slide(
                title=told["title"]["text"],
                text="\n".join(part for part in (told["text"]["text"], told["finding"]) if part),
                notes=stage_view.filled_words(chapter.notes, view, t)["text"],
                about=" · ".join(part for part in about if part),
                map_picture=slide_picture(view.drawn, land, words, t.direction) if view else None,
                picture=story.pictures.get(chapter.picture),
                described=view.finding if view else "",
                picture_described=shown["alt"] if shown else "",
                address=_address(know, chapter, view, t),
            )
        )
    writing = Writing(str(t.babel).replace("_", "-"), rtl=t.direction == "rtl")
    return slides(story_acts.name_of(story, t), words["made"], made, writing, _day(story))


def _credit(picture: Mapping[str, Any] | None) -> str:
    """Say whose a picture is and under which licence; nothing where there is none, or nobody said."""
    if picture is None or not picture["credit"]:
        return ""
    return " · ".join(part for part in (picture["credit"], picture["licence"]) if part)


def _day(story: Story) -> dt.date:
    """Return the day a story was made, today where it does not say one to the day."""
    try:
        return dt.date.fromisoformat(story.made_on)
    except ValueError:
        return dt.date.fromisoformat(today())


def paper_words(know: Knowledge, t: Texts) -> Mapping[str, str]:
    """Return what the pages say of themselves."""
    return {
        "made": t("stories.paper.made", date=t.date(today()), version=know.version),
        "page": t("stories.paper.page", number="{number}", total="{total}"),
        **{name: t(f"stories.paper.{name}") for name in ("notes", "scan", "contents")},
        **{name: t(f"map.{name}") for name in ("unit_km", "unit_m", "north")},
        "number": "{}",
    }


def _told(
    know: Knowledge, story: Story, number: int, chapter: Chapter, t: Texts
) -> tuple[Scene | None, dict[str, Any]]:
    try:
        view: Scene | None = scenes.scene(know, chapter, t, on_paper=True)
        missing = ""
    except NoSceneError as error:
        view, missing = None, t(f"stories.no_scene.{error.reason}", page=chapter.page[:40])
    state = scenes.state_of(know, chapter) if view else None
    shown = stage_view.Shown(chapter, view, state, missing, moved=False)
    return view, stage_view.words(know, story, number, shown, t)


def _address(know: Knowledge, chapter: Chapter, view: Scene | None, t: Texts) -> str:
    """Return the address of the view, when others than this machine may open it: paper leaves the room."""
    if view is None:
        return ""
    own = scenes.stage_of(chapter).address.address
    address, reached = stage_address.address(chapter.page, own.encode(scenes.state_of(know, chapter)), t)
    return address if reached else ""
