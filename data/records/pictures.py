"""Pictures beside the records that show them: drawn anew before they come here, named by their content, never changed.

A record names its pictures in its content, so its history, its undo and what is published of it hold for them too. One
that is no longer named stays for the undo, until it is erased for good; one that no record ever named goes after a day.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from data.errors import AtlasError
from data.records.audit import Break
from data.records.database import Database
from data.records.record import Content, Record, pictures_of
from data.records.tables import attachments, records

KEPT_UNNAMED = timedelta(days=1)
MOST_UNNAMED = 120
"""Pictures of one account that no record names yet: a story has up to sixty."""


class PicturesFull(AtlasError, RuntimeError):
    """An account has sent more pictures than it has put in records."""


@dataclass(frozen=True)
class Picture:
    """A picture that was drawn anew: its size in pixels, its bytes."""

    media_type: str
    width: int
    height: int
    body: bytes


@dataclass(frozen=True)
class KeptPicture:
    """A picture of the store, and the record that shows or showed it; None while it waits for one."""

    picture_id: str
    record_id: str | None
    picture: Picture
    sha256: str


@dataclass(frozen=True)
class ShownPicture:
    """A picture that is published: its type, its size in pixels, and what its record says of it.

    Attributes
    ----------
    said
        The entry of the record: `caption` and `alt` by language, `credit`, `licence`, `people_shown`.
    """

    picture_id: str
    media_type: str
    width: int
    height: int
    said: Mapping[str, Any]


def keep(database: Database, picture: Picture, *, actor: str, at: str) -> str:
    """Keep a picture until a record names it, and return its identifier; what waited a day is swept away.

    One that waits already, sent by the same account, is kept once: a form that was refused may send all of its again.

    Raises
    ------
    PicturesFull, StoreUnavailable
        Nothing was kept.
    """
    digest = hashlib.sha256(picture.body).hexdigest()
    picture_id = f"pic-{secrets.token_hex(8)}-{digest}"
    yesterday = (datetime.fromisoformat(at) - KEPT_UNNAMED).isoformat(timespec="microseconds")
    unnamed = attachments.c.record_id.is_(None)
    with database.writing() as connection:
        connection.execute(delete(attachments).where(unnamed, attachments.c.created_at < yesterday))
        same = select(attachments.c.attachment_id).where(
            unnamed, attachments.c.created_by == actor, attachments.c.sha256 == digest
        )
        if there_is := connection.execute(same).scalar():
            return str(there_is)
        waiting = select(func.count()).select_from(attachments).where(unnamed, attachments.c.created_by == actor)
        if connection.execute(waiting).scalar_one() >= MOST_UNNAMED:
            raise PicturesFull(f"{MOST_UNNAMED} pictures wait for a record")
        connection.execute(
            insert(attachments).values(
                attachment_id=picture_id,
                media_type=picture.media_type,
                width=picture.width,
                height=picture.height,
                sha256=digest,
                body=picture.body,
                created_by=actor,
                created_at=at,
            )
        )
    return picture_id


def get(database: Database, picture_id: str) -> KeptPicture | None:
    """Return a picture with its bytes; None when there is none of this name (StoreUnavailable)."""
    with database.reading() as connection:
        row = connection.execute(select(attachments).where(attachments.c.attachment_id == picture_id)).first()
    if row is None:
        return None
    picture = Picture(row.media_type, row.width, row.height, bytes(row.body))
    return KeptPicture(row.attachment_id, row.record_id, picture, row.sha256)


def published_entry(database: Database, kept: KeptPicture) -> Mapping[str, Any] | None:
    """Return what its record publishes of it; None when the public does not see it (StoreUnavailable)."""
    asked = select(records.c.published_content).where(records.c.record_id == kept.record_id)
    with database.reading() as connection:
        content = connection.execute(asked).scalar()
    return next((entry for entry in pictures_of(content or {}) if entry["picture"] == kept.picture_id), None)


def not_to_be_shown(database: Database, content: Content, *, before: Record | None, actor: str) -> list[str]:
    """Return the pictures a content names that are neither its record's nor waiting for their sender.

    Parameters
    ----------
    before
        The record whose content it becomes: what it names already may be named again, erased or not, or an entry could
        not be validated any more once somebody was taken out of it. None for a record that is not kept yet.
    """
    kept = {entry["picture"] for entry in pictures_of(before.content if before else {})}
    named = [entry["picture"] for entry in pictures_of(content) if entry["picture"] not in kept]
    if not named:
        return []
    may_be_shown = and_(attachments.c.record_id.is_(None), attachments.c.created_by == actor)
    if before is not None:
        may_be_shown = or_(may_be_shown, attachments.c.record_id == before.record_id)
    asked = select(attachments.c.attachment_id).where(attachments.c.attachment_id.in_(named), may_be_shown)
    with database.reading() as connection:
        known = set(connection.execute(asked).scalars())
    return [picture_id for picture_id in named if picture_id not in known]


def there(database: Database, picture_ids: Iterable[str]) -> set[str]:
    """Return those of some pictures that are kept: the others were erased (StoreUnavailable)."""
    asked = select(attachments.c.attachment_id).where(attachments.c.attachment_id.in_(list(picture_ids)))
    with database.reading() as connection:
        return set(connection.execute(asked).scalars())


def give(connection: Connection, contents: Iterable[tuple[str, Content]]) -> None:
    """Give the pictures that contents name to their records, within the writer's transaction."""
    for record_id, content in contents:
        named = [entry["picture"] for entry in pictures_of(content)]
        if named:
            free = attachments.c.attachment_id.in_(named) & attachments.c.record_id.is_(None)
            connection.execute(update(attachments).where(free).values(record_id=record_id))


def published(database: Database) -> dict[str, list[ShownPicture]]:
    """Return the pictures that the public sees, by record, in the order of its author (StoreUnavailable)."""
    sizes = select(attachments.c.attachment_id, attachments.c.media_type, attachments.c.width, attachments.c.height)
    with_pictures = select(attachments.c.record_id).where(attachments.c.record_id.is_not(None))
    asked = select(records.c.record_id, records.c.published_content).where(
        records.c.published_content.is_not(None), records.c.record_id.in_(with_pictures)
    )
    with database.reading() as connection:
        size_of = {row.attachment_id: (row.media_type, row.width, row.height) for row in connection.execute(sizes)}
        rows = connection.execute(asked).all()
    shown = {
        row.record_id: [
            ShownPicture(entry["picture"], *size_of[entry["picture"]], entry)
            for entry in pictures_of(row.published_content)
            if entry["picture"] in size_of
        ]
        for row in rows
    }
    return {record_id: pictures for record_id, pictures in shown.items() if pictures}


def of_record(database: Database, record_id: str) -> list[str]:
    """Return the pictures a record shows or ever showed, the first kept first (StoreUnavailable)."""
    asked = select(attachments.c.attachment_id).where(attachments.c.record_id == record_id)
    with database.reading() as connection:
        return list(connection.execute(asked.order_by(attachments.c.created_at, attachments.c.attachment_id)).scalars())


def erase(connection: Connection, record_id: str, picture_id: str) -> bool:
    """Erase a picture of a record, whatever version names it; tell whether there was one."""
    own = (attachments.c.record_id == record_id) & (attachments.c.attachment_id == picture_id)
    return connection.execute(delete(attachments).where(own)).rowcount == 1


def damaged(connection: Connection) -> list[Break]:
    """Return the pictures whose bytes are not those that were kept."""
    asked = select(attachments.c.attachment_id, attachments.c.sha256, attachments.c.body)
    rows = connection.execution_options(yield_per=10).execute(asked)
    return [
        Break(row.attachment_id, "changed")
        for row in rows
        if not row.attachment_id.endswith(digest := hashlib.sha256(row.body).hexdigest()) or row.sha256 != digest
    ]
