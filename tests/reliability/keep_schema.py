"""Keep a small store of the present schema as text, for the atlases to come: `python -m tests.reliability.keep_schema`.

Run once before each release, and by `python3 tools/postgis.py` to keep PostgreSQL's too; a later atlas must bring each
to its own schema with nothing lost (tests/data/records/test_migrations.py).
"""

import itertools
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from data.records import schema
from data.records.database import Database
from data.records.repository import Repository
from tests.reliability import stores

FOLDER = Path(__file__).parents[1] / "data" / "records" / "schemas"


def main() -> None:
    """Write a text for each kind of store there is here."""
    for kind in stores.KINDS:
        if kind == "postgresql" and not stores.SERVER:
            continue
        with tempfile.TemporaryDirectory() as folder, stores.new_store(kind, Path(folder)) as url:
            _fill(url)
            kept = _sqlite(url) if kind == "sqlite" else _postgresql(url)
        file = FOLDER / f"{schema.present()}.{kind}.sql"
        file.write_text(kept, "utf-8")
        print(f"kept {file}")


def _fill(url: str) -> None:
    times, numbers = itertools.count(), itertools.count(1)
    with closing(Database.open(url)) as database:
        repository = Repository(
            database,
            clock=lambda: f"2026-01-01T00:00:{next(times):02d}.000000+00:00",
            make_id=lambda kind: f"{kind}-{next(numbers)}",
        )
        place = {"territory_code": "095410723", "lon": -8.5, "lat": 30.1, "share_pct": 100}
        well = {"title": {"fr": "Puits", "ar": "بئر"}, "places": [place], "amount": "120000.00", "currency": "MAD"}
        first = repository.add("project", well, actor="amina", organisation_code="body-1")
        repository.update(first.record_id, version=1, actor="brahim", status="validated", act="validate")
        repository.add("need", {"territory_code": "095410723"}, actor="amina", origin="file", external_id="n1")


def _sqlite(url: str) -> str:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def _postgresql(url: str) -> str:
    program = shutil.which("pg_dump")
    assert program, "pg_dump is not on this machine"
    command = [program, "--inserts", "--no-owner", "--no-privileges", "--no-comments", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # What is told to psql, or said of the version, is of no use to a later reader.
    return "\n".join(line for line in told.splitlines() if line and not line.startswith(("--", "\\", "SET "))) + "\n"


if __name__ == "__main__":
    main()
