"""The figures of a place on paper: in brief, and each indicator beside those around it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.path import Path as Outline

from layers.paper.look import ACCENT, EDGE, INK, LINE, MUTED, SURFACE
from layers.paper.marks import Ink, rectangle
from layers.paper.page import Page

SIZE = {"ltr": 6.9, "rtl": 6.4}
"""Points of the dense tables, by direction: the line of both is about as high."""
HEAD_SIZE = 8.5
VALUE_PT, LABEL_PT, NOTE_PT, DEEPER = 9.0, 7.5, 6.2, 1.45
LEAST_LABEL = 0.8
"""How much smaller a long label is set before it is cut: its figure never is."""
FIGURE_WIDTHS = {"theme": 23.0, "label": 43.0, "change": 32.0, "people": 13.5}
VALUE_MM = 16.0
NARROW_MM, MOST_VALUES = 13.4, 4
LEAST, LEAST_ABSENT = 5.6, 4.8
APART_MM, BETWEEN_MM = 1.3, 0.8  # between the words of two columns, between two figures, at least


def title(page: Page, x: float, y: float, width: float, said: str) -> float:
    """Write the title of a part; return the height it takes."""
    return page.paragraph(x, y, width, said, size=HEAD_SIZE, style="bold", colour=ACCENT) + 0.6


def brief(page: Page, x: float, y: float, width: float, height: float, content: Mapping[str, Any]) -> None:
    """List the few figures that say who lives there, value first, set to fill the height beside the map."""
    end = y + height
    y += title(page, x, y, width, content["title"])
    source = page.paragraph_height(width, content["source"], size=6.5)
    facts = [fact for fact in content["facts"] if not fact.get("on_screen")]
    is_deep = [bool(fact["note"]) and _beside(page, fact, width) < _note_mm(page, fact) for fact in facts]
    weights = [DEEPER if deep else 1.0 for deep in is_deep]
    pitch = min(9.0, (end - source - 1.5 - y) / max(1.0, sum(weights)))
    tight = min(
        1.0, pitch / (page.hand(VALUE_PT).line_mm + 0.5)
    )  # many facts, little room: smaller, never one over another
    for fact, deep, weight in zip(facts, is_deep, weights, strict=True):
        page.rule(x, y, width)
        value = min(page.hand(VALUE_PT * tight, "bold").width_mm(fact["value"]), width * 0.7)
        size, room = LABEL_PT * tight, width - value - 2
        size *= min(1.0, max(LEAST_LABEL, room / page.hand(size).width_mm(fact["label"])))
        label = page.text(x, y + 0.9 * tight, fact["label"], size=size, colour=MUTED, width=room)
        room = width - label - 2
        page.text(
            x + width, y + 0.5 * tight, fact["value"], size=VALUE_PT * tight, style="bold", align="end", width=room
        )
        if fact["note"] and deep:
            page.text(
                x + width, y + 4.3 * tight, fact["note"], size=NOTE_PT * tight, colour=MUTED, align="end", width=width
            )
        elif fact["note"]:
            page.text(x + label + 1.5, y + 1.2 * tight, fact["note"], size=NOTE_PT * tight, colour=MUTED, width=width)
        y += pitch * weight
    source_y = max(y, end - source)
    page.paragraph(x, source_y, width, content["source"], size=6.5, colour=MUTED, height=end - source_y + 0.1)


def _beside(page: Page, fact: Mapping[str, Any], width: float) -> float:
    """Return the room for a note between the label and the value of a fact, millimetres."""
    label, value = page.hand(LABEL_PT).width_mm(fact["label"]), page.hand(VALUE_PT, "bold").width_mm(fact["value"])
    return width - label - value - 3.5


def _note_mm(page: Page, fact: Mapping[str, Any]) -> float:
    return page.hand(NOTE_PT).width_mm(fact["note"])


def table(page: Page, x: float, y: float, width: float, height: float, content: Mapping[str, Any]) -> None:
    """Draw a line for each indicator: the place and what contains it as shapes on a line, then as figures."""
    end = y + height
    y += title(page, x, y, width, content["title"])
    columns = _value_columns(content)
    value = VALUE_MM if len(columns) <= MOST_VALUES else NARROW_MM
    spare = min(VALUE_MM * max(0, MOST_VALUES - len(columns)) / 2, 6.0)  # wide territories: long numbers, few columns
    of_people = FIGURE_WIDTHS["people"] + spare
    strip = width - sum(FIGURE_WIDTHS.values()) - spare - value * len(columns)
    at_strip = x + FIGURE_WIDTHS["theme"] + FIGURE_WIDTHS["label"]
    values = [at_strip + strip + value * number for number in range(1, len(columns) + 1)]
    people = x + width
    change = people - of_people
    y += _heads(page, (x, at_strip, change, people), y, content["labels"], list(zip(columns, values, strict=True)))
    note = page.paragraph_height(width, content["note"], size=6.5)
    rows = sum(len(group["rows"]) for group in content["groups"])
    pitch = min(4.2, (end - note - 1 - y) / max(1, rows))
    for group in content["groups"]:
        page.rule(x, y, width, colour=EDGE, weight=0.4)
        fitted(page, x, y, FIGURE_WIDTHS["theme"] - APART_MM, group["title"], style="bold")
        for row in group["rows"]:
            said = " ".join(part for part in (row["label"], row["note"] and f"({row['note']})") if part)
            fitted(page, x + FIGURE_WIDTHS["theme"], y, FIGURE_WIDTHS["label"] - 1, said)
            _strip(page, at_strip, y + pitch / 2, strip - 2, row["marks"])
            own, *others = row["cells"]
            for cell, where in zip([own, *row["parts"], *others], values, strict=True):
                style, colour = ("bold" if cell is own else "regular"), (MUTED if cell["absent"] else INK)
                room = value - BETWEEN_MM
                if cell["absent"] and page.hand(LEAST, style).width_mm(cell["text"]) > room:
                    _in_small(page, where - room, y + pitch / 2, room, cell["text"])
                    continue
                fitted(page, where - room, y, room, cell["text"], style=style, colour=colour, align="end")
            told = [row["change"]["text"], row["change"]["sense"], row["change"]["years"]]
            changed = " · ".join(part for part in told if part)
            fitted(page, change - FIGURE_WIDTHS["change"] + 1, y, FIGURE_WIDTHS["change"] - 1, changed, align="end")
            fitted(page, change + 1, y, of_people - 1, row["people"], align="end")
            y += pitch
    page.rule(x, y, width, colour=EDGE, weight=0.4)
    page.paragraph(x, y + 0.6, width, content["note"], size=6.5, colour=MUTED, height=max(2.0, end - y - 0.6))


def _value_columns(content: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the columns of values: the place, its towns and countryside apart where published, what contains it."""
    own, *others = content["heads"]
    return [own, *({"name": "", "level": part, "sign": ""} for part in content["parts"]), *others]


def _heads(
    page: Page,
    at: tuple[float, float, float, float],
    y: float,
    labels: Mapping[str, str],
    columns: Sequence[tuple[Mapping[str, str], float]],
) -> float:
    """Name the columns; the signs of the line stand beside the levels they are for."""
    size = SIZE[page.direction]
    line = page.hand(size).line_mm
    wide = columns[0][1] - at[1] if len(columns) == 1 else columns[1][1] - columns[0][1]
    named = [_in_two(page, head["name"], wide - APART_MM) for head, _ in columns]
    deep = line * max(len(lines) for lines in named)
    starts = {"indicator": (at[0], "start"), "position": (at[1], "start")}
    for name, (where, align) in (starts | {"change": (at[2], "end")}).items():
        page.text(where, y + deep, labels[name], size=size, style="bold", colour=MUTED, align=align, width=25.0)
    room = at[3] - at[2] - APART_MM
    fitted(page, at[3] - room, y + deep, room, labels["people"], style="bold", colour=MUTED, align="end")
    for (head, end), lines in zip(columns, named, strict=True):
        for number, said in enumerate(reversed(lines), 1):
            fitted(
                page, end - wide + APART_MM, y + deep - number * line, wide - APART_MM, said, style="bold", align="end"
            )
        room = min(wide, VALUE_MM) - (3.8 if head["sign"] else 0.5)
        long = min(page.hand(size).width_mm(head["level"]), room)
        fitted(page, end - room, y + deep, room, head["level"], colour=MUTED, align="end")
        if head["sign"]:
            _sign(page, end - long - 2, y + deep + line / 2 + 0.1, head["sign"])
    return deep + line + 0.6


def _in_two(page: Page, name: str, width: float) -> list[str]:
    """Break a long name at a space or after a hyphen; what fits a column stays on one line.

    Examples
    --------
    >>> page = Page(direction="rtl")
    >>> _in_two(page, "Souss - Massa", 40.0), _in_two(page, "Agadir-Ida-Ou-Tanane", 16.0)
    (['Souss - Massa'], ['Agadir-Ida-', 'Ou-Tanane'])
    """
    hand = page.hand(SIZE[page.direction], "bold")
    lines = [""]
    for part in re.findall(r"[^\s-]+-(?=\S)|\S+", name):
        is_joined = not lines[-1] or re.search(r"\S-$", lines[-1])  # a hyphen between spaces keeps both
        joined = lines[-1] + ("" if is_joined else " ") + part
        if lines[-1] and hand.width_mm(joined) > width and len(lines) == 1:
            lines.append(part)
        else:
            lines[-1] = joined
    return lines


def fitted(
    page: Page,
    x: float,
    y: float,
    width: float,
    said: str,
    *,
    style: str = "regular",
    colour: str = INK,
    align: str = "start",
) -> None:
    """Write one line, smaller where it would not fit, down to `LEAST` points; only then it is cut."""
    size = SIZE[page.direction]
    hand = page.hand(size, style)
    wide = hand.width_mm(said)
    if wide > width:
        size = max(LEAST, size * width / wide * 0.995)
    lower = (hand.line_mm - page.hand(size).line_mm) / 2
    at = x + width if align == "end" else x
    page.text(at, y + 0.15 + lower, said, size=size, style=style, colour=colour, align=align, width=width + 0.2)


def _in_small(page: Page, x: float, middle: float, width: float, said: str) -> None:
    """Write why there is no figure where it does not fit: small, over as many lines as it takes, never cut."""
    tall = page.paragraph_height(width, said, size=LEAST_ABSENT)
    page.paragraph(x, middle - tall / 2, width, said, size=LEAST_ABSENT, colour=MUTED, align="end")


def _strip(page: Page, x: float, y: float, width: float, marks: Sequence[Mapping[str, Any]]) -> None:
    if not marks:
        return
    page.rule(x, y, width, colour=LINE, weight=0.8)
    for mark in marks:
        _sign(page, x + width * mark["at"] / 100, y, mark["sign"])


def _sign(page: Page, x: float, y: float, sign: str) -> None:
    """Draw one of the shapes that tell a place from what contains it, without colour."""
    left = page.left_of(x)
    if sign == "own":
        page.marks.append(Ink(Outline.circle((left, y), 1.05), fill=INK))
    elif sign == "first":
        page.marks.append(Ink(Outline.circle((left, y), 0.9), fill=SURFACE, edge=INK, width=0.6))
    elif sign == "second":
        page.marks.append(Ink(rectangle((left - 0.75, y - 0.75, 1.5, 1.5)), fill=SURFACE, edge=INK, width=0.6))
    else:
        page.marks.append(Ink(rectangle((left - 0.22, y - 1.3, 0.44, 2.6)), fill=MUTED))
