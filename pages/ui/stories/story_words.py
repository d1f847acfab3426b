"""Stories said in words: what a chapter looks at, and which of its figures changed since it was made."""

from collections.abc import Sequence

from data.texts import Texts
from geo.story import Change, Chapter
from pages.ui.stories.scene import write


def page_of(chapter: Chapter, t: Texts) -> str:
    """Name the page of a chapter as the menu does."""
    return t(f"menu.{chapter.page}") if t.has(f"menu.{chapter.page}") else chapter.page[:40]


def changes_said(found: Sequence[Change], t: Texts) -> str:
    """Say in one sentence which figures are no longer what they were; empty when none is."""
    return (
        t("stories.changed", listed=t("stories.changes_apart").join(_change(change, t) for change in found))
        if found
        else ""
    )


def _change(change: Change, t: Texts) -> str:
    now = t("missing.short") if change.now is None else write(change.name, change.now, t)
    name = t.label("stories.figure", change.name)
    return t("stories.change", name=name, before=write(change.name, change.before, t), now=now)
