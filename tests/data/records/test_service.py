"""From a contributor's draft to the public view: each step asks for its right and keeps what was there."""

from dataclasses import replace

import orjson
import pytest
from sqlalchemy import update

from data.records import audit, waiting
from data.records.errors import StaleVersion
from data.records.rights import VISITOR, Person, RightsError
from data.records.service import ContentError, ReasonMissing, ReportsFull, Service
from data.records.tables import records

CODES = {"sectors": {"water"}, "territories": {"095410723", "095510101"}, "projects": {"B001"}}
WELL = {
    "title": {"fr": "Puits de Tabia"},
    "status": "pipeline",
    "sectors": [{"sector_code": "water"}],
    "places": [{"territory_code": "095410723"}],
}
DEEPER = {**WELL, "title": {"fr": "Puits de Tabia, approfondi"}}


@pytest.fixture
def author(repository):
    return Service(repository, Person("amina", "contributor"), CODES)


@pytest.fixture
def validator(repository):
    return Service(repository, Person("brahim", "validator", territory_codes=("09541",)), CODES)


def test_a_project_goes_from_draft_to_public(author, validator):
    draft = author.create("project", {"title": {"fr": "Puits"}})
    assert (draft.status, author.mine(), validator.inbox()) == ("draft", [draft], [])
    with pytest.raises(ContentError) as incomplete:
        author.submit(draft.record_id, version=1)
    assert [found.path for found in incomplete.value.problems] == ["status", "sectors", "places"]
    waiting = author.edit(draft.record_id, WELL, version=1, submit=True)
    assert validator.inbox() == [waiting]
    validated = validator.validate(draft.record_id, version=2)
    assert (validated.published_content, validator.inbox()) == (WELL, [])
    assert [row.act for row in author.repository.history(draft.record_id)] == ["create", "submit", "validate"]


def test_what_is_sent_back_says_why_and_comes_again(author, validator):
    waiting = author.create("project", WELL, submit=True)
    with pytest.raises(ReasonMissing):
        validator.send_back(waiting.record_id, version=1, reason="  ")
    returned = validator.send_back(waiting.record_id, version=1, reason="Quel village ?")
    assert (returned.status, returned.reason) == ("returned", "Quel village ?")
    again = author.edit(waiting.record_id, DEEPER, version=2, submit=True)
    assert (again.status, again.reason) == ("submitted", None)


def test_a_change_to_a_public_project_waits_while_the_former_stays_in_view(author, validator):
    record = author.create("project", WELL, submit=True)
    validator.validate(record.record_id, version=1)
    waiting = author.edit(record.record_id, DEEPER, version=2)
    assert (waiting.status, waiting.published_content, waiting.content) == ("submitted", WELL, DEEPER)
    back = validator.send_back(record.record_id, version=3, reason="Pas de source")
    assert back.published_content == WELL


def test_two_editors_of_one_record_the_second_is_told(author, validator):
    record = author.create("project", WELL, submit=True)
    author.edit(record.record_id, DEEPER, version=1)
    with pytest.raises(StaleVersion) as stale:
        validator.validate(record.record_id, version=1)
    assert stale.value.current.content == DEEPER


def test_a_duplicate_leaves_the_view_and_names_what_stays(author, validator):
    record = author.create("project", WELL, submit=True)
    validator.validate(record.record_id, version=1)
    with pytest.raises(RightsError, match="same"):
        validator.merge(record.record_id, version=2, into=record.record_id)
    merged = validator.merge(record.record_id, version=2, into="B001")
    assert (merged.status, merged.merged_into, merged.published_content) == ("merged", "B001", None)


def test_a_public_record_is_withdrawn_with_a_reason_only(author, validator):
    record = author.create("project", WELL, submit=True)
    validator.validate(record.record_id, version=1)
    with pytest.raises(ReasonMissing):
        author.withdraw(record.record_id, version=2)
    assert author.withdraw(record.record_id, version=2, reason="Abandonné").published_content is None
    draft = author.create("project", {})
    assert author.withdraw(draft.record_id, version=1).status == "withdrawn"


def test_nothing_is_done_by_whoever_may_not(author, validator, repository):
    waiting = author.create("project", WELL, submit=True)
    for person in (VISITOR, Person("x", "contributor"), Person("y", "validator", territory_codes=("01",))):
        other = Service(repository, person, CODES)
        for act in (
            lambda other=other: other.edit(waiting.record_id, DEEPER, version=1),
            lambda other=other: other.validate(waiting.record_id, version=1),
            lambda other=other: other.send_back(waiting.record_id, version=1, reason="x"),
            lambda other=other: other.withdraw(waiting.record_id, version=1),
            lambda other=other: other.merge(waiting.record_id, version=1, into="B001"),
            lambda other=other: other.undo(waiting.record_id, 1, version=1),
            lambda other=other: other.see(waiting.record_id),
        ):
            with pytest.raises(RightsError):
                act()
    with pytest.raises(RightsError):
        author.create("project", WELL, organisation_code="org-of-others")
    assert repository.get(waiting.record_id) == waiting
    own = replace(validator, person=Person("brahim", "validator")).create("project", WELL, submit=True)
    with pytest.raises(RightsError, match="own_entry"):
        validator.validate(own.record_id, version=1)


def test_an_earlier_content_comes_back_and_the_chain_holds(author, validator, database):
    record = author.create("project", WELL, submit=True)
    author.edit(record.record_id, DEEPER, version=1)
    undone = validator.undo(record.record_id, 1, version=2)
    assert (undone.content, undone.version) == (WELL, 3)
    assert audit.verify(database) == []


def test_what_was_never_fit_to_publish_is_not_published_by_an_undo(author, validator):
    record = author.create("project", {"title": {"fr": "Puits"}})
    author.edit(record.record_id, WELL, version=1, submit=True)
    validator.validate(record.record_id, version=2)
    with pytest.raises(ContentError) as refused:
        validator.undo(record.record_id, 1, version=3)
    assert [found.path for found in refused.value.problems] == ["status", "sectors", "places"]
    assert author.repository.get(record.record_id).published_content == WELL


ELSEWHERE = {**WELL, "places": [{"territory_code": "095510101"}]}


def test_nobody_publishes_or_takes_away_where_they_do_not_decide(author, validator, repository, database):
    beyond = Service(repository, Person("chama", "validator"), CODES)
    record = author.create("project", ELSEWHERE, submit=True)
    moved = author.edit(record.record_id, WELL, version=1)
    with pytest.raises(RightsError, match="territory"):
        validator.undo(moved.record_id, 1, version=2)
    beyond.undo(moved.record_id, 1, version=2)
    beyond.validate(moved.record_id, version=3)
    author.edit(moved.record_id, WELL, version=4)
    for act in (validator.validate, lambda *at, **how: validator.withdraw(*at, reason="Ailleurs", **how)):
        with pytest.raises(RightsError, match="territory"):
            act(moved.record_id, version=5)
    assert (validator.inbox(), waiting.to_decide(database, validator.person)) == ([], 0)
    assert beyond.validate(moved.record_id, version=5).published_content == WELL


REPORT = {"subject": "B001", "subject_kind": "project", "said": "Le puits est à sec depuis 2021."}


def test_anybody_reports_and_a_validator_decides_in_public(repository, validator):
    visitor = Service(repository, VISITOR, CODES)
    report = visitor.report(REPORT)
    assert (report.status, report.created_by, validator.inbox()) == ("submitted", "visitor", [report])
    with pytest.raises(ReasonMissing):
        validator.decide(report.record_id, version=1, decision="accepted", said="")
    decided = validator.decide(report.record_id, version=1, decision="accepted", said="Vérifié sur place.")
    assert decided.published_content == {**REPORT, "decision": "accepted", "decision_said": "Vérifié sur place."}
    with pytest.raises(RightsError):
        visitor.decide(report.record_id, version=2, decision="refused", said="non")
    with pytest.raises(ContentError):
        visitor.report({**REPORT, "said": " "})


def test_a_decision_taken_back_waits_again_and_stays_in_view_meanwhile(repository, validator):
    report = Service(repository, VISITOR, CODES).report(REPORT)
    decided = validator.decide(report.record_id, version=1, decision="accepted", said="Vérifié.")
    back = validator.undo(report.record_id, 1, version=2)
    assert (back.status, back.published_content, validator.inbox()) == ("submitted", decided.content, [back])


def test_a_report_decides_nothing_about_itself(repository):
    report = Service(repository, VISITOR, CODES).report({**REPORT, "decision": "accepted", "decision_said": "Oui"})
    assert report.content == REPORT


def test_nobody_decides_on_their_own_report_by_editing_it(author, validator):
    report = author.report(REPORT)
    decided = {"decision": "accepted", "decision_said": "Oui"}
    edited = author.edit(report.record_id, {**REPORT, "said": "Le puits est vide.", **decided}, version=1)
    assert edited.content == {**REPORT, "said": "Le puits est vide."}
    validator.decide(report.record_id, version=2, decision="refused", said="Vérifié.")
    again = author.edit(report.record_id, {**REPORT, **decided}, version=3)
    assert (again.content["decision"], again.published_content["decision"]) == ("refused", "refused")
    with pytest.raises(RightsError):
        author.create("correction", {**REPORT, **decided}, submit=True)


def test_the_history_keeps_why_an_entry_came_back_and_shows_who_tampers_with_it(author, validator, database):
    record = author.create("project", WELL, submit=True)
    validator.send_back(record.record_id, version=1, reason="Quel village ?")
    author.edit(record.record_id, DEEPER, version=2, submit=True)
    rows = author.repository.history(record.record_id)
    assert [orjson.loads(row.after).get("reason") for row in rows] == [None, "Quel village ?", None]
    assert audit.verify(database) == []
    validator.send_back(record.record_id, version=3, reason="Quelle année ?")
    with database.writing() as connection:
        connection.execute(update(records).values(reason="Rien"))
    assert audit.verify(database) == [audit.Break(record.record_id, "unwritten")]


def test_visitors_cannot_bury_the_inbox(repository, monkeypatch):
    monkeypatch.setattr("data.records.service.REPORTS_AN_HOUR", 3)
    visitor = Service(replace(repository, clock=lambda: "2026-01-01T10:00:00+00:00"), VISITOR, CODES)
    for _ in range(3):
        visitor.report(REPORT)
    with pytest.raises(ReportsFull):
        visitor.report(REPORT)
    later = replace(visitor, repository=replace(repository, clock=lambda: "2026-01-01T11:30:00+00:00"))
    assert later.report(REPORT).status == "submitted"


@pytest.mark.parametrize("codes", [(), ("MA",), ("09541",), ("09",), ("01",), ("09541", "09551")])
def test_what_waits_is_counted_as_the_inbox_lists_it(author, repository, database, codes):
    def at(*places: str) -> dict:
        return {**WELL, "places": [{"territory_code": code} for code in places]}

    for content in (at("095410723"), at("095410723", "095510101"), at("095510101")):
        author.create("project", content, submit=True)
    author.create("project", {"title": {"fr": "Brouillon"}})
    author.report({"subject_kind": "something_else", "said": "Sans lieu"})
    author.report({"subject_kind": "something_else", "said": "Ici", "territory_code": "095410723"})
    judge = Service(repository, Person("brahim", "validator", territory_codes=codes), CODES)
    assert waiting.to_decide(database, judge.person) == len(judge.inbox())
    assert waiting.reports(database) == 2
    assert waiting.sent_back(database, author.person) == 0
    if judge.inbox()[0].kind == "project":
        first = judge.inbox()[0]
        judge.send_back(first.record_id, version=1, reason="Quel village ?")
        assert waiting.sent_back(database, author.person) == 1
