"""A file of ten thousand projects brought in, without a browser: read, previewed, written, previewed again.

The file is a CSV as a funder sends it: French headers, semicolons, decimal commas, communes by name and province or
by code; one amount in a hundred cannot be read and a few names mean two communes: these rows are held back. The file is
read in the process of its own that reads all files of strangers.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TypeVar

from data import store
from data.commands.import_ import KEEPER, known
from data.imports.commit import commit
from data.imports.own import whole
from data.imports.plan import guess_plan
from data.imports.preview import dry_run
from data.imports.sandbox import read_file
from data.imports.sheet import Asked
from data.records.database import Database
from data.records.repository import Repository
from tests.bench.house import House
from tests.bench.measurement import Row

ROWS, HELD_BACK_EACH = 10_000, 100
BUDGET_S = 10.0
SECTORS = ("Eau potable", "Pistes", "Santé", "Éducation", "Agriculture")
STATES = ("achevé", "en cours", "prévu")
HEADER = "id;Intitulé du projet;Secteur;Commune;Province;Coût (MDH);Début;État;Remarque"
T = TypeVar("T")


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - all measurements are called alike
    """Measure ours; the usual way reads no such file."""
    content, told = file_of(ROWS), known()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database.open(f"sqlite:///{folder}/atlas.sqlite")) as database,
    ):
        repository = Repository(database)
        read, (sheet,) = _timed(lambda: whole(read_file(content, Asked("projets.csv"))))
        plan = guess_plan(sheet, origin="bench")
        seen, preview = _timed(lambda: dry_run(sheet, plan, told, repository=repository, person=KEEPER))
        kept, _ = _timed(
            lambda: commit(preview, repository=repository, person=KEEPER, content=content, valid_only=True)
        )
        again, second = _timed(lambda: dry_run(sheet, plan, told, repository=repository, person=KEEPER))
    held = preview.counts["quarantined"]
    assert preview.counts["created"] + held == ROWS > 20 * held > 0, preview.counts
    assert second.counts == {"created": 0, "updated": 0, "unchanged": ROWS - held, "quarantined": held}
    return [
        Row(f"read a file of {ROWS:,} rows", "s", None, read, note="CSV, in a process of its own"),
        Row("say what it would do", "s", BUDGET_S, read + seen, note=f"reading included; {held} rows held back"),
        Row("write it", "s", BUDGET_S, kept, note="one transaction: records, audit, import, rows held back"),
        Row("say it of the same file again", "s", BUDGET_S, again, note="changes nothing"),
    ]


def file_of(rows: int) -> bytes:
    """Return a CSV of projects; one row in a hundred has an amount nobody can read."""
    territories = store.load("territories").set_index("territory_code")
    names = territories["name_fr"]
    communes = territories.index[territories["level"] == "commune"]
    lines = [HEADER]
    for number in range(rows):
        code = communes[number % len(communes)]
        place = code if number % 2 else names[code]
        amount = "à voir" if number % HELD_BACK_EACH == 0 else f"{1 + number % 90},{number % 10}"
        province = names[territories.loc[code, "parent_code"]]
        lines.append(
            f"{number};Projet {number} de {names[code]};{SECTORS[number % len(SECTORS)]};{place};"
            f"{province};{amount};{2005 + number % 20};{STATES[number % len(STATES)]};n{number}"
        )
    return "\n".join(lines).encode()


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    done = act()
    return time.perf_counter() - start, done
