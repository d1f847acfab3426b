"""Records keep what people enter: nothing lost, nothing overwritten unseen, every change written down."""

import pytest
from sqlalchemy import text

from data.records import audit
from data.records.errors import ChangeCancelled, RecordNotFound, StaleVersion
from data.records.record import Change, canonical, content_hash

WELL = {"title": {"fr": "Puits de Tabia"}, "places": [{"territory_code": "09.541.05.07", "lon": -8.5, "lat": 30.1}]}
DEEPER = {**WELL, "title": {"fr": "Puits de Tabia, approfondi"}}


def test_what_is_added_is_read_back_as_it_was(repository):
    added = repository.add("project", WELL, actor="amina", organisation_code="org-1")
    assert repository.get(added.record_id) == added
    assert (added.version, added.status, added.content, added.created_by) == (1, "draft", WELL, "amina")
    assert added.territory_codes == ("09.541.05.07",)


def test_an_unknown_record_is_named(repository):
    with pytest.raises(RecordNotFound, match="project-9999"):
        repository.get("project-9999")


def test_the_second_of_two_editors_learns_what_the_first_wrote(repository):
    record = repository.add("project", WELL, actor="amina")
    first = repository.update(record.record_id, version=1, actor="amina", content=DEEPER)
    with pytest.raises(StaleVersion) as refused:
        repository.update(record.record_id, version=1, actor="brahim", content=WELL)
    assert refused.value.current == first == repository.get(record.record_id)
    assert first.version == 2


def test_every_change_is_written_down_with_what_was_before(repository):
    record = repository.add("project", WELL, actor="amina")
    repository.update(record.record_id, version=1, actor="brahim", status="submitted", act="submit")
    history = repository.history(record.record_id)
    assert [(row.act, row.actor, row.version) for row in history] == [("add", "amina", 1), ("submit", "brahim", 2)]
    assert history[1].before == history[0].after == canonical({"content": WELL, "status": "draft", "published": None})


def test_what_a_record_said_at_a_version_is_known_for_ever(repository):
    record = repository.add("project", WELL, actor="amina")
    repository.update(record.record_id, version=1, actor="amina", content=DEEPER)
    assert [repository.content_at(record.record_id, version) for version in (1, 2)] == [WELL, DEEPER]
    with pytest.raises(RecordNotFound, match="version 9"):
        repository.content_at(record.record_id, 9)


def test_the_published_version_moves_only_with_what_is_published(repository):
    record = repository.add("project", WELL, actor="amina")
    assert repository.version() == 0
    repository.update(record.record_id, version=1, actor="b", status="submitted")
    assert repository.version() == 0
    repository.update(record.record_id, version=2, actor="b", status="validated")
    assert repository.version() == 1
    repository.update(record.record_id, version=3, actor="b", status="withdrawn", reason="fini")
    assert repository.version() == 2
    assert repository.published("project") == []


def test_what_was_validated_stays_published_while_a_later_content_waits(repository):
    record = repository.add("project", WELL, actor="amina", status="validated")
    repository.update(record.record_id, version=1, actor="amina", content=DEEPER, status="submitted")
    (waiting,) = repository.published("project")
    assert (waiting.published_content, waiting.content, repository.version()) == (WELL, DEEPER, 1)
    repository.update(record.record_id, version=2, actor="b", status="validated")
    assert repository.published("project")[0].published_content == DEEPER
    assert repository.version() == 2


def test_records_are_found_by_what_they_are_and_where(repository):
    here = repository.add("project", WELL, actor="amina", organisation_code="org-1")
    need = repository.add("need", {"territory_code": "09.541.05.11"}, actor="brahim", status="submitted")
    assert repository.find(kind="project") == [here]
    assert repository.find(status="submitted") == repository.find(status=["submitted", "returned"]) == [need]
    assert repository.find(territories=["09.541.05.07"]) == [here]
    assert repository.find(organisations=["org-1"]) == repository.find(created_by="amina") == [here]
    assert repository.find() == [need, here]
    assert repository.find(limit=1, offset=1) == [here]


def test_many_changes_are_kept_together_and_the_same_again_changes_nothing(repository):
    changes = [Change("project", {"n": number}, origin="f", external_id=f"x{number}") for number in range(1200)]
    seen = []
    applied = repository.apply(changes, actor="amina", on_progress=lambda done, total: seen.append((done, total)))
    assert (len(applied.created), seen) == (1200, [(500, 1200), (1000, 1200), (1200, 1200)])
    known = repository.by_external("f", [f"x{number}" for number in range(1200)])
    again = [
        Change("project", change.content, record_id=known[str(change.external_id)].record_id, version=1)
        for change in changes
    ]
    second = repository.apply(again, actor="amina")
    assert (len(second.unchanged), second.created, second.updated) == (1200, (), ())
    assert audit.verify(repository.database) == []


def test_all_or_nothing_keeps_nothing_of_changes_one_of_which_is_stale(repository):
    record = repository.add("project", WELL, actor="amina")
    stale = Change("project", DEEPER, record_id=record.record_id, version=7)
    new = Change("project", {"n": 1})
    with pytest.raises(StaleVersion):
        repository.apply([new, stale], actor="amina")
    assert repository.find() == [record]
    applied = repository.apply([new, stale], actor="amina", all_or_nothing=False)
    assert (len(applied.created), applied.refused) == (1, ((1, "stale_version"),))


def test_a_cancelled_import_leaves_nothing(repository):
    answers = iter([False, True])
    changes = [Change("project", {"n": number}) for number in range(600)]
    with pytest.raises(ChangeCancelled):
        repository.apply(changes, actor="amina", cancelled=lambda: next(answers))
    assert repository.find() == []
    assert audit.verify(repository.database) == []


def test_the_audit_takes_no_change_and_shows_whoever_forces_one(repository, database):
    record = repository.add("project", WELL, actor="amina")
    repository.update(record.record_id, version=1, actor="amina", content=DEEPER)
    for forged in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="append-only"), database.writing() as connection:
            connection.execute(text(forged))
    assert audit.verify(database) == []
    drop = (
        ["DROP TRIGGER audit_append_only ON audit"]
        if database.is_postgresql
        else ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
    )
    with database.writing() as connection:
        for statement in drop:
            connection.execute(text(statement))
        connection.execute(text("UPDATE audit SET actor = 'x' WHERE sequence = 1"))
    assert [(found.subject, found.rule) for found in audit.verify(database)] == [("audit 1", "changed")]
    with database.writing() as connection:
        connection.execute(text("DELETE FROM audit WHERE sequence = 2"))
    assert ("audit 2", "missing") in {(found.subject, found.rule) for found in audit.verify(database)}


def test_a_record_changed_behind_the_audit_is_found(repository, database):
    record = repository.add("project", WELL, actor="amina")
    with database.writing() as connection:
        connection.execute(text("UPDATE records SET status = 'validated'"))
    assert [(found.subject, found.rule) for found in audit.verify(database)] == [(record.record_id, "unwritten")]


def test_the_same_content_has_the_same_digest_whatever_the_order_of_its_fields():
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1})
    with pytest.raises(TypeError, match="nan"):
        canonical({"a": [float("nan")]})
