"""Stories in the file that stands alone: each chapter as the hall sees it today, its map, its words, its notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from data.records.picture_terms import may_leave
from data.texts import Texts, languages, load_texts
from geo.story import AGREEING, FIGURE, Chapter, Story, said
from geo.story_place import concerning
from layers.offline.inlined import Resource, data_url
from pages.ui.knowledge import Held, Knowledge
from pages.ui.offline.offline_pictures import SAID
from pages.ui.served import published
from pages.ui.stories import stage_view, story_shelf
from pages.ui.stories.scene import NoSceneError, Scene
from pages.ui.stories.scenes import scene, state_of

TOLD = ("country", "region", "province")
FEWEST = 2  # chapters that make a story of a place out of one told around it
SEVERAL = 2  # of what a title counts: it is written in the plural


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


def of_territory(know: Knowledge, territory: str) -> Sequence[Story]:
    """Return the stories of the atlas that concern a territory, of each what concerns it (`geo.story_place`).

    A story told around the territory loses the chapters that would have nothing to say of it, and is none when fewer
    than two are left. Of a commune there is none: stories compare communes.
    """
    return _of_territory(know.version, territory, know=Held(know))


@lru_cache(maxsize=32)
def _of_territory(version: str, territory: str, *, know: Held) -> tuple[Story, ...]:  # noqa: ARG001 - the version is the key
    if know.value.territories.level_of(territory) not in TOLD:
        return ()
    return tuple(told for story in _offered() if (told := _told_of(know.value, story, territory)))


def why_none(know: Knowledge, territory: str, t: Texts) -> str:
    """Say why no story is told of a territory, and of a commune where one is."""
    above = know.territories.parent_of(territory)
    if know.territories.level_of(territory) in TOLD or above is None or not _concerned(know, above):
        return t("package.no_story.elsewhere")
    return t("package.no_story.commune", province=know.territories.name(above, t.language))


def _offered() -> Iterable[Story]:
    return (story.passed_on(may_leave) for story in {**story_shelf.shipped(), **story_shelf.published()}.values())


def _concerned(know: Knowledge, territory: str) -> bool:
    home = know.catalog.default_territory
    return any(len(concerning(story, territory, know.territories, home=home)) >= FEWEST for story in _offered())


def _told_of(know: Knowledge, story: Story, territory: str) -> Story | None:
    found = concerning(story, territory, know.territories, home=know.catalog.default_territory)
    if found is story:
        return story if len(story) else None
    t = load_texts(languages()[0])  # whether there is something to say does not depend on the language
    kept = tuple(one for one in found.chapters if _says_something(know, one, t))
    return replace(found, chapters=kept) if len(kept) >= FEWEST else None


def _says_something(know: Knowledge, chapter: Chapter, t: Texts) -> bool:
    """Tell whether the words of a chapter have what they name: what its title counts, and no empty list.

    A title whose words agree with a number says one of it well; one that does not is written in the plural.
    """
    view = _shown(know, chapter, t).scene
    if view is None:
        return False
    title, text = (said(words, t.language)[0] for words in (chapter.title, chapter.text))
    agreeing = {name for name, _ in AGREEING.findall(title)}
    named, counted = set(FIGURE.findall(title)), agreeing & view.numbers.keys()
    several = all(view.numbers[name] >= SEVERAL for name in named & view.numbers.keys() - agreeing)
    some = all(view.numbers[name] for name in counted)
    unsaid = {"", t("missing.short")}
    listed = named | agreeing | set(FIGURE.findall(text))
    return several and some and all(view.said.get(name, "") not in unsaid for name in listed)


def _chapter(know: Knowledge, story: Story, number: int, t: Texts) -> dict[str, Any]:
    chapter = story.chapters[number - 1]
    shown = _shown(know, chapter, t)
    words, view = stage_view.words(know, story, number, shown, t), shown.scene
    return {
        "page": chapter.page,
        "title": _told(words["title"]),
        "text": _told(words["text"]),
        "notes": _told(stage_view.filled_words(chapter.notes, view, t)),
        "notices": words["notices"],
        **_picture(words["picture"]),
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


def _picture(shown: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a picture as an address that holds it, with what is said of it; nothing where there is none."""
    served = published(shown["url"]) if shown else None
    if shown is None or served is None:
        return {}
    held = data_url(Resource(served.media_type, served.body))
    return {"picture": {"src": held, **{name: shown[name] for name in SAID if shown[name]}}}
