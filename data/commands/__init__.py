"""Commands of the keeper of an atlas. Each is a module with `add_arguments(parser)` and `run(arguments) -> Outcome`."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from data.commands import account, check, export, import_, restore, template
from data.commands import backup as backup_command
from data.commands.outcome import Outcome
from data.errors import AtlasError

COMMANDS: Mapping[str, Any] = {
    "backup": backup_command,
    "restore": restore,
    "check": check,
    "account": account,
    "import": import_,
    "template": template,
    "export": export,
}
FAILED = 2


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when it did what was asked, 1 when it found something wrong, 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Keep an atlas.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=(module.__doc__ or "").partition(".")[0])
        command.add_argument("--report", choices=("text", "json"), default="text", help="how to say what was done")
        module.add_arguments(command)
    arguments = parser.parse_args(words)
    try:
        outcome: Outcome = COMMANDS[arguments.command].run(arguments)
    except AtlasError as error:
        reason = getattr(error, "reason", type(error).__name__)
        outcome = Outcome({"error": str(error), "reason": reason}, [f"{arguments.command}: {error}"], status=FAILED)
    _say(outcome, as_json=arguments.report == "json")
    return outcome.status


def _say(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(orjson.dumps(outcome.facts, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")
        return
    stream = sys.stderr if outcome.status == FAILED else sys.stdout
    stream.write("\n".join(outcome.lines) + "\n")
