"""Bring a file of projects in: say first what it would do (`--dry-run`), then do all of it or nothing."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from data import store
from data.commands.language import MOST_SHOWN, add_language, texts_of
from data.commands.outcome import Outcome, why_not
from data.imports.commit import RowsHeldBack, commit
from data.imports.fields import import_fields
from data.imports.knowing import shipped_codes, shipped_names
from data.imports.own import whole
from data.imports.plan import guess_plan
from data.imports.preview import OUTCOMES, Preview, dry_run
from data.imports.rules import Known
from data.imports.said import apart, note_said, problem_said
from data.imports.sandbox import read_file
from data.imports.sheet import Asked, FileRefused, Sheet
from data.imports.villages import columns_of, compare
from data.records import database
from data.records.accounts import Accounts
from data.records.database import Database
from data.records.repository import Repository
from data.records.rights import Person
from data.texts import Texts
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
    add_language(parser, default="")


def run(arguments: argparse.Namespace) -> Outcome:
    """Preview, and commit unless only a dry run was asked."""
    t = texts_of(arguments.language)
    try:
        content = arguments.file.read_bytes()
        sheets = whole(read_file(content, _asked(arguments)))
        sheet = _chosen(sheets, arguments.sheet)
    except OSError as error:
        return _refused("unreadable", why_not(error, arguments.file, t))
    except FileRefused as refused:
        said = t(f"import.file.{refused.reason}", detail=refused.detail)
        return _refused(refused.reason, said, detail=refused.detail)
    if columns_of(sheet):
        return _villages(sheet, t)
    plan = guess_plan(sheet, origin=arguments.origin or arguments.file.stem)
    if wrong := [*_unknown(sheet, arguments, t)]:
        return Outcome({"reason": "arguments", "problems": wrong}, wrong, FAILED)
    plan = replace(
        plan,
        columns={**plan.columns, **_pairs(arguments.column)},
        readings=_pairs(arguments.reading),
        defaults={**plan.defaults, **_pairs(arguments.default)},
    )
    repository = _repository(make=not arguments.dry_run)
    person = _person(repository, arguments.login)
    preview = dry_run(sheet, plan, known(), repository=repository, person=person)
    report = preview.as_json(lambda one: problem_said(one, t), lambda one: note_said(one, t))
    facts = {"file": arguments.file.name, "dry_run": arguments.dry_run, **report}
    facts["notes_said"] = [t(f"import.note.{code}", detail=apart(detail, t)) for code, detail in sheet.notes]
    facts["sheets_left_out"] = [{"name": one.name, "rows": len(one.rows)} for one in sheets if one is not sheet]
    if not arguments.dry_run and repository is not None:
        try:
            done = commit(
                preview,
                repository=repository,
                person=person,
                content=content,
                file_name=arguments.file.name,
                valid_only=arguments.valid_rows_only,
            )
            facts["run_id"] = done.run_id
        except RowsHeldBack as held:
            facts["reason"] = held.reason
    return Outcome(facts, _lines(preview, facts, t), HELD_BACK if preview.held_back else 0)


def _refused(reason: str, said: str, **facts: str) -> Outcome:
    return Outcome({"reason": reason, **facts, "said": said}, [said], FAILED)


def _unknown(sheet: Sheet, arguments: argparse.Namespace, t: Texts) -> Iterator[str]:
    """Say which fields nobody knows, and which columns the sheet does not have, of those mapped by hand."""
    for field, column in _pairs(arguments.column).items():
        if field not in import_fields():
            yield t("command.no_field", value=field[:MOST_SHOWN], allowed=t("list.separator").join(import_fields()))
        elif column not in sheet.columns:
            yield t("command.no_column", value=column[:MOST_SHOWN], allowed=t("list.separator").join(sheet.columns))


def _villages(sheet: Sheet, t: Texts) -> Outcome:
    """Say what a workbook of villages would change of those shipped; the tables are renewed by `make tables`."""
    territories = store.load("territories")
    communes = frozenset(territories.loc[territories["level"] == "commune", "territory_code"])
    compared = compare(sheet, store.load("villages"), communes)
    lines = [_counted(sheet.name, compared.read, compared.counts, t)]
    lines += [
        t("command.row", row=number, where=one.column, what=problem_said(one, t))
        for number, one in compared.problems[:SHOWN]
    ]
    return Outcome(compared.as_json(), [*lines, t("import.villages")], HELD_BACK if compared.problems else 0)


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


def _lines(preview: Preview, facts: Mapping[str, Any], t: Texts) -> list[str]:
    lines = [_counted(preview.sheet.name, preview.read, {name: preview.counts[name] for name in OUTCOMES}, t)]
    lines += [f"  {note}" for note in facts["notes_said"]]
    if others := t("list.separator").join(one["name"] for one in facts["sheets_left_out"]):
        lines.append(t("command.sheets_left_out", names=others))
    shown = facts["problems"][:SHOWN]
    lines += [
        t(
            "command.row",
            row=one["row"],
            where=one["column"] or (t(f"import.field.{one['field']}") if one["field"] else ""),
            what=one["said"],
        )
        for one in shown
    ]
    if len(facts["problems"]) > len(shown):
        lines.append(t("import.shown", n=len(shown)))
    if facts["dry_run"]:
        return [*lines, t("command.dry_run")]
    return [*lines, t("command.imported", run=facts["run_id"]) if "run_id" in facts else t("command.nothing_written")]


def _counted(name: str, read: int, counts: Mapping[str, int], t: Texts) -> str:
    listed = t("list.separator").join(f"{t(f'import.{one}')} {t.number(number)}" for one, number in counts.items())
    return t("command.read", name=name, n=t.number(read), counts=listed)
