"""The report of the faults: printed, and kept in RELIABILITY.md with the machine and the date."""

import datetime as dt
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

HEADERS = ("promise", "fault", "store", "tried", "wanted", "found")
PACKAGES = ("sqlalchemy", "alembic", "psycopg")


@dataclass(frozen=True)
class Line:
    """One line of the report; `found` differs from `wanted` when a promise is broken."""

    promise: str
    fault: str
    store: str
    tried: str
    wanted: str
    found: str

    @property
    def broken(self) -> bool:
        """Whether the promise was not kept."""
        return self.found != self.wanted


def as_table(lines: Sequence[Line]) -> str:
    """Lay lines out as a Markdown table that reads well in a terminal too."""
    rows = [HEADERS, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADERS))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join("| " + " | ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)) + " |" for row in rows)


def machine(servers: Sequence[str]) -> str:
    """Say where and when: date, system, versions of the stores."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    stores = "; ".join([f"SQLite {sqlite3.sqlite_version}", *servers])
    return (
        f"- Date: {dt.datetime.now(tz=dt.UTC).date().isoformat()}\n"
        f"- Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {packages}\n"
        f"- Stores: {stores}"
    )


def _cells(line: Line) -> tuple[str, ...]:
    found = f"{line.found} ▲" if line.broken else line.found
    return line.promise, line.fault, line.store, line.tried, line.wanted, found
