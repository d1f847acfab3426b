"""Files of our own read in this process: a process for each, as strangers' files get, would take a second."""

import tempfile
from pathlib import Path

from data.imports.formats import read
from data.imports.plan import guess_plan
from data.imports.preview import Preview, dry_run
from data.imports.sheet import Asked, Sheet
from data.records.rights import Person
from tests.data.imports.test_import_runs_through import known


def sheets(content: bytes | str, *, header_row: int = 0) -> list[Sheet]:
    """Return the sheets of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path, Asked("fichier", header_row=header_row))


def preview(content: bytes | str) -> Preview:
    """Return the dry run of a file of one sheet: as many rows judged as read."""
    (sheet,) = sheets(content)
    return judged(sheet)


def judged(sheet: Sheet) -> Preview:
    """Return the dry run of a sheet by somebody who may do all: as many rows judged as read."""
    keeper = Person("keeper", "admin")
    found = dry_run(sheet, guess_plan(sheet, origin="x"), known(), repository=None, person=keeper)
    assert found.read == len(sheet.rows) == sum(found.counts.values())
    return found
