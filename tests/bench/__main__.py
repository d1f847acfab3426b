"""Measure speed and size beside the usual way: `python -m tests.bench [name…]`, as `make bench` does.

A whole run is written to BENCHMARKS.md; measurements asked for by name are only printed.
"""

import argparse
import os
import subprocess
import sys
import time

from tests.bench.house import ROOT, House
from tests.bench.measurements import MEASUREMENTS
from tests.bench.report import as_table, machine, report


def main() -> None:
    """Run what is asked for."""
    names = [measurement.name for measurement in MEASUREMENTS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*", metavar="name", help=f"one of: {', '.join(names)}")
    only = parser.parse_args().only
    if unknown := set(only) - set(names):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(names)}")
    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        sys.exit("No Chromium was found to measure in: install one, or name it: make bench CHROMIUM=/path/to/chromium")
    browser = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True).stdout.split(
        " built"
    )[0]
    house, busy = House(chromium), os.getloadavg()[0]
    done = []
    try:
        for measurement in MEASUREMENTS:
            if only and measurement.name not in only:
                continue
            start = time.monotonic()
            print(f"{measurement.name}…", flush=True)
            done.append((measurement, measurement.measure(house)))
            print(f"{as_table(done[-1][1])}\n  measured in {time.monotonic() - start:.0f} s\n", flush=True)
    finally:
        house.close()
    if only:
        print(machine(browser, busy))
        return
    (ROOT / "BENCHMARKS.md").write_text(report(done, chromium=browser, busy=busy), encoding="utf-8")
    print("Written to BENCHMARKS.md")


if __name__ == "__main__":
    main()
