"""The pages of a printed atlas before its sheets: what is in it and how to use it, an index, lines for notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers.paper.look import ACCENT, EDGE, INK, LINE, MUTED
from layers.paper.marks import Box
from layers.paper.page import Page
from layers.paper.place_sheet import FOOT_Y, MARGIN, TOP, WIDTH, foot

COLUMNS, GAP = 3, 6.0
INDEX_SIZE, LINE_MM = 8.0, 4.35
HEAD_MM = 17.0
BOTTOM_Y = FOOT_Y - 4.0
NOTE_LINE_MM = 9.0


@dataclass(frozen=True)
class Entry:
    """A line that leads to a page: what it says, the page (None for a heading), whether it stands out."""

    said: str
    page: int | None
    is_head: bool = False


@dataclass(frozen=True)
class Link:
    """Where on a page (box from its left, millimetres) a click leads to which page of the atlas."""

    box: Box
    page: int


def cover(
    direction: str, words: Mapping[str, str], contents: Sequence[Entry], paragraphs: Sequence[str]
) -> tuple[Page, list[Link]]:
    """Draw the first page: title, what the atlas holds and on which page, how to use it.

    Parameters
    ----------
    words
        `title`, `lead`, `contents`, `use`, `foot`.
    paragraphs
        How to use it, one thing each.
    """
    page, links = Page("a4", direction=direction), []
    y = 34.0
    page.rule(MARGIN, y - 6, WIDTH, colour=INK, weight=2.4)
    y += page.paragraph(MARGIN, y, WIDTH, words["title"], size=30, style="bold", height=40, least=14) + 3
    y += page.paragraph(MARGIN, y, WIDTH * 0.8, words["lead"], size=12, colour=MUTED) + 12
    for head, entries in ((words["contents"], contents),):
        y += page.paragraph(MARGIN, y, WIDTH, head, size=13, style="bold", colour=ACCENT) + 2
        for entry in entries:
            links += _line(page, MARGIN, y, WIDTH * 0.86, entry, 10.0)
            y += 6.2
    y += 10
    y += page.paragraph(MARGIN, y, WIDTH, words["use"], size=13, style="bold", colour=ACCENT) + 2
    for said in paragraphs:
        y += page.paragraph(MARGIN, y, WIDTH * 0.86, said, size=10) + 2.5
    foot(page, words["foot"])
    return page, links


def index_pages(
    direction: str, title: str, entries: Sequence[Entry], feet: Sequence[str]
) -> list[tuple[Page, list[Link]]]:
    """Draw the index in three columns, over as many pages as `index_length` says; a foot for each."""
    rows = int((BOTTOM_Y - TOP - HEAD_MM) / LINE_MM)
    wide = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
    made = []
    for number, said in enumerate(feet):
        page, links = Page("a4", direction=direction), []
        page.text(MARGIN, TOP, title, size=16, style="bold", width=WIDTH)
        page.rule(MARGIN, TOP + HEAD_MM - 6, WIDTH, colour=INK, weight=0.8)
        shown = entries[number * rows * COLUMNS : (number + 1) * rows * COLUMNS]
        for at, entry in enumerate(shown):
            column, row = divmod(at, rows)
            x, y = MARGIN + column * (wide + GAP), TOP + HEAD_MM + row * LINE_MM
            links += _line(page, x, y, wide, entry, INDEX_SIZE)
        foot(page, said)
        made.append((page, links))
    return made


def index_length(entries: Sequence[Entry]) -> int:
    """Return over how many pages an index goes."""
    rows = int((BOTTOM_Y - TOP - HEAD_MM) / LINE_MM)
    return -(-len(entries) // (rows * COLUMNS))


def notes(direction: str, title: str, said: str) -> Page:
    """Draw a page of blank lines: with it the first side of every sheet is a right-hand page."""
    page = Page("a4", direction=direction)
    page.text(MARGIN, TOP, title, size=16, style="bold", width=WIDTH)
    y = TOP + HEAD_MM
    while y < BOTTOM_Y:
        page.rule(MARGIN, y, WIDTH, colour=EDGE, weight=0.4)
        y += NOTE_LINE_MM
    foot(page, said)
    return page


def _line(page: Page, x: float, y: float, width: float, entry: Entry, size: float) -> list[Link]:
    style, colour = ("bold", ACCENT) if entry.is_head else ("regular", INK)
    number = "" if entry.page is None else str(entry.page)
    taken = page.text(x + width, y, number, size=size, style=style, colour=colour, align="end") if number else 0.0
    used = page.text(x, y, entry.said, size=size, style=style, colour=colour, width=width - taken - 3)
    tall = page.hand(size).line_mm
    if number and width - taken - used > 5:  # noqa: PLR2004 - millimetres of a leader worth drawing
        page.rule(x + used + 1.5, y + tall * 0.72, width - used - taken - 3, colour=LINE)
    return [] if entry.page is None else [Link((page.left_of(x, width), y, width, tall), entry.page)]
