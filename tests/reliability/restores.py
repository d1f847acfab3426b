"""G11: a copy taken and put back while others write keeps every word given."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.records.backup import backup, check, restore
from data.records.database import Database
from data.records.repository import Repository
from tests.reliability import stores


@dataclass(frozen=True)
class Restored:
    """What a drill found.

    `missing_in_copy` was acknowledged before the copy began and is not in it; `missing` was acknowledged at any time
    and is neither in the store nor in what was kept of it; `sound` tells whether copy, store and what was kept are.
    """

    acknowledged: int
    in_copy: int
    missing_in_copy: int
    missing: int
    sound: bool
    backup_s: float
    restore_s: float


def restore_under_load(url: str, folder: Path, writers: int = 2, seconds: float = 0.5) -> Restored:
    """Copy a store and put the copy back, while processes go on adding and changing records."""
    copy = folder / "copy.atlas"
    Database.open(url).close()
    with _writing(url, folder, writers) as logs:
        _wait_for_each(logs)
        time.sleep(seconds)
        before = _said(logs)
        start = time.monotonic()
        with closing(Database.open(url)) as database:
            backup(database, copy)
        copied = time.monotonic()
        time.sleep(seconds)
        begun = time.monotonic()
        restore(url, copy)
        done = time.monotonic()
        time.sleep(seconds)
    told = _said(logs)
    # A SQLite store is kept beside itself, a database of a server beside the copy.
    replaced = copy if _is_server(url) else Path(url.removeprefix("sqlite:///"))
    kept = replaced.with_name(f"{replaced.name}.before-restore")
    in_store, is_sound = _found_in(url)
    (in_copy, copy_sound), (in_kept, kept_sound) = (_found_in_copy(url, file, folder) for file in (copy, kept))
    with_health = (is_sound, copy_sound, kept_sound)
    return Restored(
        acknowledged=len(told),
        in_copy=len(in_copy),
        missing_in_copy=len(before - in_copy),
        missing=len(told - in_store - in_kept),
        sound=all(with_health),
        backup_s=copied - start,
        restore_s=done - begun,
    )


@contextmanager
def _writing(url: str, folder: Path, writers: int) -> Iterator[list[Path]]:
    logs = [folder / f"writer{number}" for number in range(writers)]
    command = [sys.executable, "-m", "tests.reliability.writer", "edits", url]
    running = []
    try:
        for log in logs:
            with log.open("w") as out, log.with_suffix(".err").open("w") as errors:
                running.append(subprocess.Popen(command, stdout=out, stderr=errors))
        yield logs
    finally:
        for writer in running:
            writer.kill()
            writer.wait()


def _wait_for_each(logs: list[Path], patience_s: float = 60) -> None:
    end = time.monotonic() + patience_s
    while not all(log.stat().st_size for log in logs):
        assert time.monotonic() < end, [log.with_suffix(".err").read_text("utf-8") for log in logs]
        time.sleep(0.02)


def _said(logs: list[Path]) -> set[str]:
    """Return the records of which the adding was acknowledged."""
    lines = [line for log in logs for line in log.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")]
    return {line.split()[0] for line in lines}


def _is_server(url: str) -> bool:
    return url.startswith("postgres")


def _found_in_copy(url: str, copy: Path, folder: Path) -> tuple[set[str], bool]:
    """Return what a copy holds: a SQLite copy is a store, that of a server is restored into a database of its own."""
    if not _is_server(url):
        return _found_in(f"sqlite:///{copy}")
    with stores.new_store("postgresql", folder) as other:
        Database.open(other).close()
        restore(other, copy)
        return _found_in(other)


def _found_in(url: str) -> tuple[set[str], bool]:
    """Return the records of a store, and whether it is sound."""
    with closing(Database.open(url)) as database:
        return {record.record_id for record in Repository(database).find(limit=None)}, check(database).is_sound
