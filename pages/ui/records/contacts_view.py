"""Whom to call at an organisation: kept with their consent, hidden, shown one by one to who may, erased on request."""

from datetime import UTC, datetime

import streamlit as st

from data.records.contacts import (
    ERASED_BECAUSE,
    LONGEST,
    PROOFS,
    PURPOSES,
    Consent,
    Contact,
    ContactError,
    Contacts,
    KeptContact,
)
from data.records.errors import RecordNotFound, StoreError
from data.records.rights import Person, RightsError, may, reaches
from data.texts import Texts
from pages.ui import living
from pages.ui.account.account_view import refusal
from pages.ui.knowledge import Knowledge
from pages.ui.moments import moment
from pages.ui.page import show, store_stands
from pages.ui.records import record_words

ASKED = "contacts"
SAID = "atlas_contacts_said"


def contacts(person: Person, know: Knowledge, t: Texts) -> None:
    """Let whoever looks after an organisation keep whom to call there; nothing at all for anybody else."""
    if not may(person, "keep_contacts"):
        return
    bodies = _bodies(person, know)
    if not bodies:
        return
    asked = st.query_params.get(ASKED, "")
    st.header(t("contacts.title"), anchor=False)
    st.caption(t("contacts.lead"))
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    body = st.selectbox(
        t("contacts.body"),
        bodies,
        index=bodies.index(asked) if asked in bodies else None,
        format_func=lambda code: record_words.body(know, code, t),
        placeholder=t("record.search"),
        key="contacts-body",
    )
    known = living.contacts(person, know.places_of_body)
    if may(person, "read_contacts"):
        _find(known, person, know, t)
    if body is None:
        return
    _list(known, body, person, t)
    _add(known, body, t)


def waiting_link(person: Person, code: str, know: Knowledge, t: Texts) -> dict[str, str] | None:
    """Return the line of an organisation's sheet that leads to its contacts, for whoever may read them."""
    if not may(person, "read_contacts") or not living.is_there():
        return None
    try:
        count = living.contacts(person, know.places_of_body).count(code)
    except (RightsError, StoreError):
        return None
    return {"value": t("contacts.kept", n=count), "link": f"account?{ASKED}={code}&lang={t.language}"}


def _bodies(person: Person, know: Knowledge) -> list[str]:
    known = know.organisations.index
    own = [code for code in person.organisation_codes if code in known]
    if may(person, "read_contacts"):
        own = [
            code for code in known if code in person.organisation_codes or reaches(person, know.places_of_body(code))
        ]
    return sorted(own, key=lambda code: str(know.organisations.loc[code, "name_fr"]).casefold())


def _find(known: Contacts, person: Person, know: Knowledge, t: Texts) -> None:
    """Answer a person who asks what is kept of them, whatever organisation they were recorded for."""
    with st.expander(t("contacts.find")), st.form("find-contact", border=False):
        if person.territory_codes:
            st.caption(t("contacts.find_here"))
        said = st.text_input(t("contacts.find_said"), max_chars=LONGEST, key="contact-asked")
        if not st.form_submit_button(t("contacts.find_now")):
            return
        try:
            found = known.find(said)
        except (RightsError, StoreError) as error:
            st.error(_why_not(error, t))
            return
        for one, contact in found:
            url = f"account?{ASKED}={one.organisation_code}&lang={t.language}"
            body = {"label": t("contacts.body"), "value": record_words.body(know, one.organisation_code, t), "url": url}
            show(
                "contact.html",
                key=f"found-{one.contact_id}",
                facts=[*_facts(contact, t), body],
                note=t("contacts.noted"),
            )
        if not found:
            st.info(t("contacts.nobody_found"))


def _facts(contact: Contact, t: Texts) -> list[dict[str, str]]:
    said = (("name", contact.name), ("phone", contact.phone), ("email", contact.email))
    return [{"label": t(f"contacts.{name}"), "value": value} for name, value in said if value]


def _list(known: Contacts, body: str, person: Person, t: Texts) -> None:
    kept = known.of(body)
    if not kept:
        st.info(t("contacts.none"))
    for one in kept:
        with st.container(border=True, key=f"contact-{one.contact_id}"):
            consent = one.consent
            facts = {"purpose": t(f"contacts.purpose.{consent.purpose}"), "proof": t(f"contacts.proof.{consent.proof}")}
            st.text(t("contacts.consented", date=t.date(consent.given_at), **facts))
            reads = may(person, "read_contacts")
            with st.container(horizontal=True):
                asked = reads and st.button(t("contacts.show"), key=f"show-{one.contact_id}")
                _erase(known, one, t)
            if asked:
                _show(known, one, t)
            if reads:
                _acts(known, one, t)


def _show(known: Contacts, one: KeptContact, t: Texts) -> None:
    """Show a contact on this run only: another look is another reading."""
    try:
        contact = known.read(one.contact_id)
    except (RecordNotFound, RightsError, StoreError) as error:
        st.error(_why_not(error, t))
        return
    show("contact.html", key=f"shown-{one.contact_id}", facts=_facts(contact, t), note=t("contacts.noted"))


def _erase(known: Contacts, one: KeptContact, t: Texts) -> None:
    with st.popover(t("contacts.erase")):
        because = st.radio(
            t("contacts.because.label"),
            ERASED_BECAUSE,
            format_func=lambda code: t(f"contacts.because.{code}"),
            key=f"because-{one.contact_id}",
        )
        st.caption(t("contacts.erase_said"))
        if st.button(t("contacts.erase_now"), key=f"erase-{one.contact_id}", type="primary"):
            try:
                known.erase(one.contact_id, because=because)
            except (RecordNotFound, RightsError, StoreError) as error:
                st.error(_why_not(error, t))
            else:
                st.session_state[SAID] = t("contacts.erased")
                st.rerun()


def _acts(known: Contacts, one: KeptContact, t: Texts) -> None:
    with st.expander(t("contacts.acts")):
        done = known.acts_on(one.contact_id)
        logins = living.accounts().logins({row.actor for row in done})
        for row in reversed(done):
            st.text(f"{moment(row.at, t)} · {t(f'contacts.act.{row.act}')} · {logins.get(row.actor, row.actor)}")


def _add(known: Contacts, body: str, t: Texts) -> None:
    with st.expander(t("contacts.add")), st.form("add-contact", border=False):
        contact = Contact(
            st.text_input(t("contacts.name"), max_chars=LONGEST, key="contact-name"),
            st.text_input(t("contacts.phone"), max_chars=30, key="contact-phone"),
            st.text_input(t("contacts.email"), max_chars=LONGEST, key="contact-email"),
        )
        purpose = st.selectbox(
            t("contacts.for_what"),
            PURPOSES,
            format_func=lambda code: t(f"contacts.purpose.{code}"),
            key="contact-why",
            placeholder=t("record.choose"),
        )
        proof = st.selectbox(
            t("contacts.how"),
            PROOFS,
            format_func=lambda code: t(f"contacts.proof.{code}"),
            key="contact-how",
            placeholder=t("record.choose"),
        )
        given = st.text_input(
            t("contacts.given_at"),
            value=datetime.now(UTC).date().isoformat(),
            help=t("contacts.given_help"),
            key="contact-day",
        )
        show("consent.html", key="consent-text", said=t("contacts.consent_text"))
        confirmed = st.checkbox(t("contacts.confirm"), key="contact-yes")
        if not st.form_submit_button(t("contacts.add"), type="primary"):
            return
        consent = Consent(purpose or "", proof or "", given.strip(), t.language, confirmed=confirmed)
        _keep(known, body, contact, consent, t)


def _keep(known: Contacts, body: str, contact: Contact, consent: Consent, t: Texts) -> None:
    try:
        known.keep(body, contact, consent)
    except ContactError as error:
        st.error("\n".join(f"- {t(f'contacts.problem.{reason}')}" for reason in error.reasons))
    except (RightsError, StoreError) as error:
        st.error(_why_not(error, t))
    else:
        for name in ("name", "phone", "email", "yes"):
            st.session_state.pop(f"contact-{name}", None)
        st.session_state[SAID] = t("contacts.done")
        st.rerun()


def _why_not(error: RecordNotFound | RightsError | StoreError, t: Texts) -> str:
    if isinstance(error, RightsError):
        return refusal(error, t)
    return t("contacts.gone") if isinstance(error, RecordNotFound) else store_stands(error.reason, t)
