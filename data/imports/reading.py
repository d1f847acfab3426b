"""Read a file from outside without harm: told by its first bytes, then read in a process thrown away after."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from data.imports.child import ONLY_DRIVER
from data.imports.limits import (
    MOST_ANSWER_BYTES,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_UNPACKED_BYTES,
    MOST_WALL_S,
)
from data.imports.sheet import FileRefused, ReadFile

ROOT = Path(__file__).parents[2]
SYMLINK = 0o120000
KIND_BITS = 16


def read(content: bytes, name: str = "") -> ReadFile:
    """Read a file.

    Parameters
    ----------
    name
        What its sender calls it: helps to tell apart what its bytes leave open, is never used as a path.

    Raises
    ------
    FileRefused
        It is empty, too large, of no format we read, dangerous, or its reading was stopped.
    """
    if not content.strip():
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large", str(MOST_BYTES // 1_000_000))
    return ReadFile.from_json(_ask_child(format_of(content, name), content))


def format_of(content: bytes, name: str = "") -> str:
    """Tell the format by the first bytes; by the name only between CSV and other plain texts.

    Raises
    ------
    FileRefused
        None of ours; or an archive that is not what it says.
    """
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_zip(content)
    if content.startswith(b"SQLite format 3\x00"):
        return "gpkg"
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc", b"Rar!")):
        raise FileRefused("format_unknown", Path(name).suffix[:10])
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
    if start.startswith((b"{", b"[")):
        return "geojson"
    if start.startswith(b"<"):
        if b"<kml" in content[:65536]:
            return "kml"
        if b"<iati-activities" in content[:65536] or b"<!DOCTYPE" in start or start.startswith(b"<?xml"):
            return "iati"
        raise FileRefused("format_unknown", "xml")
    if b"\x00" in content[:4096] and not _is_utf16(content):
        raise FileRefused("binary")
    return "csv"


def _is_utf16(content: bytes) -> bool:
    """Tell whether a text is in UTF-16: by its mark, or by a zero in every other byte."""
    start = content[:400]
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[1::2].count(0) > len(start) // 3


def _format_of_zip(content: bytes) -> str:
    """Look at the directory of an archive, never unpacking it: a bomb is told by what it says it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused("damaged", str(error)[:100]) from error
    _refuse_what_harms(entries)
    names = [entry.filename.lower() for entry in entries]
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    for ending, found in ((".shp", "shp"), (".kml", "kmz")):
        if any(name.endswith(ending) for name in names):
            return found
    raise FileRefused("zip_unknown", ", ".join(names)[:80])


def _refuse_what_harms(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("zip_entries", str(MOST_ENTRIES))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise FileRefused("zip_bomb", str(MOST_UNPACKED_BYTES // 1_000_000))
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise FileRefused("zip_path", entry.filename[:80])
        if (entry.external_attr >> KIND_BITS) & 0o170000 == SYMLINK:
            raise FileRefused("zip_link", entry.filename[:80])
        if entry.flag_bits & 1:
            raise FileRefused("zip_encrypted")


def _ask_child(format_: str, content: bytes) -> dict[str, Any]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ATLAS_GDAL_SKIP": _other_drivers(),
        **{name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
    }
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "data.imports.child", format_],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        try:
            child.communicate(content, timeout=MOST_WALL_S)
        except subprocess.TimeoutExpired as error:
            raise FileRefused("too_slow", str(int(MOST_WALL_S))) from error
        except BrokenPipeError:
            child.wait(MOST_WALL_S)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        return _answer_of(child.returncode, answer)


def _answer_of(status: int, answer: Any) -> dict[str, Any]:
    if status:
        slow = hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU
        raise FileRefused("too_slow" if slow else "crashed", "" if slow else str(status))
    answer.seek(0)
    written = answer.read(MOST_ANSWER_BYTES + 1)
    document: dict[str, Any] = orjson.loads(written)
    if "refused" in document:
        raise FileRefused(document["refused"], document["detail"])
    return document


@lru_cache
def _other_drivers() -> str:
    """Name GDAL's drivers that no file of a stranger may reach."""
    import pyogrio  # noqa: PLC0415 - asked once, when the first file comes

    return ",".join(name for name in pyogrio.list_drivers() if name != ONLY_DRIVER)
