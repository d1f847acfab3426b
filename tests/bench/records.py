"""The store of what people enter, SQLite, without a browser: save one form, import ten thousand projects, lay them out.

A form is saved while ten thousand projects are there; laid out means read, checked against the contract and joined to
the shipped tables, as the first visitor waits for after something was validated.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from data import store
from data.catalog import load_catalog
from data.records import audit
from data.records.backup import backup
from data.records.checked import Checked
from data.records.database import Database
from data.records.published import TABLES, publish
from data.records.record import Change
from data.records.repository import Repository
from geo.boundaries import Territories
from geo.register import build_register
from pages.ui.living import record_codes
from tests.bench.house import House
from tests.bench.measurement import Row, median

PROJECTS, SAVES = 10_000, 20
SAVE_S, IMPORT_S = 0.3, 10.0


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - all measurements are called alike
    """Measure ours; the usual way has no store."""
    changes = [
        Change("project", content, "validated", origin="bench", external_id=content["note"]) for content in _made()
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database.open(f"sqlite:///{folder}/atlas.sqlite")) as database,
    ):
        repository = Repository(database)
        imported = _took_s(lambda: repository.apply(changes, actor="bench"))
        known = repository.by_external("bench", [str(change.external_id) for change in changes])
        again = [Change("project", one.content, one.status, one.record_id, one.version) for one in known.values()]
        same = _took_s(lambda: repository.apply(again, actor="bench"))
        record = next(iter(known.values()))
        saves = []
        for number in range(SAVES):
            content = {**record.content, "note": f"saved {number}"}
            saves.append(
                _took_s(lambda: repository.update(record.record_id, version=number + 1, actor="b", content=content))  # noqa: B023 - called at once
            )
        checked = Checked()
        first = _took_s(lambda: _lay_out(repository, checked))
        laid_out = _took_s(lambda: _lay_out(repository, checked))
        walked = _took_s(lambda: audit.verify(database))
        copied = _took_s(lambda: backup(database, Path(folder) / "copy"))
    of_all = f"{PROJECTS:,} projects"
    return [
        Row("save one form", "s", SAVE_S, median(saves), note=f"{of_all} in the store; on the disk when acknowledged"),
        Row(f"keep an import of {of_all}", "s", IMPORT_S, imported, note="one transaction, each with its audit row"),
        Row("the same import again", "s", IMPORT_S, same, note="changes nothing"),
        Row("lay out what was validated, the first time", "s", None, first, note=of_all),
        Row(
            "lay it out after one more validation",
            "s",
            None,
            laid_out,
            note="what was found right is not checked again",
        ),
        Row("walk the chain of the audit", "s", None, walked, note=of_all),
        Row("back up and check the copy", "s", None, copied, note=of_all),
    ]


def _made() -> list[dict[str, Any]]:
    """Return contents of projects: communes and sectors in turn, amounts in two currencies."""
    territories = store.load("territories")
    communes = territories.loc[territories["level"] == "commune", "territory_code"].tolist()
    sectors = list(load_catalog().sectors)
    return [
        {
            "title": {"fr": f"Projet {number}"},
            "status": "closed",
            "start_date": str(2005 + number % 20),
            "sectors": [{"sector_code": sectors[number % len(sectors)], "share_pct": 100}],
            "places": [{"territory_code": communes[number % len(communes)], "share_pct": 100}],
            "organisations": [{"organisation_name": f"Association {number % 50}", "role": "implementing"}],
            "amount": f"{1000 + number}.00",
            "currency": ("MAD", "EUR")[number % 2],
            "note": f"n{number}",
        }
        for number in range(PROJECTS)
    ]


def _lay_out(repository: Repository, checked: Checked) -> None:
    shipped = {name: store.load(name) for name in TABLES}
    records = [record for kind in ("project", "organisation") for record in repository.published(kind)]
    joined = publish(records, shipped, store.load("rates"), record_codes(shipped), checked=checked)
    assert not joined.left_out, dict(list(joined.left_out.items())[:3])
    territories = Territories.from_table(store.load("territories"))
    build_register(joined.frames, territories=territories, sector_codes=tuple(load_catalog().sectors))


def _took_s(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
