"""A copy taken while people write comes back whole; a damaged one touches nothing."""

import shutil
import threading

import pytest

from data.records import audit
from data.records.backup import BackupError, backup, check, restore
from data.records.database import Database
from data.records.errors import SchemaError, StoreUnavailable
from data.records.repository import Repository

needs_pg_dump = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not on this machine")


@pytest.fixture
def filled(repository):
    for number in range(20):
        repository.add("project", {"n": number}, actor="amina", status="validated")
    return repository


@needs_pg_dump
def test_what_was_copied_comes_back_with_its_history(filled, database, database_url, tmp_path):
    copy = tmp_path / "copies" / "atlas.backup"
    taken = backup(database, copy)
    assert taken.is_sound
    assert taken.rows["records"] == 20
    filled.add("project", {"n": 99}, actor="amina")
    back = restore(database_url, copy)
    assert back == taken
    (kept,) = tmp_path.rglob("*.before-restore")  # beside the store, or the copy: the twenty-first record is in it
    reopened = Repository(Database.open(database_url))
    assert [record.content["n"] for record in reopened.published("project")] == list(range(20))
    assert audit.verify(reopened.database) == []
    reopened.add("project", {"n": 20}, actor="amina")
    assert audit.verify(reopened.database) == []
    reopened.database.close()
    restore(database_url, kept)
    again = Repository(Database.open(database_url))
    assert [record.content["n"] for record in again.find(limit=1)] == [99]
    again.database.close()


def test_a_copy_never_replaces_a_file_unless_told_to(filled, tmp_path):
    if filled.database.is_postgresql:
        pytest.skip("the same lines for both")
    copy = tmp_path / "atlas.backup"
    copy.write_text("something dear", "utf-8")
    with pytest.raises(BackupError) as refused:
        backup(filled.database, copy)
    assert refused.value.reason == "exists"
    assert copy.read_text("utf-8") == "something dear"
    assert backup(filled.database, copy, force=True).is_sound


@pytest.fixture
def sqlite_store(tmp_path):
    url = f"sqlite:///{tmp_path / 'atlas.sqlite'}"
    repository = Repository(Database.open(url))
    repository.add("project", {"n": 1}, actor="amina")
    return url, repository


def test_copies_taken_and_put_back_while_others_write_lose_nothing_acknowledged_before(sqlite_store, tmp_path):
    url, repository = sqlite_store
    stop, failed = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            try:
                repository.add("project", {"n": 2}, actor="brahim")
            except StoreUnavailable as error:
                failed.append(error.reason)

    writer = threading.Thread(target=write)
    writer.start()
    copies = [backup(repository.database, tmp_path / f"copy{number}") for number in range(3)]
    back = restore(url, tmp_path / "copy2")
    stop.set()
    writer.join()
    assert [copy.is_sound for copy in copies] == [True] * 3
    assert back.rows["records"] == copies[2].rows["records"] >= copies[0].rows["records"]
    assert set(failed) <= {"locked", "disk_full", "read_only", "unreachable"}
    assert check(Database.open(url)).is_sound
    assert check(Database.open(f"sqlite:///{tmp_path / 'atlas.sqlite.before-restore'}")).is_sound


@pytest.mark.parametrize("damage", [b"", b"not a database", None])
def test_a_damaged_copy_is_refused_and_the_store_stays(sqlite_store, tmp_path, damage):
    url, repository = sqlite_store
    copy = tmp_path / "copy"
    backup(repository.database, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    with pytest.raises(BackupError):
        restore(url, copy)
    assert len(repository.find()) == 1
    assert list(tmp_path.glob(".atlas-*")) == []


def test_a_copy_of_a_newer_atlas_is_refused(sqlite_store, tmp_path):
    url, repository = sqlite_store
    copy = tmp_path / "copy"
    backup(repository.database, copy)
    newer = Database.open(f"sqlite:///{copy}")
    with newer.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaError):
        restore(url, copy)
    assert len(repository.find()) == 1


@needs_pg_dump
def test_a_store_put_back_is_never_taken_for_the_one_before(filled, database_url, tmp_path):
    copy = tmp_path / "copy"
    backup(filled.database, copy)
    filled.add("project", {"n": 21}, actor="amina", status="validated")
    seen = filled.version()
    filled.database.close()
    restore(database_url, copy)
    back = Repository(Database.open(database_url))
    assert back.version() > seen
    back.database.close()


def test_a_store_too_damaged_to_be_read_is_replaced_and_kept(sqlite_store, tmp_path):
    url, repository = sqlite_store
    copy, store = tmp_path / "copy", tmp_path / "atlas.sqlite"
    backup(repository.database, copy)
    store.write_bytes(b"rust" * 4096)
    assert restore(url, copy).is_sound
    assert len(repository.find()) == 1
    assert (tmp_path / "atlas.sqlite.before-restore").read_bytes() == b"rust" * 4096


def test_a_second_restore_takes_nothing_from_what_the_first_kept(sqlite_store, tmp_path):
    url, repository = sqlite_store
    backup(repository.database, tmp_path / "copy")
    repository.add("project", {"n": 2}, actor="amina")
    restore(url, tmp_path / "copy")
    restore(url, tmp_path / "copy")
    kept = [tmp_path / f"atlas.sqlite.before-restore{number}" for number in ("", "-2")]
    assert [check(Database.open(f"sqlite:///{file}")).rows["records"] for file in kept] == [2, 1]
