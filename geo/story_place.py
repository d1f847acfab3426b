"""Which part of a story concerns a place: all of one told inside it, and of one told around it what is kept there."""

from dataclasses import replace

from geo.boundaries import Territories
from geo.story import Chapter, Story

TERRITORY = "territory"
"""The parameter of every page with a map that says which place it looks at."""


def concerning(story: Story, place: str, territories: Territories, *, home: str) -> Story:
    """Return what of a story concerns a place; without a chapter where nothing does.

    A story that begins in the place, or in a part of it, is told whole. One that begins around it is told of it: each
    view of what contains the place becomes the view of the place, views of other places go, and so does a view that
    has become the same as one before; its title then names the place.

    Parameters
    ----------
    home
        The territory that a view naming none looks at.
    """
    begins = _place_of(story.chapters[0], home) if len(story) else ""
    if begins not in territories:
        return replace(story, chapters=())
    if territories.is_within(begins, place):
        return story
    if not territories.is_within(place, begins):
        return replace(story, chapters=())
    kept: dict[str, Chapter] = {}
    for chapter in story.chapters:
        moved = _moved(chapter, place, territories, home)
        if moved is not None:
            kept.setdefault(moved.address, moved)
    title = {code: f"{text} · {territories.name(place, code)}" for code, text in story.title.items()}
    return replace(story, title=title, chapters=tuple(kept.values()))


def around(story: Story, territories: Territories, *, home: str) -> str:
    """Return the smallest territory that holds what all views of a story look at; home where none looks anywhere.

    Parameters
    ----------
    home
        The territory that a view naming none looks at.
    """
    places = [place for chapter in story.chapters if (place := _place_of(chapter, home)) in territories]
    if not places:
        return home
    held = [{place, *territories.ancestors(place)} for place in places]
    common = set.intersection(*held)
    return next(up for up in (places[0], *territories.ancestors(places[0])) if up in common)


def _moved(chapter: Chapter, place: str, territories: Territories, home: str) -> Chapter | None:
    """Return a chapter as a place is told of: its view of what contains the place becomes that of the place."""
    looked_at = _place_of(chapter, home)
    if looked_at not in territories:  # a village, or nothing that exists
        return None
    if territories.is_within(looked_at, place):
        return chapter
    if not territories.is_within(place, looked_at):
        return None
    return replace(chapter, parameters={**chapter.parameters, TERRITORY: place}, figures={})


def _place_of(chapter: Chapter, home: str) -> str:
    return chapter.parameters.get(TERRITORY, home)
