"""Accounts: no default password, guessing is slowed, a disabled account is out at once, nothing secret is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data.records import audit
from data.records.accounts import AccountError, Accounts
from data.records.rights import VISITOR, Person, RightsError
from data.records.sessions import IDLE, LONGEST, Sessions

PASSWORD = "un mot de passe long"  # noqa: S105 - of nobody


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> str:
        return self.at.isoformat(timespec="microseconds")

    def wait(self, **units: float) -> None:
        self.at += timedelta(**units)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def people(database, clock):
    return Accounts(database, clock)


@pytest.fixture
def sessions(database, clock):
    return Sessions(database, clock)


@pytest.fixture
def admin(people):
    return people.create_first("Admin@Atlas.ma", PASSWORD)


def refused(reason, act, *args, **kwargs):
    with pytest.raises(AccountError) as error:
        act(*args, **kwargs)
    assert error.value.reason == reason
    return error.value


def test_the_first_account_is_the_admin_and_only_the_first(people):
    assert people.is_empty()
    first = people.create_first("Admin@Atlas.ma", PASSWORD)
    assert (first.role, first.login, people.is_empty()) == ("admin", "admin@atlas.ma", False)
    refused("not_first", people.create_first, "other", PASSWORD)


@pytest.mark.parametrize(
    ("login", "password", "reason"),
    [("", PASSWORD, "login_bad"), ("a b", PASSWORD, "login_bad"), ("a\u0000", PASSWORD, "login_bad"),
     ("a" * 101, PASSWORD, "login_bad"), ("a", "court", "password_short"), ("a", "x" * 201, "password_long")],
)  # fmt: skip
def test_logins_and_passwords_that_will_not_do_are_said(people, login, password, reason):
    refused(reason, people.create_first, login, password)
    assert people.is_empty()


def test_whoever_knows_the_password_signs_in_in_any_case_of_the_login(people, admin):
    assert people.sign_in(" ADMIN@atlas.ma ", PASSWORD, "10.0.0.1") == admin
    refused("wrong", people.sign_in, "admin@atlas.ma", PASSWORD.upper(), "10.0.0.1")
    refused("wrong", people.sign_in, "nobody", PASSWORD, "10.0.0.1")


def test_guessing_is_slowed_more_with_each_failure_and_forgotten_after_a_success(people, admin, clock):
    waits = []
    for _ in range(7):
        with pytest.raises(AccountError) as error:
            people.sign_in(admin.login, "faux, archifaux", "10.0.0.1")
        if error.value.reason == "wait":
            waits.append(error.value.wait_s)
            clock.wait(seconds=error.value.wait_s)
    assert waits == [2]
    refused("wait", people.sign_in, admin.login, PASSWORD, "10.0.0.2")
    clock.wait(hours=2)
    assert people.sign_in(admin.login, PASSWORD, "10.0.0.1") == admin
    assert people.wait_s(admin.login, "10.0.0.1") == 0


def test_an_address_that_tries_many_logins_is_slowed_too(people, admin):
    for number in range(21):
        refused("wrong", people.sign_in, f"login{number}", PASSWORD, "10.0.0.9")
    refused("wait", people.sign_in, admin.login, PASSWORD, "10.0.0.9")
    assert people.sign_in(admin.login, PASSWORD, "10.0.0.1") == admin


def test_only_an_admin_makes_accounts(people, admin):
    made = people.create(admin, Person(login="amina", role="contributor", organisation_codes=("org-1",)), PASSWORD)
    assert people.sign_in("amina", PASSWORD, "x") == made
    refused("login_taken", people.create, admin, Person(login="AMINA", role="contributor"), PASSWORD)
    refused("role_unknown", people.create, admin, Person(login="z", role="visitor"), PASSWORD)
    for person in (made, VISITOR):
        with pytest.raises(RightsError):
            people.create(person, Person(login="z", role="admin"), PASSWORD)
    with pytest.raises(RightsError):
        people.change(made, made.account_id, role="admin")


def test_a_new_password_is_ones_own_to_set_and_ends_every_session(people, sessions, admin):
    made = people.create(admin, Person(login="amina", role="contributor"), PASSWORD)
    token = sessions.begin(made)
    people.change(made, made.account_id, password="un autre, bien long")  # noqa: S106 - of nobody
    assert sessions.who(token) == VISITOR
    refused("wrong", people.sign_in, "amina", PASSWORD, "x")


def test_there_is_always_an_admin(people, admin):
    refused("last_admin", people.change, admin, admin.account_id, role="contributor")
    refused("last_admin", people.change, admin, admin.account_id, disabled=True)
    assert people.sign_in(admin.login, PASSWORD, "x").role == "admin"


def test_a_session_ends_when_idle_when_old_when_told_and_when_its_account_is_disabled(people, sessions, admin, clock):
    made = people.create(admin, Person(login="amina", role="contributor"), PASSWORD)
    token = sessions.begin(made)
    assert (sessions.who(token), sessions.who("other"), sessions.who(None)) == (made, VISITOR, VISITOR)
    for _ in range(20):
        clock.wait(hours=8)
        assert sessions.who(token) == made
    clock.wait(hours=9)
    assert sessions.who(token) == VISITOR, LONGEST
    second = sessions.begin(made)
    clock.wait(seconds=IDLE.total_seconds())
    assert sessions.who(second) == VISITOR
    third = sessions.begin(made)
    sessions.end(third)
    assert sessions.who(third) == VISITOR
    fourth = sessions.begin(made)
    people.change(admin, made.account_id, disabled=True)
    assert sessions.who(fourth) == VISITOR
    refused("disabled", people.sign_in, "amina", PASSWORD, "x")
    assert people.by_login("amina") is None


def test_neither_password_nor_token_lies_in_the_database(sessions, admin, database):
    token = sessions.begin(admin)
    with database.reading() as connection:
        held = " ".join(
            str(row)
            for table in ("accounts", "sessions", "audit", "login_attempts")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours
        )
    assert admin.login in held
    assert PASSWORD not in held
    assert token not in held
    assert audit.verify(database) == []
