"""G1: processes that change one record at the same time lose nothing of each other."""

import multiprocessing
import os
from dataclasses import dataclass
from typing import Any

from data.records import audit
from data.records.database import Database
from data.records.errors import StaleVersion
from data.records.repository import Repository

EDITORS, EDITS = 4, 100


@dataclass(frozen=True)
class Edits:
    """What became of the edits that were acknowledged; `conflicts` met another's version and were made again."""

    acknowledged: int
    kept: int
    conflicts: int
    breaks: int


def edit_together(url: str, editors: int = EDITORS, edits: int = EDITS) -> Edits:
    """Let processes each add one to the same number, many times: read, add, write back if nobody was faster."""
    repository = Repository(Database.open(url))
    record = repository.add("project", {"n": 0}, actor="amina")
    context = multiprocessing.get_context("spawn")
    answers: Any = context.Queue()
    running = [context.Process(target=_edit, args=(url, record.record_id, edits, answers)) for _ in range(editors)]
    for editor in running:
        editor.start()
    counted = [answers.get(timeout=300) for _ in running]
    for editor in running:
        editor.join()
    kept = repository.get(record.record_id).content["n"]
    breaks = len(audit.verify(repository.database))
    repository.database.close()
    return Edits(sum(done for done, _ in counted), kept, sum(met for _, met in counted), breaks)


def _edit(url: str, record_id: str, edits: int, answers: Any) -> None:
    repository = Repository(Database.open(url))
    done = conflicts = 0
    while done < edits:
        record = repository.get(record_id)
        content = {"n": record.content["n"] + 1}
        try:
            repository.update(record_id, version=record.version, actor=str(os.getpid()), content=content)
            done += 1
        except StaleVersion:
            conflicts += 1
    answers.put((done, conflicts))
