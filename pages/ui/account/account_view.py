"""What the account page shows: a form to sign in, or who is signed in and what they may change."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.errors import AtlasError
from data.records.accounts import LONGEST_LOGIN, LONGEST_PASSWORD, SHORTEST_PASSWORD
from data.records.rights import Person, may
from data.texts import Texts
from pages.ui import living
from pages.ui.account import provider
from pages.ui.account.sign_in import announce_first_code
from pages.ui.page import show

PROBLEMS = (
    *("wrong", "wait", "disabled", "login_taken", "login_bad", "password_short", "password_long"),
    *("role_unknown", "not_first", "last_admin", "unknown", "code", "store", "refused"),
)
Field = dict[str, Any]


def account(person: Person, asked: Mapping[str, str], t: Texts) -> None:
    """Show who is signed in and where they may go, or the form that signs in: the very first creates the admin."""
    forms: list[dict[str, Any]] = []
    if person.account_id:
        lead = t("account.signed_in", login=person.login, role=t(f"account.role.{person.role}"))
    elif living.accounts().is_empty():
        announce_first_code()
        lead = t("account.first_said")
        code = _field("code", "text", "one-time-code", 20, t("account.code_help"), t)
        forms = [_form("first", [code, _login(t), _new("password", t)], t)]
    else:
        lead = t("account.visitor_said")
        forms = [_form("sign-in", [_login(t), _password("password", "current-password", t)], t)]
    show(
        "account.html",
        key="account",
        title=t("account.title"),
        lead=lead,
        language=t.language,
        problems=_problems(asked, t),
        done=[t("account.done.password")] if asked.get("done") == "password" else [],
        ways=_ways(person, t),
        forms=forms,
    )


def _ways(person: Person, t: Texts) -> list[dict[str, str]]:
    """Return the pages where a person writes and decides; none for a visitor."""
    pages = {"contribute": "create", "import": "import", "review": "validate"}
    return [
        {"url": f"{page}?lang={t.language}", "label": t(f"menu.{page}"), "said": t(f"account.way.{page}")}
        for page, act in pages.items()
        if may(person, act)
    ]


def own_forms(person: Person, t: Texts) -> None:
    """Show whoever is signed in with a password here the forms that leave and that change it."""
    # Whoever came through a provider has no password here, and leaves by it (`provider.offer`).
    if person.account_id and (living.visit_token() or not provider.is_signed_in()):
        own = [_password("password", "current-password", t), _new("new_password", t)]
        forms = [_form("sign-out", [], t, titled=False), _form("password", own, t)]
        show("account_forms.html", key="account-forms", language=t.language, forms=forms)


def refusal(error: AtlasError, t: Texts) -> str:
    """Say in words why an act was refused."""
    reason = getattr(error, "reason", "refused")
    key = f"refusal.{reason}"
    return t(key) if t.has(key) else t("refusal.refused")


def _problems(asked: Mapping[str, str], t: Texts) -> list[str]:
    problem = asked.get("problem", "")
    if problem not in PROBLEMS:
        return []
    wait = asked.get("wait", "")
    seconds = int(wait) if wait.isdecimal() and len(wait) < len("10000") else 0
    return [t(f"account.problem.{problem}", n=seconds, shortest=SHORTEST_PASSWORD)]


def _form(action: str, fields: Sequence[Field], t: Texts, *, titled: bool = True) -> dict[str, Any]:
    label = t(f"account.form.{action}")
    return {"action": action, "title": label if titled else "", "label": label, "fields": fields}


def _field(name: str, kind: str, autocomplete: str, longest: int, help_: str, t: Texts) -> Field:
    return {
        "name": name,
        "type": kind,
        "autocomplete": autocomplete,
        "longest": longest,
        "shortest": 0,
        "help": help_,
        "label": t(f"account.{name}"),
    }


def _login(t: Texts) -> Field:
    return _field("login", "text", "username", LONGEST_LOGIN, "", t)


def _password(name: str, autocomplete: str, t: Texts) -> Field:
    return _field(name, "password", autocomplete, LONGEST_PASSWORD, "", t)


def _new(name: str, t: Texts) -> Field:
    return _password(name, "new-password", t) | {"shortest": SHORTEST_PASSWORD, "help": length_said(t)}


def length_said(t: Texts) -> str:
    """Say how long a password must be."""
    return t("account.password_help", n=SHORTEST_PASSWORD)
