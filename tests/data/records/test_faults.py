"""Killed, starved, cut off, damaged: the store says what is wrong, and keeps every word it gave."""

import shutil

import pytest

from data.records.backup import check
from data.records.errors import StoreUnavailable
from data.records.record import Change
from tests.reliability import faults, stores
from tests.reliability.edits import edit_together
from tests.reliability.kills import kill_writers
from tests.reliability.restores import restore_under_load

KILLS = 5  # `make reliability` does fifty

on_a_small_disk = pytest.mark.skipif(not faults.may_mount(), reason="only root may mount a small disk")


def test_no_edit_of_concurrent_processes_is_lost(database_url):
    edits = edit_together(database_url)
    assert (edits.acknowledged, edits.kept, edits.breaks) == (400, 400, 0)
    assert edits.conflicts > 0


@pytest.mark.parametrize("what", ["edits", "imports"])
def test_a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_half_done(database_url, what):
    kills = kill_writers(database_url, what, KILLS)
    assert kills.acknowledged >= kills.rounds == KILLS
    assert (kills.lost, kills.halves, kills.unsound) == (0, 0, 0)


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not on this machine")
def test_a_copy_put_back_while_others_write_keeps_every_word_given(database_url, tmp_path):
    found = restore_under_load(database_url, tmp_path)
    assert found.acknowledged > found.in_copy > 0
    assert (found.missing_in_copy, found.missing, found.sound) == (0, 0, True)


@on_a_small_disk
def test_a_full_disk_refuses_what_it_cannot_keep_and_still_reads(tmp_path):
    found = faults.fill_the_disk(tmp_path)
    assert (found.reading, found.writing) == ("", "disk_full")
    assert found.acknowledged == found.kept > 0
    assert (found.sound, found.written_after) == (True, True)


def test_a_server_whose_disk_is_full_refuses_in_our_words_and_keeps_nothing_by_half(database, repository):
    if not database.is_postgresql:
        pytest.skip("a small disk fills up for real above")
    kept = repository.add("project", {"n": 1}, actor="amina", status="validated")
    with database.writing() as connection:  # as the server says it, once the record itself was written
        connection.exec_driver_sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = '53100'; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    for write in (
        lambda: repository.add("project", {"n": 2}, actor="amina"),
        lambda: repository.update(kept.record_id, version=1, actor="amina", content={"n": 3}),
        lambda: repository.apply([Change("project", {"n": number}) for number in range(600)], actor="amina"),
    ):
        with pytest.raises(StoreUnavailable) as refused:
            write()
        assert refused.value.reason == "disk_full"
    assert repository.find() == [kept]
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER full_disk ON audit")
    assert repository.add("project", {"n": 2}, actor="amina").version == 1
    assert check(database).is_sound


@on_a_small_disk
def test_a_read_only_disk_still_reads(tmp_path):
    assert faults.make_read_only(tmp_path) == faults.Faulted("", "read_only", 1, 1, sound=True, written_after=True)


@pytest.mark.parametrize("kind", stores.KINDS)
def test_a_store_that_is_gone_is_said_to_be_and_comes_back_without_a_restart(kind, tmp_path):
    if kind == "postgresql" and not stores.SERVER:
        pytest.skip(stores.NO_SERVER)
    found = faults.take_away(kind, tmp_path)
    assert found == faults.Faulted("unreachable", "unreachable", 1, 1, sound=True, written_after=True)


@pytest.mark.parametrize("damage", [b"", b"rust" * 2000, b"SQLite format 3\x00" + b"rust" * 2000])
def test_a_damaged_file_is_said_to_be_and_comes_back_without_a_restart(damage, tmp_path):
    found = faults.write_over(tmp_path, damage)
    assert found == faults.Faulted("corrupt", "corrupt", 1, 1, sound=True, written_after=True)
