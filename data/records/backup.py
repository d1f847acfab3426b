"""Copies of the store that can be trusted: taken while people write, checked before they replace anything."""

import contextlib
import itertools
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from data.records import audit, pictures, schema
from data.records.audit import Break
from data.records.database import Database
from data.records.errors import StoreError, StoreUnavailable
from data.records.tables import METADATA
from data.records.writing import leap, published_version

HEADER = b"SQLite format 3\x00"
WAIT_S = 30
PAGES_AT_FIRST = 8  # fewer than an empty store has: the rest follows once the store that is replaced was kept


class BackupError(StoreError, OSError):
    """A copy cannot be taken or put back: `exists`, `missing`, `damaged`, `tool` (pg_dump, pg_restore) or `write`."""


@dataclass(frozen=True)
class Health:
    """What a check found. Sound when the file is whole, the chain unbroken and the schema that of this atlas.

    Attributes
    ----------
    rows
        Number of rows by table.
    last_hash
        End of the chain of the audit: kept elsewhere, it shows whether the whole chain was rewritten.
    """

    revision: str | None
    whole: bool
    breaks: tuple[Break, ...]
    rows: dict[str, int]
    last_hash: str

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.whole and not self.breaks and self.revision == schema.present()


def check(database: Database) -> Health:
    """Look at everything that can be wrong with a store.

    Raises
    ------
    StoreUnavailable
        It cannot be read at all.
    """
    with database.reading() as connection:
        whole = database.is_postgresql or connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        rows = {
            str(table.name): int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in METADATA.sorted_tables
        }
        revision = schema.revision(connection)
        counters = METADATA.tables["counters"]
        mark = connection.execute(select(counters.c.mark).where(counters.c.name == audit.CHAIN)).scalar()
        breaks = pictures.damaged(connection)
    return Health(revision, bool(whole), (*audit.verify(database), *breaks), rows, mark or audit.FIRST_HASH)


def backup(database: Database, file: Path, *, force: bool = False) -> Health:
    """Copy the store as it is now, while others may go on writing; the copy is checked before it has its name.

    Parameters
    ----------
    file
        A SQLite file, or for PostgreSQL what `pg_dump --format=custom` writes.
    force
        Replace a file that is there.

    Raises
    ------
    BackupError
        The file is there already, cannot be written, or the copy is not sound; no half-written file is left.
    """
    if file.exists() and not force:
        raise BackupError(f"{file} is there already", reason="exists")
    with _beside(file) as copy:
        if database.is_postgresql:
            _dump(database, copy)
            health = check(database)
        else:
            # Never a copy of the file itself: what was just written may still lie in its log (WAL).
            with database.reading() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None  # noqa: S101 - a connection just opened has its driver's own
                with contextlib.closing(sqlite3.connect(copy)) as target:
                    driver.backup(target)
                    target.execute("PRAGMA journal_mode = DELETE")
            health = _check_file(copy)
        if not health.is_sound:
            raise BackupError(f"the copy is not sound: {health}", reason="damaged")
        _settle(copy, file)
    return health


def restore(database_url: str, file: Path) -> Health:
    """Put a copy back in the place of the store, after checking it; what was there is kept. Nobody writes meanwhile.

    Kept as `<store>.before-restore` (then `-2`, `-3`…) beside a SQLite file; for PostgreSQL as `<file>.before-restore`
    beside the copy, itself a copy to restore. An older copy is brought to the present schema.

    Raises
    ------
    BackupError
        The copy is missing or not sound, or what is there cannot be kept: nothing is touched.
    SchemaError
        It was made by a newer atlas: nothing is touched.
    """
    if not file.is_file():
        raise BackupError(f"{file}: no such file", reason="missing")
    if database_url.startswith("postgres"):
        with contextlib.closing(Database.open(database_url)) as database:
            beyond = _published(database)
            with database.writing():  # holds no table that is replaced, only the turn of the one who may write
                with _beside(kept := _free_name(file)) as copy:
                    _dump(database, copy)
                    _settle(copy, kept)
                options = ("--clean", "--if-exists", "--single-transaction", "--no-owner")
                _run("pg_restore", *options, f"--dbname={_libpq(database)}", str(file))
        with contextlib.closing(Database.open(database_url)) as restored:  # an older copy comes to the present schema
            _leap(restored, beyond)
            return check(restored)
    store = Path(database_url.removeprefix("sqlite:///"))
    with _beside(store) as copy:
        shutil.copyfile(file, copy)
        health = _check_file(copy)
        if not health.is_sound:
            raise BackupError(f"{file} is not sound: {health}", reason="damaged")
        beyond = 0
        if _is_store(store):
            with contextlib.closing(Database.open(database_url)) as present:
                beyond = _published(present)
        with contextlib.closing(Database.open(f"sqlite:///{copy}")) as restored:
            _leap(restored, beyond)
        _put_in_place(copy, store)
    return health


def _published(database: Database) -> int:
    with database.reading() as connection:
        return published_version(connection)


def _leap(database: Database, beyond: int) -> None:
    # Pages keep what they laid out by this number: counted on from the copy, it would mean two things.
    with database.writing() as connection:
        leap(connection, beyond)


def _put_in_place(copy: Path, store: Path) -> None:
    """Give the store the content of a copy, in one transaction: writers that come meanwhile wait, then meet it."""
    if not _is_store(store):
        if store.exists():  # too damaged to be read: it is kept as it is
            store.replace(_free_name(store))
        for suffix in ("-wal", "-shm"):
            store.with_name(f"{store.name}{suffix}").unlink(missing_ok=True)
        _settle(copy, store)
        return
    with (
        contextlib.closing(sqlite3.connect(store, timeout=WAIT_S)) as present,
        contextlib.closing(sqlite3.connect(copy)) as restored,
    ):
        # A file put in the place of this one would lose what a writer, who has it open, is about to be told is kept.
        present.execute("PRAGMA synchronous = FULL")
        kept = _free_name(store)
        restored.backup(present, pages=PAGES_AT_FIRST, progress=lambda *_: _keep(store, kept))


def _keep(store: Path, kept: Path) -> None:
    """Copy what is about to be replaced; nobody can write any more, and nothing of what replaces it is to be seen."""
    if kept.exists():
        return
    with contextlib.closing(sqlite3.connect(store)) as last, contextlib.closing(sqlite3.connect(kept)) as written:
        last.backup(written)


def _is_store(file: Path) -> bool:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=WAIT_S)
        ) as asked:
            return bool(asked.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _free_name(store: Path) -> Path:
    """Return `<store>.before-restore`, or with a number: a second restore takes nothing from the first."""
    first = store.with_name(f"{store.name}.before-restore")
    later = (first.with_name(f"{first.name}-{number}") for number in itertools.count(2))
    return next(name for name in itertools.chain([first], later) if not name.exists())


def _check_file(file: Path) -> Health:
    if file.read_bytes()[: len(HEADER)] != HEADER:  # SQLite would take an empty file for a new store
        raise BackupError(f"{file.name} is no store", reason="damaged")
    try:
        database = Database.open(f"sqlite:///{file}")
        with contextlib.closing(database):
            health = check(database)
            with database.reading() as connection:
                connection.exec_driver_sql("PRAGMA optimize")
        with contextlib.closing(sqlite3.connect(file)) as single:  # one file again, without its log
            single.execute("PRAGMA journal_mode = DELETE")
    except (StoreUnavailable, sqlite3.DatabaseError) as error:
        raise BackupError(f"{file.name} is no store that can be read: {error}", reason="damaged") from error
    return health


@contextlib.contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give the name of a new file in the same folder: renaming it is then one step."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".atlas-", dir=file.parent))
    except OSError as error:
        raise BackupError(f"{file.parent}: {error}", reason="write") from error
    try:
        yield folder / file.name
    except (OSError, sqlite3.Error) as error:  # a full disk is the second in the middle of a copy
        if isinstance(error, StoreError):
            raise
        raise BackupError(f"{file}: {error}", reason="write") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(copy: Path, file: Path) -> None:
    """Give a file its name once its bytes are on the disk."""
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    copy.replace(file)


def _dump(database: Database, file: Path) -> None:
    _run("pg_dump", "--format=custom", f"--file={file}", _libpq(database))


def _libpq(database: Database) -> str:
    return database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not on this machine: install PostgreSQL's client programs", reason="tool")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}", reason="tool")
