"""Who did what: one row for each change, in the transaction of the change, chained so that tampering shows."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from data.records.database import Database
from data.records.record import canonical, content_hash
from data.records.tables import audit, counters, records

CHAIN = "audit"
FIRST_HASH = "0" * 64
IN_ONE_READ = 5_000
HELD = ("record_id", "version", "status", "reason", "content", "content_hash", "published_content")


@dataclass(frozen=True)
class Entry:
    """What is to be written down. `before` and `after` are JSON values; never a person's contact, never a password."""

    actor: str
    act: str
    subject: str
    version: int | None = None
    before: object = None
    after: object = None


@dataclass(frozen=True)
class AuditRow:
    """What was written down; `before` and `after` are canonical JSON texts, None for nothing."""

    sequence: int
    at: str
    actor: str
    act: str
    subject: str
    version: int | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: the row, or the record, and what is wrong with it.

    `rule` is `changed` (a row is not what was written), `missing` (rows are gone from the middle or the end),
    `unwritten` (a record is not what its last row says).
    """

    subject: str
    rule: str


def append(connection: Connection, at: str, entries: Iterable[Entry]) -> None:
    """Write entries at the end of the chain, within the writer's transaction."""
    row = connection.execute(select(counters.c.value, counters.c.mark).where(counters.c.name == CHAIN)).first()
    sequence, previous = (row[0], row[1]) if row else (0, FIRST_HASH)
    rows = []
    for entry in entries:
        sequence += 1
        written = AuditRow(
            sequence, at, entry.actor, entry.act, entry.subject, entry.version, _text(entry.before), _text(entry.after)
        )
        digest = _digest(previous, written)
        rows.append({**written.__dict__, "previous_hash": previous, "hash": digest})
        previous = digest
    if not rows:
        return
    connection.execute(insert(audit), rows)
    if row:
        connection.execute(update(counters).where(counters.c.name == CHAIN).values(value=sequence, mark=previous))
    else:
        connection.execute(insert(counters).values(name=CHAIN, value=sequence, mark=previous))


def of_subject(database: Database, subject: str) -> list[AuditRow]:
    """Return all that was written of one record or account, oldest first."""
    asked = select(*audit.c[: len(AuditRow.__annotations__)]).where(audit.c.subject == subject)
    with database.reading() as connection:
        return [AuditRow(*row) for row in connection.execute(asked.order_by(audit.c.sequence))]


def verify(database: Database) -> list[Break]:
    """Walk the whole chain, then hold each record against its last row.

    Returns
    -------
    list of Break
        Empty when every row is what was written, none is missing, and every record is what its last row says. The chain
        shows whoever edits the database without recomputing it to its end; keep a backup's last hash elsewhere against
        the others.
    """
    with database.reading() as connection:
        end = connection.execute(select(counters.c.value, counters.c.mark).where(counters.c.name == CHAIN)).first()
        breaks, last = _walk(connection, *(end or (0, FIRST_HASH)))
        return breaks + _hold_records(connection, last)


def _walk(connection: Connection, length: int, mark: str) -> tuple[list[Break], dict[str, tuple[int, str]]]:
    breaks: list[Break] = []
    last: dict[str, tuple[int, str]] = {}
    previous, expected = FIRST_HASH, 1
    rows = connection.execution_options(yield_per=IN_ONE_READ).execute(select(audit).order_by(audit.c.sequence))
    for row in rows:
        written = AuditRow(*row[: len(AuditRow.__annotations__)])
        if written.sequence != expected or row.previous_hash != previous:
            breaks.append(Break(f"audit {expected}", "missing"))
        if _digest(row.previous_hash, written) != row.hash:
            breaks.append(Break(f"audit {written.sequence}", "changed"))
        previous, expected = row.hash, written.sequence + 1
        if written.version is not None and written.after is not None:
            last[written.subject] = (written.version, written.after)
    if (expected - 1, previous) != (length, mark):
        breaks.append(Break(f"audit {expected}", "missing"))
    return breaks, last


def _hold_records(connection: Connection, last: dict[str, tuple[int, str]]) -> list[Break]:
    breaks = []
    held = select(*(records.c[name] for name in HELD))
    for row in connection.execution_options(yield_per=IN_ONE_READ).execute(held):
        published = None if row.published_content is None else content_hash(row.published_content)
        said = {"content": row.content, "status": row.status, "published": published}
        # The chain did not always say why an entry came back: what was written without it is no break.
        written = (said | {"reason": row.reason}, said) if row.reason else (said,)
        known = last.get(row.record_id) in [(row.version, canonical(one)) for one in written]
        if not known or content_hash(row.content) != row.content_hash:
            breaks.append(Break(row.record_id, "unwritten"))
    return breaks


def _digest(previous: str, row: AuditRow) -> str:
    fields: Sequence[object] = list(row.__dict__.values())
    return hashlib.sha256(canonical([previous, *fields]).encode()).hexdigest()


def _text(value: object) -> str | None:
    return None if value is None else canonical(value)
