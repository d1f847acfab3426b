"""Write the table to fill in for an import, in one of the languages: `python -m data template --language fr`."""

import argparse
from pathlib import Path

from data.commands.outcome import Outcome
from data.imports.template import write_csv_template, write_template
from data.texts import languages, load_texts

WRITERS = {".xlsx": write_template, ".csv": write_csv_template}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the language and where to write."""
    parser.add_argument("--language", choices=languages(), default=languages()[0])
    parser.add_argument("--out", type=Path, default=None, help="file to write, .xlsx or .csv")


def run(arguments: argparse.Namespace) -> Outcome:
    """Write the template."""
    path = arguments.out or Path(f"atlas-modele-{arguments.language}.xlsx")
    writer = WRITERS.get(path.suffix)
    if writer is None:
        return Outcome({"reason": "format"}, [f"{path}: allowed: {', '.join(WRITERS)}"], status=2)
    path.write_bytes(writer(load_texts(arguments.language)))
    return Outcome({"written": str(path)}, [f"written: {path}"])
