"""Files from strangers are read by a process that may die of them; here its death becomes a reason."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pyogrio

from data.imports.child import ANSWER, ASKED, PICTURE, UPLOAD
from data.imports.sheet import MOST_BYTES, Asked, FileRefused, Sheet
from data.records.pictures import Picture

ROOT = Path(__file__).parents[2]
WALL_S = 90.0 if os.name == "posix" else 15.0
"""Time is bounded by the processor's (`data.imports.limits.CPU_S`): on a busy machine a good file waits for its turn;
this ends what would wait for ever. Where the system bounds no processor time, it is the bound."""
MOST_ANSWER = 300_000_000
MOST_PICTURE_BYTES = 15_000_000
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
    with tempfile.TemporaryDirectory(prefix="atlas-import-") as folder:
        answer = _done("sheets", content, asked.as_json(), Path(folder), most_bytes=MOST_BYTES, wall_s=wall_s)
        return [Sheet.from_json(sheet) for sheet in answer["sheets"]]


def read_picture(content: bytes, *, wall_s: float = WALL_S) -> Picture:
    """Return a picture drawn anew in a process of its own, with nothing of the file but what is seen.

    Raises
    ------
    FileRefused
        The file is empty, too large, no picture we read, has too many pixels, is damaged, or its reading took too long
        or too much memory.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-picture-") as folder:
        place = Path(folder)
        answer = _done("picture", content, {}, place, most_bytes=MOST_PICTURE_BYTES, wall_s=wall_s)
        width, height = (int(side) for side in answer["size"])
        return Picture("image/jpeg", width, height, (place / PICTURE).read_bytes())


def _done(
    job: str, content: bytes, asked: Mapping[str, str | int], place: Path, *, most_bytes: int, wall_s: float
) -> dict[str, Any]:
    """Have a job done in a folder, and return the answer."""
    if not content:
        raise FileRefused("empty")
    if len(content) > most_bytes:
        raise FileRefused("too_large", str(most_bytes // 1_000_000))
    (place / UPLOAD).write_bytes(content)
    (place / ASKED).write_bytes(orjson.dumps(asked))
    return _answered(place / ANSWER, _run(job, place, wall_s))


def _run(job: str, folder: Path, wall_s: float) -> int | None:
    """Run the reader to its end; None when it had to be ended."""
    process = subprocess.Popen(  # noqa: S603 - the job is a word of ours
        [sys.executable, "-s", "-B", "-m", "data.imports.child", job],
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


def _answered(answer: Path, ended: int | None) -> dict[str, Any]:
    if ended is None:
        raise FileRefused("too_long")
    if ended != 0 or not answer.is_file():
        raise FileRefused(_SIGNALS.get(signal.Signals(-ended).name, "reader_died") if ended < 0 else "reader_died")
    if answer.stat().st_size > MOST_ANSWER:
        raise FileRefused("too_large_inside")
    try:
        said: dict[str, Any] = orjson.loads(answer.read_bytes())
    except orjson.JSONDecodeError as error:
        raise FileRefused("reader_died") from error
    if "reason" in said:
        raise FileRefused(str(said["reason"]), str(said["detail"]))
    return said
