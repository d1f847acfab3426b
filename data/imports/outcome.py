"""What a cell may mean: a value, several values among which somebody must choose, or nothing that can be read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Value:
    """What the cell says. None: the cell is empty.

    Attributes
    ----------
    note
        What was understood beyond the plain reading (`import.note.<note>` in the texts); empty when there is nothing
        to say.
    """

    value: Any = None
    note: str = ""


@dataclass(frozen=True)
class Option:
    """One of the meanings of an ambiguous cell, and the reading that gives it (`comma`, `dmy`, `swapped`…)."""

    value: Any
    reading: str


@dataclass(frozen=True)
class Ambiguous:
    """The cell has several meanings; which one is asked, never guessed.

    Attributes
    ----------
    reason
        `import.reason.<reason>` in the texts.
    usual
        The meaning of everyday use, with its note: taken when nothing else in the row decides; None for none.
    """

    reason: str
    options: tuple[Option, ...]
    usual: Value | None = None


@dataclass(frozen=True)
class Unreadable:
    """The cell has no meaning that is allowed.

    Attributes
    ----------
    reason
        `import.reason.<reason>` in the texts, which also has what to do: `import.remedy.<reason>`.
    detail
        What the sentence names: a distance, a place, a limit.
    """

    reason: str
    detail: str = ""


Outcome = Value | Ambiguous | Unreadable
EMPTY = Value()


def mapped(outcome: Outcome, change: Callable[[Any], Any]) -> Outcome:
    """Return the outcome with each of its values changed; what is empty or unreadable stays so."""
    if isinstance(outcome, Value):
        return outcome if outcome.value is None else Value(change(outcome.value), outcome.note)
    if isinstance(outcome, Ambiguous):
        return Ambiguous(outcome.reason, tuple(Option(change(one.value), one.reading) for one in outcome.options))
    return outcome


def settled(outcome: Outcome, reading: str | None) -> Outcome:
    """Return the meaning that a reading chosen for the whole column gives; the outcome itself when it gives none.

    Examples
    --------
    >>> settled(Ambiguous("decimal_sign", (Option(1.234, "comma"), Option(1234, "point"))), "point")
    Value(value=1234, note='')
    """
    if isinstance(outcome, Ambiguous) and reading:
        for option in outcome.options:
            if option.reading == reading:
                return Value(option.value)
    return outcome
