"""A package on disk: its folder and its zip, whole or not at all; the same files and day give the same bytes."""

import datetime as dt
import errno
import hashlib
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data.errors import AtlasError
from data.exchange.workplace import ASIDE, workplace

SUMS_FILE = "SHA256SUMS"
READABLE_BY_ALL = 0o100644 << 16
UNIX = 3
FULL = (errno.ENOSPC, errno.EDQUOT)


class PackageNotWritten(AtlasError, OSError):
    """The package could not be put where it was asked for; nothing of it is left there.

    Attributes
    ----------
    reason
        exists, full or unwritable.
    path
        What stands in the way, or where it was to be written.
    """

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


@dataclass(frozen=True)
class WrittenPackage:
    """What was written: the folder, the zip of it, and the SHA-256 of each file by its path in the folder."""

    folder: Path
    archive: Path
    sums: dict[str, str]


def write_package(
    out: Path, name: str, files: Iterable[tuple[str, bytes]], *, made_on: dt.date, force: bool = False
) -> WrittenPackage:
    """Write the folder `name` with its files and `SHA256SUMS`, and beside it `name.zip`, into `out`.

    Everything is first written into a hidden folder of `out`, removed whatever happens: while the files are made, when
    one cannot be made, when the disk is full, nothing half-written is ever seen. What a killed process left goes too.

    Parameters
    ----------
    out
        Made when it is not there.
    files
        Paths within the folder, with `/`, and contents; made one after the other as they are asked for.
    made_on
        The day written into the zip: the clock is not asked.
    force
        Replace what has that name.

    Raises
    ------
    PackageNotWritten
        Something of that name is there, the disk is full, or `out` cannot be written to.
    """
    folder, archive = out / name, out / f"{name}.zip"
    if not force:
        refuse_to_replace(out, name)
    with _told(out, writing=True):
        out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as ends:
        with _told(out, writing=True):
            work = ends.enter_context(workplace(out))
        sums = _fill(work / name, files)
        with _told(out, writing=True):
            _zip(work / name, work / archive.name, made_on)
            _put(work, folder, archive)
    return WrittenPackage(folder, archive, sums)


def refuse_to_replace(out: Path, name: str) -> None:
    """Refuse before any work what would be refused after it.

    Raises
    ------
    PackageNotWritten
        The folder or the zip is there.
    """
    for path in (out / name, out / f"{name}.zip"):
        if path.exists():
            raise PackageNotWritten(path, "exists")


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    out, sums = folder.parent.parent, {}
    made = iter(files)
    while True:
        with _told(out, writing=False):
            name, content = next(made, ("", b""))
        if not name:
            break
        with _told(out, writing=True):
            path = folder / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        sums[name] = hashlib.sha256(content).hexdigest()
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    with _told(out, writing=True):
        folder.mkdir(exist_ok=True)
        (folder / SUMS_FILE).write_bytes(listed.encode())
    return sums


def _zip(folder: Path, archive: Path, made_on: dt.date) -> None:
    day = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), day)
            entry.external_attr, entry.create_system = READABLE_BY_ALL, UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, path.read_bytes())


def _put(work: Path, folder: Path, archive: Path) -> None:
    """Move both into place; what was there goes out of the way first, and comes back when this fails."""
    moved = [(work / folder.name, folder), (work / archive.name, archive)]
    aside = [(old, work / f"{ASIDE}{old.name}") for old in (folder, archive) if old.exists()]
    with ExitStack() as undo:
        for source, target in [*aside, *moved]:
            source.rename(target)
            undo.callback(target.rename, source)
        undo.pop_all()


@contextmanager
def _told(out: Path, *, writing: bool) -> Iterator[None]:
    """Say which kind an error of the disk is, also where SQLite met it while a file was being made.

    While a file is made it is the folder for temporary files that is full; an error of another kind passes.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise PackageNotWritten(out if writing else Path(tempfile.gettempdir()), "full") from error
        if writing:
            raise PackageNotWritten(out, "unwritable") from error
        raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        raise PackageNotWritten(Path(tempfile.gettempdir()), "full") from error
