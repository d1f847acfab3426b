"""How changes reach the database: rows, places, what was done and what is published, in the writer's transaction."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data.records import audit, notices, pictures
from data.records.audit import Entry
from data.records.errors import AlreadyBroughtIn, RecordNotFound, StaleVersion
from data.records.record import PUBLISHED, WITHDRAWING, Change, Content, Record, content_hash, places_of_record
from data.records.tables import counters, record_places, records

VERSION = "published"
LEAP = 10_000
Row = dict[str, Any]


@dataclass
class Plan:
    """What many changes come to: rows to add, records to change, those that stay, those that cannot be changed."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Record, Row]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    errors: list[tuple[int, RecordNotFound | StaleVersion]] = field(default_factory=list)


@dataclass(frozen=True)
class Writer:
    """Writes records on the connection of one transaction, in the name of one actor."""

    connection: Connection
    actor: str
    act: str
    clock: Callable[[], str]
    make_id: Callable[[str], str]

    def get(self, record_id: str) -> Record:
        """Return a record as it stands, or raise RecordNotFound."""
        return get(self.connection, record_id)

    def plan(self, part: Sequence[Change], first: int) -> Plan:
        """Find out what becomes of changes; `first` is the position of the first of them."""
        ids = [change.record_id for change in part if change.record_id]
        asked = select(records).where(records.c.record_id.in_(ids))
        known = {row["record_id"]: record_of(row) for row in self.connection.execute(asked).mappings()} if ids else {}
        # Asked here, where nobody else can write: what a preview found to be new may have come in since.
        there = self._of_origins(change for change in part if change.record_id is None and change.external_id)
        plan = Plan()
        for position, change in enumerate(part, first):
            if change.record_id is None and (change.origin, change.external_id) in there:
                plan.errors.append((position, AlreadyBroughtIn(there[change.origin, change.external_id])))
                continue
            if change.record_id is None:
                row = self.new(change)
                plan.new.append(row)
                plan.entries.append(self.added(row))
                continue
            before = known.get(change.record_id)
            if before is None:
                plan.errors.append((position, RecordNotFound(change.record_id)))
            elif before.content_hash == content_hash(change.content) and before.status == change.status:
                plan.unchanged.append(before.record_id)
            elif before.version != change.version:
                plan.errors.append((position, StaleVersion(before, change.version or 0)))
            else:
                row = self.next(before, change.content, change.status)
                plan.changed.append((before, row))
                plan.entries.append(self.changed(before, row))
        return plan

    def _of_origins(self, new: Iterable[Change]) -> dict[tuple[str, str | None], Record]:
        """Return the records that have the origin and identifier of changes that would add them."""
        wanted: dict[str, list[str | None]] = {}
        for change in new:
            wanted.setdefault(change.origin, []).append(change.external_id)
        found = {}
        for origin, identifiers in wanted.items():
            asked = select(records).where(records.c.origin == origin, records.c.external_id.in_(identifiers))
            for row in self.connection.execute(asked).mappings():
                found[origin, row["external_id"]] = record_of(row)
        return found

    def new(self, change: Change) -> Row:
        """Return the row of a new record, version 1."""
        at = self.clock()
        return {
            "record_id": self.make_id(change.kind),
            "kind": change.kind,
            "status": change.status,
            "version": 1,
            "content": dict(change.content),
            "content_hash": content_hash(change.content),
            "published_content": dict(change.content) if change.status == PUBLISHED else None,
            "organisation_code": change.organisation_code,
            "origin": change.origin,
            "external_id": change.external_id,
            "reason": None,
            "merged_into": None,
            "created_by": self.actor,
            "created_at": at,
            "updated_by": self.actor,
            "updated_at": at,
        }

    def next(self, before: Record, content: Content, status: str) -> Row:
        """Return the row of the next version of a record."""
        published = (
            dict(content) if status == PUBLISHED else None if status in WITHDRAWING else before.published_content
        )
        changed = {
            "published_content": published,
            "content": dict(content),
            "content_hash": content_hash(content),
            "status": status,
            "reason": None,
        }
        return {
            **before.__dict__,
            **changed,
            "version": before.version + 1,
            "updated_by": self.actor,
            "updated_at": self.clock(),
        }

    def write(self, plan: Plan) -> None:
        """Write records, places, what was done, whom to tell, and that the published view is another, at once."""
        if plan.new:
            self.connection.execute(insert(records), plan.new)
        for before, row in plan.changed:
            where = (records.c.record_id == before.record_id) & (records.c.version == before.version)
            if self.connection.execute(update(records).where(where).values(**row)).rowcount != 1:
                raise StaleVersion(self.get(before.record_id), before.version)
        moved = [before.record_id for before, _ in plan.changed]
        if moved:
            self.connection.execute(delete(record_places).where(record_places.c.record_id.in_(moved)))
        rows = [*plan.new, *(row for _, row in plan.changed)]
        places = [
            _place(row["record_id"], place)
            for row in rows
            for place in places_of_record(row["content"], row["published_content"])
        ]
        if places:
            self.connection.execute(insert(record_places), places)
        pictures.give(self.connection, ((row["record_id"], row["content"]) for row in rows))
        audit.append(self.connection, self.clock(), plan.entries)
        notices.write(self.connection, self.clock(), self.actor, self.act, plan.changed)
        shown = [row["published_content"] for row in plan.new]
        if any(shown) or any(before.published_content != row["published_content"] for before, row in plan.changed):
            bump(self.connection)

    def added(self, row: Mapping[str, Any]) -> Entry:
        """Say that a record was added."""
        return Entry(self.actor, self.act, row["record_id"], row["version"], None, said(row))

    def changed(self, before: Record, row: Mapping[str, Any]) -> Entry:
        """Say what a record was and what it became."""
        return Entry(self.actor, self.act, before.record_id, row["version"], said(before.__dict__), said(row))


def get(connection: Connection, record_id: str) -> Record:
    """Return a record as it stands, or raise RecordNotFound."""
    row = connection.execute(select(records).where(records.c.record_id == record_id)).mappings().first()
    if row is None:
        raise RecordNotFound(record_id)
    return record_of(row)


def record_of(row: Mapping[Any, Any]) -> Record:
    """Lay a row of the table out as a record."""
    return Record(**{name: row[name] for name in Record.__annotations__})


def _place(record_id: str, place: Mapping[str, Any]) -> Row:
    known = {name: place.get(name) for name in ("territory_code", "place_name", "lon", "lat")}
    return {"record_id": record_id, **known}


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the audit keeps of a record; why it came back or was withdrawn only where that was said."""
    published, reason = row["published_content"], row["reason"]
    return {
        "content": row["content"],
        "status": row["status"],
        "published": None if published is None else content_hash(published),
        **({"reason": reason} if reason else {}),
    }


def published_version(connection: Connection) -> int:
    """Return the number that grows whenever what is published changes."""
    found = connection.execute(select(counters.c.value).where(counters.c.name == VERSION)).scalar()
    return int(found or 0)


def leap(connection: Connection, beyond: int) -> None:
    """Give the published view a number it never had: a store put back is another, though it counts from before."""
    value = max(beyond, published_version(connection)) + LEAP + secrets.randbelow(LEAP)
    connection.execute(delete(counters).where(counters.c.name == VERSION))
    connection.execute(insert(counters).values(name=VERSION, value=value))


def bump(connection: Connection) -> None:
    """Say that what is published is another now."""
    raised = update(counters).where(counters.c.name == VERSION).values(value=counters.c.value + 1)
    if connection.execute(raised).rowcount == 0:
        connection.execute(insert(counters).values(name=VERSION, value=1))
