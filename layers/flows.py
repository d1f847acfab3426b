"""Lines from countries to communes: from the side where a country lies, or from the country itself when it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from layers.style import FUNDING, NEED

COLOURS = (FUNDING[3], NEED[3])
"""Of lines, and of strong lines."""


@dataclass(frozen=True)
class Country:
    """Where lines come from: its name with its figure, in the visitor's language, and its middle in degrees."""

    label: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Line:
    """From a country, by its place in the list, to a commune, by its number; `strong` has its own colour."""

    country: int
    commune: int
    count: int
    strong: bool


def flows_state(countries: Sequence[Country], lines: Sequence[Line]) -> dict[str, Any] | None:
    """Return the lines as they travel to the map, those drawn on top last; None when there are none."""
    if not lines:
        return None
    return {
        "colours": list(COLOURS),
        "countries": [[one.label, one.lon, one.lat] for one in countries],
        "lines": [[line.country, line.commune, line.count, int(line.strong)] for line in lines],
    }
