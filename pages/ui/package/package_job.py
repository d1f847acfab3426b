"""Packages made in the background by the command itself: each in a process that ends with the server or on request."""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.errors import AtlasError
from data.exchange.package_order import PARTS, PackageOrder
from data.exchange.workplace import workplace

ROOT = Path(__file__).parents[3]
FOLDER = "atlas/package"
KEPT = 4
"""Packages that stay to be downloaded; the oldest goes when there are more."""
STOPPED_WITHIN_S = 5.0
RUNNING, DONE, FAILED = "running", "done", "failed"


class WorkshopBusy(AtlasError):
    """Another package is being made: one at a time leaves the other core to those who read."""

    def __init__(self, job: "PackageJob") -> None:
        self.job = job
        super().__init__(f"{job.order.name} is being made")


@dataclass
class PackageJob:
    """One package being made, or made, in a folder that goes with it."""

    order: PackageOrder
    folder: Path
    process: subprocess.Popen[bytes]
    ends: ExitStack
    waiting: set[str] = field(default_factory=set)

    @property
    def state(self) -> str:
        """Return running, done or failed."""
        status = self.process.poll()
        if status is None:
            return RUNNING
        return DONE if status == 0 and self.archive.is_file() else FAILED

    @property
    def archive(self) -> Path:
        """Where its zip lies once it is done."""
        return self.folder / "out" / f"{self.order.name}.zip"

    @property
    def progress(self) -> tuple[float, str]:
        """The share done, 0 to 1, and in the words of the package what is being made."""
        said: Any = {}
        for line in self.said_by_command("progress").splitlines():
            if line.startswith(b'{"share"'):  # the rest is said by libraries
                said = orjson.loads(line)
        return float(said.get("share", 0.0)), str(said.get("said", ""))

    @property
    def outcome(self) -> dict[str, Any]:
        """What the command said at its end; empty when it said nothing."""
        try:
            return dict(orjson.loads(self.said_by_command("outcome")))
        except ValueError:
            return {}

    def said_by_command(self, name: str) -> bytes:
        """Return what the command wrote to a file; nothing where somebody else has stopped it."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return b""

    def stop(self) -> None:
        """End it, running or not, and remove all there is of it."""
        if self.process.stdin:
            self.process.stdin.close()  # the command takes it as an interruption, and cleans up
        try:
            self.process.wait(STOPPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            _kill(self.process)
            self.process.wait()
        self.ends.close()


class Workshop:
    """The packages of this server: at most one is being made, the last few stay."""

    def __init__(self, command: Callable[[PackageOrder, Path], Sequence[str]]) -> None:
        self._command = command
        self._jobs: dict[tuple[PackageOrder, str], PackageJob] = {}
        self._lock = threading.Lock()

    def find(self, order: PackageOrder, version: str) -> PackageJob | None:
        """Return the package of an order on a version of the data; None when nobody asked for it."""
        return self._jobs.get((order, version))

    def begin(self, order: PackageOrder, version: str, *, visitor: str) -> PackageJob:
        """Make a package for a visitor; who asks for the same one waits for the same one. One that failed begins anew.

        Raises
        ------
        WorkshopBusy
            Another one is being made.
        """
        with self._lock:
            job = self._jobs.get((order, version))
            if job is not None and job.state == FAILED:
                self._forget((order, version))
                job = None
            if job is None:
                for other in self._jobs.values():
                    if other.state == RUNNING:
                        raise WorkshopBusy(other)
                for key in list(self._jobs)[: 1 - KEPT]:
                    self._forget(key)
                job = self._jobs[order, version] = self._started(order)
            job.waiting.add(visitor)
            return job

    def leave(self, order: PackageOrder, version: str, *, visitor: str) -> None:
        """Stop a package that a visitor no longer waits for, unless somebody else does."""
        with self._lock:
            job = self._jobs.get((order, version))
            if job is None or job.state == DONE:
                return
            job.waiting.discard(visitor)
            if not job.waiting:
                self._forget((order, version))

    def archive(self, name: str) -> Path | None:
        """Return the zip of that file name when it is done; of two versions of the data, that of the later order."""
        made = reversed(list(self._jobs.values()))
        return next((job.archive for job in made if job.archive.name == name and job.state == DONE), None)

    def close(self) -> None:
        """Stop all and remove everything."""
        with self._lock:
            for key in list(self._jobs):
                self._forget(key)

    def _forget(self, key: tuple[PackageOrder, str]) -> None:
        self._jobs.pop(key).stop()

    def _started(self, order: PackageOrder) -> PackageJob:
        with ExitStack() as ends:
            folder = ends.enter_context(workplace())  # what a server left that was killed goes now
            own = folder / "tmp"  # a folder inside: the one above is locked, and who works there would wait for ever
            own.mkdir()
            outcome, progress = (ends.enter_context((folder / name).open("wb")) for name in ("outcome", "progress"))
            process = subprocess.Popen(  # noqa: S603 - our own command, each word of which is checked
                list(self._command(order, folder / "out")),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=outcome,
                stderr=progress,
                start_new_session=True,  # those it starts itself can then be killed with it
                env={**os.environ, "TMPDIR": str(own)},  # what it half-writes elsewhere goes with the folder too
            )
            return PackageJob(order, folder, process, ends.pop_all())


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def command(order: PackageOrder, out: Path) -> list[str]:
    """Return the command that makes a package, as one would type it."""
    asked = {
        "--territory": order.territory,
        "--language": order.language,
        "--date": order.made_on.isoformat(),
        "--out": str(out),
        "--report": "json",
    }
    only = [] if order.parts == PARTS else ["--only", *order.parts]
    words = [word for pair in asked.items() for word in pair]
    return [sys.executable, "-m", "layers", "package", *words, *only, "--attended"]


WORKSHOP = Workshop(command)
"""The one of this server."""
atexit.register(WORKSHOP.close)


def _file(request: Request) -> Response:
    path = WORKSHOP.archive(request.path_params["name"])
    if path is None:
        return PlainTextResponse("Atlas solidaire: this package is no longer here; make it again.", status_code=404)
    return FileResponse(path, media_type="application/zip", filename=path.name, headers={"Cache-Control": "no-store"})


ROUTES = (Route(f"/{FOLDER}/{{name}}", _file, methods=["GET"]),)
