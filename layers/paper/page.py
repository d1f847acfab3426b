"""A page of paper to draw on: millimetres from the top corner where reading starts, in both directions of writing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import segno
from matplotlib.path import Path as Outline
from PIL import Image

from layers.paper import writing
from layers.paper.look import ACCENT, EDGE, INK, LINE, MUTED, NO_DATA_GREY, SURFACE
from layers.paper.marks import Box, Ink, Picture, Stamps, Words, rectangle
from layers.paper.writing import Hand

SIZES_MM = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "16x9": (190.5, 338.7)}
"""Width and height upright; 16x9 is the page of a slide, 13.33 x 7.5 inches lying."""
LEAST_PT = 6.5


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its width, whether its text stands at the start, the end or the centre."""

    head: str
    width: float
    align: str = "start"


@dataclass(frozen=True)
class Drawn:
    """What a table took: its height, and how many of its rows found room."""

    height: float
    rows: int


class Page:
    """One page. Everything is in millimetres and points; `x` runs from the side where reading starts, `y` from the top.

    In Arabic (`direction="rtl"`) `x` is measured from the right edge and text stands at the right: the same calls give
    the mirrored page. What is inside a picture or a map is never mirrored.

    Parameters
    ----------
    size
        a4, a3 or 16x9 (`SIZES_MM`).
    landscape
        Lying instead of upright; 16x9 always lies.
    direction
        `Texts.direction`.

    Examples
    --------
    >>> page = Page("a4", direction="rtl")
    >>> height = page.paragraph(15, 20, 180, "مشروع", size=10)
    >>> page.width, page.height, page.marks[0].anchor, page.marks[0].x
    (210.0, 297.0, 'right', 195.0)
    """

    def __init__(self, size: str = "a4", *, landscape: bool = False, direction: str = "ltr") -> None:
        short, long = SIZES_MM[size]
        self.width, self.height = (long, short) if landscape or size == "16x9" else (short, long)
        self.direction = direction
        self.marks: list[Ink | Words | Picture | Stamps] = []

    def left_of(self, x: float, width: float = 0.0) -> float:
        """Return how far from the left edge of the paper lies what begins at `x` and is so wide."""
        return self.width - x - width if self.direction == "rtl" else x

    def hand(self, size: float = 9.0, style: str = "regular") -> Hand:
        """Return a way of writing on this page: size in points, style regular, bold or italic."""
        return Hand(style, size, self.direction)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9.0,
        style: str = "regular",
        colour: str = INK,
        align: str = "start",
        width: float | None = None,
        link: str = "",
    ) -> float:
        """Write one line whose top is `y`; return its width.

        Parameters
        ----------
        align
            start: it begins at `x`; end: it ends at `x`; centre: `x` is its middle.
        width
            What does not fit it is cut, with an ellipsis.
        link
            Address opened when it is clicked in a PDF.
        """
        hand, words = self.hand(size, style), writing.clean(words)
        if width is not None:
            words = writing.shortened(words, hand, width)
        self._line(x, y, words, hand, colour=colour, align=align, link=link)
        return hand.width_mm(words)

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        *,
        size: float = 9.0,
        style: str = "regular",
        colour: str = INK,
        align: str = "start",
        height: float | None = None,
        least: float = LEAST_PT,
    ) -> float:
        """Write a text over several lines and return the height it takes.

        Parameters
        ----------
        height
            Room there is: the text is set smaller, down to `least` points, until it fits, then cut with an ellipsis.
        """
        hand = self.hand(size, style)
        made = writing.lines(words, hand, width)
        if height is not None:
            hand, made = writing.fitting(words, hand, width, height, min(least, size))
        at = x + {"start": 0.0, "centre": width / 2, "end": width}[align]
        for number, line in enumerate(made):
            self._line(at, y + number * hand.line_mm, line, hand, colour=colour, align=align)
        return len(made) * hand.line_mm if any(made) else 0.0

    def paragraph_height(self, width: float, words: str, *, size: float = 9.0, style: str = "regular") -> float:
        """Return the height that `paragraph` would take."""
        hand = self.hand(size, style)
        return len(writing.lines(words, hand, width)) * hand.line_mm if words else 0.0

    def rule(self, x: float, y: float, width: float, *, colour: str = LINE, weight: float = 0.6) -> None:
        """Draw a level line, `weight` points thick."""
        left = self.left_of(x, width)
        self.marks.append(Ink(Outline([(left, y), (left + width, y)]), edge=colour, width=weight))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        weight: float = 0.5,
        hatch: str = "",
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a rectangle: filled, outlined, hatched (a pattern of matplotlib, such as `///`)."""
        left = self.left_of(x, width)
        outline = rectangle((left, y, width, height))
        self.marks.append(Ink(outline, fill=fill, edge=edge, width=weight, hatch=hatch, dash=dash, join="miter"))

    def bar(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        share: float | None,
        *,
        colour: str = ACCENT,
        ground: str = "#efe9df",
    ) -> None:
        """Draw a bar that fills a share (0 to 1) of its width from where reading starts; None is hatched: not known."""
        if share is None:
            self.box(x, y, width, height, fill=NO_DATA_GREY, hatch="////")
            return
        self.box(x, y, width, height, fill=ground)
        filled = width * min(max(share, 0.0), 1.0)
        if filled:
            self.box(x, y, filled, height, fill=colour)

    def table(
        self,
        x: float,
        y: float,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        size: float = 8.0,
        height: float | None = None,
        bold: Sequence[int] = (),
    ) -> Drawn:
        """Draw a table: heads, rules between rows, cells that wrap in their column.

        Parameters
        ----------
        height
            Room there is: rows that find none are left for the caller (`Drawn.rows` tells how many were drawn).
        bold
            Numbers of rows set in bold, a total for instance.
        """
        total = sum(column.width for column in columns)
        at = y
        if any(column.head for column in columns):
            at += self._row(x, at, columns, [column.head for column in columns], size=size, style="bold", colour=MUTED)
            self.rule(x, at, total, colour=EDGE, weight=0.8)
        for number, row in enumerate(rows):
            style = "bold" if number in bold else "regular"
            tall = self._row_height(columns, row, size, style)
            if height is not None and at + tall > y + height + 0.01:
                return Drawn(at - y, number)
            at += self._row(x, at, columns, row, size=size, style=style, colour=INK)
            self.rule(x, at, total)
        return Drawn(at - y, len(rows))

    def picture(self, x: float, y: float, width: float, height: float, content: bytes) -> Box:
        """Draw a picture (PNG, JPEG, WebP) whole in a box, its proportions kept; return where it lies.

        A smaller one lies at the top, where the line ends: text flows beside it and under it.

        Raises
        ------
        ValueError
            It is no picture that can be read.
        """
        try:
            image = Image.open(io.BytesIO(content)).convert("RGBA")
        except (OSError, Image.DecompressionBombError) as error:
            raise ValueError("not a picture that can be read (PNG, JPEG or WebP)") from error
        scale = min(width / image.width, height / image.height)
        wide, high = image.width * scale, image.height * scale
        box = (self.left_of(x + width - wide, wide), y, wide, high)
        self.marks.append(Picture(box, np.asarray(image)))
        return box

    def qr(self, x: float, y: float, size: float, address: str) -> None:
        """Draw an address as a QR code of `size` millimetres, quiet zone included."""
        matrix = segno.make(address, error="m", micro=False).matrix
        step = size / (len(matrix) + 4)
        left, top = self.left_of(x, size) + 2 * step, y + 2 * step
        self.box(x, y, size, size, fill=SURFACE)
        modules = [
            rectangle((left + column * step, top + row * step, step * 1.02, step * 1.02))
            for row, line in enumerate(matrix)
            for column, dark in enumerate(line)
            if dark
        ]
        self.marks.append(Ink(Outline.make_compound_path(*modules), fill="#000000"))

    def _line(self, x: float, y: float, words: str, hand: Hand, *, colour: str, align: str, link: str = "") -> None:
        if not words:
            return
        anchors = {"start": "left", "centre": "centre", "end": "right"}
        anchor = anchors[align]
        if self.direction == "rtl" and anchor != "centre":
            anchor = "right" if anchor == "left" else "left"
        base = y + hand.line_mm / 2 + 0.36 * hand.points * writing.MM_PER_POINT
        text = writing.directed(words, self.direction)
        self.marks.append(Words(self.left_of(x), base, text, hand, colour, anchor, link=link))

    def _row_height(self, columns: Sequence[Column], cells: Sequence[str], size: float, style: str) -> float:
        pairs = zip(columns, cells, strict=True)
        tall = max(self.paragraph_height(column.width - 2, cell, size=size, style=style) for column, cell in pairs)
        return max(tall, self.hand(size, style).line_mm) + 1.4

    def _row(
        self,
        x: float,
        y: float,
        columns: Sequence[Column],
        cells: Sequence[str],
        *,
        size: float,
        style: str,
        colour: str,
    ) -> float:
        at = x
        for column, cell in zip(columns, cells, strict=True):
            width = column.width - 2
            self.paragraph(at + 1, y + 0.7, width, cell, size=size, style=style, colour=colour, align=column.align)
            at += column.width
        return self._row_height(columns, cells, size, style)
