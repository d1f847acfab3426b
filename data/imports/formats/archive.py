"""Archives, judged by their list of contents before anything is inflated, and read in place, never unpacked by name."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from data.imports.sheet import FileRefused

MOST_ENTRIES = 500
MOST_INFLATED = 200_000_000
ENCRYPTED = 0x1
MACOS = "__MACOSX"
"""Folder that the archiver of macOS adds, with a shadow of each file under its own name: never data."""
NESTED = (".zip", ".kmz", ".gz", ".rar", ".7z", ".tar")


def checked(path: Path) -> list[str]:
    """Return the names in an archive, when they can be trusted; what macOS adds is left out.

    Raises
    ------
    FileRefused
        `archive_damaged`, `archive_entries`, `archive_size` (or more than the list says: `archive_lies`),
        `archive_path` (absolute or `..`), `archive_link`, `archive_encrypted`, `archive_nested`.
    """
    try:
        with zipfile.ZipFile(path) as zipped:
            entries = zipped.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused("archive_damaged", "ZIP") from error
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("archive_entries", f"{len(entries)} > {MOST_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MOST_INFLATED:
        raise FileRefused("archive_size", f"{MOST_INFLATED // 1_000_000}")
    for entry in entries:
        _check(entry)
    names = [entry.filename for entry in entries if not entry.is_dir()]
    return [
        name
        for name in names
        if MACOS not in PurePosixPath(name).parts and not PurePosixPath(name).name.startswith("._")
    ]


def member(path: Path, name: str) -> bytes:
    """Return the bytes of one entry, never more than an archive may hold.

    Raises
    ------
    FileRefused
        It is damaged, or longer than the list of contents says.
    """
    try:
        with zipfile.ZipFile(path) as zipped, zipped.open(name) as stream:
            said = zipped.getinfo(name).file_size
            content = stream.read(min(said, MOST_INFLATED) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError, RuntimeError) as error:
        raise FileRefused("archive_damaged", name) from error
    if len(content) > said:
        raise FileRefused("archive_lies", name)
    return content


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name:
        raise FileRefused("archive_path", name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefused("archive_link", name)
    if entry.flag_bits & ENCRYPTED:
        raise FileRefused("archive_encrypted", name)
    if path.suffix.casefold() in NESTED:
        raise FileRefused("archive_nested", name)
