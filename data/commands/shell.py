"""How a command is read from a line of the shell, and how it says what it did: in lines, or as JSON for a program."""

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import orjson

from data.commands.language import of_reader
from data.commands.outcome import Outcome
from data.errors import AtlasError
from data.texts import languages, load_texts

FAILED = 2
_CHOSEN = re.compile(r"--language[= ](\w+)")
_SAID = {
    "required": re.compile(r"the following arguments are required: (?P<names>.+)"),
    "choice": re.compile(r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<allowed>.+)\)"),
    "unknown": re.compile(r"unrecognized arguments: (?P<names>.+)"),
    "no_value": re.compile(r"argument (?P<name>.+?): expected (?:one|at least one) argument"),
    "no_number": re.compile(r"argument (?P<name>.+?): invalid int value: '(?P<value>.*)'"),
    "several": re.compile(r"ambiguous option: (?P<value>.+?) could match (?P<allowed>.+)"),
}
"""What argparse says in English, by the text that says it (`command.line.<name>`); anything else stays as it is."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a line in the language of whoever wrote it; `--help` is in English."""

    words: Sequence[str] = ()

    def error(self, message: str) -> NoReturn:
        """Say it, and end with the status of a command that could not be carried out."""
        chosen = _CHOSEN.search(" ".join(self.words))
        code = chosen[1] if chosen and chosen[1] in languages() else of_reader(os.environ)
        t = load_texts(code)
        for name, pattern in _SAID.items():
            if found := pattern.fullmatch(message):
                message = t(
                    f"command.line.{name}", **{part: said.replace("'", "") for part, said in found.groupdict().items()}
                )
                break
        self.exit(FAILED, f"{self.prog}: {message}\n{self.prog} --help\n")


def run_command(words: Sequence[str] | None, *, commands: Mapping[str, Any], program: str, purpose: str) -> int:
    """Run a command; return 0 when it did what was asked, 1 when it found something wrong, 2 when it could not.

    Parameters
    ----------
    words
        The line, word by word; None reads that of this process.
    commands
        Modules with `add_arguments(parser)` and `run(arguments) -> Outcome`, by name.
    """
    Parser.words = list(sys.argv[1:] if words is None else words)
    parser = Parser(prog=program, description=purpose)
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
