"""The legend on paper: each sign as the map draws it, its word, its count; mirrored where reading is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.path import Path as Outline

from layers.paper import look
from layers.paper.marks import Ink, Words, circle, cross, rectangle
from layers.paper.page import Page
from layers.paper.symbol_paths import symbol
from layers.paper.writing import MM_PER_POINT
from layers.style import INSUFFICIENT, NO_DATA, NOT_APPLICABLE, WITHHELD

SPECIAL = {"nodata": NO_DATA, "insufficient": INSUFFICIENT, "withheld": WITHHELD, "notapplicable": NOT_APPLICABLE}
AREA = [(-11, -4), (-3, -10), (8, -8), (11, 3), (3, 10), (-9, 7), (-11, -4)]
"""A commune as the key draws one, in the pixels of the screen's key."""
DRAWINGS = ("bivariate", "circles")
SWATCH_PX = (20.0, 14.0)
LARGEST_PX = 11.0
UNSEEN_MM = 1e-6  # columns as high as one another, but for what sums of fractions lose
COLUMN_ROWS = (4, 12)
"""Rows from which on a second column, a third, is begun under a map."""
GAP, AROUND = 0.08, 0.09
"""Millimetres for a point of the words: between two rows, around a sign."""


@dataclass(eq=False)
class LegendKey:
    """The legend of a state, to be drawn on a page.

    Attributes
    ----------
    legend
        `layers.legend.Legend.as_dict()`.
    palette
        Colours of the map's classes, from which greys and letters follow when `grey`.
    unit
        Millimetres for a pixel of the map: circles of the key are as large as those of the map.
    size
        Of the words, points.
    """

    page: Page
    legend: Mapping[str, Any]
    palette: Sequence[str] = ()
    unit: float = 0.235
    size: float = 8.5
    grey: bool = False
    _kinds: dict[str, Callable[[Mapping[str, Any], float, float], None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._kinds = {name: getattr(self, f"_{name}") for name in ("mark", "area", "hatch", "cluster", "empty")}
        self._kinds |= {"circle": self._round, "dot": self._round, "hollow": self._hollow, "fill": self._fill}
        self._kinds |= dict.fromkeys(SPECIAL, self._special) | dict.fromkeys(look.OVER, self._over)

    @property
    def px(self) -> float:
        """Millimetres for a pixel of the key."""
        return self.size * 0.0275

    @property
    def indent(self) -> float:
        """Where words begin."""
        return 26 * self.px + 1.5

    def height(self, width: float, rows: Sequence[Mapping[str, Any]] | None = None) -> float:
        """Return the height of the rows, all of them unless some are named, without title and note."""
        return sum(self._row_height(row, width) for row in (self.legend["rows"] if rows is None else rows))

    def natural_width(self) -> float:
        """Return how wide the rows are where none takes two lines; infinite for a key that is one drawing."""
        if any(row["symbol"]["kind"] in DRAWINGS for row in self.legend["rows"]):
            return np.inf
        words = self.page.hand(self.size)
        wide = (words.width_mm(row["label"]) + self._count_width(row) for row in self.legend["rows"])
        return self.indent + max(wide, default=0.0) + 1

    def whole_height(self, width: float, columns: int = 1) -> float:
        """Return the height of title, rows and note."""
        wide = self._column(width, columns)
        title = self.page.paragraph_height(width, self.legend["title"], size=self.size + 0.5, style="bold") + 1.5
        note = self.page.paragraph_height(width, self.legend["note"], size=self.size - 1)
        rows = max((self.height(wide, part) for part in self._split(wide, columns)), default=0.0)
        return title + rows + (note + 1.5 if note else 0)

    def draw(self, x: float, y: float, width: float, columns: int = 1) -> float:
        """Draw title, rows (in columns side by side) and note; return the height taken."""
        page, top = self.page, y
        y += page.paragraph(x, y, width, self.legend["title"], size=self.size + 0.5, style="bold") + 1.5
        wide, lowest = self._column(width, columns), y
        for number, part in enumerate(self._split(wide, columns)):
            at, left = y, x + number * (wide + 6)
            for row in part:
                at += self._row(row, left, at, wide)
            lowest = max(lowest, at)
        note = self.legend["note"]
        if note:
            lowest += 1.5 + page.paragraph(x, lowest + 1.5, width, note, size=self.size - 1, colour=look.MUTED)
        return lowest - top

    def _column(self, width: float, columns: int) -> float:
        return (width - 6 * (columns - 1)) / columns

    def _split(self, width: float, columns: int) -> list[list[Mapping[str, Any]]]:
        """Share the rows among columns, in their order, each but the last no shorter than it must be."""
        rows: list[Mapping[str, Any]] = list(self.legend["rows"])
        if columns == 1 or len(rows) < 2:  # noqa: PLR2004 - one row cannot be shared
            return [rows]
        heights = np.cumsum([self._row_height(row, width) for row in rows])
        cuts = np.searchsorted(heights, heights[-1] * np.arange(1, columns) / columns - UNSEEN_MM) + 1
        first, *others = (rows[start:end] for start, end in pairwise((0, *cuts.tolist(), len(rows))))
        return [first, *([_alone(part[0]), *part[1:]] for part in others if part)]

    def _row_height(self, row: Mapping[str, Any], width: float) -> float:
        kind = row["symbol"]["kind"]
        if kind == "circles":
            nested, line = row["symbol"]["circles"], self.page.hand(self.size).line_mm
            most = 2 * float(nested[0]["radius"]) * self.unit if nested else 0.0
            return max(most, len(nested) * line - line) + line + 2
        if kind == "bivariate":
            return self._square_side() + 2.4 * self.page.hand(self.size).line_mm
        words = self.page.paragraph_height(width - self.indent - self._count_width(row), row["label"], size=self.size)
        apart = 1.6 if row["symbol"].get("apart") else 0.0
        return max(words, self._sign_height) + GAP * self.size + apart

    @property
    def _sign_height(self) -> float:
        return SWATCH_PX[1] * self.px + AROUND * self.size

    def _count_width(self, row: Mapping[str, Any]) -> float:
        return self.page.hand(self.size, "bold").width_mm(row["count"]) + 2 if row["count"] else 0.0

    def _row(self, row: Mapping[str, Any], x: float, y: float, width: float) -> float:
        whole, page, symbol_of = self._row_height(row, width), self.page, row["symbol"]
        if symbol_of["kind"] == "circles":
            self._circles(symbol_of, x, y)
            return whole
        if symbol_of["kind"] == "bivariate":
            self._square(symbol_of, x, y, width)
            return whole
        top = y
        if symbol_of.get("apart"):
            page.rule(x, y + 0.4, width)
            top = y + 1.6
        middle = page.left_of(x + 12 * self.px)
        line = page.hand(self.size).line_mm
        self._kinds[symbol_of["kind"]](symbol_of, middle, top + max(line, self._sign_height) / 2)
        words = width - self.indent - self._count_width(row)
        shift = max(0.0, (self._sign_height - line) / 2)
        page.paragraph(x + self.indent, top + shift, words, row["label"], size=self.size)
        page.text(x + width, top + shift, row["count"], size=self.size, style="bold", align="end")
        return whole

    # Signs: each in a box of 24 pixels around a place of the page ------------------------------------------------
    def _ink(self, outline: Outline, x: float, y: float, **look_of: Any) -> None:
        for name in ("fill", "edge", "hatch_colour"):
            if self.grey and look_of.get(name):
                look_of[name] = look.grey(look_of[name])
        self.page.marks.append(Ink(Outline(outline.vertices * self.px + np.array([x, y]), outline.codes), **look_of))

    def _swatch(self, x: float, y: float, **look_of: Any) -> None:
        width, height = SWATCH_PX
        self._ink(rectangle((-width / 2, -height / 2, width, height)), x, y, edge=look.EDGE, join="miter", **look_of)

    def _fill(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        colour = str(sign["colour"])
        self._swatch(x, y, fill=self._shown(colour))
        letters = look.letters(self.palette) if self.grey else []
        if letters and colour in self.palette:
            self._word(letters[list(self.palette).index(colour)], x, y, self.size - 2, halo=look.PAPER)

    def _special(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        of = SPECIAL[sign["kind"]]
        fill = look.PAPER if of == NOT_APPLICABLE else look.NO_DATA_GREY
        self._swatch(x, y, fill=fill, hatch=look.PATTERNS[of], hatch_colour=look.MUTED)

    def _over(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        fill = str(sign.get("colour") or look.SURFACE)
        self._swatch(x, y, fill=self._shown(fill), hatch=look.OVER[sign["kind"]], hatch_colour=look.INK)

    def _hatch(self, _: Mapping[str, Any], x: float, y: float) -> None:
        self._swatch(x, y, fill=look.SURFACE, hatch=look.CHOSEN, hatch_colour=look.SAFFRON)

    def _mark(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        outline = symbol(sign["path"])
        scaled = Outline(outline.vertices * 0.95, outline.codes)
        letter = look.sector_letters(self.legend)[sign["path"], sign["colour"]] if self.grey else ""
        self._ink(scaled, x, y, fill=look.SURFACE if letter else sign["colour"], edge=look.INK, width=0.7)
        if letter:
            self._word(letter, x, y, self.size - 2.5)

    def _area(self, _: Mapping[str, Any], x: float, y: float) -> None:
        self._ink(Outline(AREA, closed=True), x, y, fill="#4678d7", opacity=0.16, edge=look.ACCENT, edge_opacity=1.0)
        self._ink(rectangle((-5, -5, 10, 10)), x, y, fill=look.SURFACE, edge=look.ACCENT, width=0.7)

    def _empty(self, _: Mapping[str, Any], x: float, y: float) -> None:
        self._ink(Outline(AREA, closed=True), x, y, edge=look.EDGE, width=0.7)

    def _cluster(self, _: Mapping[str, Any], x: float, y: float) -> None:
        self._ink(circle(9), x, y, fill=look.SURFACE, edge=look.INK, width=1.2)

    def _round(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        colour = self._shown(str(sign["colour"]))
        self._ink(circle(min(float(sign.get("size", 10)), LARGEST_PX)), x, y, fill=colour, edge=look.INK, width=0.6)

    def _hollow(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        size = min(float(sign.get("size", 6)), LARGEST_PX)
        if self.grey:
            self._ink(cross(size), x, y, fill=look.EDGE)
            return
        self._ink(circle(size), x, y, fill=look.SURFACE, edge=look.MUTED, width=0.8)

    def _shown(self, colour: str) -> str:
        """Return the colour of a class as the map draws it: its own grey where there is no colour."""
        if self.grey and colour in self.palette:
            return look.greys(self.palette)[list(self.palette).index(colour)]
        return colour

    def _word(self, word: str, x: float, y: float, size: float, halo: str = "") -> None:
        hand = self.page.hand(size, "bold")
        base = y + 0.36 * hand.points * MM_PER_POINT
        self.page.marks.append(Words(x, base, word, hand, look.INK, "centre", halo=halo))

    # Whole keys -----------------------------------------------------------------------------------------------------
    def _circles(self, sign: Mapping[str, Any], x: float, y: float) -> None:
        """Draw circles of real values nested in one another, each named beside its top."""
        nested = sign["circles"]
        if not nested:
            return
        page, most = self.page, nested[0]["radius"] * self.unit
        base, lowest = y + 2 * most + page.hand(self.size).line_mm / 2 + 0.5, -np.inf
        colour = look.grey(sign["colour"]) if self.grey else sign["colour"]
        for one in nested:
            radius = one["radius"] * self.unit
            outline = circle(radius, page.left_of(x + most), base - radius)
            page.marks.append(Ink(outline, fill=colour, opacity=0.35, edge=look.INK, edge_opacity=1.0, width=0.6))
            line = max(base - 2 * radius, lowest + page.hand(self.size).line_mm)
            lowest = line
            ends = [(x + most, base - 2 * radius), (x + 2 * most + 2, line), (x + 2 * most + 5, line)]
            leader = Outline([(page.left_of(at), level) for at, level in ends])
            page.marks.append(Ink(leader, edge=look.EDGE, width=0.5))
            half = page.hand(self.size).line_mm / 2
            page.text(x + 2 * most + 6, line - half, one["label"], size=self.size)

    def _square_side(self) -> float:
        return 84 * self.px

    def _square(self, sign: Mapping[str, Any], x: float, y: float, width: float) -> None:
        """Draw the key of a map of two measures: nine cells with their counts, named over and under."""
        page, side = self.page, self._square_side()
        cell, line = side / 3, page.hand(self.size).line_mm
        shown = look.greys(sign["palette"]) if self.grey else list(sign["palette"])
        letters = look.letters(sign["palette"]) if self.grey else [""] * len(shown)
        page.text(x, y, f"↑ {sign['up'].replace('→', '').strip()}", size=self.size - 0.5, width=width)
        for number, colour in enumerate(shown):
            column, row = number % 3, 2 - number // 3
            at, top = x + column * cell, y + 1.2 * line + row * cell
            page.marks.append(Ink(rectangle((page.left_of(at, cell), top, cell, cell)), fill=colour, edge=look.SURFACE))
            count = sign["counts"][number] if sign.get("counts") else ""
            said = f"{letters[number]} {count}".strip()
            light = look.luminance(colour) < 0.5  # noqa: PLR2004 - darker than half
            middle = page.left_of(at + cell / 2)
            hand = page.hand(self.size - 1)
            base = top + cell / 2 + 0.36 * hand.points * MM_PER_POINT
            page.marks.append(Words(middle, base, said, hand, look.SURFACE if light else look.INK, "centre"))
        arrow = "←" if page.direction == "rtl" else "→"
        right = sign["right"].replace("→", arrow).replace("←", arrow)
        page.text(x, y + 1.2 * line + side + 0.3, right, size=self.size - 0.5, width=width)


def _alone(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row without the line that sets it apart from those over it: it begins a column."""
    return {**row, "symbol": {name: value for name, value in row["symbol"].items() if name != "apart"}}


def columns_of(legend: Mapping[str, Any]) -> int:
    """Return how many columns the rows of a legend take under a map as wide as a page: one for few, three for many."""
    return 1 + sum(len(legend["rows"]) > most for most in COLUMN_ROWS)


def palette_of(state: Mapping[str, Any]) -> Sequence[str]:
    """Return the colours of a map's classes, of its communes or of its places; none where it has no classes."""
    layer = state.get("choropleth") or state.get("dots")
    return list(layer["palette"]) if layer else []
