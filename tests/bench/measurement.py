"""What a measurement gives: rows of a budget, our figure, the figure of the usual way, and how they were got."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from tests.bench.house import House


@dataclass(frozen=True)
class Row:
    """One line of the report. `budget`, `ours` and `naive` share the unit; None: there is none, or it was not run."""

    what: str
    unit: str
    budget: float | None
    ours: float | None
    naive: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether our figure is over its budget."""
        return self.budget is not None and self.ours is not None and self.ours > self.budget


@dataclass(frozen=True)
class Measurement:
    """One module of measurements: `measure(house)` returns its rows, its docstring says how they are got."""

    name: str
    module: ModuleType

    @property
    def measure(self) -> Callable[[House], Sequence[Row]]:
        """What runs it."""
        return self.module.measure

    @property
    def how(self) -> str:
        """How it is measured, in the module's own words."""
        return (self.module.__doc__ or "").strip()


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return float(np.median(values))


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty exceeds."""
    return float(np.percentile(values, 95))
