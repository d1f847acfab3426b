"""Break the store on purpose and count what is lost: `python -m tests.reliability`, as `make reliability` does.

The table of RELIABILITY.md is written anew; the command fails when a promise is not kept.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.reliability import stores
from tests.reliability.edits import edit_together
from tests.reliability.faults import (
    Faulted,
    fill_the_disk,
    make_read_only,
    may_mount,
    refuse_as_a_full_server,
    take_away,
    write_over,
)
from tests.reliability.kills import kill_writers
from tests.reliability.report import Line, as_table, machine
from tests.reliability.restores import restore_under_load

REPORT = Path(__file__).parents[2] / "RELIABILITY.md"
BEGIN, END = "<!-- figures: written by make reliability -->", "<!-- end of the figures -->"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
DAMAGES = {
    "the file is emptied": b"",
    "the file is nonsense": b"rust" * 2000,
    "the pages of the file are nonsense": b"SQLite format 3\x00" + b"rust" * 2000,
}


def main() -> int:
    """Do all of it, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="rounds of each kind; 50 unless given")
    parser.add_argument("--restores", type=int, default=5, help="drills; 5 unless given")
    asked = parser.parse_args()
    lines = []
    for line in _all(asked.kills, asked.restores):
        lines.append(line)
        print(as_table([line]).splitlines()[-1], flush=True)
    if REPORT.exists():
        before, rest = REPORT.read_text("utf-8").split(BEGIN)
        after = rest.split(END)[1]
        figures = f"{BEGIN}\n\n{machine(_servers())}\n\n{as_table(lines)}\n\n{END}"
        REPORT.write_text(before + figures + after, "utf-8")
    return int(any(line.broken for line in lines))


def _all(kills: int, restores: int) -> Iterator[Line]:
    kinds = [kind for kind in stores.KINDS if kind == "sqlite" or stores.SERVER]
    for kind in kinds:
        yield _edits(kind)
        yield _kills(kind, "edits", kills)
        yield _kills(kind, "imports", kills)
    for kind in kinds:
        yield _restores(kind, restores)
    if may_mount():
        with _folder() as folder:
            yield _faulted("the disk is full", "SQLite", fill_the_disk(folder), ("", "disk_full"))
        with _folder() as folder:
            yield _faulted("the disk is read-only", "SQLite", make_read_only(folder), ("", "read_only"))
    if stores.SERVER:
        with _folder() as folder:
            found = refuse_as_a_full_server(folder)
            yield _faulted("the server says its disk is full", "PostgreSQL", found, ("", "disk_full"))
    for kind in kinds:
        with _folder() as folder:
            yield _faulted("the store is gone", NAMES[kind], take_away(kind, folder), ("unreachable", "unreachable"))
    for name, damage in DAMAGES.items():
        with _folder() as folder:
            yield _faulted(name, "SQLite", write_over(folder, damage), ("corrupt", "corrupt"))


def _edits(kind: str) -> Line:
    with _folder() as folder, stores.new_store(kind, folder) as url:
        found = edit_together(url)
    tried = f"{found.acknowledged} edits, {found.conflicts} conflicts met"
    wanted = f"{found.acknowledged} kept, chain unbroken"
    chain = "unbroken" if not found.breaks else "BROKEN"
    return Line(
        "G1 G3", "4 processes change one record", NAMES[kind], tried, wanted, f"{found.kept} kept, chain {chain}"
    )


def _kills(kind: str, what: str, rounds: int) -> Line:
    with _folder() as folder, stores.new_store(kind, folder) as url:
        found = kill_writers(url, what, rounds)
    kept = "records" if what == "edits" else "imports of 400 rows"
    tried = f"{found.rounds} kills, {found.acknowledged} {kept} acknowledged"
    said = f"{found.lost} lost, {found.halves} half done, {found.unsound} unsound"
    return Line("G2 G3", f"kill -9 while it writes {what}", NAMES[kind], tried, "0 lost, 0 half done, 0 unsound", said)


def _restores(kind: str, drills: int) -> Line:
    found = []
    for _ in range(drills):
        with _folder() as folder, stores.new_store(kind, folder) as url:
            found.append(restore_under_load(url, folder))
    told, missing = sum(one.acknowledged for one in found), sum(one.missing + one.missing_in_copy for one in found)
    unsound, slowest = sum(not one.sound for one in found), max(one.restore_s for one in found)
    tried = f"{drills} drills, {told} records acknowledged, slowest restore {slowest:.1f} s"
    fault = "backup and restore while 2 processes write"
    return Line("G11", fault, NAMES[kind], tried, "0 lost, 0 unsound", f"{missing} lost, {unsound} unsound")


def _faulted(fault: str, store: str, found: Faulted, expected: tuple[str, str]) -> Line:
    said = [f"reading {reading or 'answers'}, writing {writing or 'answers'}" for reading, writing in (
        expected, (found.reading, found.writing)
    )]  # fmt: skip
    after = "sound and writable after" if found.sound and found.written_after else "NOT sound after"
    lost = found.acknowledged - found.kept
    tried = f"records acknowledged before: {found.acknowledged}"
    return Line(
        "G2 G17",
        fault,
        store,
        tried,
        f"{said[0]}; 0 lost, sound and writable after",
        f"{said[1]}; {lost} lost, {after}",
    )


def _servers() -> list[str]:
    if not stores.SERVER:
        return []
    return [f"PostgreSQL {stores.ask_server('SHOW server_version')}"]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="atlas-reliability-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
