"""Stories said in words: what a chapter looks at, and which of its figures changed since it was made."""

from data.texts import Texts
from geo.story import Change, Chapter
from pages.ui.scene import write


def page_of(chapter: Chapter, t: Texts) -> str:
    """Name the page of a chapter as the menu does."""
    return t(f"menu.{chapter.page}") if t.has(f"menu.{chapter.page}") else chapter.page[:40]


def change_said(change: Change, t: Texts) -> str:
    """Say what a figure was and what it is now; « not known » where it has no value."""
    name = t.label("stories.figure", change.name)
    before, now = (
        t("missing.short") if number is None else write(change.name, number, t)
        for number in (change.before, change.now)
    )
    return t("stories.changed", name=name, before=before, now=now)
