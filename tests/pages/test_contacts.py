"""Whom to call: recorded with a consent, shown to a validator who asks, on no page of others, erased in two clicks."""

import pytest
from streamlit.testing.v1 import AppTest

from data.records.contacts import Consent, Contact
from data.records.rights import VISITOR, Person
from pages import PAGES
from pages.ui import living
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
BODY = "migrations-developpement"
AUTHOR = Person("acc-amina", "contributor", login="amina", organisation_codes=(BODY,))
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
ELSEWHERE = Person("acc-far", "validator", login="far", territory_codes=("01",))
NAME, PHONE = "Zahra Canari", "0661 84 84 84"


@pytest.fixture
def signed_in(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    living.repository()
    return lambda person: monkeypatch.setattr(living, "person", lambda: person)


def press(app: AppTest, key: str) -> Visit:
    return Visit(next(one for one in app.get("button") if one.key and one.key.startswith(key)).click().run())


def test_a_person_is_recorded_once_they_have_said_yes_and_read_by_a_validator_only(signed_in):
    signed_in(AUTHOR)
    opened = visit(BY_KEY["account"], contacts=BODY)
    assert opened.failures == []
    fields = {one.key: one for one in opened.app.get("text_input")}
    fields["contact-name"].set_value(NAME)
    fields["contact-phone"].set_value(PHONE)
    refused = press(opened.app, "FormSubmitter:add-contact")
    assert "Sans l’accord de la personne, rien n’est enregistré" in refused.said
    next(one for one in refused.app.get("checkbox") if one.key == "contact-yes").set_value(True)
    kept = press(refused.app, "FormSubmitter:add-contact")
    assert kept.failures == []
    assert NAME not in kept.said + kept.html
    assert [one.key for one in kept.app.get("button") if (one.key or "").startswith("show-")] == []

    signed_in(VALIDATOR)
    opened = visit(BY_KEY["account"], contacts=BODY)
    assert PHONE not in opened.said + opened.html
    shown = press(opened.app, "show-")
    assert shown.failures == []
    assert NAME in shown.html
    assert PHONE in shown.html
    assert "lu · acc-brahim" in "\n".join(str(one.value) for one in shown.app.get("text"))
    assert PHONE not in Visit(shown.app.run()).html
    sheet = visit(BY_KEY["actors"], sel=BODY)
    assert sheet.failures == []
    assert f"account?contacts={BODY}" in sheet.html

    next(one for one in shown.app.get("text_input") if one.key == "contact-asked").set_value("zahra canari")
    found = press(shown.app, "FormSubmitter:find-contact")
    assert found.failures == []
    assert found.html.count(PHONE) == 1
    assert f'<a href="account?contacts={BODY}' in found.html

    erased = press(found.app, "erase-")
    assert erased.failures == []
    assert living.contacts(VALIDATOR, lambda _: ()).of(BODY) == []


def test_nobody_is_offered_the_contacts_of_others(signed_in):
    known = living.contacts(VALIDATOR, lambda _: ())
    known.keep(BODY, Contact(NAME, PHONE), Consent("projects", "paper", "2026-01-01", "fr", confirmed=True))
    for person in (VISITOR, Person("acc-x", "contributor", login="x", organisation_codes=("body-002",)), ELSEWHERE):
        signed_in(person)
        opened = visit(BY_KEY["account"], contacts=BODY)
        assert opened.failures == []
        assert "Accord du" not in opened.said
        assert "contacts=" not in visit(BY_KEY["actors"], sel=BODY).html
