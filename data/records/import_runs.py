"""What was imported, by whom, with what result; rows held back are kept as they came until somebody mends them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from data.records.database import Database
from data.records.repository import now
from data.records.tables import import_runs, quarantine

WAITING, MENDED, DROPPED = "waiting", "mended", "dropped"


@dataclass(frozen=True)
class HeldRow:
    """A row as it came, and why it is held back."""

    row_number: int
    raw: Sequence[Any]
    problems: Sequence[Mapping[str, Any]]
    quarantine_id: int = 0


@dataclass(frozen=True)
class ImportRun:
    """One import. `counts` holds read, created, updated, unchanged and quarantined, and the plan the rows were read by.

    `waiting` says how many of its rows still wait to be mended.
    """

    run_id: str
    file_name: str
    file_hash: str
    origin: str
    state: str
    counts: Mapping[str, Any]
    created_by: str
    created_at: str
    waiting: int = 0


@dataclass(frozen=True)
class ImportRuns:
    """The imports of one database."""

    database: Database

    def find(self, *, created_by: str | None = None, limit: int = 50) -> list[ImportRun]:
        """Return imports, the last first; those of one account when it is named."""
        waiting = (
            select(func.count())
            .where(quarantine.c.run_id == import_runs.c.run_id, quarantine.c.state == WAITING)
            .scalar_subquery()
        )
        asked = select(import_runs, waiting.label("waiting")).order_by(import_runs.c.created_at.desc()).limit(limit)
        if created_by is not None:
            asked = asked.where(import_runs.c.created_by == created_by)
        with self.database.reading() as connection:
            return [ImportRun(**row) for row in connection.execute(asked).mappings()]

    def held(self, run_id: str) -> list[HeldRow]:
        """Return the rows of an import that wait to be mended."""
        asked = select(quarantine).where(quarantine.c.run_id == run_id, quarantine.c.state == WAITING)
        with self.database.reading() as connection:
            return [
                HeldRow(row["row_number"], row["raw"], row["problems"], row["quarantine_id"])
                for row in connection.execute(asked.order_by(quarantine.c.row_number)).mappings()
            ]


def write_run(connection: Connection, run_id: str, run: Mapping[str, Any], held: Sequence[HeldRow]) -> None:
    """Write an import down with the rows it held back, in the transaction of its records."""
    rows = [
        {
            "run_id": run_id,
            "row_number": one.row_number,
            "raw": list(one.raw),
            "problems": [dict(problem) for problem in one.problems],
            "state": WAITING,
        }
        for one in held
    ]
    connection.execute(insert(import_runs).values(run_id=run_id, created_at=now(), **run))
    if rows:
        connection.execute(insert(quarantine), rows)


def settle(connection: Connection, quarantine_ids: Sequence[int], state: str) -> None:
    """Say what became of rows that waited: in the transaction of the records they became."""
    connection.execute(
        update(quarantine).where(quarantine.c.quarantine_id.in_(list(quarantine_ids))).values(state=state)
    )


def new_run_id() -> str:
    """Return an identifier no import has had."""
    return f"run-{uuid.uuid4().hex[:16]}"
