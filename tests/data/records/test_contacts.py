"""Contacts of persons: with a consent or not at all, told to few, each reading written down, erased without a trace."""

import shutil
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import text

from data.records import audit
from data.records.backup import backup, check
from data.records.contacts import Consent, Contact, ContactError, Contacts
from data.records.errors import RecordNotFound
from data.records.rights import VISITOR, Person, RightsError

BODY = "body-001"
NAME, PHONE, MAIL = "Zahra Canari", "+212 661-84-84-84", "zahra.canari@exemple.ma"
TRACES = (NAME, "Canari", PHONE, "84-84-84", MAIL)
WHO = Contact(NAME, PHONE, MAIL)
YES = Consent("projects", "paper", "2025-12-01", "ar", confirmed=True)
OWN = Person("acc-amina", "contributor", organisation_codes=(BODY,))
VALIDATOR = Person("acc-brahim", "validator")
PLACES = {BODY: ("095410723",), "body-002": ("095810905", "09001")}


@pytest.fixture
def by(database, repository):
    """Give the contacts as a person meets them, told the hour by the clock of the test."""
    return lambda person: Contacts(database, person, lambda code: PLACES.get(code, ()), repository.clock)


def test_nobody_is_kept_without_a_whole_consent(by):
    no = (
        (WHO, replace(YES, confirmed=False), ["consent"]),
        (WHO, replace(YES, purpose="newsletter", proof=""), ["purpose", "proof"]),
        (WHO, replace(YES, given_at="2026-01-02"), ["given_at"]),  # the clock of the test stands at 2026-01-01
        (WHO, replace(YES, given_at="hier"), ["given_at"]),
        (Contact(" ", "", ""), YES, ["name", "reach"]),
        (Contact(NAME, "quatre", "zahra@"), YES, ["phone", "email"]),
    )
    for contact, consent, reasons in no:
        with pytest.raises(ContactError) as refused:
            by(OWN).keep(BODY, contact, consent)
        assert refused.value.reasons == reasons
    assert by(OWN).of(BODY) == []


def test_only_a_validator_reads_a_contact_and_each_reading_is_written_down(by, database):
    kept = by(OWN).keep(BODY, WHO, YES)
    (seen,) = by(OWN).of(BODY)
    assert (seen.contact_id, seen.consent) == (kept, YES)
    assert NAME not in repr(seen)
    for person in (VISITOR, OWN, Person("x", "contributor")):
        with pytest.raises(RightsError):
            by(person).read(kept)
        with pytest.raises(RightsError):
            by(person).acts_on(kept)
    assert by(VALIDATOR).read(kept) == WHO
    assert by(VALIDATOR).read(kept) == WHO
    done = [(row.actor, row.act) for row in by(VALIDATOR).acts_on(kept)]
    assert done == [("acc-amina", "contact_kept"), *[("acc-brahim", "contact_read")] * 2]
    assert not any(trace in str(row) for row in by(VALIDATOR).acts_on(kept) for trace in TRACES)
    assert audit.verify(database) == []


def test_a_contributor_keeps_and_erases_for_their_own_organisations_only(by):
    kept = by(VALIDATOR).keep("body-002", WHO, YES)
    for act in (
        lambda: by(OWN).keep("body-002", WHO, YES),
        lambda: by(OWN).of("body-002"),
        lambda: by(OWN).count("body-002"),
        lambda: by(OWN).erase(kept, because="withdrawn"),
        lambda: by(VISITOR).of(BODY),
        lambda: by(VISITOR).keep(BODY, WHO, YES),
    ):
        with pytest.raises(RightsError):
            act()
    assert by(VALIDATOR).count("body-002") == 1


def test_a_validator_of_one_province_meets_no_contact_of_another(by):
    kept = by(OWN).keep(BODY, WHO, YES)
    unplaced = by(VALIDATOR).keep("body-003", WHO, YES)
    here = Person("acc-here", "validator", territory_codes=("09541",))
    away = Person("acc-away", "validator", territory_codes=("09581", "01"))
    assert by(here).read(kept) == WHO
    assert by(here).count(BODY) == by(away).count("body-002") + 1 == 1
    for act in (
        lambda: by(away).read(kept),
        lambda: by(away).acts_on(kept),
        lambda: by(away).of(BODY),
        lambda: by(away).keep(BODY, WHO, YES),
        lambda: by(away).erase(kept, because="mistake"),
        lambda: by(here).read(unplaced),  # nobody knows where it is: for those who decide everywhere
    ):
        with pytest.raises(RightsError) as refused:
            act()
        assert refused.value.reason == "territory"
    assert [found.contact_id for found, _ in by(here).find("canari")] == [kept]
    assert by(away).find("canari") == []
    member = replace(away, organisation_codes=(BODY,))
    assert by(member).read(kept) == WHO
    acts = [(row.actor, row.act) for row in by(here).acts_on(kept)]
    assert ("acc-away", "contact_refused") in acts
    assert acts.count(("acc-here", "contact_read")) == 2


def test_a_person_who_asks_is_told_what_is_kept_of_them_and_the_search_is_written_down(by):
    kept = by(OWN).keep(BODY, WHO, YES)
    by(VALIDATOR).keep("body-002", Contact("Zahra Autre", "0522000000"), YES)
    for said in ("canari zahra", "0661848484", "+212 6 61 84 84 84", " Zahra.Canari@Exemple.ma "):
        ((found, contact),) = by(VALIDATOR).find(said)
        assert (found.contact_id, found.organisation_code, contact) == (kept, BODY, WHO)
    assert len(by(VALIDATOR).find("zahra")) == 2
    for said in ("", "za", "84", "zahr", "0661848485", "%", "exemple.ma"):
        assert by(VALIDATOR).find(said) == []
    assert len([row for row in by(VALIDATOR).acts_on(kept) if row.act == "contact_read"]) == 5
    for person in (OWN, VISITOR):
        with pytest.raises(RightsError):
            by(person).find("zahra")


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not on this machine")
def test_what_is_erased_is_nowhere_any_more_and_the_chain_holds(by, database, tmp_path):
    other = sqlite3.connect(database.file) if database.file else None  # somebody else has the store open: its log stays
    if other:
        other.execute("SELECT * FROM records").fetchall()
    kept = by(OWN).keep(BODY, WHO, YES)
    stays = by(OWN).keep(BODY, Contact("Omar Reste", "0522000000"), YES)
    by(VALIDATOR).read(kept)
    by(OWN).erase(kept, because="withdrawn")
    with pytest.raises(RecordNotFound):
        by(VALIDATOR).read(kept)
    with pytest.raises(RecordNotFound):
        by(VALIDATOR).erase(kept, because="withdrawn")
    assert by(VALIDATOR).acts_on(kept)[-1].after == '{"because":"withdrawn","organisation":"body-001"}'
    assert by(VALIDATOR).read(stays).name == "Omar Reste"
    assert audit.verify(database) == []
    backup(database, tmp_path / "copy")
    assert check(database).is_sound
    left = (tmp_path / "copy").read_bytes() if not database.is_postgresql else b""
    if other:
        left += b"".join(file.read_bytes() for file in tmp_path.glob(f"{database.file.name}*"))
        assert b"Omar Reste" in left
        other.close()
    with database.reading() as connection:
        for table in ("contacts", "consents", "audit", "notices", "records"):
            left += str(connection.execute(text(f"SELECT * FROM {table}")).all()).encode()  # noqa: S608 - our own
    assert b"Omar Reste" in left
    assert [trace for trace in TRACES if trace.encode() in left] == []
