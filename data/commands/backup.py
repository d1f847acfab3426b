"""Copy the store of what people entered, while they go on."""

import argparse
from pathlib import Path

from data.commands.check import facts_of, lines_of
from data.commands.outcome import Outcome
from data.records import backup
from data.records.database import Database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, help="where the copy goes")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(arguments: argparse.Namespace) -> Outcome:
    """Take the copy, and say what is in it."""
    health = backup.backup(Database.open(), arguments.file, force=arguments.force)
    return Outcome(
        {"file": str(arguments.file), **facts_of(health)}, [f"copied to {arguments.file}", *lines_of(health)]
    )
