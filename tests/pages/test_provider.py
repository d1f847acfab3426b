"""A provider of identities says who somebody is; only an account of the atlas says what they may do."""

import pytest

from data.records.rights import VISITOR, Person
from pages import PAGES
from pages.ui import living
from pages.ui.account import provider
from tests.pages.visit import visit

PAGE = next(page for page in PAGES if page.key == "account")
MAIL = "amina@exemple.ma"
VERIFIED = {"email": MAIL, "email_verified": True}


class User(dict):
    """What Streamlit gives of whoever a provider sent back."""

    is_logged_in = True


@pytest.fixture
def account(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    known = living.accounts()
    admin = known.create_first("chef", "un mot de passe long")
    return known.create(admin, Person(login=MAIL, role="contributor", territory_codes=("09",)), None)


@pytest.fixture
def sent_back(monkeypatch):
    def come(claims: dict[str, object]) -> None:
        monkeypatch.setattr(provider.st, "user", User(claims))

    return come


@pytest.mark.parametrize("claims", [VERIFIED, {"email": "Amina@Exemple.ma", "email_verified": "true"}])
def test_whoever_has_a_verified_address_is_the_account_with_that_login_and_its_rights(account, sent_back, claims):
    sent_back(claims)
    assert living.person() == account
    assert (account.role, account.territory_codes) == ("contributor", ("09",))


@pytest.mark.parametrize(
    "claims",
    [
        {"email": MAIL},
        {"email": MAIL, "email_verified": False},
        {"email": MAIL, "email_verified": "false"},
        {"email_verified": True},
        {"email": "autre@exemple.ma", "email_verified": True},
        {"email": "chef@exemple.ma", "email_verified": True},
    ],
)
@pytest.mark.usefixtures("account")
def test_an_address_that_nobody_verified_or_that_has_no_account_opens_nothing(sent_back, claims):
    sent_back(claims)
    assert living.person() == VISITOR


def test_a_disabled_account_stays_closed_whatever_the_provider_says(account, sent_back):
    admin = living.accounts().by_login("chef")
    living.accounts().change(admin, account.account_id, disabled=True)
    sent_back(VERIFIED)
    assert living.person() == VISITOR


@pytest.mark.usefixtures("account")
def test_the_account_page_shows_the_way_in_and_says_why_an_address_opens_nothing(sent_back, monkeypatch):
    def buttons(opened):
        return [one.key for one in opened.app.get("button")]

    assert "provider-out" not in buttons(visit(PAGE))
    monkeypatch.setattr(provider, "providers", lambda: ("default", "keycloak"))
    assert {"provider-default", "provider-keycloak"} <= set(buttons(visit(PAGE)))
    sent_back({"email": "autre@exemple.ma", "email_verified": True})
    opened = visit(PAGE, "en")
    assert opened.failures == []
    assert "provider-out" in buttons(opened)
    assert "autre@exemple.ma" in opened.app.warning[0].value
    sent_back(VERIFIED)
    opened = visit(PAGE, "en")
    assert MAIL in opened.html
    assert "new_password" not in opened.html  # there is none here to change


def test_providers_are_those_of_the_settings(monkeypatch):
    class Settings(dict):
        def load_if_toml_exists(self):
            return bool(self)

    shared = {"redirect_uri": "https://atlas.example/oauth2callback", "cookie_secret": "x"}
    one = {**shared, "client_id": "atlas", "client_secret": "y", "server_metadata_url": "https://id.example"}
    for settings, expected in (
        ({}, ()),
        ({"other": 1}, ()),
        ({"auth": one}, ("default",)),
        ({"auth": {**shared, "keycloak": {"client_id": "atlas"}}}, ("keycloak",)),
    ):
        monkeypatch.setattr(provider.st, "secrets", Settings(settings))
        assert provider.providers() == expected
