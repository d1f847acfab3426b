"""Stores to be put to the proof: SQLite always, PostgreSQL where `ATLAS_TEST_DATABASE_URL` names a server."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

SERVER = os.environ.get("ATLAS_TEST_DATABASE_URL", "")
KINDS = ("sqlite", "postgresql")
NO_SERVER = "no PostgreSQL here: ATLAS_TEST_DATABASE_URL names none (see README, Tests)"


@contextmanager
def new_store(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a store nobody has opened yet; a database of the server is dropped at the end."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'atlas.sqlite'}"
        return
    name = f"atlas_{uuid.uuid4().hex[:12]}"
    tell_server(f"CREATE DATABASE {name}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        tell_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def tell_server(*statements: str) -> None:
    """Have the server of the tests do something to its databases."""
    server = create_engine(make_url(SERVER).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        server.dispose()


def ask_server(question: str) -> str:
    """Return the one answer of the server of the tests to a question."""
    server = create_engine(make_url(SERVER).set(drivername="postgresql+psycopg"))
    try:
        with server.connect() as connection:
            return str(connection.execute(text(question)).scalar_one())
    finally:
        server.dispose()
