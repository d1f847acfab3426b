"""Colours and sizes of data on the map; the page's own colours are in its style sheet."""

import math

import numpy as np
import numpy.typing as npt

# Every two colours of a palette differ by 8 or more (CIEDE2000) to eyes that see colour and to the three that do not.
NEED = ("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404")  # YlOrBr
FUNDING = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")  # YlGnBu
GAP = ("#e66101", "#fdb863", "#f7f7f7", "#b2abd2", "#5e3c99")  # PuOr, diverging: orange lacks, purple has more
BIVARIATE = (  # need grows within a row, funding from row to row
    *("#f3f3f3", "#f3e6b3", "#f3b300"),
    *("#b4d3e1", "#b3b3b3", "#b36600"),
    *("#509dc2", "#376387", "#000000"),
)
INSUFFICIENT, WITHHELD, NOT_APPLICABLE, NO_DATA, HIDDEN = 251, 252, 253, 254, 255
"""Classes outside a palette: too little known; known but not published; no meaning here; unknown; not drawn."""
SPECIAL_CLASSES = frozenset({INSUFFICIENT, WITHHELD, NOT_APPLICABLE, NO_DATA, HIDDEN})
MONEY_COLOUR = "#225ea8"  # last but one of YlGnBu of eight: funding
LARGEST_RADIUS_PX = 26.0
SMALLEST_RADIUS_PX = 2.5
MOST_RADIUS_PX = LARGEST_RADIUS_PX * 1.4  # an amount beyond the greatest one drawn true
RADIUS_STEPS = 4  # radii travel as quarters of a pixel in one byte


def circle_radii(money_mad: npt.NDArray[np.float64], greatest_mad: float) -> npt.NDArray[np.float64]:
    """Return the radii in pixels of circles whose areas are as the amounts; 0 where there is no money.

    Parameters
    ----------
    money_mad
        Amounts, not negative.
    greatest_mad
        Amount drawn with the largest radius. It is that of the whole register, not of the view: circles keep their
        size whatever is filtered.

    Notes
    -----
    Area-true (radius as the square root); amounts too small for it keep the smallest radius one can see and click,
    which the legend says.
    """
    if greatest_mad <= 0:
        return np.zeros(len(money_mad))
    true = LARGEST_RADIUS_PX * np.sqrt(np.clip(money_mad, 0, None) / greatest_mad)
    return np.where(money_mad > 0, np.clip(true, SMALLEST_RADIUS_PX, MOST_RADIUS_PX), 0.0)


def round_values(greatest: float) -> list[float]:
    """Return three round values for a key of circles, the largest not above `greatest`; none when there is nothing.

    Examples
    --------
    >>> round_values(180_000_000)
    [100000000.0, 20000000.0, 5000000.0]
    """
    if greatest <= 0:
        return []
    return [_rounded_down(greatest / divisor) for divisor in (1, 5, 25)]


def _rounded_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(step for step in (1, 2, 5) if step * power <= value) * power
