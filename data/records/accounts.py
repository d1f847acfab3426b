"""Local accounts: made, signed in to, slowed when guessed at, changed and disabled; every act written down."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from data.errors import AtlasError
from data.records import audit
from data.records.audit import Entry
from data.records.database import Database
from data.records.repository import now
from data.records.rights import ROLES, Person, Role, require
from data.records.tables import accounts, login_attempts, sessions

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
"""Characters. Length is what makes a password hard to guess (NIST SP 800-63B, 5.1.1); the longest bounds the work."""
LONGEST_LOGIN = 100
FREE_FAILURES = 4
"""Failures of one account, or one address times five, after which each further attempt waits twice as long."""
PER_ADDRESS = 5
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)
NOBODY = "nobody"
HASHER = PasswordHasher()
ABSENT = HASHER.hash(uuid.uuid4().hex)  # verified for a login that is not there: both refusals take as long


class AccountError(AtlasError, ValueError):
    """An account cannot be made or used as asked.

    Attributes
    ----------
    reason
        `wrong` (login or password: which is not said), `wait`, `disabled`, `login_taken`, `login_bad`,
        `password_short`, `password_long`, `role_unknown`, `not_first`, `last_admin`, `unknown`
        (`account.problem.<reason>` in the texts).
    wait_s
        For `wait`: seconds until another attempt is listened to.
    """

    def __init__(self, reason: str, wait_s: int = 0) -> None:
        self.reason, self.wait_s = reason, wait_s
        super().__init__(f"account: {reason}" + (f" {wait_s} s" if wait_s else ""))


@dataclass(frozen=True)
class Accounts:
    """The accounts of one database."""

    database: Database
    clock: Callable[[], str] = now

    def is_empty(self) -> bool:
        """Tell whether nobody has an account yet: the first is that of the admin."""
        with self.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(accounts)).scalar_one() == 0

    def create_first(self, login: str, password: str) -> Person:
        """Make the admin of an atlas that has no account.

        Raises
        ------
        AccountError
            There is one already (`not_first`), or login or password will not do.
        """
        with self.database.writing() as connection:
            if connection.execute(select(func.count()).select_from(accounts)).scalar_one():
                raise AccountError("not_first")
            return self._insert(connection, Person(login=login, role="admin"), password, actor=NOBODY)

    def create(self, by: Person, wanted: Person, password: str | None) -> Person:
        """Make an account; without a password it is for sign-in by OpenID Connect only.

        Raises
        ------
        RightsError, AccountError
            Not an admin asks; or login, password or role will not do.
        """
        require(by, "manage_accounts")
        with self.database.writing() as connection:
            return self._insert(connection, wanted, password, actor=by.account_id)

    def sign_in(self, login: str, password: str, address: str) -> Person:
        """Return whoever has this login and password.

        Raises
        ------
        AccountError
            `wrong`, `disabled`, or `wait` after several failures of this login or from this address.
        """
        name = _login(login)
        if (wait_s := self.wait_s(name, address)) > 0:
            raise AccountError("wait", wait_s)
        with self.database.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.login == name)).mappings().first()
        good = _verified(row["password_hash"] if row and row["password_hash"] else ABSENT, password)
        succeeded = row is not None and good
        with self.database.writing() as connection:
            attempt = {"login": name, "address": address, "at": self.clock(), "succeeded": succeeded}
            connection.execute(insert(login_attempts).values(**attempt))
            who = row["account_id"] if row else NOBODY
            audit.append(connection, self.clock(), [Entry(who, "sign_in" if succeeded else "sign_in_failed", who)])
        if row is None or not good:
            raise AccountError("wrong")
        if row["disabled"]:
            raise AccountError("disabled")
        return person_of(row)

    def wait_s(self, login: str, address: str) -> int:
        """Return how many seconds are left before an attempt is listened to: 0 for now."""
        at = datetime.fromisoformat(self.clock())
        since = (at - REMEMBERED).isoformat(timespec="microseconds")
        with self.database.reading() as connection:
            failures = [
                (_failures(connection, login_attempts.c.login == login, since), FREE_FAILURES),
                (_failures(connection, login_attempts.c.address == address, since), FREE_FAILURES * PER_ADDRESS),
            ]
        left = [timedelta()]
        for (count, last), free in failures:
            if count > free and last:
                wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(count - free, 20)))
                left.append(datetime.fromisoformat(last) + wait - at)
        return max(0, -(-int(max(left).total_seconds() * 1000) // 1000))

    def all(self, by: Person) -> list[tuple[Person, bool]]:
        """Return every account with whether it is disabled, by login. Admins only (RightsError)."""
        require(by, "manage_accounts")
        with self.database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.login)).mappings()
            return [(person_of(row), bool(row["disabled"])) for row in rows]

    def logins(self, account_ids: Iterable[str]) -> dict[str, str]:
        """Return the logins of accounts, those that are there (StoreUnavailable)."""
        asked = select(accounts.c.account_id, accounts.c.login).where(accounts.c.account_id.in_(list(account_ids)))
        with self.database.reading() as connection:
            return {row.account_id: row.login for row in connection.execute(asked)}

    def change(
        self,
        by: Person,
        account_id: str,
        *,
        role: Role | None = None,
        territory_codes: Iterable[str] | None = None,
        organisation_codes: Iterable[str] | None = None,
        disabled: bool | None = None,
        password: str | None = None,
    ) -> Person:
        """Change an account; a new password or a disabled account ends its sessions at once.

        Raises
        ------
        RightsError, AccountError
            Not an admin asks (one's own password apart); or it would leave no admin.
        """
        own_password = account_id == by.account_id and (role, territory_codes, organisation_codes, disabled) == (
            (None,) * 4
        )
        if not own_password:
            require(by, "manage_accounts")
        changed: dict[str, Any] = {"role": role, "disabled": disabled}
        changed["territory_codes"] = None if territory_codes is None else list(territory_codes)
        changed["organisation_codes"] = None if organisation_codes is None else list(organisation_codes)
        changed["password_hash"] = None if password is None else _hashed(password)
        values = {name: value for name, value in changed.items() if value is not None}
        if role is not None and role not in ROLES[1:]:
            raise AccountError("role_unknown")
        with self.database.writing() as connection:
            found = select(accounts).where(accounts.c.account_id == account_id)
            before = connection.execute(found).mappings().first()
            if before is None:
                raise AccountError("unknown")
            values["updated_at"] = self.clock()
            connection.execute(update(accounts).where(accounts.c.account_id == account_id).values(**values))
            if not _admins(connection):
                raise AccountError("last_admin")
            if disabled or password is not None:
                connection.execute(sessions.delete().where(sessions.c.account_id == account_id))
            said = {name: value for name, value in values.items() if name not in ("password_hash", "updated_at")}
            said |= {"password": "changed"} if password is not None else {}
            audit.append(connection, self.clock(), [Entry(by.account_id, "account", account_id, after=said)])
            return person_of(connection.execute(found).mappings().one())

    def by_login(self, login: str) -> Person | None:
        """Return the account of a login that an identity provider vouches for; None when there is none, or disabled."""
        asked = select(accounts).where(accounts.c.login == _login(login), accounts.c.disabled.is_(False))
        with self.database.reading() as connection:
            row = connection.execute(asked).mappings().first()
        return person_of(row) if row else None

    def _insert(self, connection: Connection, wanted: Person, password: str | None, *, actor: str) -> Person:
        name = _login(wanted.login)
        if wanted.role not in ROLES[1:]:
            raise AccountError("role_unknown")
        if connection.execute(select(accounts.c.login).where(accounts.c.login == name)).first():
            raise AccountError("login_taken")
        made = replace(wanted, account_id=f"acc-{uuid.uuid4().hex[:16]}", login=name)
        at = self.clock()
        connection.execute(
            insert(accounts).values(
                account_id=made.account_id,
                login=name,
                password_hash=None if password is None else _hashed(password),
                role=made.role,
                territory_codes=list(made.territory_codes),
                organisation_codes=list(made.organisation_codes),
                language=made.language,
                disabled=False,
                created_at=at,
                updated_at=at,
            )
        )
        by = made.account_id if actor == NOBODY else actor
        audit.append(connection, at, [Entry(by, "account_created", made.account_id, after={"role": made.role})])
        return made


def person_of(row: RowMapping) -> Person:
    """Lay a row of the accounts out as a person."""
    return Person(
        account_id=row["account_id"],
        role=row["role"],
        territory_codes=tuple(row["territory_codes"]),
        organisation_codes=tuple(row["organisation_codes"]),
        login=row["login"],
        language=row["language"],
    )


def _login(login: str) -> str:
    name = login.strip().casefold()
    if not 0 < len(name) <= LONGEST_LOGIN or any(letter.isspace() or not letter.isprintable() for letter in name):
        raise AccountError("login_bad")
    return name


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError("password_short")
    if len(password) > LONGEST_PASSWORD:
        raise AccountError("password_long")
    return HASHER.hash(password)


def _verified(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


def _failures(connection: Connection, where: Any, since: str) -> tuple[int, str | None]:
    """Count the failures since the last success, and say when the last one was."""
    recent = select(login_attempts.c.at, login_attempts.c.succeeded).where(where, login_attempts.c.at >= since)
    rows = connection.execute(recent.order_by(login_attempts.c.at.desc(), login_attempts.c.attempt_id.desc())).all()
    failed: list[str] = []
    for at, succeeded in rows:
        if succeeded:
            break
        failed.append(at)
    return len(failed), failed[0] if failed else None


def _admins(connection: Connection) -> int:
    asked = select(func.count()).select_from(accounts).where(accounts.c.role == "admin", accounts.c.disabled.is_(False))
    return int(connection.execute(asked).scalar_one())
