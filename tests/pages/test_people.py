"""An admin makes accounts and changes them: a role, where one decides, a password that was lost; others see nothing."""

import pytest

from data.records.accounts import AccountError
from data.records.rights import Person
from pages import PAGES
from pages.ui import living
from tests.pages.visit import Visit, visit

ACCOUNT = next(page for page in PAGES if page.key == "account")
PASSWORD, ANOTHER = "un mot de passe long", "encore un mot de passe"


def widget(app, kind: str, key: str):
    return next(one for one in app.get(kind) if one.key and key in one.key)


def accounts_of(opened: Visit) -> list[str]:
    return [one.value for one in opened.app.get("text") if " · " in one.value]


def press(opened: Visit, label: str) -> Visit:
    done = Visit(next(one for one in opened.app.get("button") if one.label == label).click().run())
    assert done.failures == []
    return done


def test_an_admin_makes_an_account_and_changes_what_it_may_do_and_a_lost_password(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    admin = living.accounts().create_first("admin", PASSWORD)
    monkeypatch.setattr(living, "person", lambda: admin)
    opened = visit(ACCOUNT)
    assert accounts_of(opened) == ["admin · administrateur · partout"]
    widget(opened.app, "text_input", "made-login").set_value("amina")
    widget(opened.app, "text_input", "made-password").set_value("court")
    short = press(opened, "Créer un compte")
    assert "au moins 10" in short.said
    widget(short.app, "text_input", "made-password").set_value(PASSWORD)
    made = press(short, "Créer un compte")
    assert accounts_of(made)[1] == "amina · contributeur · partout"
    assert widget(made.app, "text_input", "made-login").value == ""

    role = next(one for one in made.app.get("selectbox") if one.key.startswith("change-"))
    role.set_value("validator")
    next(one for one in made.app.get("multiselect") if one.key.endswith("-where") and "change-" in one.key).set_value(
        ["09"]
    )
    widget(made.app, "text_input", "anew-").set_value(ANOTHER)
    changed = press(made, "Changer")
    assert accounts_of(changed)[1].startswith("amina · validateur · Souss-Massa")
    with pytest.raises(AccountError):
        living.accounts().sign_in("amina", PASSWORD, "")
    assert living.accounts().sign_in("amina", ANOTHER, "").territory_codes == ("09",)

    closed = press(changed, "Fermer")
    assert accounts_of(closed)[1].endswith("fermé")
    monkeypatch.setattr(living, "person", lambda: Person("acc-1", "validator", login="x"))
    assert accounts_of(visit(ACCOUNT)) == []
