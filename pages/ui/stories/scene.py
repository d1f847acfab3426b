"""A view of the atlas without its page: the map, the finding, the figures and how they are written."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.texts import Texts
from layers.base import AtlasMap


@dataclass(frozen=True)
class Scene:
    """A view ready to be shown.

    Attributes
    ----------
    map_, drawn
        The map, and the state of it.
    finding, filters
        What it says in a sentence, and what is looked at, in words.
    figures, source, caution
        Key figures (`label`, `value`, `note`), where they come from, and what they cannot say.
    numbers
        The figures a story keeps, by name; those not known are absent.
    said
        The same written in the visitor's language, and names that go with them: what `{name}` stands for in a text.
    """

    map_: AtlasMap
    drawn: Mapping[str, Any]
    finding: str
    filters: Sequence[str]
    figures: Sequence[Mapping[str, str]]
    source: str
    caution: str
    numbers: Mapping[str, float]
    said: Mapping[str, str]


class NoSceneError(Exception):
    """A chapter names a page that has no map, or a view that cannot be computed; `reason` says which."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def write(name: str, number: float, t: Texts) -> str:
    """Write a figure as its name says what it is: `_mad` money, `_share` part of a whole, `_km` distance."""
    if name.endswith("_mad"):
        return t.short_money(number)
    if name.endswith("_share"):
        return t.percent(number)
    if name.endswith("_km"):
        return t("unit.km", value=t.number(number))
    return t.number(round(number)) if float(number).is_integer() else t.number(number, 1)


def made(
    drawing: tuple[AtlasMap, Mapping[str, Any]],
    shown: Mapping[str, Any],
    t: Texts,
    *,
    finding: str,
    filters: Sequence[str],
    numbers: Mapping[str, float],
    said: Mapping[str, str],
    caution: str = "",
) -> Scene:
    """Return a scene; figures that are not finite are not known, and said so. `said` adds words, or wins over them."""
    known = {name: float(number) for name, number in numbers.items() if math.isfinite(number)}
    written = {name: write(name, known[name], t) if name in known else t("missing.short") for name in numbers}
    return Scene(
        *drawing,
        finding=finding,
        filters=filters,
        figures=shown["figures"],
        source=shown["source"],
        caution=caution,
        numbers=known,
        said={**written, **said},
    )
