"""What a command has to say: facts for a program, lines for a person, a status for the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.texts import Texts


@dataclass(frozen=True)
class Outcome:
    """`status` is 0 for done, 1 for something found wrong, 2 for a command that could not be carried out."""

    facts: Mapping[str, Any]
    lines: Sequence[str]
    status: int = 0


def why_not(error: OSError, path: Path, t: Texts) -> str:
    """Say why a file could not be read or written; what the system alone has words for is said in its own."""
    known = {FileNotFoundError: "missing", PermissionError: "forbidden", IsADirectoryError: "folder"}
    name = known.get(type(error), "")
    return t(f"command.file.{name}", file=path) if name else f"{path}: {error.strerror or type(error).__name__}"
