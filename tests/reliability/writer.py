"""A process that writes until it is killed, and says what it was told is kept: `python -m tests.reliability.writer`.

Each line is an acknowledgement: the record and its version, or the name of a batch kept whole.
"""

import contextlib
import itertools
import sys

from data.records.database import Database
from data.records.errors import RecordNotFound
from data.records.record import Change
from data.records.repository import Repository

BATCH = 400


def one_by_one(repository: Repository) -> None:
    """Add a record, change it, and so on."""
    for number in itertools.count():
        record = repository.add("project", {"n": number}, actor="amina", status="validated")
        _acknowledged(record.record_id, record.version)
        with contextlib.suppress(RecordNotFound):  # another store was put in the place of this one
            changed = repository.update(record.record_id, version=1, actor="brahim", content={"n": -number})
            _acknowledged(changed.record_id, changed.version)


def by_batches(repository: Repository) -> None:
    """Add many records at once, as an import does."""
    begun = repository.version()
    for number in itertools.count(begun * 1000):
        batch = f"batch{number}"
        changes = [
            Change("project", {"n": row}, "validated", origin=batch, external_id=str(row)) for row in range(BATCH)
        ]
        repository.apply(changes, actor="amina")
        _acknowledged(batch, BATCH)


def _acknowledged(name: str, number: int) -> None:
    print(name, number, flush=True)


if __name__ == "__main__":
    {"edits": one_by_one, "imports": by_batches}[sys.argv[1]](Repository(Database.open(sys.argv[2])))
