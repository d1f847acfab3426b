"""The workshop package by its command, from the start of the process to its end, in Arabic, for Souss-Massa.

The maps are the one HTML file with the readme; the size is that of the file. The atlas is drawn by two processes.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.house import ROOT, House
from tests.bench.measurement import Row

TERRITORY, LANGUAGE = "09", "ar"
MAPS_S, MAPS_MB = 20.0, 8.0
ATLAS_S = 120.0


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - every measurement is given the house
    """Measure ours; the usual way has nothing to take along."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        maps_s = _made("html", Path(folder))
        (maps,) = Path(folder).glob("*/atlas.html")
        size_mb = maps.stat().st_size / 1e6
        data_s = _made("data", Path(folder))
        atlas_s = _made("pdf", Path(folder))
    return [
        Row("package: the maps of the region in one file", "s", MAPS_S, maps_s),
        Row("package: size of that file", "MB", MAPS_MB, size_mb),
        Row("package: projects, communes and villages, three formats", "s", None, data_s),
        Row("package: atlas to print, 175 communes of two pages", "s", ATLAS_S, atlas_s),
    ]


def _made(part: str, out: Path) -> float:
    """Make one part of the package; return the seconds it took."""
    command = [sys.executable, "-m", "layers", "package", "--territory", TERRITORY, "--language", LANGUAGE]
    start = time.monotonic()
    subprocess.run([*command, "--only", part, "--out", str(out)], cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - start
