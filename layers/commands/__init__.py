"""Commands that draw: `python -m layers …`; each is a module like those of `data.commands`."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.commands.shell import run_command
from layers.commands import package, sheets

COMMANDS: Mapping[str, Any] = {"package": package, "sheets": sheets}


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; return its status (`data.commands.shell.run_command`)."""
    return run_command(words, commands=COMMANDS, program="python -m layers", purpose="Draw from an atlas.")
