"""The database: opened, brought to the present schema, read and written, with its failures said by their cause.

SQLite is the default: one file, WAL, every commit on disk before it is acknowledged, one writer at a time. PostgreSQL,
with PostGIS, is one setting away and keeps the same promises.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from data.records.errors import SchemaError, StoreUnavailable
from data.records.schema import upgrade

URL_SETTING = "ATLAS_DATABASE_URL"
FOLDER_SETTING = "ATLAS_HOME"
FOLDER = Path(__file__).parents[2] / "var"
FILE = "atlas.sqlite"
WAIT_MS = 10_000
"""How long a writer waits for the one before it."""
WRITING = "atlas_writing"
ONE_WRITER = 7_246_501  # an advisory lock of ours: the chain of the audit has one end
SAID_BY_SQLITE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
    sqlite3.SQLITE_PERM: "read_only",
}
"""Primary result codes of SQLite (https://www.sqlite.org/rescode.html) and what they mean to us."""
SAID_BY_POSTGRESQL = {
    "53100": "disk_full",
    "25006": "read_only",
    "55P03": "locked",
    "57014": "locked",
    "XX001": "corrupt",
    "3D000": "unreachable",
    "42P01": "corrupt",
}
JSON_READ: dict[str, Any] = {"json_deserializer": orjson.loads}
"""Ten thousand contents are read in a third of the time the standard library takes."""
NO_TABLE = "no such table"
"""What SQLite says of a file that was emptied: the schema was there when it was opened."""


@dataclass(frozen=True)
class Database:
    """A database at the present schema. Threads and processes may share its address; each connection is its own."""

    engine: Engine

    @classmethod
    def open(cls, url: str | None = None) -> "Database":
        """Open a database, making or migrating it if need be.

        Parameters
        ----------
        url
            A SQLAlchemy address; None for the one this machine is set to use (`address`).

        Raises
        ------
        StoreUnavailable
            It cannot be reached, read or written.
        SchemaError
            It was made by a newer atlas, or could not be migrated; then it is as it was.
        """
        database = cls(_engine(url or address()))
        with ExitStack() as unless_kept:
            unless_kept.callback(database.close)
            try:
                with _causes_said():
                    upgrade(database.engine, database.writing)
            except DBAPIError as error:
                raise SchemaError(f"the migration failed: {error.orig}", reason="migration") from error
            unless_kept.pop_all()
        return database

    @property
    def is_postgresql(self) -> bool:
        """Whether several machines may write to it, and places have a geometry."""
        return self.engine.dialect.name == "postgresql"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for PostgreSQL."""
        name = self.engine.url.database
        return None if self.is_postgresql or not name else Path(name)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, whatever is written meanwhile.

        Raises
        ------
        StoreUnavailable
            The database does not answer.
        """
        with _causes_said(), self.engine.connect() as connection:
            # Left alone, PostgreSQL shows each statement what was written since the one before.
            seen = connection.execution_options(isolation_level="REPEATABLE READ") if self.is_postgresql else connection
            with seen.begin():
                yield seen

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that may write; all of it is kept when the block ends, or nothing.

        Raises
        ------
        StoreUnavailable
            The database takes nothing now: nothing was kept.
        """
        with _causes_said(), self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITING: True})
            with writer.begin():
                if self.is_postgresql:
                    writer.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_WRITER})
                yield writer

    def forget(self, *tables: str) -> None:
        """Leave nothing of what was deleted from tables in the files of the database (StoreUnavailable).

        SQLite overwrites what is deleted; its log, which may still hold it, is written through and emptied, at the
        latest when its last reader is done. PostgreSQL gives the room free.
        """
        with _causes_said(), self.engine.connect() as connection:
            if self.is_postgresql:
                settled = connection.execution_options(isolation_level="AUTOCOMMIT")
                settled.exec_driver_sql(f"VACUUM {', '.join(tables)}")
                return
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connection just opened has its driver's own
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def address() -> str:
    """Return the address of the database: `ATLAS_DATABASE_URL`, else a file in `ATLAS_HOME`, else in `var`."""
    named = os.environ.get(URL_SETTING)
    return named or f"sqlite:///{Path(os.environ.get(FOLDER_SETTING) or FOLDER) / FILE}"


def is_there() -> bool:
    """Tell whether there is a database to ask: a visitor's first look makes none."""
    url = make_url(address())
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def _engine(url: str) -> Engine:
    made = make_url(url)
    if made.get_backend_name() == "postgresql":
        made = made.set(drivername="postgresql+psycopg")
        return create_engine(made, pool_pre_ping=True, connect_args={"connect_timeout": 5}, **JSON_READ)
    if made.database:
        _make_file(Path(made.database))
    # Opening a file takes 0.1 ms; a connection kept open would go on writing to a file that was moved away.
    engine = create_engine(made, poolclass=NullPool, creator=lambda: _connect(made.database), **JSON_READ)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch()
    except OSError as error:
        reason = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "read_only"
        raise StoreUnavailable(f"{file}: {error}", reason=reason) from error


def _connect(name: str | None) -> sqlite3.Connection:
    """Open a file that is there: one that is gone is no empty store."""
    if not name:
        return sqlite3.connect(":memory:")
    file = Path(name)
    address = f"file:{quote(str(file.absolute()))}"
    log = file.with_name(f"{file.name}-wal")
    # SQLite wants to write beside a file even to read it, unless told that nobody can change it.
    settled = file.is_file() and not os.access(file.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    mode = "immutable=1" if settled else "mode=rw"
    return sqlite3.connect(f"{address}?{mode}", uri=True, timeout=WAIT_MS / 1000)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions too late: `_begin` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged commit survives a power cut, not only a kill
    cursor.execute("PRAGMA trusted_schema = OFF")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, or every later copy would hold it
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that starts by reading and then writes can be refused at once: who will write says so first.
    immediate = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _causes_said() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if reason := _cause(error):
            raise StoreUnavailable(str(error.orig), reason=reason) from error
        raise


def _cause(error: DBAPIError) -> str | None:
    """Return why the database failed; None when it is the statement that is wrong."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        if NO_TABLE in str(error.orig):
            return "corrupt"
        return None if code is None else SAID_BY_SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state in SAID_BY_POSTGRESQL:
        return SAID_BY_POSTGRESQL[state]
    # A server that is not there says no state, nor does a connection that was cut.
    cut = error.connection_invalidated or (state is None and isinstance(error, OperationalError | InterfaceError))
    return "unreachable" if cut or (state or "")[:2] in ("08", "57") else None
