"""Need, rank, projects and money by need on paper: a table whose words stay whole, the other sectors in a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from layers.paper.look import EDGE, INK, MUTED
from layers.paper.page import Page
from layers.paper.place_figures import APART_MM, SIZE, title

SECTOR_WIDTHS = {
    "first": 29,
    "need": 16,
    "since": 15,
    "country": 20,
    "region": 16,
    "here": 11,
    "inside": 13,
    "over": 13,
    "money": 16,
    "each": 14,
}
"""Of the columns of needs, millimetres, wider where a word would break; what is left is for the meaning."""
CELL_END_MM = 0.5


def sectors(page: Page, x: float, y: float, width: float, content: Mapping[str, Any]) -> float:
    """Draw need, rank, projects and money by need; the sectors without a measured need in a sentence."""
    top, size = y, SIZE[page.direction]
    y += title(page, x, y, width, content["title"])
    codes = [column["code"] for column in content["columns"]]
    widths = [
        max(SECTOR_WIDTHS[code], _longest_word(page, content, code)) if code in SECTOR_WIDTHS else 0.0 for code in codes
    ]
    rest = width - SECTOR_WIDTHS["first"] - sum(widths)
    widths = [wide or rest for wide in widths]
    if "meaning" not in codes:
        widths = [wide * (width - SECTOR_WIDTHS["first"]) / sum(widths) for wide in widths]
    heads = [content["first"], *(column["label"] for column in content["columns"])]
    y += _wrapped(page, x, y, [SECTOR_WIDTHS["first"], *widths], heads, codes, size, "bold", MUTED)
    page.rule(x, y, width, colour=EDGE, weight=0.6)
    for row in content["rows"]:
        cells = [
            " ".join(part for part in (cell["text"], cell["note"] if cell["code"] != "since" else "") if part)
            for cell in row["cells"]
        ]
        style = "bold" if row["strong"] else "regular"
        for cell, at in zip(row["cells"], _starts(x + SECTOR_WIDTHS["first"], widths), strict=True):
            if cell.get("width") is not None and any(char.isdigit() for char in cell["text"]):
                page.bar(at + 1, y + 0.9, SECTOR_WIDTHS["need"] - 8, 1.9, cell["width"] / 100)
        y += _wrapped(page, x, y, [SECTOR_WIDTHS["first"], *widths], [row["label"], *cells], codes, size, style, INK)
        page.rule(x, y, width)
    y += 0.8
    others = " · ".join(row["brief"] for row in content["others"])
    wide = " · ".join(f"{one['name']} ({one['said']})" for one in content["wide"]["entries"])
    for said in (
        f"{content['others_title']} — {others}" if others else "",
        f"{content['wide']['title']} {wide}" if wide else "",
        content["since"],
        content["note"],
    ):
        colour = MUTED if said in (content["since"], content["note"]) else INK
        y += page.paragraph(x, y, width, said, size=6.5, colour=colour) + 0.3 if said else 0.0
    return y - top


def _longest_word(page: Page, content: Mapping[str, Any], code: str) -> float:
    """Return the width of a column in which no word breaks, its head's included; spaces that keep together count."""
    size = SIZE[page.direction]
    said = [("bold", column["label"]) for column in content["columns"] if column["code"] == code]
    said += [
        ("bold" if row["strong"] else "regular", cell["text"])
        for row in content["rows"]
        for cell in row["cells"]
        if cell["code"] == code
    ]
    words = ((style, word) for style, text in said for word in text.split(" "))
    wide = max(page.hand(size, style).width_mm(word) for style, word in words)
    return wide + APART_MM + CELL_END_MM


def _starts(x: float, widths: Sequence[float]) -> list[float]:
    return [x + sum(widths[:number]) for number in range(len(widths))]


def _wrapped(
    page: Page,
    x: float,
    y: float,
    widths: Sequence[float],
    cells: Sequence[str],
    codes: Sequence[str],
    size: float,
    style: str,
    colour: str,
) -> float:
    """Write a row whose cells wrap; numbers stand at the end of their column, words at its start."""
    aligns = ["start", *("start" if code == "meaning" else "end" for code in codes)]
    tall = 0.0
    for at, wide, said, align in zip(_starts(x, widths), widths, cells, aligns, strict=True):
        pad = 0.0 if at == x else 2.0 if align == "start" else APART_MM
        tall = max(
            tall,
            page.paragraph(
                at + pad, y + 0.35, wide - pad - CELL_END_MM, said, size=size, style=style, colour=colour, align=align
            ),
        )
    return tall + 0.7
