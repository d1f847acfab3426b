"""Stories in the file that stands alone: each chapter as the hall sees it today, its map, its words, its notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.texts import Texts, load_texts
from geo.story import Chapter, Story, filled, said
from layers.offline.inlined import Resource, data_url
from pages.ui.knowledge import Knowledge
from pages.ui.served import published
from pages.ui.stories import stage_view, story_shelf
from pages.ui.stories.scene import NoSceneError, Scene
from pages.ui.stories.scenes import scene, state_of


def content(know: Knowledge, stories: Sequence[Story], t: Texts) -> list[dict[str, Any]]:
    """Return the stories with their chapters, figures filled in from the tables as they are now."""
    return [
        {
            "title": said(story.title, t.language)[0],
            "chapters": [_chapter(know, story, number, t) for number in range(1, len(story) + 1)],
        }
        for story in stories
        if len(story)
    ]


def of_territory(know: Knowledge, territory: str) -> list[Story]:
    """Return the stories of the atlas whose first chapter looks at the territory or at a part of it."""
    offered = {**story_shelf.shipped(), **story_shelf.published()}
    return [story for story in offered.values() if len(story) and _begins_in(know, story, territory)]


def _begins_in(know: Knowledge, story: Story, territory: str) -> bool:
    try:
        begins = getattr(state_of(know, story.chapters[0]), "territory", "")
    except NoSceneError:
        return False
    return bool(begins) and territory in (begins, *know.territories.ancestors(begins))


def _chapter(know: Knowledge, story: Story, number: int, t: Texts) -> dict[str, Any]:
    chapter = story.chapters[number - 1]
    shown = _shown(know, chapter, t)
    words, view = stage_view.words(know, story, number, shown, t), shown.scene
    notes, language = said(chapter.notes, t.language)
    return {
        "page": chapter.page,
        "title": _told(words["title"]),
        "text": _told(words["text"]),
        "notes": {
            "text": filled(notes, view.said if view else {}),
            "lang": language,
            "dir": load_texts(language).direction,
        },
        "notices": words["notices"],
        "picture": _picture(words["picture"]),
        "finding": words["finding"],
        "about": [part for part in (*words["said_filters"], words["caution"]) if part],
        "source": words["source"],
        "figures": list(view.figures) if view else [],
        "state": dict(view.drawn) if view else None,
    }


def _shown(know: Knowledge, chapter: Chapter, t: Texts) -> stage_view.Shown:
    """Return a chapter as it is shown; where its view can no longer be, with the sentence that says so."""
    try:
        state = state_of(know, chapter)
        found: Scene = scene(know, chapter, t, state)
    except NoSceneError as error:
        missing = t(f"stories.no_scene.{error.reason}", page=chapter.page[:40])
        return stage_view.Shown(chapter, None, None, missing, moved=False)
    return stage_view.Shown(chapter, found, state, "", moved=False)


def _told(text: Mapping[str, Any]) -> dict[str, str]:
    return {"text": text["text"], "lang": text["language"], "dir": text["direction"]}


def _picture(address: str) -> str:
    """Return a picture as an address that holds it."""
    served = published(address) if address else None
    return data_url(Resource(served.media_type, served.body)) if served else ""
