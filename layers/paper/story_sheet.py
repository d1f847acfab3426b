"""A story on paper: what the hall takes home, one chapter a page, with room to write what was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from layers.paper import look, render, writing
from layers.paper.document import Document
from layers.paper.ground import Ground
from layers.paper.legend_key import LegendKey, columns_of, palette_of
from layers.paper.map_frame import leave_corners, map_frame, north, scale_bar
from layers.paper.page import Page

MARGIN_MM, FOOT_MM, QR_MM, BETWEEN_MM = 12.0, 17.0, 24.0, 3.5
MAP_MM, LEAST_MAP_MM = 112.0, 70.0
TEXT_PT, NOTICE_PT, LINE_MM = 11.5, 8.5, 9.0
CREDIT_PT, CREDIT_MM = 7.0, 6.0
"""Size of the words under a picture, and the height they may take."""
SMALLER = (1.0, 0.93, 0.86, 0.8, 0.74)
"""Sizes tried until a chapter fits its page; smaller ones nobody reads: it then goes on overleaf."""
ENTRY_MM = 16.0
"""Height that the longest title takes in the list of chapters."""
LEGEND_PT, LEAST_LEGEND_PT = 8.5, 5.5
SLIDE_UNIT_MM, SLIDE_KEY_MM, SLIDE_KEY_PT = 0.5, 88.0, 17.0


class Block(NamedTuple):
    """A line of a text: words, size in points, style, colour, and the room left after it in millimetres."""

    text: str
    size: float
    style: str
    colour: str
    after: float


@dataclass(frozen=True, eq=False)
class ChapterSheet:
    """What a page says of a chapter, ready to be read.

    Attributes
    ----------
    state
        What the living map is sent; None where the view can no longer be shown.
    title, text, finding
        Its words; `finding` is empty where the title says it already.
    notices
        What changed since it was made, what is missing.
    about
        What is filtered, what the figures cannot say, where they come from.
    picture, credit
        Bytes of its picture, None for none; whose it is and under which licence, where somebody said.
    address
        Opens the same view; empty where there is none.
    """

    title: str
    text: str
    finding: str
    notices: Sequence[str]
    about: Sequence[str]
    state: Mapping[str, Any] | None
    picture: bytes | None = None
    credit: str = ""
    address: str = ""


@dataclass(frozen=True, eq=False)
class StorySheet:
    """A story as pages of A4.

    Attributes
    ----------
    words
        `made` (by what, on which day, from which data), `page` with `{number}` and `{total}`, `notes`, `scan`,
        `contents`, `unit_km`, `unit_m`, `north`, `number`.
    """

    title: str
    chapters: Sequence[ChapterSheet]
    ground: Ground
    words: Mapping[str, str]
    direction: str
    language: str = ""

    def pdf(self) -> bytes:
        """Return the pages as PDF: vectors, text that can be searched."""
        return render.pdf(self.pages(), Document(self.title, self.language, self.direction))

    def pages(self) -> Iterator[Page]:
        """Lay out the cover, then a page a chapter; what finds no room goes on, on a page of its own."""
        chapters = (self._chapter(number, chapter) for number, chapter in enumerate(self.chapters, 1))
        made = [*((page, ()) for page in self._cover()), *chain.from_iterable(chapters)]
        for number, (page, about) in enumerate(made, 1):
            self._foot(page, number, len(made), about)
            yield page

    def _cover(self) -> Iterator[Page]:
        page, width = self._blank()
        y = 58.0
        y += page.paragraph(MARGIN_MM, y, width, self.title, size=27, style="bold", height=70, least=12) + 4
        page.rule(MARGIN_MM, y, width, colour=look.ACCENT, weight=1.2)
        y += 10
        y += page.text(MARGIN_MM, y, self.words["contents"], size=10, colour=look.MUTED) and 7
        for number, chapter in enumerate(self.chapters, 1):
            room = min(page.paragraph_height(width - 9, chapter.title, size=11), ENTRY_MM)
            if y + room > page.height - FOOT_MM - MARGIN_MM:
                yield page
                page, y = self._blank()[0], MARGIN_MM
            page.text(MARGIN_MM, y, f"{number}", size=11, colour=look.MUTED)
            y += page.paragraph(MARGIN_MM + 9, y, width - 9, chapter.title, size=11, height=ENTRY_MM, least=6) + 2
        yield page

    def _chapter(self, number: int, chapter: ChapterSheet) -> Iterator[tuple[Page, Sequence[str]]]:
        page, width = self._blank()
        y = self._head(page, number, width)
        y += page.paragraph(MARGIN_MM, y, width, chapter.title, size=18, style="bold", height=27, least=8) + BETWEEN_MM
        if chapter.state is not None:
            y = self._map(page, y, chapter, width)
        y, rest = self._words(page, y, chapter, width)
        while rest:
            yield page, chapter.about
            page, _ = self._blank()
            y, rest = _flow(page, self._head(page, number, width), width, rest, page.height - FOOT_MM - MARGIN_MM)
        self._lines(page, y, width)
        yield page, chapter.about

    def _head(self, page: Page, number: int, width: float) -> float:
        """Write the title of the story and the number of the chapter; return where the chapter begins."""
        y = MARGIN_MM - 2
        page.text(MARGIN_MM, y, self.title, size=8, colour=look.MUTED, width=width - 20)
        page.text(MARGIN_MM + width, y, f"{number} / {len(self.chapters)}", size=8, colour=look.MUTED, align="end")
        return y + 5

    def _map(self, page: Page, y: float, chapter: ChapterSheet, width: float) -> float:
        """Draw the map and, under it, the legend beside the code; return where the text may begin."""
        state: Mapping[str, Any] = chapter.state or {}
        room = width - (QR_MM + 6 if chapter.address else 0)
        key, columns = LegendKey(page, state["legend"], palette_of(state), size=LEGEND_PT), columns_of(state["legend"])
        while key.whole_height(room, columns) > MAP_MM / 2 and key.size > LEAST_LEGEND_PT:
            key.size *= 0.95
        low = max(key.whole_height(room, columns), QR_MM + 8 if chapter.address else 0)
        text = sum(_height(page, width, block) for block in _told(chapter))
        free = page.height - FOOT_MM - MARGIN_MM - y - low - text - 2 * BETWEEN_MM - LINE_MM
        box = (MARGIN_MM, y, width, min(MAP_MM, max(free, LEAST_MAP_MM)))
        corners = partial(leave_corners, page)
        frame = map_frame(page, state, self.ground, box, relief=False, before_names=corners)  # ink: a page a chapter
        scale_bar(page, frame, self.words)
        north(page, frame, self.words["north"], size=7.5)
        y += frame.box[3] + BETWEEN_MM
        key.draw(MARGIN_MM, y, room, columns)
        if chapter.address:
            x = MARGIN_MM + width - QR_MM
            page.qr(x, y, QR_MM, chapter.address)
            page.paragraph(
                x, y + QR_MM + 0.5, QR_MM, self.words["scan"], size=6.5, colour=look.MUTED, height=7, least=4.5
            )
        return y + low + BETWEEN_MM

    def _words(self, page: Page, y: float, chapter: ChapterSheet, width: float) -> tuple[float, list[Block]]:
        """Write the text, beside the picture if there is one; return where lines may begin, and what found no room."""
        top, most = y, page.height - FOOT_MM - MARGIN_MM
        wide = width
        if chapter.picture:
            high = min(52.0, most - y - 2 - (CREDIT_MM + 1 if chapter.credit else 0))
            _, _, across, tall = page.picture(MARGIN_MM + width - 68, y, 68, high, chapter.picture)
            wide, top = width - across - 6, y + tall
            if chapter.credit:
                x = MARGIN_MM + width - across
                top += 1 + page.paragraph(
                    x, top + 1, across, chapter.credit, size=CREDIT_PT, colour=look.MUTED, height=CREDIT_MM, least=4.5
                )
        blocks = _told(chapter)
        for share in SMALLER:
            set_so = [block._replace(size=block.size * share) for block in blocks]
            if sum(_height(page, wide, block) for block in set_so) <= most - y:
                break
        y, rest = _flow(page, y, wide, set_so, most)
        return max(y, top) + 2, rest

    def _lines(self, page: Page, y: float, width: float) -> None:
        """Leave lines to write on where there is room for two."""
        last = page.height - FOOT_MM - MARGIN_MM
        if last - y < 2 * LINE_MM:
            return
        page.text(MARGIN_MM, y, self.words["notes"], size=8, colour=look.MUTED)
        y += LINE_MM
        while y < last:
            page.rule(MARGIN_MM, y, width)
            y += LINE_MM

    def _blank(self) -> tuple[Page, float]:
        page = Page("a4", landscape=False, direction=self.direction)
        return page, page.width - 2 * MARGIN_MM

    def _foot(self, page: Page, number: int, total: int, about: Sequence[str]) -> None:
        y, width = page.height - MARGIN_MM - FOOT_MM + 4, page.width - 2 * MARGIN_MM
        page.rule(MARGIN_MM, y - 1.5, width)
        said = " · ".join(part for part in about if part)
        page.paragraph(MARGIN_MM, y, width, said, size=7, colour=look.MUTED, height=FOOT_MM - 8, least=4.5)
        last = page.height - MARGIN_MM - 2.5
        said = self.words["page"].format(number=number, total=total)
        wide = page.text(MARGIN_MM + width, last, said, size=7, colour=look.MUTED, align="end")
        page.text(MARGIN_MM, last, self.words["made"], size=7, colour=look.MUTED, width=width - wide - 4)


def _told(chapter: ChapterSheet) -> list[Block]:
    """Return what is said under a map: what changed or is missing, the text by its own lines, the finding."""
    notices = [Block(said, NOTICE_PT, "regular", look.SAFFRON, 1.5) for said in chapter.notices]
    text = [Block(line, TEXT_PT, "regular", look.INK, 0.0) for line in chapter.text.split("\n")] if chapter.text else []
    finding = [Block(chapter.finding, TEXT_PT, "bold", look.INK, 0.0)] if chapter.finding else []
    return [*notices, *(text and [*text[:-1], text[-1]._replace(after=2.0)]), *finding]


def _height(page: Page, width: float, block: Block) -> float:
    hand = page.hand(block.size, block.style)
    return len(writing.lines(block.text, hand, width)) * hand.line_mm + block.after


def _flow(page: Page, y: float, width: float, blocks: Sequence[Block], most: float) -> tuple[float, list[Block]]:
    """Write blocks down to `most`, millimetres; return where they end, and what is left to write."""
    for at, block in enumerate(blocks):
        hand = page.hand(block.size, block.style)
        made = writing.lines(block.text, hand, width)
        room = max(0, int((most - y + 0.05) / hand.line_mm))
        for number, line in enumerate(made[:room]):
            page.text(
                MARGIN_MM, y + number * hand.line_mm, line, size=block.size, style=block.style, colour=block.colour
            )
        if len(made) > room:
            return most, [block._replace(text=" ".join(made[room:])), *blocks[at + 1 :]]
        y += len(made) * hand.line_mm + block.after
    return y, []


def slide_picture(state: Mapping[str, Any], ground: Ground, words: Mapping[str, str], direction: str) -> bytes:
    """Return the map of a chapter with its legend as a picture of 16:9, its names large enough for a slide."""
    page = Page("16x9", direction=direction)
    box = (SLIDE_KEY_MM, 0.0, page.width - SLIDE_KEY_MM, page.height)
    most, size = 60.0, 13.0
    corners = partial(leave_corners, page, most_mm=most, size=size)
    frame = map_frame(page, state, ground, box, unit=SLIDE_UNIT_MM, before_names=corners)
    scale_bar(page, frame, words, most_mm=most, size=size)
    key = LegendKey(page, state["legend"], palette_of(state), unit=SLIDE_UNIT_MM, size=SLIDE_KEY_PT)
    while key.whole_height(SLIDE_KEY_MM - 6) > page.height - 6 and key.size > LEAST_LEGEND_PT:
        key.size *= 0.95
    key.draw(0, 2, SLIDE_KEY_MM - 6)
    return render.png(page, dpi=150)
