"""What measurements run on: servers of the atlas and of the usual way, on the shipped tables or on larger ones."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data import store
from data.catalog import load_catalog
from tests.bench.synthetic import synthetic_tables

ROOT = Path(__file__).parents[2]
NAIVE_FOLDER = Path(__file__).parent / "naive"
PATIENCE_S = 180


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its process."""

    url: str
    pid: int

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def rss_mb(self) -> float:
        """Return the memory it holds (resident set), MB."""
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(said.stdout) / 1024


@dataclass
class House:
    """The machine's browser, and a folder for tables made for the measurements; gone when they end."""

    chromium: str
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="atlas-bench-")))

    def close(self) -> None:
        """Remove the tables made."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def ours(self, projects: int = 0) -> Iterator[Server]:
        """Serve the atlas as `make run` does, with so many generated projects beside the real ones."""
        with self._served("app.py", cwd=ROOT, answers="/ready", projects=projects) as server:
            yield server

    @contextmanager
    def naive(self, projects: int = 0) -> Iterator[Server]:
        """Serve the same communes and projects the usual way, on Streamlit's own settings."""
        with self._served("app.py", cwd=NAIVE_FOLDER, answers="/_stcore/health", projects=projects) as server:
            yield server

    @contextmanager
    def _served(self, script: str, *, cwd: Path, answers: str, projects: int) -> Iterator[Server]:
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        settings = ["--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
        env = os.environ | {"PYTHONPATH": str(ROOT), store.TABLES_SETTING: str(self.tables(projects))}
        with Path(self.folder, f"server-{port}.log").open("w") as log:
            process = subprocess.Popen([*command, *settings], cwd=cwd, env=env, stdout=log, stderr=log)
            try:
                wait_for(f"http://127.0.0.1:{port}/_stcore/health")
                wait_for(f"http://127.0.0.1:{port}{answers}")
                yield Server(f"http://127.0.0.1:{port}", process.pid)
            finally:
                process.terminate()
                process.wait(PATIENCE_S)

    def tables(self, projects: int) -> Path:
        """Return a folder of tables: the shipped ones, or a copy with generated projects and its own hashes."""
        if not projects:
            return store.TABLES_FOLDER
        folder = self.folder / f"tables-{projects}"
        if not folder.is_dir():
            shutil.copytree(store.TABLES_FOLDER, folder)
            for name, table in self.register(projects).items():
                flags = table.select_dtypes(["bool", "boolean"]).columns
                said = table.assign(**{flag: table[flag].map({True: "true", False: "false"}) for flag in flags})
                said.to_csv(folder / f"{name}.csv", index=False)
            files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != store.SUMS_FILE)
            sums = (f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}" for p in files)
            (folder / store.SUMS_FILE).write_text("\n".join(sums) + "\n", encoding="utf-8")
        return folder

    def register(self, projects: int) -> Mapping[str, pd.DataFrame]:
        """Return the five tables of the register: the real projects, then so many generated ones."""
        catalog, territories = load_catalog(), store.load("territories")
        communes = territories[territories["level"] == "commune"].reset_index(drop=True)
        wider = territories.loc[territories["level"].isin(["country", "region", "province"]), "territory_code"]
        generated = synthetic_tables(projects, communes=communes, wider=list(wider), sectors=tuple(catalog.sectors))
        joined = {}
        for name, table in generated.items():
            own = store.load(name)
            # What the generated rows leave out and may not be missing is as in the first real row.
            required = [column.name for column in catalog.tables[name].columns if not column.nullable]
            made = table.assign(**{column: own[column].iloc[0] for column in required if column not in table})
            rows = pd.concat([own, made.reindex(columns=own.columns)], ignore_index=True)
            joined[name] = rows.astype(own.dtypes.to_dict())
        return joined


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(url: str) -> float:
    """Wait until an address answers, and return the moment (monotonic clock, seconds).

    Raises
    ------
    RuntimeError
        It answers that it cannot, and why.
    TimeoutError
        It does not answer.
    """
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE_S:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_S):
                return time.monotonic()
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{url}: {refused.read().decode()}") from refused
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError(f"nothing answers at {url}")
