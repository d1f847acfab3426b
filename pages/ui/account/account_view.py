"""What the account page shows: a form to sign in, or who is signed in and what they may change."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from data.errors import AtlasError
from data.records.accounts import LONGEST_LOGIN, LONGEST_PASSWORD, SHORTEST_PASSWORD, AccountError, Accounts
from data.records.rights import ROLES, Person, RightsError, may
from data.texts import Texts
from pages.ui import living
from pages.ui.account import provider
from pages.ui.account.sign_in import announce_first_code
from pages.ui.knowledge import Knowledge
from pages.ui.page import show
from pages.ui.records import record_words

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


def people(person: Person, know: Knowledge, t: Texts) -> None:
    """Let an admin see, make and change accounts."""
    if not may(person, "manage_accounts"):
        return
    known = living.accounts()
    st.header(t("account.people"), anchor=False)
    _list(person, known, know, t)
    _make(person, known, know, t)


def _list(person: Person, known: Accounts, know: Knowledge, t: Texts) -> None:
    for other, disabled in known.all(person):
        said = [t(f"account.role.{other.role}"), _where(other, know, t), *([t("account.disabled")] if disabled else [])]
        with st.container(key=f"person-{other.account_id}", horizontal=True):
            st.text(f"{other.login} · {' · '.join(said)}")
            if other.account_id == person.account_id:
                continue
            label = t("account.enable") if disabled else t("account.disable")
            if st.button(label, key=f"able-{other.account_id}"):
                known.change(person, other.account_id, disabled=not disabled)
                st.rerun()


def _make(person: Person, known: Accounts, know: Knowledge, t: Texts) -> None:
    with st.form("make-account", clear_on_submit=False):
        st.markdown(f"**{t('account.make')}**")
        login = st.text_input(t("account.login"), max_chars=LONGEST_LOGIN, key="made-login")
        roles = ROLES[1:]
        role = st.selectbox(t("account.role.label"), roles, format_func=lambda code: t(f"account.role.{code}"))
        codes = list(know.territories.codes)
        where = st.multiselect(
            t("account.where"),
            codes,
            format_func=lambda code: record_words.place(know, code, t),
            help=t("account.where_help"),
            placeholder=t("record.search"),
        )
        which = st.multiselect(
            t("account.bodies"),
            list(know.organisations.index),
            format_func=lambda code: record_words.body(know, code, t),
            placeholder=t("record.search"),
        )
        password = st.text_input(
            t("account.password"), type="password", max_chars=LONGEST_PASSWORD, help=_length(t), key="made-password"
        )
        if not st.form_submit_button(t("account.make")):
            return
        wanted = Person(login=login, role=role, territory_codes=tuple(where), organisation_codes=tuple(which))
        try:
            made = known.create(person, wanted, password)
        except (AccountError, RightsError) as error:
            st.error(t(f"account.problem.{error.reason}", shortest=SHORTEST_PASSWORD))
        else:
            st.success(t("account.made", login=made.login))


def refusal(error: AtlasError, t: Texts) -> str:
    """Say in words why an act was refused."""
    reason = getattr(error, "reason", "refused")
    key = f"refusal.{reason}"
    return t(key) if t.has(key) else t("refusal.refused")


def _where(person: Person, know: Knowledge, t: Texts) -> str:
    places = [record_words.place(know, code, t) for code in person.territory_codes]
    return t("list.separator").join(places) or t("account.everywhere")


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
    return _password(name, "new-password", t) | {"shortest": SHORTEST_PASSWORD, "help": _length(t)}


def _length(t: Texts) -> str:
    return t("account.password_help", n=SHORTEST_PASSWORD)
