"""G17: what the store says while its disk is full, its folder read-only, its file gone or damaged; and after.

A fault is made for good, not played: a small file system that is full, one that is mounted read-only (both need the
rights of root), a file moved away or written over, a database of the server renamed.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from data.records.backup import check
from data.records.database import Database
from data.records.errors import StoreUnavailable
from data.records.repository import Repository
from tests.reliability import stores

SMALL = "2m"
A_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Faulted:
    """How a store bore a fault.

    `reading` and `writing` are what it said to either (empty: it answered); `kept` of `acknowledged` records are there
    once the fault is over, `sound` tells whether all is well then, and `written_after` whether it takes writes again.
    """

    reading: str
    writing: str
    acknowledged: int
    kept: int
    sound: bool
    written_after: bool


def fill_the_disk(folder: Path) -> Faulted:
    """Write on a small disk until it is full; then make room."""
    with small_disk(folder) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * (A_MEGABYTE // 4))
        repository = Repository(Database.open(f"sqlite:///{disk / 'atlas.sqlite'}"))
        written, refused = 0, ""
        while not refused:
            refused = _said_to_writing(repository, {"text": "x" * 20_000})
            written += not refused
        reading = _said_to_reading(repository)
        ballast.unlink()
        return _after(repository, written, reading, refused)


def refuse_as_a_full_server(folder: Path) -> Faulted:
    """Write, have the server raise its own error of a full disk within each transaction, try; then no more."""
    with stores.new_store("postgresql", folder) as url:
        repository = Repository(Database.open(url))
        _told(repository)
        with repository.database.writing() as connection:  # once the record itself was written
            connection.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = '53100'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
        reading, writing = _said_to_reading(repository), _said_to_writing(repository, {"n": 1})
        with repository.database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER full_disk ON audit")
        found = _after(repository, 1, reading, writing)
        repository.database.close()
        return found


def make_read_only(folder: Path) -> Faulted:
    """Write, mount the disk read-only, try; then mount it as before."""
    with small_disk(folder) as disk:
        url = f"sqlite:///{disk / 'atlas.sqlite'}"
        _told(Repository(Database.open(url)))
        _mount("-o", "remount,ro", str(disk))
        with closing(Database.open(url)) as reopened:  # as an atlas that starts from such a disk
            repository = Repository(reopened)
            reading, writing = _said_to_reading(repository), _said_to_writing(repository, {"n": 1})
        _mount("-o", "remount,rw", str(disk))
        return _after(repository, 1, reading, writing)


def take_away(kind: str, folder: Path) -> Faulted:
    """Write, take the store away from a running atlas, try; then bring it back."""
    with stores.new_store(kind, folder) as url:
        repository = Repository(Database.open(url))
        _told(repository)
        name = str(make_url(url).database)
        with _away(kind, name):
            reading, writing = _said_to_reading(repository), _said_to_writing(repository, {"n": 1})
            assert kind != "sqlite" or not Path(name).exists(), "an empty store was made in the place of the one gone"
        found = _after(repository, 1, reading, writing)
        repository.database.close()
        return found


def write_over(folder: Path, damage: bytes) -> Faulted:
    """Write, write over the file of a running atlas, try; then bring the file back."""
    store, good = folder / "atlas.sqlite", folder / "good"
    repository = Repository(Database.open(f"sqlite:///{store}"))
    _told(repository)
    shutil.copyfile(store, good)
    store.write_bytes(damage)
    reading, writing = _said_to_reading(repository), _said_to_writing(repository, {"n": 1})
    good.replace(store)
    return _after(repository, 1, reading, writing)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a file system of two megabytes."""
    disk = folder / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(disk))
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def may_mount() -> bool:
    """Tell whether this process may mount a file system."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    tried = "mount -t tmpfs tmpfs /mnt"
    return subprocess.run(["unshare", "--mount", "sh", "-c", tried], capture_output=True, check=False).returncode == 0


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


@contextmanager
def _away(kind: str, name: str) -> Iterator[None]:
    if kind == "sqlite":
        Path(name).rename(f"{name}.away")
        yield
        Path(f"{name}.away").rename(name)
        return
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our name
    stores.tell_server(cut, f"ALTER DATABASE {name} RENAME TO {name}_away")
    yield
    stores.tell_server(f"ALTER DATABASE {name}_away RENAME TO {name}")


def _told(repository: Repository) -> None:
    repository.add("project", {"n": 0}, actor="amina", status="validated")


def _said_to_reading(repository: Repository) -> str:
    try:
        repository.find()
    except StoreUnavailable as error:
        return error.reason
    return ""


def _said_to_writing(repository: Repository, content: dict[str, object]) -> str:
    try:
        repository.add("project", content, actor="amina")
    except StoreUnavailable as error:
        return error.reason
    return ""


def _after(repository: Repository, acknowledged: int, reading: str, writing: str) -> Faulted:
    kept = len(repository.find(limit=None))
    sound = check(repository.database).is_sound
    return Faulted(reading, writing, acknowledged, kept, sound, not _said_to_writing(repository, {"n": 2}))
