"""`make run` in this folder, everything installed already: from the command to the page's first answer.

And to the first whole selection (`/ready`), which the first visitor would otherwise wait for.
"""

import os
import signal
import subprocess
import time
from collections.abc import Sequence

from tests.bench.house import ROOT, House, free_port, wait_for
from tests.bench.measurement import Row, median

STARTS, BUDGET_S = 3, 6.0


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - all measurements are called alike
    """Measure ours."""
    answers, ready = zip(*(_start() for _ in range(STARTS)), strict=True)
    return [
        Row("second `make run` until the page answers", "s", BUDGET_S, median(answers)),
        Row("second `make run` until the data are loaded", "s", None, median(ready)),
    ]


def _start() -> tuple[float, float]:
    port = free_port()
    start = time.monotonic()
    command = ["make", "run", f"PORT={port}", "HEADLESS=true"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        answered = wait_for(f"http://127.0.0.1:{port}/") - start
        return answered, wait_for(f"http://127.0.0.1:{port}/ready") - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
