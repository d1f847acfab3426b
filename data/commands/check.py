"""Look whether the store is whole, its chain unbroken, the shipped tables those that were checked."""

import argparse
from collections.abc import Mapping
from typing import Any

from data import store
from data.catalog import load_catalog
from data.commands.outcome import Outcome
from data.errors import TableError
from data.records import backup, database
from data.records.backup import Health
from data.records.database import Database

FOUND_WRONG = 1


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take nothing but the way of reporting."""


def run(_arguments: argparse.Namespace) -> Outcome:
    """Check everything; nothing is changed."""
    wrong = _tables()
    facts: dict[str, Any] = {"tables": store.version(), "tables_wrong": wrong, "store": None}
    lines = [f"shipped tables: {'as they were checked' if not wrong else '; '.join(wrong)}"]
    sound = True
    if database.is_there():
        health = backup.check(Database.open())
        facts["store"], sound = facts_of(health), health.is_sound
        lines += lines_of(health)
    else:
        lines.append("store: nobody has entered anything yet")
    return Outcome(facts, lines, status=0 if sound and not wrong else FOUND_WRONG)


def facts_of(health: Health) -> Mapping[str, Any]:
    """Lay a state of health out for a program."""
    return {
        "sound": health.is_sound,
        "schema": health.revision,
        "whole": health.whole,
        "breaks": [{"subject": one.subject, "rule": one.rule} for one in health.breaks],
        "rows": health.rows,
        "last_hash": health.last_hash,
    }


def lines_of(health: Health) -> list[str]:
    """Say a state of health to a person."""
    counts = ", ".join(f"{name} {count}" for name, count in health.rows.items() if count)
    found = [f"  {one.subject}: {one.rule}" for one in health.breaks]
    state = "sound" if health.is_sound else "NOT sound"
    return [
        f"store: {state}, schema {health.revision}, rows: {counts or 'none'}",
        f"audit chain: {'unbroken' if not found else 'BROKEN'}, ends with {health.last_hash[:16]}",
        *found,
    ]


def _tables() -> list[str]:
    wrong = []
    for name in load_catalog().tables:
        try:
            store.load(name)
        except TableError as error:
            wrong.append(str(error))
    return wrong
