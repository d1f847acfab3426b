"""Who is signed in: a random token in the browser, its digest here, an end to each session."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from data.records import audit
from data.records.accounts import person_of
from data.records.audit import Entry
from data.records.database import Database
from data.records.repository import now
from data.records.rights import VISITOR, Person
from data.records.tables import accounts, sessions

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=10)
"""How often it is written down that a session is in use: a page asks with each click."""


@dataclass(frozen=True)
class Sessions:
    """The sessions of one database."""

    database: Database
    clock: Callable[[], str] = now

    def begin(self, person: Person) -> str:
        """Return a new token for a person who has just shown who they are. Sessions that ended are swept away."""
        token, at = secrets.token_urlsafe(32), datetime.fromisoformat(self.clock())
        with self.database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.ends_at < _text(at)))
            connection.execute(
                insert(sessions).values(
                    token_hash=_hash(token),
                    account_id=person.account_id,
                    created_at=_text(at),
                    seen_at=_text(at),
                    ends_at=_text(at + LONGEST),
                )
            )
        return token

    def who(self, token: str | None) -> Person:
        """Return whose token this is; a visitor when it is nobody's, has ended, or the account is disabled."""
        if not token:
            return VISITOR
        asked = (
            select(accounts, sessions.c.seen_at, sessions.c.ends_at)
            .join(sessions, sessions.c.account_id == accounts.c.account_id)
            .where(sessions.c.token_hash == _hash(token), accounts.c.disabled.is_(False))
        )
        with self.database.reading() as connection:
            row = connection.execute(asked).mappings().first()
        at = datetime.fromisoformat(self.clock())
        if row is None or at >= datetime.fromisoformat(row["ends_at"]):
            return VISITOR
        unseen = at - datetime.fromisoformat(row["seen_at"])
        if unseen >= IDLE:
            return VISITOR
        if unseen >= NOTED_EVERY:
            with self.database.writing() as connection:
                seen = update(sessions).where(sessions.c.token_hash == _hash(token))
                connection.execute(seen.values(seen_at=_text(at)))
        return person_of(row)

    def end(self, token: str | None) -> None:
        """End the session of a token, if there is one."""
        if not token:
            return
        who = self.who(token)
        with self.database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))
            if who.account_id:
                audit.append(connection, self.clock(), [Entry(who.account_id, "sign_out", who.account_id)])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
