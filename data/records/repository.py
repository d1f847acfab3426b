"""The one way to records: added, changed by whoever saw the last version, listed, undone, each change written down."""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, case, null, select

from data.records import audit
from data.records.audit import AuditRow
from data.records.database import Database
from data.records.errors import ChangeCancelled, RecordNotFound, StaleVersion
from data.records.record import PUBLISHED, Applied, Change, Content, Record
from data.records.tables import record_places, records
from data.records.writing import Plan, Writer, get, published_version, record_of

PREFIXES = {
    "project": "prj",
    "organisation": "org",
    "need": "need",
    "offer": "offer",
    "facility": "fac",
    "story": "story",
    "support_request": "ask",
    "correction": "cor",
}
"""How the identifier of a record of each kind begins."""
AT_ONCE = 500
"""Records looked up by one statement, and written between two signs of progress."""


def now() -> str:
    """Return this instant, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id(kind: str) -> str:
    """Return an identifier no record has had."""
    return f"{PREFIXES[kind]}-{uuid.uuid4().hex[:16]}"


@dataclass(frozen=True)
class Repository:
    """Records of one database.

    Attributes
    ----------
    clock, make_id
        Given by tests that need to know the time and the names beforehand.
    """

    database: Database
    clock: Callable[[], str] = now
    make_id: Callable[[str], str] = field(default=new_id)

    def version(self) -> int:
        """Return a number that grows whenever what is published changes: part of every cache key.

        Raises
        ------
        StoreUnavailable
            The database does not answer.
        """
        with self.database.reading() as connection:
            return published_version(connection)

    def add(
        self,
        kind: str,
        content: Content,
        *,
        actor: str,
        status: str = "draft",
        origin: str = "form",
        external_id: str | None = None,
        organisation_code: str | None = None,
        act: str = "add",
    ) -> Record:
        """Keep a new record, version 1.

        Raises
        ------
        StoreUnavailable
            Nothing was kept.
        """
        change = Change(kind, content, status, None, None, origin, external_id, organisation_code)
        with self.database.writing() as connection:
            writer = self._writer(connection, actor, act)
            row = writer.new(change)
            writer.write(Plan(new=[row], entries=[writer.added(row)]))
        return record_of(row)

    def get(self, record_id: str) -> Record:
        """Return a record as it stands.

        Raises
        ------
        RecordNotFound
            There is none.
        """
        with self.database.reading() as connection:
            return get(connection, record_id)

    def update(
        self,
        record_id: str,
        *,
        version: int,
        actor: str,
        content: Content | None = None,
        status: str | None = None,
        reason: str | None = None,
        merged_into: str | None = None,
        act: str = "change",
    ) -> Record:
        """Change a record that is still at `version`; what is None stays, but for the reason, which is said anew.

        Raises
        ------
        RecordNotFound
            There is none.
        StaleVersion
            Somebody else changed it first; the error carries the record as it stands now.
        StoreUnavailable
            Nothing was kept.
        """
        with self.database.writing() as connection:
            writer = self._writer(connection, actor, act)
            before = writer.get(record_id)
            if before.version != version:
                raise StaleVersion(before, version)
            row = writer.next(before, content if content is not None else before.content, status or before.status)
            row |= {"reason": reason, "merged_into": merged_into or before.merged_into}
            writer.write(Plan(changed=[(before, row)], entries=[writer.changed(before, row)]))
        return record_of(row)

    def content_at(self, record_id: str, version: int) -> Content:
        """Return what a record said at a version.

        Raises
        ------
        RecordNotFound
            There is no such record, or no such version of it.
        """
        for written in self.history(record_id):
            if written.version == version and written.after is not None:
                content: Content = orjson.loads(written.after)["content"]
                return content
        raise RecordNotFound(f"{record_id} version {version}")

    def history(self, record_id: str) -> list[AuditRow]:
        """Return all that was done to a record, oldest first."""
        return audit.of_subject(self.database, record_id)

    def find(
        self,
        *,
        kind: str | None = None,
        status: str | Collection[str] | None = None,
        territories: Collection[str] | None = None,
        organisations: Collection[str] | None = None,
        created_by: str | None = None,
        limit: int | None = 100,
        offset: int = 0,
    ) -> list[Record]:
        """Return the records that pass every filter given, last changed first.

        Parameters
        ----------
        territories, organisations
            Codes, of which one is enough: a territory's own code only, not those within it.
        limit
            None for all.
        """
        asked = select(records)
        if kind:
            asked = asked.where(records.c.kind == kind)
        if status is not None:
            asked = asked.where(records.c.status.in_([status] if isinstance(status, str) else list(status)))
        if created_by is not None:
            asked = asked.where(records.c.created_by == created_by)
        if organisations is not None:
            asked = asked.where(records.c.organisation_code.in_(list(organisations)))
        if territories is not None:
            there = select(record_places.c.record_id).where(record_places.c.territory_code.in_(list(territories)))
            asked = asked.where(records.c.record_id.in_(there))
        asked = asked.order_by(records.c.updated_at.desc(), records.c.record_id).offset(offset).limit(limit)
        return self._read(asked)

    def published(self, kind: str) -> list[Record]:
        """Return the records of a kind of which something is published, in the order of their identifiers."""
        # What a validated record says is what is published: ten thousand contents are read once, not twice.
        others = [column for column in records.c if column is not records.c.content]
        content = case((records.c.status == PUBLISHED, null()), else_=records.c.content).label("content")
        asked = select(*others, content).where(records.c.kind == kind, records.c.published_content.is_not(None))
        with self.database.reading() as connection:
            rows = connection.execute(asked.order_by(records.c.record_id)).mappings()
            return [
                record_of(row if row["content"] is not None else {**row, "content": row["published_content"]})
                for row in rows
            ]

    def by_external(self, origin: str, external_ids: Iterable[str]) -> dict[str, Record]:
        """Return the records an origin has given before, by their identifier there."""
        wanted = list(dict.fromkeys(external_ids))
        found: dict[str, Record] = {}
        with self.database.reading() as connection:
            for first in range(0, len(wanted), AT_ONCE):
                asked = select(records).where(
                    records.c.origin == origin, records.c.external_id.in_(wanted[first : first + AT_ONCE])
                )
                rows = connection.execute(asked).mappings()
                found |= {row["external_id"]: record_of(row) for row in rows}
        return found

    def apply(
        self,
        changes: Collection[Change],
        *,
        actor: str,
        all_or_nothing: bool = True,
        on_progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        act: str = "import",
        alongside: Callable[[Connection], None] | None = None,
    ) -> Applied:
        """Add and change many records in one transaction.

        Parameters
        ----------
        changes
            A change whose content and status are those the record has already leaves it as it is.
        all_or_nothing
            False keeps the changes that can be, and names those refused.
        on_progress, cancelled
            Called every few hundred records with how many of how many are done; a true answer undoes all.
        alongside
            Writes what must be kept with the records or not at all, on the same connection, after them.

        Raises
        ------
        StaleVersion, AlreadyBroughtIn, RecordNotFound
            One cannot be changed, or is there already, and all or nothing was asked.
        ChangeCancelled
            Nothing was kept.
        StoreUnavailable
            Nothing was kept.
        """
        done, total = 0, len(changes)
        created, updated, unchanged, refused = [], [], [], []
        listed = list(changes)
        with self.database.writing() as connection:
            writer = self._writer(connection, actor, act)
            for first in range(0, total, AT_ONCE):
                if cancelled and cancelled():
                    raise ChangeCancelled
                part = listed[first : first + AT_ONCE]
                plan = writer.plan(part, first)
                if plan.errors and all_or_nothing:
                    raise plan.errors[0][1]
                writer.write(plan)
                created += [row["record_id"] for row in plan.new]
                updated += [before.record_id for before, _ in plan.changed]
                unchanged += plan.unchanged
                refused += [(position, error.reason) for position, error in plan.errors]
                done += len(part)
                if on_progress:
                    on_progress(done, total)
            if alongside:
                alongside(connection)
        return Applied(tuple(created), tuple(updated), tuple(unchanged), tuple(refused))

    def _writer(self, connection: Connection, actor: str, act: str) -> Writer:
        return Writer(connection, actor, act, self.clock, self.make_id)

    def _read(self, asked: Select[Any]) -> list[Record]:
        with self.database.reading() as connection:
            return [record_of(row) for row in connection.execute(asked).mappings()]
