"""What somebody else did with one's entry, told in the atlas itself: no mail is needed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from data.records.database import Database
from data.records.record import Record
from data.records.tables import accounts, notices

TOLD = ("edit", "submit", "validate", "send_back", "withdraw", "merge", "undo", "decide")
"""Acts of which the author of a record is told; an import is not: it has its own report."""


@dataclass(frozen=True)
class Notice:
    """What was done with an entry.

    Attributes
    ----------
    event
        The act, one of `TOLD`.
    reason
        Why, as whoever did it said; empty where nothing was said.
    is_read
        Whether the person has said so.
    """

    notice_id: int
    event: str
    record_id: str
    reason: str
    at: str
    is_read: bool


def write(
    connection: Connection, at: str, actor: str, act: str, changed: Iterable[tuple[Record, Mapping[str, Any]]]
) -> None:
    """Tell the authors of changed records, within the writer's transaction: no change without its notice.

    Nobody is told what they did themselves; what a visitor reported has no account to be told at.
    """
    told = [(before, row) for before, row in changed if before.created_by != actor] if act in TOLD else []
    if not told:
        return
    authors = {before.created_by for before, _ in told}
    asked = select(accounts.c.account_id).where(accounts.c.account_id.in_(authors))
    known = set(connection.execute(asked).scalars())
    rows = [
        {
            "account_id": before.created_by,
            "event": act,
            "record_id": before.record_id,
            "detail": {"reason": _reason(act, row)},
            "at": at,
        }
        for before, row in told
        if before.created_by in known
    ]
    if rows:
        connection.execute(insert(notices), rows)


@dataclass(frozen=True)
class Notices:
    """The notices of one account; a visitor's, whose `account_id` is empty, are none."""

    database: Database
    account_id: str
    clock: Callable[[], str]

    def unread(self) -> int:
        """Count those not yet said to be read (StoreUnavailable)."""
        with self.database.reading() as connection:
            return int(connection.execute(self._own(func.count()).where(notices.c.read_at.is_(None))).scalar_one())

    def last(self, limit: int = 20) -> list[Notice]:
        """Return the newest ones, newest first (StoreUnavailable)."""
        newest = self._own(notices).order_by(notices.c.notice_id.desc()).limit(limit)
        with self.database.reading() as connection:
            return [_notice(row) for row in connection.execute(newest).mappings()]

    def read(self, up_to: int) -> None:
        """Note that those up to an identifier are read: what came after the person looked stays new.

        Raises
        ------
        StoreUnavailable
            Nothing was noted.
        """
        own = (notices.c.account_id == self.account_id) & (notices.c.notice_id <= up_to) & notices.c.read_at.is_(None)
        with self.database.writing() as connection:
            connection.execute(update(notices).where(own).values(read_at=self.clock()))

    def _own(self, *what: Any) -> Select[Any]:
        return select(*what).select_from(notices).where(notices.c.account_id == self.account_id)


def _notice(row: Mapping[Any, Any]) -> Notice:
    return Notice(
        row["notice_id"],
        row["event"],
        row["record_id"],
        row["detail"].get("reason", ""),
        row["at"],
        row["read_at"] is not None,
    )


def _reason(act: str, row: Mapping[str, Any]) -> str:
    said = row["content"].get("decision_said") if act == "decide" else row["reason"]
    return str(said or "")
