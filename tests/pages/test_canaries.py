"""Contacts, logins and what is not validated are never seen by a visitor: no page, forced address, answer or file."""

import datetime as dt
import io
import json
import zipfile

import pytest
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.records.tables import accounts, consents, contacts
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages import PAGES
from pages.ui import living
from pages.ui.files.downloads import export
from pages.ui.files.file_formats import WRITERS
from pages.ui.knowledge import knowledge
from pages.ui.server import ROUTES
from tests.pages.visit import visit

PHONE, MAIL, NAME, LOGIN, DRAFTED = (
    "0661848484",
    "canari@exemple.ma",
    "Zahra Canari",
    "canari.compte",
    "canari en cours",
)
CANARIES = (PHONE, MAIL, NAME, LOGIN, DRAFTED)
AT = "2026-01-01T00:00:00.000000+00:00"
CONTENT = {
    "title": {"fr": "Puits public"},
    "status": "closed",
    "sectors": [{"sector_code": "drinking_water"}],
    "places": [{"territory_code": "095410723"}],
}
WAITING = {**CONTENT, "title": {"fr": f"Puits {DRAFTED}"}, "note": f"appeler {NAME} au {PHONE} ou {MAIL}"}
ADDRESSES = (
    "/api/v1/",
    "/api/v1/projects?territory=MA&limit=1000",
    "/api/v1/villages?territory=09541&list=all",
    "/api/v1/needs?territory=09&level=region",
    "/api/v1/territories?territory=09&level=region",
    "/api/v1/organisations",
    "/api/v1/openapi.json",
    "/ready",
)


@pytest.fixture
def records(tmp_path, monkeypatch):
    """Give a store with a person's contact, an account, one public record and some that are not."""
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    repository = living.repository()
    account = {"account_id": "acc-1", "login": LOGIN, "role": "contributor", "territory_codes": [], "disabled": False}
    consent = {"person": NAME, "purpose": "contact", "language": "fr", "text_version": "1", "proof": "form"}
    with repository.database.writing() as connection:
        connection.execute(insert(accounts).values(organisation_codes=[], created_at=AT, updated_at=AT, **account))
        connection.execute(insert(consents).values(consent_id="c1", given_at=AT, recorded_by="acc-1", **consent))
        reached = {"organisation_code": "body-001", "name": NAME, "phone": PHONE, "email": MAIL}
        connection.execute(insert(contacts).values(contact_id="k1", consent_id="c1", created_at=AT, **reached))
    public = repository.add("project", CONTENT, actor="acc-1", status="validated")
    changed = repository.update(public.record_id, version=1, actor="acc-1", content=WAITING, status="submitted")
    hidden = [
        repository.add("project", WAITING, actor="acc-1", status=status)
        for status in ("draft", "submitted", "returned", "withdrawn", "merged")
    ]
    said = {"subject_kind": "project", "subject": "B001", "said": f"{NAME}, {PHONE}"}
    hidden.append(repository.add("correction", said, actor="visitor", status="submitted"))
    return [changed, *hidden]


def leaked(told: str) -> list[str]:
    return [canary for canary in CANARIES if canary in told]


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_visitor_meets_nothing_of_it_on_any_page(page):
    opened = visit(page)
    assert opened.failures == []
    assert leaked(opened.said + opened.html + json.dumps(opened.components)) == []


def test_a_visitor_who_forces_an_address_meets_nothing_of_it(records):
    for page in PAGES:
        if page.section != "data" and page.key not in ("projects", "actors", "territory"):
            continue
        for record in records[:2] + records[-1:]:
            opened = visit(page, record=record.record_id, project=record.record_id, subject=record.record_id)
            assert opened.failures == [], page.key
            assert leaked(opened.said + opened.html + json.dumps(opened.components)) == [], page.key


def test_programs_are_told_nothing_of_it(records):
    with TestClient(Starlette(routes=ROUTES)) as client:
        told = [client.get(address).text for address in ADDRESSES]
        told += [client.get(f"/api/v1/projects/{record.record_id}").text for record in records]
    assert "Puits public" in told[1]
    assert [leaked(answer) for answer in told] == [[]] * len(told)


@pytest.mark.usefixtures("records")
def test_no_export_holds_anything_of_it():
    know = knowledge()
    selection = select(know.register, State(territory="095410723"))
    taken = export(know, selection, load_texts("fr"), made_on=dt.date(2026, 1, 1), address="")
    for form, write in WRITERS.items():
        content = write(taken)
        if form == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                content = b"".join(parts.read(name) for name in parts.namelist())
        assert b"Puits public" in content, form
        assert leaked(content.decode("utf-8", "replace")) == [], form
