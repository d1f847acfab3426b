"""What one row would become: its content, what is wrong with it, what should be known about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.imports.outcome import Ambiguous, Outcome, Unreadable, Value
from data.imports.sheet import Row

NAMED_BY = ("label", "name", "code", "dac_code", "place_name", "territory_code")
"""What an entry of a list is shown by, in a report."""


@dataclass(frozen=True)
class RowProblem:
    """Why a row is held back, or what should be known of it.

    Attributes
    ----------
    field, column, value
        Where: the field, the name of its column in the file (empty when it has none), and what the cell says.
    rule
        `import.reason.<rule>` in the texts, with `import.remedy.<rule>`; rules of the contract of records begin with
        `contract_` and are said by `problem.<rule>`.
    detail
        What the sentence names.
    options
        Readings among which somebody can choose, with what each would give.
    """

    field: str
    column: str
    value: str
    rule: str
    detail: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass
class Draft:
    """A row while it is being read."""

    row: Row
    columns: Mapping[str, str]
    content: dict[str, Any] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)

    def take(self, name: str, outcome: Outcome, cell: Any) -> Any:
        """Return the value of an outcome; what is not one is written down as a problem."""
        if isinstance(outcome, Value):
            if outcome.note:
                self.notes.append(self.said(name, cell, outcome.note))
            return outcome.value
        if isinstance(outcome, Ambiguous):
            options = tuple((option.reading, shown(option.value)) for option in outcome.options)
            self.problems.append(self.said(name, cell, outcome.reason, options=options))
        if isinstance(outcome, Unreadable):
            self.problems.append(self.said(name, cell, outcome.reason, outcome.detail))
        return None

    def said(
        self, name: str, cell: Any, rule: str, detail: str = "", options: tuple[tuple[str, str], ...] = ()
    ) -> RowProblem:
        """Return a problem of one of this row's fields."""
        return RowProblem(name, self.columns.get(name, ""), shown(cell), rule, detail, options)

    def refuse(self, name: str, cell: Any, rule: str, detail: str = "") -> None:
        """Write a problem down."""
        self.problems.append(self.said(name, cell, rule, detail))


@dataclass(frozen=True)
class Candidate:
    """A row read: `external_id` names it within its origin; with problems it is held back."""

    row: Row
    external_id: str
    content: Mapping[str, Any]
    problems: Sequence[RowProblem] = ()
    notes: Sequence[RowProblem] = ()


def shown(value: Any) -> str:
    """Return a value as a report shows it, never longer than a line."""
    if value is None:
        return ""
    if hasattr(value, "amount"):
        return f"{value.amount} {value.currency or ''}".strip()
    if hasattr(value, "lon"):
        return f"{value.lat:.5f}, {value.lon:.5f}"
    if isinstance(value, list):
        told = (
            next((str(one[name]) for name in NAMED_BY if one.get(name)), "") for one in value if isinstance(one, dict)
        )
        return "; ".join(filter(None, told))[:120]
    return str(value)[:120]
