"""The fields of work a territory could offer: read off its needs and what runs there; completed by people elsewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geo.standing import Standing

PROPOSED = 3
LEAST_SCORE = 20.0
"""Points of 100 below which a need is low whatever the rank: the first step of the gaps page (DECISIONS 28)."""


@dataclass(frozen=True)
class ProposedField:
    """A need that stands out in a territory: its rank among its peers, and how many projects answer it there."""

    theme: str
    standing: Standing
    projects: int


def proposed_fields(
    themes: Iterable[str],
    standing: Callable[[str], Standing | None],
    projects: Callable[[str], int],
    *,
    most: int = PROPOSED,
) -> list[ProposedField]:
    """Return the needs in which a territory ranks worst among its peers, the fewest projects first among equals.

    A need that is not known there is not proposed: nothing says that it is one. Nor is one that is low,
    or in which the territory fares better than half of its peers.
    """
    known = [(theme, found) for theme in themes if (found := standing(theme)) is not None]
    fields = [
        ProposedField(theme, found, projects(theme))
        for theme, found in known
        if found.score >= LEAST_SCORE and found.rank * 2 <= found.ranked + 1
    ]
    return sorted(fields, key=lambda one: (one.standing.rank / one.standing.ranked, one.projects, one.theme))[:most]
