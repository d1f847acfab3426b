"""The keeper's commands say what they did to a person and to a program, and by their status to the shell."""

import io
import json

import pytest

from data.commands import main
from data.records.accounts import Accounts
from data.records.database import Database
from data.records.repository import Repository


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path / "home"))


def run(capsys, *words):
    status = main([*map(str, words), "--report", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_check_of_an_atlas_nobody_wrote_in_makes_no_store(capsys, tmp_path):
    assert main(["check"]) == 0
    assert "nobody has entered anything" in capsys.readouterr().out
    assert not (tmp_path / "home").exists()


def test_a_store_is_copied_checked_and_put_back(capsys, tmp_path):
    Repository(Database.open()).add("project", {}, actor="amina")
    copy = tmp_path / "copy"
    status, facts = run(capsys, "backup", copy)
    assert (status, facts["sound"], facts["rows"]["records"]) == (0, True, 1)
    assert run(capsys, "backup", copy) == (2, {"error": f"{copy} is there already", "reason": "exists"})
    status, facts = run(capsys, "restore", copy)
    assert (status, facts["rows"]["records"]) == (0, 1)
    status, facts = run(capsys, "check")
    assert (status, facts["store"]["breaks"], facts["tables_wrong"]) == (0, [], [])


def test_a_record_changed_behind_the_audit_makes_the_check_fail(capsys):
    database = Database.open()
    Repository(database).add("project", {}, actor="amina")
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET status = 'validated'")
    status, facts = run(capsys, "check")
    assert (status, facts["store"]["sound"], [one["rule"] for one in facts["store"]["breaks"]]) == (
        1,
        False,
        ["unwritten"],
    )


def test_accounts_are_made_and_closed_with_the_password_read_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("une phrase bien longue\n"))
    assert main(["account", "add", "amina", "--role", "admin"]) == 0
    assert Accounts(Database.open()).sign_in("amina", "une phrase bien longue", "x").role == "admin"
    assert main(["account", "disable", "amina"]) == 2
    assert "last_admin" in capsys.readouterr().err
    assert main(["account", "role", "nobody"]) == 2
