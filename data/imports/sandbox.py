"""Files from strangers are read by a process that may die of them; here its death becomes a reason."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson
import pyogrio

from data.imports.child import ANSWER, ASKED, UPLOAD
from data.imports.sheet import MOST_BYTES, Asked, FileRefused, Sheet

ROOT = Path(__file__).parents[2]
WALL_S = 15.0
MOST_ANSWER = 300_000_000
DRIVER = "ESRI Shapefile"
_SIGNALS = {
    "SIGXCPU": "too_long",
    "SIGKILL": "too_long",
    "SIGABRT": "too_much_memory",
    "SIGXFSZ": "too_large_inside",
}
"""What each way of dying means; any other is `reader_died`. Windows has none of them."""


def read_file(content: bytes, asked: Asked, *, wall_s: float = WALL_S) -> list[Sheet]:
    """Return the sheets of a file, read in a process of its own.

    Parameters
    ----------
    content
        The bytes as they came.
    asked
        What to call the file, and how to read it where somebody has decided.
    wall_s
        Seconds after which the process is ended.

    Raises
    ------
    FileRefused
        The file is empty, too large, of no format we read, damaged, or its reading took too long or too much memory:
        each has its reason, and this process goes on as before.
    """
    if not content:
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large", str(MOST_BYTES // 1_000_000))
    with tempfile.TemporaryDirectory(prefix="atlas-import-") as folder:
        place = Path(folder)
        (place / UPLOAD).write_bytes(content)
        (place / ASKED).write_bytes(orjson.dumps(asked.as_json()))
        ended = _run(place, wall_s)
        return _answered(place / ANSWER, ended)


def _run(folder: Path, wall_s: float) -> int | None:
    """Run the reader to its end; None when it had to be ended."""
    process = subprocess.Popen(
        [sys.executable, "-s", "-B", "-m", "data.imports.child"],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(wall_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Return what the reader knows of the world: where Python is, and that GDAL opens shapefiles and nothing else."""
    skipped = sorted({name for name in pyogrio.list_drivers() if name != DRIVER})
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "GDAL_SKIP": ",".join(skipped),
        "OGR_SKIP": ",".join(skipped),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PROJ_NETWORK": "OFF",
    }


def _answered(answer: Path, ended: int | None) -> list[Sheet]:
    if ended is None:
        raise FileRefused("too_long")
    if ended != 0 or not answer.is_file():
        raise FileRefused(_SIGNALS.get(signal.Signals(-ended).name, "reader_died") if ended < 0 else "reader_died")
    if answer.stat().st_size > MOST_ANSWER:
        raise FileRefused("too_large_inside")
    try:
        said = orjson.loads(answer.read_bytes())
    except orjson.JSONDecodeError as error:
        raise FileRefused("reader_died") from error
    if "reason" in said:
        raise FileRefused(str(said["reason"]), str(said["detail"]))
    return [Sheet.from_json(sheet) for sheet in said["sheets"]]
