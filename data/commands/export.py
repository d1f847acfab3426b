"""Write the projects of a selection to a file, the very file its page gives: `python -m data export --format iati`."""

import argparse
import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qsl

from data.commands.language import add_language, texts_of
from data.commands.outcome import Outcome, why_not
from data.errors import AtlasError
from data.texts import Texts, languages

FORMATS = {
    "iati": "iati.xml",
    "hxl": "hxl.csv",
    "xlsx": "xlsx",
    "csv": "csv",
    "gpkg": "gpkg",
    "geojson": "geojson",
}
"""Name of each format → what the names of its files end with."""


class NotWritten(AtlasError, OSError):
    """The file could not be put where it was asked for.

    Attributes
    ----------
    reason
        exists, or unwritable.
    """

    def __init__(self, reason: str, said: str) -> None:
        self.reason = reason
        super().__init__(said)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes; filters are written as in the address of the page of projects."""
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument(
        "--filter", default="", metavar="ADDRESS", help='such as "sector=water&territory=09"; or a whole address'
    )
    add_language(parser, default="")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(arguments: argparse.Namespace) -> Outcome:
    """Select, write, and say what is in the file; what the filter names wrongly is said, and nothing is written."""
    # The pages bind rows to their words and sources; only this command needs them, so only it waits for them.
    from pages.ui.asked import AskedWrongly, selection_asked
    from pages.ui.files.downloads import export
    from pages.ui.files.file_formats import WRITERS
    from pages.ui.knowledge import knowledge

    address = arguments.filter.rpartition("?")[2]
    asked = dict(parse_qsl(address, keep_blank_values=True))
    of_address = asked.get("lang", "")
    t = texts_of(arguments.language or (of_address if of_address in languages() else ""))
    know = knowledge()
    try:
        selection = selection_asked(asked, know, t)
    except AskedWrongly as error:
        lines = [f"{one['parameter']}={one['value']}: {one['said']}" for one in error.problems]
        return Outcome({"reason": "filter", "problems": error.problems}, lines, status=2)
    made = export(know, selection, t, made_on=dt.datetime.now(tz=dt.UTC).date(), address=f"projects?{address}")
    _put(arguments.out, WRITERS[FORMATS[arguments.format]](made), t, force=arguments.force)
    about = made.provenance
    facts = {
        "file": str(arguments.out),
        "format": arguments.format,
        "projects": about.row_count,
        "sums": dict(about.sums),
        "checksum": about.checksum,
        "filters": list(about.filters_said),
    }
    said = t("command.exported", file=arguments.out, n=about.row_count)
    return Outcome(facts, [said, *about.filters_said])


def _put(path: Path, content: bytes, t: Texts, *, force: bool) -> None:
    """Write beside and rename: a reader never meets half a file."""
    if path.exists() and not force:
        raise NotWritten("exists", t("command.file.exists", file=path))
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)  # noqa: PTH105 - the one call that replaces on every system
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotWritten("unwritable", why_not(error, path, t)) from error
