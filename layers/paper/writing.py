"""Text set on paper: its direction, its lines, the size at which it fits. Widths are measured, never guessed."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from layers.paper.fonts import width_em

MM_PER_POINT = 25.4 / 72
MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
LEADING = {"ltr": 1.32, "rtl": 1.5}
"""Height of a line in sizes: Arabic reaches further up and down."""
LARGER = {"ltr": 1.0, "rtl": 1.1}
"""Arabic is set a step larger, for the same size to the eye."""
ELLIPSIS = "…"
GLUE = re.compile(r" (?=[;:!?»%])|(?<=«) |(?<=\d) (?=(?:\d|M|Md|DH|km|m|ha|h|min|كم|م)\b)|(?<=[Md]) (?=DH\b)")
"""Spaces at which a line is not broken."""


@dataclass(frozen=True)
class Hand:
    """How text is written: style (regular, bold, italic), size in points as asked for, direction of the page."""

    style: str
    size: float
    direction: str

    @property
    def points(self) -> float:
        """Size in points as set: Arabic a step larger."""
        return self.size * LARGER[self.direction]

    @property
    def line_mm(self) -> float:
        """Height of one line."""
        return self.size * LEADING[self.direction] * MM_PER_POINT

    def width_mm(self, text: str) -> float:
        """Width of a text on one line."""
        return width_em(text, self.style, self.direction) * self.points * MM_PER_POINT


def glued(text: str) -> str:
    r"""Return a text whose signs and units stay on the line of what they belong to.

    Examples
    --------
    >>> glued("Besoin : 59,2 M DH ; 38 % « à vérifier »").split(" ")
    ['Besoin\xa0:', '59,2\xa0M\xa0DH\xa0;', '38\xa0%', '«\xa0à', 'vérifier\xa0»']
    """
    return GLUE.sub("\u00a0", text)


def clean(text: str) -> str:
    """Return a text on one line: line breaks and control characters become spaces, markup stays as it is written."""
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in text)
    return glued(re.sub(r" {2,}", " ", "".join(kept)).strip())


def directed(text: str, direction: str) -> str:
    r"""Return a text that is laid out in the direction of the page even when it begins in the other script.

    Examples
    --------
    >>> directed("Agadir", "ltr")
    'Agadir'
    >>> directed("Agadir", "rtl")
    '\u200fAgadir'
    """
    for char in text:
        own = STRONG.get(unicodedata.bidirectional(char))
        if own:
            return text if own == direction else MARKS[direction] + text
    return MARKS["rtl"] + text if direction == "rtl" and any(char in "+-–−≈%()<>≤≥:" for char in text) else text


def lines(text: str, hand: Hand, width_mm: float, most: int | None = None) -> list[str]:
    """Break a text into lines no wider than `width_mm`; a word wider than a line is broken where it must.

    Parameters
    ----------
    most
        Lines at most: what does not fit is cut, and an ellipsis says so.

    Returns
    -------
    list[str]
        At least one line, empty when the text is.
    """
    made = [""]
    for word in _breakable(clean(text), hand, width_mm):
        longer = f"{made[-1]} {word}" if made[-1] else word
        if hand.width_mm(longer) <= width_mm or not made[-1]:
            made[-1] = longer
        else:
            made.append(word)
    if most is not None and len(made) > most:
        made = [*made[: most - 1], shortened(" ".join(made[most - 1 :]), hand, width_mm)]
    return made


def shortened(text: str, hand: Hand, width_mm: float) -> str:
    """Return the text on one line, cut at its end with an ellipsis where it is too wide."""
    text = clean(text)
    if hand.width_mm(text) <= width_mm:
        return text
    return text[: _characters_in(text, hand, width_mm - hand.width_mm(ELLIPSIS))].rstrip() + ELLIPSIS


def fitting(text: str, hand: Hand, width_mm: float, height_mm: float, least: float) -> tuple[Hand, list[str]]:
    """Return the largest size, down to `least` points, at which the text fits a box, and its lines; cut only then."""
    while True:
        made = lines(text, hand, width_mm)
        room = max(1, int((height_mm + 0.05) / hand.line_mm))
        if len(made) <= room:
            return hand, made
        if hand.size <= least:
            return hand, lines(text, hand, width_mm, room)
        hand = Hand(hand.style, max(least, hand.size * 0.93), hand.direction)


def _breakable(text: str, hand: Hand, width_mm: float) -> list[str]:
    words = []
    for word in text.split(" "):
        rest = word
        while hand.width_mm(rest) > width_mm and len(rest) > 1:
            cut = max(1, _characters_in(rest, hand, width_mm))
            words.append(rest[:cut])
            rest = rest[cut:]
        words.append(rest)
    return words


def _characters_in(text: str, hand: Hand, width_mm: float) -> int:
    """Return how many characters of a text that is too wide fit a width."""
    return bisect_right(range(1, len(text)), width_mm, key=lambda size: hand.width_mm(text[:size]))
