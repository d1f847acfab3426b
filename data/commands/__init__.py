"""Commands of the keeper of an atlas. Each is a module with `add_arguments(parser)` and `run(arguments) -> Outcome`."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.commands import account, check, export, import_, restore, template
from data.commands import backup as backup_command
from data.commands.shell import run_command

COMMANDS: Mapping[str, Any] = {
    "backup": backup_command,
    "restore": restore,
    "check": check,
    "account": account,
    "import": import_,
    "template": template,
    "export": export,
}


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; return its status (`data.commands.shell.run_command`)."""
    return run_command(words, commands=COMMANDS, program="python -m data", purpose="Keep an atlas.")
