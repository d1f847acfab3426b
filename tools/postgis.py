"""Run a command with a PostgreSQL of its own, PostGIS included: `python3 tools/postgis.py make test`.

The server lives in a temporary folder, listens on this machine only, and is gone when the command ends. The command
finds its address in ATLAS_TEST_DATABASE_URL. On Debian and Ubuntu, as root, what is missing is installed first.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTING = "ATLAS_TEST_DATABASE_URL"
INSTALLED = Path("/usr/lib/postgresql")
SERVER_USER = "postgres"  # PostgreSQL refuses to run as root


def main() -> int:
    """Run the command, and return what it returned."""
    command = sys.argv[1:]
    if not command:
        sys.exit("Say which command to run: python3 tools/postgis.py make test")
    # Told to end, the server is to be taken down too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    programs = _programs() or _install()
    with _server(programs) as url:
        return subprocess.run(command, env={**os.environ, SETTING: url}, check=False).returncode


def _programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest that has PostGIS."""
    found = [folder for folder in INSTALLED.glob("*/bin") if (folder / "initdb").exists()]
    folders = sorted(found, key=lambda folder: float(folder.parent.name))
    with_postgis = [
        folder
        for folder in folders
        if (Path("/usr/share/postgresql") / folder.parent.name / "extension" / "postgis.control").exists()
    ]
    return with_postgis[-1] if with_postgis else None


def _install() -> Path:
    """Install the system's PostgreSQL, then the PostGIS made for that version."""
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
    if may:
        print("Installing PostgreSQL and PostGIS", flush=True)
        _apt("update", "-q")
        _apt("install", "-y", "-q", "--no-install-recommends", "postgresql")
        for folder in INSTALLED.glob("*"):
            _apt("install", "-y", "-q", "--no-install-recommends", f"postgresql-{folder.name}-postgis-3")
    return _programs() or sys.exit(
        "PostgreSQL with PostGIS is not here. Debian, Ubuntu: apt install postgresql postgresql-<version>-postgis-3"
    )


def _apt(*arguments: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="atlas-postgis-"))
    port = _free_port()
    as_root = os.geteuid() == 0
    if as_root:
        owner = pwd.getpwnam(SERVER_USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> None:
        prefix = ["setpriv", "--reuid", SERVER_USER, "--regid", SERVER_USER, "--init-groups"] if as_root else []
        done = subprocess.run(
            [*prefix, str(programs / program), *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{program} failed:\n{done.stdout}{done.stderr}")

    data, log = folder / "data", folder / "log"
    run("initdb", "-D", str(data), "-U", "atlas", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    # Tests make and drop databases by the dozen and keep none: no need to wait for the disk.
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
    try:
        yield f"postgresql://atlas@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
