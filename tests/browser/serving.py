"""Start the atlas as `make run` does, on a free port, and stop it."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STREAMLIT = ("-m", "streamlit", "run", "app.py")
PATIENCE_S = 180  # of a machine that does other work too


@dataclass(frozen=True)
class Server:
    """A running atlas: where it answers, and what it wrote into its log."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        """Address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (names in lower case) and body of an answer; the path is sent as it is written."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)) as connection:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@contextlib.contextmanager
def serve(
    folder: Path, *, command: Sequence[str] = STREAMLIT, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Serve the atlas while the block runs.

    Parameters
    ----------
    folder
        Where its log is written.
    command
        What Python runs: the atlas, or a script that starts it in another way.
    settings
        Environment variables (`ATLAS_TABLES`…).
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server(port, folder / f"server-{port}.log")
    options = ("--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true")
    with server.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *command, *options],
            cwd=ROOT,
            env=dict(os.environ, **(settings or {})),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the port is open; nothing is asked of the server, so that a test's request is its first."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the atlas did not start:\n{server.log.read_text('utf-8', 'replace')[-3000:]}")
