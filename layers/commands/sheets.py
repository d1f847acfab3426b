"""Print the sheets of places to one PDF, two pages each: `python -m layers sheets --places 095410723 --out x.pdf`."""

import argparse
import os
import sys
from pathlib import Path

from data.commands.language import MOST_SHOWN, add_language, texts_of
from data.commands.outcome import Outcome
from data.exchange.package_folder import FULL
from data.texts import Texts
from layers.commands.day import day

FAILED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--places", required=True, nargs="+", metavar="CODE", help="official codes, villages too")
    add_language(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="day it bears; today")
    # An atlas has part of its sheets printed by this command: which page the first is, and of how many.
    parser.add_argument("--first-page", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=int, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> Outcome:
    """Print the sheets; on the standard error a line for each that is done."""
    from pages.ui.knowledge import knowledge
    from pages.ui.paper.atlas_sheets import sheets_pdf

    t = texts_of(arguments.language)
    try:
        made_on = day(arguments.date)
    except ValueError:
        said = t("package.problem.date", value=arguments.date[:MOST_SHOWN])
        return Outcome({"error": said}, [said], status=FAILED)
    if arguments.out.is_dir() or not os.access(arguments.out.parent, os.W_OK):
        return _unwritten(arguments.out, None, t)  # said before any work
    know = knowledge()
    codes = list(dict.fromkeys(arguments.places))
    unknown = [code for code in codes if code not in know.territories and code not in know.villages]
    if unknown:
        said = t("paper.problem.place", value=t("list.separator").join(code[:MOST_SHOWN] for code in unknown))
        return Outcome({"error": said, "unknown": unknown}, [said], status=FAILED)
    made = sheets_pdf(
        know,
        codes,
        t,
        made=made_on,
        first=arguments.first_page,
        pages=arguments.pages,
        done=_tell,
    )
    try:
        _put(arguments.out, made)
    except OSError as error:
        return _unwritten(arguments.out, error.errno, t)
    return Outcome({"file": str(arguments.out), "sheets": len(codes)}, [str(arguments.out)])


def _put(path: Path, content: bytes) -> None:
    """Write beside and rename: nobody meets half a file, and nothing of it stays on a full disk."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _unwritten(path: Path, number: int | None, t: Texts) -> Outcome:
    reason = "full" if number in FULL else "unwritable"
    said = t(f"paper.problem.{reason}", path=path)
    return Outcome({"error": said, "reason": reason}, [said], status=FAILED)


def _tell(code: str) -> None:
    sys.stderr.write(f"{code}\n")
    sys.stderr.flush()
