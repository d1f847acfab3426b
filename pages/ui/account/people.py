"""The accounts of an atlas, for its admin: made, given another role, place or password, closed and opened again."""

from typing import Any

import streamlit as st

from data.records.accounts import LONGEST_LOGIN, LONGEST_PASSWORD, SHORTEST_PASSWORD, AccountError, Accounts
from data.records.rights import ROLES, Person, RightsError, may
from data.texts import Texts
from pages.ui import living
from pages.ui.account.account_view import length_said
from pages.ui.knowledge import Knowledge
from pages.ui.records import record_words

SAID, SERIAL = "atlas_people_said", "atlas_people_serial"


def people(person: Person, know: Knowledge, t: Texts) -> None:
    """Let an admin see, make and change accounts; nothing at all for anybody else."""
    if not may(person, "manage_accounts"):
        return
    known = living.accounts()
    st.header(t("account.people"), anchor=False)
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    for other, disabled in known.all(person):
        _one(person, other, known, know, t, disabled=disabled)
    _make(person, known, know, t)


def _one(person: Person, other: Person, known: Accounts, know: Knowledge, t: Texts, *, disabled: bool) -> None:
    """Show an account: who, what they may do and where; what may be changed of it, one's own apart."""
    said = [t(f"account.role.{other.role}"), _where(other, know, t), *([t("account.disabled")] if disabled else [])]
    st.text(f"{other.login} · {' · '.join(said)}")
    if other.account_id == person.account_id:
        return
    with st.expander(t("account.change_of", login=other.login)):
        with st.form(f"change-{other.account_id}", border=False):
            wanted = _asked(other, f"change-{other.account_id}", know, t)
            help_ = t("account.password_anew_help", length=length_said(t))
            password = _password("account.password_anew", f"anew-{other.account_id}", help_, t)
            if st.form_submit_button(t("account.change")):
                _change(person, known, other, t, password=password or None, **wanted)
        if st.button(t("account.enable" if disabled else "account.disable"), key=f"able-{other.account_id}"):
            _change(person, known, other, t, disabled=not disabled)


def _change(person: Person, known: Accounts, other: Person, t: Texts, **changes: Any) -> None:
    try:
        known.change(person, other.account_id, **changes)
    except (AccountError, RightsError) as error:
        st.error(_problem(error, t))
    else:
        st.session_state[SAID] = t("account.changed", login=other.login)
        st.rerun()


def _make(person: Person, known: Accounts, know: Knowledge, t: Texts) -> None:
    serial = st.session_state.setdefault(SERIAL, 0)
    with st.form(f"make-account-{serial}", clear_on_submit=False):
        st.markdown(f"**{t('account.make')}**")
        login = st.text_input(t("account.login"), max_chars=LONGEST_LOGIN, key=f"made-login-{serial}")
        wanted = _asked(Person(role="contributor"), f"made-{serial}", know, t)
        password = _password("account.password", f"made-password-{serial}", length_said(t), t)
        if not st.form_submit_button(t("account.make")):
            return
        try:
            made = known.create(person, Person(login=login, **wanted), password)
        except (AccountError, RightsError) as error:
            st.error(_problem(error, t))
        else:
            st.session_state[SAID] = t("account.made", login=made.login)
            st.session_state[SERIAL] = serial + 1
            st.rerun()


def _asked(now: Person, key: str, know: Knowledge, t: Texts) -> dict[str, Any]:
    """Ask what an account may do, where, and for whom it writes."""
    roles = ROLES[1:]
    role = st.selectbox(
        t("account.role.label"),
        roles,
        index=roles.index(now.role),
        format_func=lambda code: t(f"account.role.{code}"),
        placeholder=t("record.choose"),
        key=f"{key}-role",
    )
    where = st.multiselect(
        t("account.where"),
        list(know.territories.codes),
        default=[code for code in now.territory_codes if code in know.territories],
        format_func=lambda code: record_words.place_offered(know, code, t),
        help=t("account.where_help"),
        placeholder=t("record.search"),
        select_all=False,
        key=f"{key}-where",
    )
    bodies = list(know.organisations.index)
    which = st.multiselect(
        t("account.bodies"),
        bodies,
        default=[code for code in now.organisation_codes if code in bodies],
        format_func=lambda code: record_words.body(know, code, t),
        placeholder=t("record.search"),
        select_all=False,
        key=f"{key}-bodies",
    )
    return {"role": role, "territory_codes": tuple(where), "organisation_codes": tuple(which)}


def _password(label: str, key: str, help_: str, t: Texts) -> str:
    return st.text_input(t(label), type="password", max_chars=LONGEST_PASSWORD, help=help_, key=key) or ""


def _where(person: Person, know: Knowledge, t: Texts) -> str:
    places = [record_words.place(know, code, t) for code in person.territory_codes]
    return t("list.separator").join(places) or t("account.everywhere")


def _problem(error: AccountError | RightsError, t: Texts) -> str:
    return t(f"account.problem.{error.reason}", n=0, shortest=SHORTEST_PASSWORD)
