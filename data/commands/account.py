"""Make an account, change its role or password, close it: for whoever has the machine in hand."""

import argparse
import getpass
import sys

from data import store
from data.commands.outcome import Outcome
from data.records.accounts import AccountError, Accounts
from data.records.database import Database
from data.records.repository import Repository
from data.records.rights import ROLES, Person

KEEPER = Person(account_id="keeper", role="admin", login="keeper")
"""Whoever may run commands on this machine may do what an admin may; the audit says so."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes; a password is asked for, or read from standard input, never given as a word."""
    parser.add_argument("act", choices=("add", "password", "role", "disable", "enable", "list"))
    parser.add_argument("login", nargs="?", default="")
    parser.add_argument("--role", choices=ROLES[1:], default="contributor")
    parser.add_argument("--territory", action="append", default=[], help="where a validator decides; may be repeated")
    parser.add_argument("--organisation", action="append", default=[], help="whom they write for; may be repeated")


def run(arguments: argparse.Namespace) -> Outcome:
    """Do it, and say to whom."""
    database = Database.open()
    accounts = Accounts(database)
    if unknown := _unknown(arguments, database):
        refused = {"reason": "unknown_code", "unknown": unknown}
        return Outcome(refused, [f"account: no {kind} has the code {code!r}" for kind, code in unknown], status=2)
    if arguments.act == "list":
        known = [(person.login, person.role, disabled) for person, disabled in accounts.all(KEEPER)]
        facts = {"accounts": [{"login": login, "role": role, "disabled": off} for login, role, off in known]}
        return Outcome(facts, [f"{login}  {role}{'  closed' if off else ''}" for login, role, off in known] or ["none"])
    if arguments.act == "add":
        wanted = Person(
            login=arguments.login,
            role=arguments.role,
            territory_codes=tuple(arguments.territory),
            organisation_codes=tuple(arguments.organisation),
        )
        done = accounts.create(KEEPER, wanted, _password())
    else:
        done = _change(accounts, arguments)
    return Outcome({"login": done.login, "role": done.role, "act": arguments.act}, [f"{done.login}: {arguments.act}"])


def _unknown(arguments: argparse.Namespace, database: Database) -> list[tuple[str, str]]:
    """Return the codes that name nothing, with what they should name: rights there would be rights nowhere."""
    if not (arguments.territory or arguments.organisation):
        return []
    territories = set(store.load("territories")["territory_code"])
    bodies = set(store.load("organisations")["organisation_code"])
    bodies |= {record.record_id for record in Repository(database).published("organisation")}
    return [
        *(("territory", code) for code in arguments.territory if code not in territories),
        *(("organisation", code) for code in arguments.organisation if code not in bodies),
    ]


def _change(accounts: Accounts, arguments: argparse.Namespace) -> Person:
    found = next((one for one, _ in accounts.all(KEEPER) if one.login == arguments.login.strip().casefold()), None)
    if found is None:
        raise AccountError("unknown")
    if arguments.act == "password":
        return accounts.change(KEEPER, found.account_id, password=_password())
    if arguments.act == "role":
        return accounts.change(KEEPER, found.account_id, role=arguments.role)
    return accounts.change(KEEPER, found.account_id, disabled=arguments.act == "disable")


def _password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
