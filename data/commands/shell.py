"""How a command is read from a line of the shell, and how it says what it did: in lines, or as JSON for a program."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from data.commands.outcome import Outcome
from data.errors import AtlasError

FAILED = 2


def run_command(words: Sequence[str] | None, *, commands: Mapping[str, Any], program: str, purpose: str) -> int:
    """Run a command; return 0 when it did what was asked, 1 when it found something wrong, 2 when it could not.

    Parameters
    ----------
    words
        The line, word by word; None reads that of this process.
    commands
        Modules with `add_arguments(parser)` and `run(arguments) -> Outcome`, by name.
    """
    parser = argparse.ArgumentParser(prog=program, description=purpose)
    listed = parser.add_subparsers(dest="command", required=True)
    for name, module in commands.items():
        command = listed.add_parser(name, help=(module.__doc__ or "").partition(".")[0])
        command.add_argument("--report", choices=("text", "json"), default="text", help="how to say what was done")
        module.add_arguments(command)
    arguments = parser.parse_args(words)
    try:
        outcome: Outcome = commands[arguments.command].run(arguments)
    except AtlasError as error:
        reason = getattr(error, "reason", type(error).__name__)
        outcome = Outcome({"error": str(error), "reason": reason}, [f"{arguments.command}: {error}"], status=FAILED)
    _say(outcome, as_json=arguments.report == "json")
    return outcome.status


def _say(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(orjson.dumps(outcome.facts, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")
        return
    stream = sys.stderr if outcome.status >= FAILED else sys.stdout
    stream.write("\n".join(outcome.lines) + "\n")
