"""Write the table to fill in for an import, in one of the languages: `python -m data template --language fr`."""

import argparse
from pathlib import Path

from data.commands.language import add_language, texts_of
from data.commands.outcome import Outcome, why_not
from data.imports.template import write_csv_template, write_template

WRITERS = {".xlsx": write_template, ".csv": write_csv_template}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the language and where to write."""
    add_language(parser, default="")
    parser.add_argument("--out", type=Path, default=None, help="file to write, .xlsx or .csv")


def run(arguments: argparse.Namespace) -> Outcome:
    """Write the template."""
    t = texts_of(arguments.language)
    path = arguments.out or Path(f"atlas-modele-{t.language}.xlsx")
    writer = WRITERS.get(path.suffix)
    if writer is None:
        said = t("command.format", file=path, allowed=t("list.separator").join(WRITERS))
        return Outcome({"reason": "format", "said": said}, [said], status=2)
    try:
        path.write_bytes(writer(t))
    except OSError as error:
        said = why_not(error, path, t)
        return Outcome({"reason": "unwritable", "said": said}, [said], status=2)
    return Outcome({"written": str(path)}, [t("command.template", file=path)])
