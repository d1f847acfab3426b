"""The legend as data: what each sign means, how many there are, and a row for what is not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.style import MONEY_COLOUR


@dataclass(frozen=True)
class LegendRow:
    """One sign, its word, its count already written in the visitor's language (empty when it has none)."""

    symbol: Mapping[str, Any]
    label: str
    count: str = ""


@dataclass(frozen=True)
class Legend:
    """Title, rows and a note; `hint` says what a pointer can do, so paper leaves it out. Drawn as text everywhere."""

    title: str
    rows: Sequence[LegendRow] = field(default_factory=tuple)
    note: str = ""
    hint: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the legend as it travels."""
        rows = [{"symbol": dict(row.symbol), "label": row.label, "count": row.count} for row in self.rows]
        return {"title": self.title, "rows": rows, "note": self.note} | ({"hint": self.hint} if self.hint else {})


def circles_row(values: Sequence[float], radii_px: Iterable[float], labels: Sequence[str]) -> LegendRow:
    """Return the key of circles true in area: real values nested in one another, at the size they have on the map."""
    circles = [
        {"radius": round(float(radius), 1), "label": label}
        for _, radius, label in sorted(zip(values, radii_px, labels, strict=True), reverse=True)
    ]
    return LegendRow({"kind": "circles", "circles": circles, "colour": MONEY_COLOUR}, "")
