"""The legend as data: what each sign means, how many there are, and a row for what is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LegendRow:
    """One sign, its word, its count already written in the visitor's language (empty when it has none)."""

    symbol: Mapping[str, Any]
    label: str
    count: str = ""


@dataclass(frozen=True)
class Legend:
    """Title, rows and a note; drawn as text by the browser."""

    title: str
    rows: Sequence[LegendRow] = field(default_factory=tuple)
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the legend as it travels."""
        rows = [{"symbol": dict(row.symbol), "label": row.label, "count": row.count} for row in self.rows]
        return {"title": self.title, "rows": rows, "note": self.note}
