"""What stands in lists on the second page of a sheet: villages, projects, who acts, what is not known, sources."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.paper.look import EDGE, INK, LINE, MUTED
from layers.paper.page import Page
from layers.paper.place_figures import SIZE, fitted, title

SERVICES_MM, GAP = 72.0, 5.0
SERVICE_WIDTHS = (28.0, 11.0, 20.0, 13.0)
NAME_SHARE = 0.23


@dataclass(frozen=True)
class Amounts:
    """How many villages, projects, offices and bodies in a role are listed."""

    villages: int
    projects: int
    offices: int
    bodies: int
    is_listed: bool
    """Whether what is not known stands in a list, an entry a line, or in one paragraph, which takes less room."""

    @classmethod
    def fewer(cls) -> Iterator["Amounts"]:
        """Yield what to try, the fullest first."""
        for listed in ((10, 14, 12, 8), (10, 9, 8, 8), (10, 7, 5, 8), (10, 5, 4, 8), (9, 4, 3, 8)):
            yield cls(*listed, is_listed=True)
        for told in ((10, 14, 6, 8), (10, 14, 4, 6), (9, 12, 3, 5), (8, 12, 3, 4), (6, 9, 2, 4), (4, 6, 1, 3)):
            yield cls(*told, is_listed=False)


def villages(page: Page, x: float, y: float, width: float, content: Mapping[str, Any], most: int) -> float:
    """Count those far from each service, and name those far from most services."""
    top, size = y, SIZE[page.direction]
    y += title(page, x, y, width, content["title"])
    if content["silent"]:
        return y + page.paragraph(x, y, width, content["silent"], size=7.5) - top
    left = _services(page, x, y, content, size)
    at, room = x + SERVICES_MM + GAP, width - SERVICES_MM - GAP
    right = (
        page.paragraph(
            at,
            y,
            room,
            content["foremost_title"](min(most, len(content["foremost"]))),
            size=size,
            style="bold",
            colour=MUTED,
        )
        + 0.4
    )
    page.rule(at, y + right, room, colour=EDGE, weight=0.6)
    right += 0.4
    for row in content["foremost"][:most]:
        right += _village(page, at, y + right, room, row, size)
    y += max(left, right) + 0.6
    said = " ".join(part for part in (content["unknown"], content["note"].split(". ")[0] + ".") if part)
    y += page.paragraph(x, y, width, said, size=6.5, colour=MUTED)
    return y - top


def _services(page: Page, x: float, y: float, content: Mapping[str, Any], size: float) -> float:
    at = y
    ends = [x + sum(SERVICE_WIDTHS[: number + 1]) for number in range(len(SERVICE_WIDTHS))]
    rows = [
        content["columns"],
        *((row["label"], row["km"], row["villages"], row["people"]) for row in content["services"]),
    ]
    for number, cells in enumerate(rows):
        style, colour = ("bold", MUTED) if number == 0 else ("regular", INK)
        fitted(page, x, at + 0.2, SERVICE_WIDTHS[0], cells[0], style=style, colour=colour)
        for end, wide, said in zip(ends[1:], SERVICE_WIDTHS[1:], cells[1:], strict=True):
            fitted(page, end - wide + 1, at + 0.2, wide - 1, said, style=style, colour=colour, align="end")
        at += page.hand(size).line_mm + 0.8
        page.rule(x, at, SERVICES_MM, colour=LINE if number else EDGE)
    return at - y


def _village(page: Page, x: float, y: float, width: float, row: Mapping[str, Any], size: float) -> float:
    style = "bold" if row["own"] else "regular"
    name = " · ".join(part for part in (row["name"], row["commune"]) if part)
    said = f"{row['people']} · {row['count']} · {row['far']}"
    fitted(page, x, y, width * NAME_SHARE - 1, name, style=style)
    fitted(page, x + width * NAME_SHARE, y, width * (1 - NAME_SHARE), said)
    return page.hand(size).line_mm + 0.15


def projects(
    page: Page,
    x: float,
    y: float,
    width: float,
    content: Mapping[str, Any],
    most: int,
    *,
    height: float = math.inf,
) -> float:
    """Name the projects known here, those of most money first; `most` of them, and no more than find room."""
    top, size = y, SIZE[page.direction]
    y += title(page, x, y, width, content["title"])
    line, small = page.hand(size).line_mm, page.hand(6.5).line_mm
    shown = 0
    for row in content["rows"][:most]:
        tall = min(page.paragraph_height(width, row["title"], size=size), 2 * line)
        if shown and y + tall + 2 * small > top + height:
            break
        page.paragraph(x, y, width, row["title"], size=size, height=2 * line)
        page.text(x, y + tall, row["said"], size=6.5, colour=MUTED, width=width)
        y += tall + small + 0.5
        shown += 1
    left = len(content["rows"]) - shown
    closing = content["none"] or (content["rest"](left) if left > 0 else "")
    y += page.paragraph(x, y, width, closing, size=6.5, colour=MUTED) if closing else 0.0
    return y - top


def offices(page: Page, x: float, y: float, width: float, content: Mapping[str, Any], most: int) -> float:
    """Name the offices to contact, the nearest first."""
    return _bullets(page, x, y, width, content["title"], [*content["entries"][:most], content["all"]])


def actors(page: Page, x: float, y: float, width: float, content: Mapping[str, Any], most: int) -> float:
    """Name who funds and who carries the projects of the place."""
    said = []
    for group in content["actors"]:
        named = [f"{one['name']} ({one['count']})" for one in group["entries"][:most]]
        left = group["left"] + len(group["entries"]) - len(named)
        named += [content["actors_rest"](left)] if left else []
        said.append(f"{group['title']} {group['none'] or ' · '.join(named)}")
    return _bullets(page, x, y, width, content["actors_title"], said)


def unknown(page: Page, x: float, y: float, width: float, content: Mapping[str, Any], *, is_listed: bool) -> float:
    """Say what is not known of the place."""
    if is_listed:
        return _bullets(page, x, y, width, content["unknown_title"], content["unknown"])
    tall = title(page, x, y, width, content["unknown_title"])
    return tall + page.paragraph(x, y + tall, width, " ".join(content["unknown"]), size=SIZE[page.direction])


def sources(page: Page, x: float, y: float, width: float, content: Mapping[str, Any]) -> float:
    """Name every source with its date, then the settings of the index and the day the sheet was made."""
    top = y
    page.text(x, y, content["sources_title"], size=6.5, style="bold", colour=MUTED)
    y += page.hand(6.5).line_mm
    said = " ".join([*content["sources_by_publisher"], content["settings"], content["made"]])
    return y + page.paragraph(x, y, width, said, size=6.5, colour=MUTED) - top


def _bullets(page: Page, x: float, y: float, width: float, head: str, entries: Sequence[str]) -> float:
    top, size = y, SIZE[page.direction]
    y += title(page, x, y, width, head)
    for said in entries:
        if said:
            page.text(x, y, "•", size=size, colour=MUTED)
            y += page.paragraph(x + 2.5, y, width - 2.5, said, size=size) + 0.25
    return y - top
