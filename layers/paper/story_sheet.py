"""A story on paper: what the hall takes home, one chapter a page, with room to write what was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from layers.paper import look, render
from layers.paper.document import Document
from layers.paper.ground import Ground
from layers.paper.legend_key import LegendKey, palette_of
from layers.paper.map_frame import leave_corners, map_frame, north, scale_bar
from layers.paper.page import Page

MARGIN_MM, FOOT_MM, QR_MM, BETWEEN_MM = 12.0, 17.0, 24.0, 3.5
MAP_MM, LEAST_MAP_MM = 112.0, 70.0
TEXT_PT, LINE_MM = 11.5, 9.0
LEGEND_PT, LEAST_LEGEND_PT = 8.5, 5.5
SLIDE_UNIT_MM, SLIDE_KEY_MM, SLIDE_KEY_PT = 0.5, 88.0, 17.0


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
    picture
        Bytes of its picture; None for none.
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
        """Lay out the cover, then a page a chapter."""
        yield self._cover()
        for number, chapter in enumerate(self.chapters, 1):
            yield self._page(number, chapter)

    def _cover(self) -> Page:
        page, width = self._blank()
        y = 58.0
        y += page.paragraph(MARGIN_MM, y, width, self.title, size=27, style="bold", height=70, least=12) + 4
        page.rule(MARGIN_MM, y, width, colour=look.ACCENT, weight=1.2)
        y += 10
        y += page.text(MARGIN_MM, y, self.words["contents"], size=10, colour=look.MUTED) and 7
        room = (page.height - FOOT_MM - MARGIN_MM - y) / max(len(self.chapters), 1)
        for number, chapter in enumerate(self.chapters, 1):
            page.text(MARGIN_MM, y, f"{number}", size=11, colour=look.MUTED)
            y += page.paragraph(MARGIN_MM + 9, y, width - 9, chapter.title, size=11, height=min(room, 11), least=6) + 2
        self._foot(page, 1, ())
        return page

    def _page(self, number: int, chapter: ChapterSheet) -> Page:
        page, width = self._blank()
        y = MARGIN_MM - 2
        page.text(MARGIN_MM, y, self.title, size=8, colour=look.MUTED, width=width - 20)
        page.text(MARGIN_MM + width, y, f"{number} / {len(self.chapters)}", size=8, colour=look.MUTED, align="end")
        y += 5
        y += page.paragraph(MARGIN_MM, y, width, chapter.title, size=18, style="bold", height=27, least=8) + BETWEEN_MM
        if chapter.state is not None:
            y = self._map(page, y, chapter, width)
        y = self._words(page, y, chapter, width)
        self._lines(page, y, width)
        self._foot(page, number + 1, chapter.about)
        return page

    def _map(self, page: Page, y: float, chapter: ChapterSheet, width: float) -> float:
        """Draw the map and, under it, the legend beside the code; return where the text may begin."""
        state: Mapping[str, Any] = chapter.state or {}
        room = width - (QR_MM + 6 if chapter.address else 0)
        key = LegendKey(page, state["legend"], palette_of(state), size=LEGEND_PT)
        while key.whole_height(room, 2) > 52 and key.size > LEAST_LEGEND_PT:  # noqa: PLR2004 - half the map's height
            key.size *= 0.95
        low = max(key.whole_height(room, 2), QR_MM + 8 if chapter.address else 0)
        text = page.paragraph_height(width, chapter.text, size=TEXT_PT) + 12 * len(chapter.notices)
        free = page.height - FOOT_MM - MARGIN_MM - y - low - text - 2 * BETWEEN_MM - LINE_MM
        box = (MARGIN_MM, y, width, min(MAP_MM, max(free, LEAST_MAP_MM)))
        corners = partial(leave_corners, page)
        frame = map_frame(page, state, self.ground, box, relief=False, before_names=corners)  # ink: a page a chapter
        scale_bar(page, frame, self.words)
        north(page, frame, self.words["north"], size=7.5)
        y += frame.box[3] + BETWEEN_MM
        key.draw(MARGIN_MM, y, room, 2)
        if chapter.address:
            x = MARGIN_MM + width - QR_MM
            page.qr(x, y, QR_MM, chapter.address)
            page.paragraph(
                x, y + QR_MM + 0.5, QR_MM, self.words["scan"], size=6.5, colour=look.MUTED, height=7, least=4.5
            )
        return y + low + BETWEEN_MM

    def _words(self, page: Page, y: float, chapter: ChapterSheet, width: float) -> float:
        """Write the text, beside the picture when there is one; return where lines may begin."""
        top, most = y, page.height - FOOT_MM - MARGIN_MM
        wide = width
        if chapter.picture:
            high = min(52.0, most - y - 2)
            _, _, across, tall = page.picture(MARGIN_MM + width - 68, y, 68, high, chapter.picture)
            wide, top = width - across - 6, y + tall
        for said in chapter.notices:
            y += page.paragraph(MARGIN_MM, y, wide, said, size=8.5, colour=look.SAFFRON, height=most - y, least=5) + 1.5
        for said, style in ((chapter.text, "regular"), (chapter.finding, "bold")):
            if said and most - y > 4:  # noqa: PLR2004 - a line
                y += page.paragraph(MARGIN_MM, y, wide, said, size=TEXT_PT, style=style, height=most - y, least=6) + 2
        return max(y, top) + 2

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

    def _foot(self, page: Page, number: int, about: Sequence[str]) -> None:
        y, width = page.height - MARGIN_MM - FOOT_MM + 4, page.width - 2 * MARGIN_MM
        page.rule(MARGIN_MM, y - 1.5, width)
        said = " · ".join(part for part in about if part)
        page.paragraph(MARGIN_MM, y, width, said, size=7, colour=look.MUTED, height=FOOT_MM - 8, least=4.5)
        total = len(self.chapters) + 1
        last = page.height - MARGIN_MM - 2.5
        said = self.words["page"].format(number=number, total=total)
        wide = page.text(MARGIN_MM + width, last, said, size=7, colour=look.MUTED, align="end")
        page.text(MARGIN_MM, last, self.words["made"], size=7, colour=look.MUTED, width=width - wide - 4)


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
