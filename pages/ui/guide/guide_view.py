"""The parts of the practical guide: choices, sentence, and beside each other the steps and whom to contact."""

import datetime as dt
from collections.abc import Sequence

from data.texts import Texts
from geo.address import StateProblem
from geo.guide import GuideSelection
from pages.ui.finding import show_finding
from pages.ui.guide import guide_choices, guide_contacts, guide_place, guide_steps, guide_words
from pages.ui.knowledge import Knowledge
from pages.ui.page import show


def choices(know: Knowledge, selection: GuideSelection, t: Texts) -> None:
    """Show the left column: words, who one is, what one wants to do, where."""
    guide_choices.choices(know, selection, t)


def finding(know: Knowledge, selection: GuideSelection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show what one wants to do, with how many facts, and what of the address was not understood."""
    home = know.catalog.default_territory
    show_finding(
        guide_words.headline(selection, t),
        filters=guide_words.filters(know, selection, t),
        in_force=selection.state != selection.state.cleared(home),
        problems=problems,
        empty=None if len(selection) else guide_words.ways_out(know, selection, t),
        t=t,
    )


def pages(know: Knowledge, selection: GuideSelection, t: Texts, *, today: dt.date) -> None:
    """Show the table of contents or the steps of a theme, and beside it what holds for the territory."""
    show(
        "guide.html",
        key="guide",
        notes=guide_words.notes(selection, t),
        contents=guide_steps.contents(selection, t, today=today),
        steps=guide_steps.steps(selection, t, today=today),
        laws=guide_steps.laws(know, selection, t),
        contacts=guide_contacts.contacts(know, selection.state, t),
        works=guide_place.works(know, selection.state, t),
        planning=guide_place.planning(know, selection.state, t),
        labels={"back": t("guide.back"), "source": t("sources.source")},
    )
