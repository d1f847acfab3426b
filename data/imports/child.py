"""The disposable process that reads a file from outside: `python -m data.imports.child FORMAT < file > answer`.

It limits itself before it loads anything that parses, has no network, and dies with whatever the file does to it; the
parent (`data.imports.reading`) is told in JSON, or learns from how it died.
"""

import contextlib
import ctypes
import importlib
import os
import socket
import sys
from typing import Any

from data.imports.limits import MOST_ANSWER_BYTES, MOST_CPU_S, MOST_MEMORY_BYTES, MOST_OPEN_FILES
from data.imports.sheet import FileRefused, ReadFile

ONLY_DRIVER = "ESRI Shapefile"
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of Linux


def main() -> None:
    """Read the file on standard input as the format named, and write what was read on standard output."""
    _limit()
    _shut_network()
    content = sys.stdin.buffer.read()
    try:
        answer = _document(_read(sys.argv[1], content))
    except FileRefused as error:
        answer = {"refused": error.reason, "detail": error.detail}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_heavy", "detail": ""}
    import orjson  # noqa: PLC0415 - after the limits, like all that is loaded here

    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_NON_STR_KEYS))


def _limit() -> None:
    with contextlib.suppress(ImportError):  # not on Windows, where the wall clock of the parent remains
        import resource  # noqa: PLC0415 - of Unix

        limits = {
            resource.RLIMIT_AS: MOST_MEMORY_BYTES,
            resource.RLIMIT_CPU: MOST_CPU_S,
            resource.RLIMIT_FSIZE: MOST_ANSWER_BYTES,
            resource.RLIMIT_NOFILE: MOST_OPEN_FILES,
            resource.RLIMIT_CORE: 0,
        }
        for limit, most in limits.items():
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
                resource.setrlimit(limit, (most, most))


def _shut_network() -> None:
    """Leave the network where the system allows it, and take Python's sockets away everywhere."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)

    class NoSocket(socket.socket):
        def __init__(self, *_arguments: Any, **_options: Any) -> None:
            raise OSError("no network here")

    socket.socket = NoSocket  # type: ignore[misc]


READERS = {
    "csv": ("tabular", "read_csv"),
    "xlsx": ("tabular", "read_xlsx"),
    "geojson": ("geojson", "read_geojson"),
    "gpkg": ("geopackage", "read_geopackage"),
    "kml": ("kml", "read_kml"),
    "kmz": ("kml", "read_kmz"),
    "shp": ("shapefile", "read_shapefile"),
    "iati": ("iati", "read_activities"),
}
"""Module of `data.imports.formats` and function, by format: only the one asked for is loaded."""


def _read(format_: str, content: bytes) -> ReadFile:
    # Before GDAL is loaded: every driver but the one allowed. The parent gives the list, since asking loads them.
    os.environ["GDAL_SKIP"] = os.environ.get("ATLAS_GDAL_SKIP", "")
    module, function = READERS[format_]
    reader = getattr(importlib.import_module(f"data.imports.formats.{module}"), function)
    read: ReadFile = reader(content)
    return read


def _document(read: ReadFile) -> dict[str, Any]:
    sheets = [
        {
            "name": one.name,
            "columns": one.columns,
            "rows": one.rows,
            "row_numbers": one.row_numbers,
            "lost": one.lost,
        }
        for one in read.sheets
    ]
    return {"format": read.format, "facts": dict(read.facts), "sheets": sheets}


if __name__ == "__main__":
    main()
