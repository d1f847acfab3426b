"""A previewed import carried out: all of it or nothing, or the good rows alone when somebody says so."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.errors import AtlasError
from data.imports.plan import ImportPlan
from data.imports.preview import Preview
from data.imports.readings import settled_plan
from data.imports.rules import Cancelled, Progress
from data.imports.sheet import Row, Sheet
from data.records.import_runs import DROPPED, MENDED, HeldRow, ImportRun, new_run_id, settle, write_run
from data.records.record import Applied
from data.records.repository import Repository
from data.records.rights import Person, require


class RowsHeldBack(AtlasError, ValueError):
    """All or nothing was asked, and rows are held back: nothing was written."""

    def __init__(self, count: int) -> None:
        self.count, self.reason = count, "rows_held_back"
        super().__init__(f"{count} rows are held back: mend them, or ask for the valid rows only")


@dataclass(frozen=True)
class Done:
    """What an import wrote; `run_id` names it."""

    run_id: str
    applied: Applied


def commit(
    preview: Preview,
    *,
    repository: Repository,
    person: Person,
    content: bytes,
    file_name: str = "",
    valid_only: bool = False,
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Done:
    """Write what a dry run said, in one transaction with the rows held back, which are kept to be mended.

    Parameters
    ----------
    content
        Bytes of the file, of which the digest is kept.
    file_name
        What the import is listed by; the name of the sheet unless given.
    valid_only
        True writes the good rows and keeps the others for later; False refuses while any row is held back.

    Raises
    ------
    RightsError
        The person may not import.
    RowsHeldBack
        Rows are held back and `valid_only` is False.
    StaleVersion, AlreadyBroughtIn
        Somebody changed a record, or brought the same rows in, since the dry run: preview again. Nothing was written.
    ChangeCancelled, StoreUnavailable
        Nothing was written.
    """
    require(person, "import")
    held = preview.held_back
    if held and not valid_only:
        raise RowsHeldBack(len(held))
    run_id = new_run_id()
    run = {
        "file_name": (file_name or preview.sheet.name)[:200],
        "file_hash": hashlib.sha256(content).hexdigest(),
        "origin": preview.plan.origin,
        "state": "done",
        "counts": {
            "read": preview.read,
            **preview.counts,
            "plan": settled_plan(preview.sheet, preview.plan).as_json(),
            "columns": list(preview.sheet.columns),
            "format": preview.sheet.format,
        },
        "created_by": person.account_id,
    }
    rows = [
        HeldRow(one.candidate.row.number, one.candidate.row.cells, [vars(problem) for problem in one.problems])
        for one in held
    ]
    applied = repository.apply(
        preview.changes,
        actor=person.account_id,
        on_progress=on_progress,
        cancelled=cancelled,
        alongside=lambda connection: write_run(connection, run_id, run, rows),
    )
    return Done(run_id, applied)


def held_sheet(run: ImportRun, held: Sequence[HeldRow]) -> tuple[Sheet, ImportPlan]:
    """Return the rows of an import that wait, as a sheet, and the plan they were read by: mend cells, and try again."""
    said = run.counts
    sheet = Sheet(
        run.file_name,
        str(said["format"]),
        tuple(said["columns"]),
        [Row(one.row_number, list(one.raw)) for one in held],
    )
    return sheet, ImportPlan.from_json(said["plan"])


def retry(
    preview: Preview,
    held: Sequence[HeldRow],
    *,
    repository: Repository,
    person: Person,
    dropped: Sequence[HeldRow] = (),
) -> Applied:
    """Write the mended rows of an import that are good now, and let them go; the others go on waiting.

    Parameters
    ----------
    dropped
        Rows that say no project (a total, the names of columns again), or that somebody gives up: they wait no longer.

    Raises
    ------
    RightsError, StaleVersion, AlreadyBroughtIn, StoreUnavailable
        Nothing was written.
    """
    require(person, "import")
    good = {one.candidate.row.number for one in preview.judged if one.outcome != "quarantined"}
    given_up = [one.quarantine_id for one in dropped]
    settled = [one.quarantine_id for one in held if one.row_number in good and one.quarantine_id not in given_up]

    def settle_both(connection: Connection) -> None:
        settle(connection, settled, MENDED)
        settle(connection, given_up, DROPPED)

    return repository.apply(preview.changes, actor=person.account_id, alongside=settle_both)
