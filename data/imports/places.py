"""What an import asks about places; answered by whoever knows the map (`geo.official_places`)."""

from collections.abc import Sequence
from typing import Protocol

from data.imports.outcome import Outcome


class Places(Protocol):
    """The official territories."""

    def find(self, text: str, *, level: str | None = None, within: str | None = None) -> Outcome:
        """Return the code a name or code means: a Value, Ambiguous (`which_place`), or Unreadable (`unknown_place`)."""

    def locate(self, points: Sequence[tuple[float, float]]) -> list[str]:
        """Return the code of the commune each (lon, lat) lies in; empty for none."""

    def distance_km(self, code: str, lon: float, lat: float) -> float | None:
        """Return how far a point is from a territory, 0 inside; None when its outline is not known."""

    def name(self, code: str) -> str:
        """Return the name of a territory."""
