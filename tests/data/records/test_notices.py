"""Authors are told what others did with their entries, in the very change; nobody else is, and only until they read."""

import pytest

from data.records.accounts import Accounts
from data.records.errors import StaleVersion
from data.records.notices import Notices
from data.records.rights import VISITOR, Person
from data.records.service import Service

CODES = {"sectors": {"water"}, "territories": {"095410723"}, "projects": {"B001"}}
WELL = {
    "title": {"fr": "Puits de Tabia"},
    "status": "pipeline",
    "sectors": [{"sector_code": "water"}],
    "places": [{"territory_code": "095410723"}],
}
PASSWORD = "un mot de passe long"  # noqa: S105 - of nobody


@pytest.fixture
def acting(repository):
    accounts = Accounts(repository.database, repository.clock)
    admin = accounts.create_first("admin", PASSWORD)
    roles = {"amina": "contributor", "other": "contributor", "brahim": "validator"}
    made = {name: accounts.create(admin, Person(login=name, role=role), PASSWORD) for name, role in roles.items()}
    return {name: Service(repository, person, CODES) for name, person in made.items()}


def of(service):
    return Notices(service.repository.database, service.person.account_id, service.repository.clock)


def test_an_author_is_told_that_an_entry_came_back_and_why_then_that_it_is_public(acting):
    amina, brahim = acting["amina"], acting["brahim"]
    entry = amina.create("project", WELL, submit=True)
    assert of(amina).unread() == 0
    brahim.send_back(entry.record_id, version=1, reason="Quel village ?")
    amina.submit(entry.record_id, version=2)
    brahim.validate(entry.record_id, version=3)
    told = [(notice.event, notice.reason, notice.record_id, notice.is_read) for notice in of(amina).last()]
    assert told == [("validate", "", entry.record_id, False), ("send_back", "Quel village ?", entry.record_id, False)]
    assert of(amina).unread() == 2


def test_nobody_else_is_told_and_nobody_what_they_did_themselves(acting):
    entry = acting["amina"].create("project", WELL)
    acting["amina"].edit(entry.record_id, WELL, version=1, submit=True)
    acting["brahim"].validate(entry.record_id, version=2)
    assert {name: of(service).unread() for name, service in acting.items()} == {"amina": 1, "other": 0, "brahim": 0}


def test_what_came_after_one_looked_stays_new_and_reading_is_one_s_own(acting):
    amina, brahim = acting["amina"], acting["brahim"]
    entry = amina.create("project", WELL, submit=True)
    brahim.send_back(entry.record_id, version=1, reason="Quel village ?")
    (seen,) = of(amina).last()
    brahim.edit(entry.record_id, WELL, version=2, submit=True)
    of(acting["other"]).read(seen.notice_id)
    assert of(amina).unread() == 2
    of(amina).read(seen.notice_id)
    assert [(notice.event, notice.is_read) for notice in of(amina).last()] == [("submit", False), ("send_back", True)]


def test_a_change_that_was_not_made_tells_nobody(acting):
    amina, brahim = acting["amina"], acting["brahim"]
    entry = amina.create("project", WELL, submit=True)
    amina.edit(entry.record_id, WELL | {"title": {"fr": "Puits"}}, version=1)
    with pytest.raises(StaleVersion):
        brahim.validate(entry.record_id, version=1)
    assert of(amina).last() == []


def test_whoever_reports_with_an_account_reads_the_answer_a_visitor_has_none(acting, repository):
    report = {"subject_kind": "project", "subject": "B001", "said": "Le puits est à sec."}
    mine = acting["other"].report(report)
    visitors = Service(repository, VISITOR, CODES).report(report)
    for record in (mine, visitors):
        acting["brahim"].decide(record.record_id, version=1, decision="accepted", said="Vérifié.")
    assert [(notice.event, notice.reason) for notice in of(acting["other"]).last()] == [("decide", "Vérifié.")]
    assert Notices(repository.database, VISITOR.account_id, repository.clock).last() == []
