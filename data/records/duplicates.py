"""Could two projects be one? A question put to whoever validates, with its reasons; nothing is merged by itself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

ALIKE = 70.0
"""Least likeness of two titles, 0 to 100: words in common whatever their order (token set ratio of rapidfuzz)."""
YEARS_APART = 1
MOST = 5


@dataclass(frozen=True)
class Described:
    """What is compared of a project. An unknown year is None; places and sectors are codes."""

    code: str
    title: str
    territories: Collection[str]
    sectors: Collection[str]
    year: int | None


@dataclass(frozen=True)
class Likeness:
    """Two that may be one, and why: `place`, `sector`, `year`, `title` (`duplicate.reason.<reason>` in the texts)."""

    code: str
    title: str
    reasons: tuple[str, ...]
    title_likeness: float


def alike(wanted: Described, others: Iterable[Described]) -> list[Likeness]:
    """Return the others that may be the same project, most alike first, five at most.

    One is proposed when the titles are alike and a place is shared, or when place, sector and year all agree.
    """
    found = []
    title = utils.default_process(wanted.title)
    for other in others:
        if other.code == wanted.code:
            continue
        reasons = _reasons(wanted, other)
        likeness = fuzz.token_set_ratio(title, utils.default_process(other.title)) if "place" in reasons else 0.0
        if likeness >= ALIKE:
            reasons = (*reasons, "title")
        if "place" in reasons and ("title" in reasons or {"sector", "year"} <= set(reasons)):
            found.append(Likeness(other.code, other.title, reasons, likeness))
    return sorted(found, key=lambda one: (-len(one.reasons), -one.title_likeness, one.code))[:MOST]


def _reasons(one: Described, other: Described) -> tuple[str, ...]:
    near = one.year is not None and other.year is not None and abs(one.year - other.year) <= YEARS_APART
    agree = {
        "place": bool(set(one.territories) & set(other.territories)),
        "sector": bool(set(one.sectors) & set(other.sectors)),
        "year": near,
    }
    return tuple(reason for reason, holds in agree.items() if holds)
