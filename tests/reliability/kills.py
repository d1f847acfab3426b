"""G2, G3: a process killed while it writes loses nothing it was told is kept, and leaves nothing half done."""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from data.records.backup import check
from data.records.database import Database
from data.records.repository import Repository
from tests.reliability.writer import BATCH

LONGEST_S = 0.25
"""A writer lives so long at most after its first acknowledgement."""


@dataclass
class Kills:
    """What was found after each kill.

    `lost` was acknowledged and is not there, `halves` are batches of which only a part is, `unsound` counts stores that
    a check finds damaged, records without their audit row included.
    """

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    halves: int = 0
    unsound: int = 0
    names: dict[str, int] = field(default_factory=dict)


def kill_writers(url: str, what: str, rounds: int, seed: int = 1) -> Kills:
    """Start a writer, kill it at any moment (SIGKILL), look; again, on the same store.

    Parameters
    ----------
    what
        `edits`, one record at a time, or `imports`, hundreds in one transaction.
    """
    chance, found = random.Random(seed), Kills()  # noqa: S311 - when to kill is no secret
    Database.open(url).close()
    for _ in range(rounds):
        said = _write_until_killed(url, what, chance.uniform(0, LONGEST_S))
        found.names |= {name: number for name, number in said if found.names.get(name, 0) < number}
        found.rounds += 1
        found.acknowledged += len(said)
        database = Database.open(url)
        found.unsound += not check(database).is_sound
        _hold_against(Repository(database), found)
        database.close()
    return found


def _write_until_killed(url: str, what: str, seconds: float) -> list[tuple[str, int]]:
    command = [sys.executable, "-m", "tests.reliability.writer", what, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    # A line without its end was cut by the kill: nobody was told.
    whole = [line.split() for line in lines if line.endswith("\n")]
    assert whole, "the writer died before it wrote anything"
    return [(name, int(number)) for name, number in whole]


def _hold_against(repository: Repository, found: Kills) -> None:
    records = repository.find(limit=None)
    there = {record.record_id: record.version for record in records}
    batches = Counter(record.origin for record in records if record.external_id)
    found.halves += sum(count != BATCH for count in batches.values())
    there |= batches
    found.lost += sum(there.get(name, 0) < number for name, number in found.names.items())
