"""What the contribute page shows: one's entries, the form of one of them, and what became of it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.errors import AtlasError
from data.records.contract import load_kinds
from data.records.errors import RecordNotFound, StaleVersion, StoreError
from data.records.personal import kinds_in
from data.records.record import Content, Record
from data.records.rights import Person, RightsError, may
from data.records.service import ContentError, ReasonMissing, Service
from data.texts import Texts
from pages.ui import living
from pages.ui.account.account_view import refusal
from pages.ui.knowledge import Knowledge
from pages.ui.moments import day
from pages.ui.page import show
from pages.ui.records import picture_erasing, record_form, record_history, record_view, refused_form, typed
from pages.ui.records.record_fields import Form

OFFERED = tuple(kind for kind in load_kinds().kinds if kind != "correction")
RECORD, KIND, SAID, BEGUN = "record", "kind", "atlas_contribute_said", "atlas_contribute_begun_"


def contribute(person: Person, know: Knowledge, t: Texts) -> None:
    """Show the page to whoever may contribute; tell a visitor how to."""
    asked = st.query_params.get(RECORD)
    begin = (f"{asked}-", f"{BEGUN}{asked}") if asked else ("new-", "contribute-kind", "contribute-serial")
    if not may(person, "create") and typed.hold(*begin):
        _held(t)
        return
    service = opened("contribute", "create", person, know, t)
    if service is None:
        return
    if typed.take_back(person.account_id):
        st.success(t("contribute.taken_back"))
    typed.by(person.account_id)
    if asked:
        _existing(service, asked, know, t)
    else:
        _new(service, know, t)
    _mine(service, t)


def _held(t: Texts) -> None:
    """Say to whoever is not recognised any more, in the midst of a form, that what they typed is not lost."""
    show("heading.html", key="contribute-head", title=t("contribute.title"), lead=t("contribute.lead"))
    if living.failure():
        st.warning(t("contribute.held_away"))
        st.button(t("contribute.try_again"), key="held-again")
    else:
        account = f"account?lang={t.language}"
        show("way.html", key="contribute-held", said=t("contribute.held"), label=t("menu.account"), url=account)


def opened(page: str, act: str, person: Person, know: Knowledge, t: Texts) -> Service | None:
    """Open a page of entries: its heading, what was just done, and the acts of the person.

    None for whoever may not do the act the page is for: they are shown the way to an account.
    """
    show("heading.html", key=f"{page}-head", title=t(f"{page}.title"), lead=t(f"{page}.lead"))
    if not may(person, act):
        account = f"account?lang={t.language}"
        said, other = t(f"{page}.sign_in"), {}
        if page == "contribute":  # what may be said without an account
            other = {"label": t("menu.corrections"), "url": f"corrections?lang={t.language}"}
        show("way.html", key=f"{page}-way", said=said, label=t("menu.account"), url=account, other=other)
        return None
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    return Service(living.repository(), person, know.record_codes)


def _new(service: Service, know: Knowledge, t: Texts) -> None:
    asked = st.query_params.get(KIND)
    kind = st.selectbox(
        t("contribute.kind"),
        OFFERED,
        index=OFFERED.index(asked) if asked in OFFERED else 0,
        format_func=lambda code: t(f"kind.{code}"),
        placeholder=t("record.choose"),
        key="contribute-kind",
    )
    if kind == "story":
        url = f"present?lang={t.language}"
        show("way.html", key="story-way", said=t("contribute.story_way"), label=t("menu.present"), url=url)
    bodies = service.person.organisation_codes
    body = None
    if bodies:
        options = [None, *bodies]
        body = st.selectbox(
            t("contribute.for_body"),
            options,
            format_func=lambda code: know.organisation_name(code, t) if code else t("contribute.for_self"),
            placeholder=t("record.choose"),
        )
    serial = st.session_state.setdefault("contribute-serial", 0)
    form = Form(f"new-{kind}-{serial}", know, service.codes, t, service)
    content = record_form.form_of(kind, _given(kind, know), form)
    draft, submit = _buttons(t)
    if draft or submit:
        made = taken(lambda: service.create(kind, content, organisation_code=body, submit=submit), form.key, content, t)
        if made:
            st.session_state["contribute-serial"] = serial + 1
            _go_on(made, t)


def _given(kind: str, know: Knowledge) -> dict[str, object]:
    """Return what the address of the page says already: the place somebody came from."""
    code = st.query_params.get("territory", "")
    if code not in know.territories:
        return {}
    fields = load_kinds().kinds[kind]
    return {"territory_code": code} if "territory_code" in fields else {"places": [{"territory_code": code}]}


def _existing(service: Service, record_id: str, know: Knowledge, t: Texts) -> None:
    try:
        record = service.see(record_id)
    except (RecordNotFound, RightsError):
        st.error(t("contribute.not_there", record=record_id[:40]))
        return
    record_view.state_of(record, know, t)
    if not may(service.person, "edit", record):
        record_view.content(record.kind, record.content, know, t)
        record_history.offer(service, record, t)
        return
    begun, first = _begun(record)
    form = Form(f"{record_id}-{first}", know, service.codes, t, service)
    content = record_form.form_of(record.kind, begun.content, form)
    if begun.version != record.version and content == begun.content:  # nothing typed, nothing to lose
        _begin_again(record)
    draft, submit = _buttons(t, draft=begun.status in ("draft", "returned"))
    if begun.version != record.version:
        _overtaken(record, content, know, t)
    elif draft or submit:
        edited = partial(service.edit, record_id, content, version=begun.version, submit=submit)
        changed = taken(edited, form.key, content, t)
        if changed:
            _go_on(changed, t)
    picture_erasing.offer(service, begun, t)
    record_history.offer(service, record, t)
    _withdraw(service, begun, t)


def _begun(record: Record) -> tuple[Record, int]:
    """Return the record this person is changing, and the version at which they opened the form.

    A click runs the page anew: what somebody else wrote meanwhile must not pass for it. A decision on it, which leaves
    its content, may.
    """
    key = f"{BEGUN}{record.record_id}"
    begun, first = st.session_state.get(key, (record, record.version))
    if begun.content_hash == record.content_hash:
        begun = record
    st.session_state[key] = begun, first
    return begun, first


def _begin_again(record: Record) -> None:
    st.session_state.pop(f"{BEGUN}{record.record_id}", None)
    st.rerun()


def _overtaken(current: Record, mine: Content, know: Knowledge, t: Texts) -> None:
    """Show what somebody else made of the record beside what was typed; nothing is kept until it is begun again."""
    record_view.conflict(current, mine, know, t)
    if st.button(t("record.begin_again"), key="begin-again"):
        _begin_again(current)


def _buttons(t: Texts, *, draft: bool = True) -> tuple[bool, bool]:
    with st.container(horizontal=True):
        as_draft = st.button(t("contribute.keep_draft"), key="keep-draft") if draft else False
        handed = st.button(t("contribute.submit"), key="hand-in", type="primary")
    return as_draft, handed


def taken(act: Callable[[], Record], key: str, content: Content, t: Texts) -> Record | None:
    """Hand in the content of a form; when it is refused show the form again, saying why at each field."""

    def handed_in() -> Record:
        try:
            return act()
        except ContentError as error:
            refused_form.remember(key, content, error.problems)
            st.rerun()

    record = kept(handed_in, t)
    if record:
        refused_form.forget(key)
    return record


def kept(act: Callable[[], Record], t: Texts) -> Record | None:
    """Do an act; when it is refused say why, everything typed staying in the form."""
    try:
        return act()
    except ContentError as error:
        wrong = [f"- {refused_form.problem_said(one, t)}" for one in error.problems]
        st.error("\n".join([t("contribute.mend"), *wrong]))
    except StaleVersion as error:
        st.error(t("record.conflict", n=error.current.version))
    except ReasonMissing:
        st.error(t("contribute.reason_missing"))
    except RightsError as error:
        st.error(refusal(error, t))
    except StoreError as error:
        st.error(store_said(error, t))
    return None


def store_said(error: AtlasError, t: Texts) -> str:
    """Say why the store did not take it, and that what was typed is still here."""
    reason = getattr(error, "reason", "")
    key = f"store.problem.{reason}"
    return t(key if t.has(key) else "store.problem.unknown")


def _go_on(record: Record, t: Texts) -> None:
    warned = t("personal.yours") if kinds_in(record.content) else ""
    st.session_state[SAID] = f"{t(f'contribute.done.{record.status}')} {warned}".strip()
    st.session_state.pop(f"{BEGUN}{record.record_id}", None)
    st.query_params[RECORD] = record.record_id
    st.query_params.pop(KIND, None)
    st.rerun()


def _withdraw(service: Service, record: Record, t: Texts) -> None:
    with st.expander(t("contribute.withdraw")):
        reason = st.text_input(t("contribute.withdraw_why"), key=f"withdraw-{record.record_id}", max_chars=1000)
        if st.button(t("contribute.withdraw"), key="withdraw"):
            gone = kept(lambda: service.withdraw(record.record_id, version=record.version, reason=reason), t)
            if gone:
                _go_on(gone, t)


def _mine(service: Service, t: Texts) -> None:
    records = service.mine()
    if not records:
        return
    st.header(t("contribute.mine"), anchor=False)
    rows = [
        {
            "title": record_view.title(record, t),
            "url": f"contribute?record={record.record_id}&lang={t.language}",
            "said": [t(f"kind.{record.kind}"), t(f"record.status.{record.status}"), day(record.updated_at, t)],
            "reason": record.reason or "",
        }
        for record in records
    ]
    show(
        "entries.html",
        key="contribute-mine",
        rows=rows,
        new=f"contribute?lang={t.language}",
        new_label=t("contribute.new"),
    )
