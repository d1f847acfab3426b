"""How the map looks on paper: colours of the ground, patterns of what has no class, greys for black and white."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.colors import to_hex, to_rgb

from layers.style import INSUFFICIENT, NO_DATA, NOT_APPLICABLE, WITHHELD

INK, MUTED, ACCENT, LINE, EDGE = "#1f2733", "#5a6470", "#24417f", "#e3dcd1", "#8a8172"
PAPER, SURFACE, SAFFRON, NO_DATA_GREY = "#faf7f2", "#ffffff", "#a65208", "#d9d9d9"
SEA, ABROAD, RIVER, BORDER = "#dfe8ec", "#ebe7e0", "#9dbccb", "#4a4438"
PATTERNS = {NO_DATA: "/////", INSUFFICIENT: "xxxxx", WITHHELD: "....", NOT_APPLICABLE: "-----"}
"""What has no class, in the patterns of matplotlib that resemble those of the screen."""
OVER = {"uncertain": "\\\\\\\\", "passing": "////", "silent": "..."}
CHOSEN = "////"
GREYEST, PALEST = 0.28, 0.88
"""Of classes without colour: the palest is not the white of the land around, where nothing is counted."""
LEAST_STEP = 0.07  # of luminance, between two classes that a grey print must keep apart


def luminance(colour: str) -> float:
    """Return how light a colour is, 0 black to 1 white, as a printer without colour sees it."""
    red, green, blue = to_rgb(colour)
    return float(0.299 * red + 0.587 * green + 0.114 * blue)


def grey(colour: str) -> str:
    """Return the grey of a colour."""
    return str(to_hex((luminance(colour),) * 3))


def ordered_by_light(palette: Sequence[str]) -> bool:
    """Tell whether a palette keeps its order and its steps without colour.

    Examples
    --------
    >>> ordered_by_light(["#ffffd4", "#fe9929", "#993404"]), ordered_by_light(["#e66101", "#f7f7f7", "#5e3c99"])
    (True, False)
    """
    light = [luminance(colour) for colour in palette]
    steps = [after - before for before, after in itertools.pairwise(light)]
    return all(step <= -LEAST_STEP for step in steps) or all(step >= LEAST_STEP for step in steps)


def greys(palette: Sequence[str]) -> list[str]:
    """Return a palette in greys: its own light where that keeps the classes apart, else even steps, pale to dark.

    Examples
    --------
    >>> greys(["#ffffd4", "#993404"])
    ['#e0e0e0', '#454545']
    """
    if ordered_by_light(palette):
        light = [luminance(colour) for colour in palette]
        most = max(1.0, max(light) / PALEST)
        return [str(to_hex((one / most,) * 3)) for one in light]
    most = max(len(palette) - 1, 1)
    return [str(to_hex((PALEST - (PALEST - GREYEST) * number / most,) * 3)) for number in range(len(palette))]


def sector_letters(legend: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Return the letter of each sector that a legend names, by its path and colour, for a print without colour.

    Shapes alone do not tell sectors apart: several families share one and differ by their colour.
    """
    marks = [row["symbol"] for row in legend["rows"] if row["symbol"]["kind"] == "mark"]
    return {(mark["path"], mark["colour"]): chr(ord("A") + number) for number, mark in enumerate(marks)}


def letters(palette: Sequence[str]) -> list[str]:
    """Return what is written on each class where grey alone does not tell them apart; nothing where it does."""
    return [] if ordered_by_light(palette) else [chr(ord("A") + number) for number in range(len(palette))]
