"""The report of the measurements: printed, and kept in BENCHMARKS.md with the machine and the date."""

import datetime as dt
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tests.bench.measurement import Measurement, Row

HEADERS = ("what", "budget", "ours", "usual way", "usual / ours", "note")
PACKAGES = ("streamlit", "folium", "streamlit-folium", "geopandas", "pandas", "numpy")


def as_table(rows: Sequence[Row]) -> str:
    """Lay rows out as a Markdown table that reads well in a terminal too."""
    lines = [HEADERS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADERS))]
    lines.insert(
        1, tuple("-" * (width - 1) + (":" if 0 < i < len(widths) - 1 else "-") for i, width in enumerate(widths))
    )
    return "\n".join("| " + " | ".join(cell.ljust(widths[i]) for i, cell in enumerate(line)) + " |" for line in lines)


def report(done: Sequence[tuple[Measurement, Sequence[Row]]], *, chromium: str, busy: float) -> str:
    """Write the whole of BENCHMARKS.md."""
    rows = [row for _, rows in done for row in rows]
    how = "\n\n".join(f"### {measurement.name}\n\n{measurement.how}" for measurement, _ in done)
    return (
        "# Benchmarks\n\n"
        "Speed and size of the atlas beside the usual way (folium's map rebuilt on each change and shown by "
        "`st_folium`, `tests/bench/naive/app.py`), measured in one run of `make bench`. "
        "A figure over its budget is marked with ▲.\n\n"
        f"{machine(chromium, busy)}\n\n{as_table(rows)}\n\n## How it is measured\n\n{how}\n"
    )


def machine(chromium: str, busy: float) -> str:
    """Say where and when: date, processor, how busy it was with other things when the run began, versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"- Date: {dt.datetime.now(tz=dt.UTC).date().isoformat()}\n"
        f"- Machine: {os.cpu_count()} cores, {_processor()}, {platform.system()} {platform.machine()}; "
        f"load when the run began: {busy:.1f}\n"
        f"- Python {platform.python_version()}; {packages}; {chromium}"
    )


def _cells(row: Row) -> tuple[str, ...]:
    ratio = f"{row.naive / row.ours:,.0f} ×" if row.naive and row.ours else "–"
    ours = _figure(row.ours, row.unit) + (" ▲" if row.missed else "")
    return row.what, _figure(row.budget, row.unit), ours, _figure(row.naive, row.unit), ratio, row.note


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    shown = f"{value:,.0f}" if value >= 20 or value == int(value) else f"{value:,.2g}"
    return f"{shown} {unit}".strip()


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.is_file():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"
