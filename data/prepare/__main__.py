"""`python -m data.prepare`: makes every table again from the shared sources and writes their hashes."""

import argparse
import hashlib
import sys
import time
from pathlib import Path

from data.prepare import (
    background,
    calls,
    context,
    diaspora,
    directory,
    douars,
    expressed_needs,
    guide,
    institutions,
    observations,
    organisations,
    rates,
    register,
    relief,
    territory,
    towns,
)

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data"
TABLES = ROOT / "data" / "tables"
SUMS_FILE = "SHA256SUMS"
# In this order: later ones read the tables of earlier ones. Each is called with the folder of the sources and that of
# the tables.
PREPARATIONS = (
    territory.prepare,
    towns.prepare,
    background.prepare,
    relief.prepare,
    rates.prepare,
    organisations.prepare,
    register.prepare,
    directory.prepare,
    institutions.prepare,
    calls.prepare,
    guide.prepare,
    diaspora.prepare,
    expressed_needs.prepare,
    context.prepare,
    observations.prepare,
    douars.prepare,
)


def main() -> None:
    """Run the preparations named on the command line, or all, then write the hashes of all tables."""
    parser = argparse.ArgumentParser(prog="python -m data.prepare", description=__doc__)
    parser.add_argument("only", nargs="*", help="modules to run, for example: territory (default: all)")
    parser.add_argument("--source", type=Path, default=SOURCE, help=f"folder of the sources (default {SOURCE})")
    chosen = parser.parse_args()
    known = {prepare.__module__.rsplit(".", 1)[-1]: prepare for prepare in PREPARATIONS}
    if unknown := set(chosen.only) - set(known):
        sys.exit(f"data.prepare: unknown {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    if not chosen.source.is_dir():
        sys.exit(f"data.prepare: no sources at {chosen.source}; the tables in data/tables are complete without them")
    for name, prepare in known.items():
        if not chosen.only or name in chosen.only:
            start = time.perf_counter()
            prepare(chosen.source, TABLES)
            print(f"{name}: {time.perf_counter() - start:.1f} s")
    write_sums(TABLES)


def write_sums(tables: Path) -> None:
    """Write SHA256SUMS over all files of the folder, in the form `sha256sum -c` reads."""
    files = sorted(path for path in tables.rglob("*") if path.is_file() and path.name != SUMS_FILE)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(tables).as_posix()}" for path in files
    ]
    (tables / SUMS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
