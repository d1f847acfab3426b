"""Put a copy back in the place of the store; what was there stays beside it."""

import argparse
from pathlib import Path

from data.commands.check import facts_of, lines_of
from data.commands.outcome import Outcome
from data.records import backup, database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, help="a copy that `backup` made")


def run(arguments: argparse.Namespace) -> Outcome:
    """Check the copy, then put it in place."""
    health = backup.restore(database.address(), arguments.file)
    return Outcome({"file": str(arguments.file), **facts_of(health)}, [f"restored {arguments.file}", *lines_of(health)])
