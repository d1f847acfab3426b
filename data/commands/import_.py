"""Bring a file of projects in: say first what it would do (`--dry-run`), then do all of it or nothing."""

import argparse
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from data import store
from data.commands.outcome import Outcome
from data.imports.commit import RowsHeldBack, commit
from data.imports.knowing import shipped_codes, shipped_names
from data.imports.own import whole
from data.imports.plan import guess_plan
from data.imports.preview import OUTCOMES, Preview, dry_run
from data.imports.rules import Known
from data.imports.sandbox import read_file
from data.imports.sheet import Asked, FileRefused, Sheet
from data.imports.villages import columns_of, compare
from data.records import database
from data.records.accounts import Accounts
from data.records.database import Database
from data.records.repository import Repository
from data.records.rights import Person
from data.texts import load_texts
from geo.official_places import OfficialPlaces

KEEPER = Person("keeper", role="admin")
"""Who imports from the command line of the machine itself, when no account is named."""
HELD_BACK, FAILED = 1, 2
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file and how to read it."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="say what the import would do, and write nothing")
    parser.add_argument(
        "--valid-rows-only", action="store_true", help="write the good rows, keep the others to be mended"
    )
    parser.add_argument("--as", dest="login", default="", help="account in whose name the rows are entered")
    parser.add_argument("--origin", default="", help="where the rows come from; the name of the file if not given")
    parser.add_argument(
        "--sheet", default="", help="name of the sheet or layer; the one with most known columns if not"
    )
    parser.add_argument("--encoding", default="")
    parser.add_argument("--separator", default="")
    parser.add_argument("--header-row", type=int, default=0)
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=COLUMN", help="map a column by hand")
    parser.add_argument("--reading", action="append", default=[], metavar="FIELD=READING", help="settle a doubt")
    parser.add_argument("--default", action="append", default=[], metavar="FIELD=VALUE", help="for rows without it")


def run(arguments: argparse.Namespace) -> Outcome:
    """Preview, and commit unless only a dry run was asked."""
    try:
        content = arguments.file.read_bytes()
        sheets = whole(read_file(content, _asked(arguments)))
    except OSError as error:
        facts: dict[str, Any] = {"reason": "unreadable", "detail": error.strerror or ""}
        return Outcome(facts, [f"{arguments.file}: {error.strerror}"], FAILED)
    except FileRefused as refused:
        said = load_texts("en")(f"import.file.{refused.reason}", detail=refused.detail)
        return Outcome({"reason": refused.reason, "detail": refused.detail, "said": said}, [said], FAILED)
    sheet = _chosen(sheets, arguments.sheet)
    if columns_of(sheet):
        return _villages(sheet)
    plan = guess_plan(sheet, origin=arguments.origin or arguments.file.stem)
    plan = replace(
        plan,
        columns={**plan.columns, **_pairs(arguments.column)},
        readings=_pairs(arguments.reading),
        defaults={**plan.defaults, **_pairs(arguments.default)},
    )
    repository = _repository(make=not arguments.dry_run)
    person = _person(repository, arguments.login)
    preview = dry_run(sheet, plan, known(), repository=repository, person=person)
    facts = {"file": arguments.file.name, "dry_run": arguments.dry_run, **preview.as_json()}
    facts["sheets_left_out"] = [{"name": one.name, "rows": len(one.rows)} for one in sheets if one is not sheet]
    if not arguments.dry_run and repository is not None:
        try:
            done = commit(
                preview, repository=repository, person=person, content=content, valid_only=arguments.valid_rows_only
            )
            facts["run_id"] = done.run_id
        except RowsHeldBack as held:
            facts["reason"] = held.reason
    return Outcome(facts, _lines(preview, facts), HELD_BACK if preview.held_back else 0)


def _villages(sheet: Sheet) -> Outcome:
    """Say what a workbook of villages would change of those shipped; the tables are renewed by `make tables`."""
    territories = store.load("territories")
    communes = frozenset(territories.loc[territories["level"] == "commune", "territory_code"])
    compared = compare(sheet, store.load("villages"), communes)
    counts = ", ".join(f"{name} {number}" for name, number in compared.counts.items())
    lines = [f"{sheet.name}: villages, read {compared.read} = {counts}"]
    lines += [f"  row {number}, {one.column}: {one.value!r} {one.rule}" for number, one in compared.problems[:SHOWN]]
    lines.append("villages are reference: renewed by `make tables`, nothing was written")
    return Outcome(compared.as_json(), lines, HELD_BACK if compared.problems else 0)


def known() -> Known:
    """Return what rows are read against, of the shipped tables."""
    places = OfficialPlaces(store.load("territories"), store.load("place_names"), store.load_outlines())
    return Known(places, shipped_names(), shipped_codes())


def _asked(arguments: argparse.Namespace) -> Asked:
    return Asked(arguments.file.name, arguments.encoding, arguments.separator, arguments.header_row)


def _chosen(sheets: list[Sheet], name: str) -> Sheet:
    for sheet in sheets:
        if name and sheet.name == name:
            return sheet
    if name:
        raise FileRefused("no_such_sheet", ", ".join(sheet.name for sheet in sheets))
    return max(sheets, key=lambda sheet: len(guess_plan(sheet, origin="").columns))


def _pairs(said: list[str]) -> Mapping[str, str]:
    return {name: value for name, _, value in (one.partition("=") for one in said)}


def _repository(*, make: bool) -> Repository | None:
    return Repository(Database.open()) if make or database.is_there() else None


def _person(repository: Repository | None, login: str) -> Person:
    if not login:
        return KEEPER
    found = Accounts(repository.database).by_login(login) if repository else None
    return found or Person()


def _lines(preview: Preview, facts: Mapping[str, Any]) -> list[str]:
    t = load_texts("en")
    counts = ", ".join(f"{name} {preview.counts[name]}" for name in OUTCOMES)
    lines = [f"{preview.sheet.name}: read {preview.read} = {counts}"]
    counted = Counter(problem.rule for one in preview.held_back for problem in one.problems)
    lines += [f"  {count} x {t.label('import.reason', rule)}" for rule, count in counted.most_common()]
    for one in preview.held_back[:SHOWN]:
        for problem in one.problems:
            where = problem.column or problem.field
            lines.append(
                f"  row {one.candidate.row.number}, {where}: {problem.value!r} {problem.rule} {problem.detail}"
            )
    if facts["dry_run"]:
        lines.append("dry run: nothing was written")
    elif "run_id" in facts:
        lines.append(f"written: {facts['run_id']}")
    else:
        lines.append("nothing was written: mend the rows held back, or ask for --valid-rows-only")
    return lines
