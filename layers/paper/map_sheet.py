"""A printed map, whole: finding, filters in words, map, legend, scale, north, locator, sources, date, way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from layers.paper import look, render
from layers.paper.document import Document
from layers.paper.ground import Ground
from layers.paper.legend_key import LegendKey, columns_of, palette_of
from layers.paper.map_frame import UNIT_MM, leave_corners, locator, map_frame, north, scale_bar, shows_the_country
from layers.paper.page import Page
from layers.paper.projection import Frame

LARGER = {"a4": 1.0, "a3": 1.36, "16x9": 1.2}
"""How much larger than on A4 everything is drawn: A3 is read from further, a slide across a room."""
NAMES_LARGER = {"a4": 1.0, "a3": 1.12, "16x9": 1.25}
"""The same for what is drawn on the map: A3 has more room for names rather than larger ones."""
SIDE_MM, BAND_MM, MARGIN_MM, QR_MM = 66.0, 72.0, 10.0, 23.0
TITLE_PT, LEAST_TITLE_PT = 17.0, 8.0
ONE_LINE = 0.84
"""How much smaller a title is set rather than on two lines."""
SOURCES_PT = 6.3
LEGEND_PT, LEAST_LEGEND_PT = 9.6, 5.5
TWO_COLUMNS = 0.75
"""What the size of words is worth in two columns beside a map, where they break."""
LEAST_SIDE_MM = 50.0
"""Of the column beside the map: where the locator stands beside the code."""


@dataclass(frozen=True, eq=False)
class MapSheet:
    """One map on one page.

    Attributes
    ----------
    state
        What the living map is sent (`layers.payload.map_state`): what is printed is what is seen.
    title, filters
        The finding in a sentence; what is filtered, in words.
    sources
        One line for each source, and whose outlines and names the map shows.
    address
        Opens the same view; empty where there is none to open (no code is then drawn).
    words
        `made` (by what, on which day, from which data), `page` (number of how many), `sources`, `locator`, `scan`,
        `unit_km`, `unit_m`, `north`: ready to be read.
    direction, language
        Of the words.
    size, landscape
        a4, a3 or 16x9 (`layers.paper.page.SIZES_MM`).
    grey
        For a printer without colour.
    """

    state: Mapping[str, Any]
    ground: Ground
    title: str
    filters: Sequence[str]
    sources: Sequence[str]
    address: str
    words: Mapping[str, str]
    direction: str
    language: str = ""
    size: str = "a4"
    landscape: bool = True
    grey: bool = False

    def pdf(self) -> bytes:
        """Return the page as PDF: vectors, its text can be searched."""
        return render.pdf([self.page()], self._about)

    def svg(self) -> bytes:
        """Return the page as SVG."""
        return render.svg(self.page(), self._about)

    def png(self, dpi: int = 300) -> bytes:
        """Return the page as PNG."""
        return render.png(self.page(), dpi=dpi)

    @property
    def _about(self) -> Document:
        return Document(self.title, self.language, self.direction)

    @property
    def _unit(self) -> float:
        return UNIT_MM * NAMES_LARGER[self.size]

    def page(self) -> Page:
        """Lay out the page."""
        page = Page(self.size, landscape=self.landscape, direction=self.direction)
        times = LARGER[self.size]
        margin = MARGIN_MM * times
        width = page.width - 2 * margin
        top = self._head(page, margin, width, times)
        bottom = page.height - margin - self._foot(page, margin, width, times)
        if page.width > page.height:
            side = min(SIDE_MM * times, max(LEAST_SIDE_MM * times, self._key(page, times).natural_width()))
            frame = self._map(page, (margin, top, width - side - 5 * times, bottom - top), times)
            self._beside(page, frame, (margin + width - side, top, side, bottom - top), times)
        else:
            key, columns, band = self._band(page, width, times)
            frame = self._map(page, (margin, top, width, bottom - top - band - 4 * times), times)
            self._under(page, frame, (margin, bottom - band, width, band), key, columns, times)
        return page

    def _head(self, page: Page, margin: float, width: float, times: float) -> float:
        """Write the finding and the filters; return where the map may begin."""
        room = (24 if page.width < page.height else 16) * times
        y, size = margin - 1.5 * times, TITLE_PT * times
        whole = page.hand(size, "bold").width_mm(self.title)
        if width < whole < width / ONE_LINE:
            size *= 0.99 * width / whole  # else its last word would stand alone
        y += page.paragraph(
            margin, y, width, self.title, size=size, style="bold", height=room, least=LEAST_TITLE_PT * times
        )
        said = " · ".join(self.filters)
        if said:
            room = 8.5 * times
            y += 0.6 * times + page.paragraph(
                margin, y + 0.6 * times, width, said, size=9 * times, colour=look.MUTED, height=room, least=6 * times
            )
        return y + 2.5 * times

    def _foot(self, page: Page, margin: float, width: float, times: float) -> float:
        """Write sources, date and number of the page at the foot; return the height to leave free."""
        sources = f"{self.words['sources']} {' · '.join(self.sources)}"
        size = SOURCES_PT * min(times, 1.1)
        tall = page.paragraph_height(width, sources, size=size)
        height = tall + 7.5 * times
        y = page.height - margin - height + 2.5 * times
        page.rule(margin, y - 0.8 * times, width)
        page.paragraph(margin, y, width, sources, size=size, colour=look.MUTED)
        last = page.height - margin - 2.6 * times
        number = page.text(margin + width, last, self.words["page"], size=6.8 * times, colour=look.MUTED, align="end")
        room = width - number - 4
        page.text(margin, last, self.words["made"], size=6.8 * times, colour=look.MUTED, width=room)
        return height

    def _map(self, page: Page, box: tuple[float, float, float, float], times: float) -> Frame:
        most, size, north_size = 38 * times, 7 * times, 7.5 * times
        frame = map_frame(
            page,
            self.state,
            self.ground,
            box,
            unit=self._unit,
            grey=self.grey,
            before_names=partial(leave_corners, page, most_mm=most, size=size, north_size=north_size),
        )
        scale_bar(page, frame, self.words, most_mm=most, size=size)
        north(page, frame, self.words["north"], size=north_size)
        return frame

    def _key(self, page: Page, times: float) -> LegendKey:
        unit = self._unit * float(self.state.get("magnify", 1.0))
        size = LEGEND_PT * times
        return LegendKey(page, self.state["legend"], palette_of(self.state), unit=unit, size=size, grey=self.grey)

    def _beside(self, page: Page, frame: Frame, box: tuple[float, float, float, float], times: float) -> None:
        """Fill the column beside the map: legend above, locator and way back below."""
        x, y, width, height = box
        low = (QR_MM + 4 if shows_the_country(frame) else 34) * times
        key = self._key(page, times)
        columns = fitted(key, width, height - low - 3, LEAST_LEGEND_PT * times)
        key.draw(x, y, width, columns)
        self._ways(page, frame, (x, y + height - low, width, low), times)

    def _band(self, page: Page, width: float, times: float) -> tuple[LegendKey, int, float]:
        """Return the legend for under the map, its columns and the height of all that stands there."""
        key, room = self._key(page, times), width - 44 * times
        columns = columns_of(self.state["legend"])
        while key.whole_height(room, columns) > BAND_MM * times and key.size > LEAST_LEGEND_PT * times:
            key.size *= 0.95
        return key, columns, max(key.whole_height(room, columns), 62 * times)

    def _under(
        self,
        page: Page,
        frame: Frame,
        box: tuple[float, float, float, float],
        key: LegendKey,
        columns: int,
        times: float,
    ) -> None:
        x, y, width, height = box
        key.draw(x, y, width - 44 * times, columns)
        ways = 38 * times
        self._ways(page, frame, (x + width - ways, y, ways, height), times)

    def _ways(self, page: Page, frame: Frame, box: tuple[float, float, float, float], times: float) -> None:
        """Draw where the map lies in the country, and the code that opens the same view: side by side, or stacked."""
        x, y, width, height = box
        stacked = width < height
        high = 30 * times
        line = page.hand(6.8 * times).line_mm
        wide = width if stacked or not self.address else width - (QR_MM + 3) * times
        if shows_the_country(frame):
            high = 0.0
        else:
            page.text(x, y, self.words["locator"], size=6.8 * times, colour=look.MUTED, width=wide)
            locator(page, self.ground, frame, (x, y + line, wide, high - line), grey=self.grey)
        if not self.address:
            return
        size = QR_MM * times
        at = (x, y + high + 1.5 * times) if stacked else (x + width - size, y)
        page.text(*at, self.words["scan"], size=6.8 * times, colour=look.MUTED, width=size + (12 if stacked else 0))
        page.qr(at[0], at[1] + line, size, self.address)


def fitted(key: LegendKey, width: float, height: float, least: float) -> int:
    """Set a legend as large as fits a box, in one column or two; return how many.

    One column, whose words are whole, is preferred to two with larger ones unless it is much smaller. A legend too
    long even so is set smaller than `least` points: hard to read is better than under something else.
    """
    whole, found = key.size, []
    for columns in (1, 2):
        key.size = whole
        while key.whole_height(width, columns) > height and key.size > least:
            key.size *= 0.95
        if key.whole_height(width, columns) <= height:
            found.append((key.size * (1.0 if columns == 1 else TWO_COLUMNS), key.size, columns))
    if found:
        _, key.size, columns = max(found)
        return columns
    while key.whole_height(width, 2) > height and key.size > least / 2:
        key.size *= 0.95
    return 2
