"""What a command has to say: facts for a program, lines for a person, a status for the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """`status` is 0 for done, 1 for something found wrong, 2 for a command that could not be carried out."""

    facts: Mapping[str, Any]
    lines: Sequence[str]
    status: int = 0
