"""A folder to write in, held while its process lives; what a killed one left is cleared by the next of its kind."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX, TEMPORARY = ".atlas-package-", "atlas-work-"
"""Begin the names of the folders beside a result, and of those among temporary files."""
ASIDE = "old-"
"""Begins the name of what stands in the way of a result, while it is moved into a workplace."""


@contextmanager
def workplace(out: Path | None = None) -> Iterator[Path]:
    """Make a folder in `out` and remove it at the end, whatever happens, after clearing away those of the dead.

    The folder is locked: the system gives the lock back when the process ends in any way, on whatever machine that
    shares the disk. Where there are no locks, nothing of others is touched.

    Parameters
    ----------
    out
        Where the result will lie; None is the folder for temporary files.

    Raises
    ------
    OSError
        `out` cannot be written to.
    """
    out, prefix = (Path(tempfile.gettempdir()), TEMPORARY) if out is None else (out, PREFIX)
    with _locked(out, wait=True):  # nobody takes a new folder for a dead one before it is locked
        _clear(out, prefix)
        work = Path(tempfile.mkdtemp(prefix=prefix, dir=out))
        lock = _lock(work, wait=False)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep() -> None:
    """Clear away what the dead left among temporary files."""
    folder = Path(tempfile.gettempdir())
    with _locked(folder, wait=True):
        _clear(folder, TEMPORARY)


def _clear(out: Path, prefix: str) -> None:
    """Remove the workplaces that nobody holds; what one had moved aside and not replaced goes back."""
    for left in sorted(out.glob(f"{prefix}*")):
        with _locked(left, wait=False) as is_ours:
            if not is_ours:
                continue
            for old in left.glob(f"{ASIDE}*"):
                place = out / old.name.removeprefix(ASIDE)
                if not place.exists():
                    old.rename(place)
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Lock a folder for a moment; say whether that was possible."""
    lock = _lock(folder, wait=wait)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """Return what holds the lock until it is closed; None where another has it, or where there are no locks."""
    if sys.platform == "win32":
        return None
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:  # gone just now, or of somebody else
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(held)
        return None
    return held
