"""The form that reports an error or something missing, and the public list of what was reported and decided."""

import streamlit as st

from data.records.personal import kinds_in, masked
from data.records.record import Content, Record, as_published
from data.records.rights import Person
from data.records.service import ReportsFull, Service
from data.records.waiting import reports
from data.texts import Texts
from pages.ui import living
from pages.ui.knowledge import Knowledge
from pages.ui.moments import day
from pages.ui.page import show
from pages.ui.records import coupon_form, record_form
from pages.ui.records.contribute_view import taken
from pages.ui.records.record_fields import Form
from pages.ui.territory import territory_search

THANKED = "corrections-thanked"
ASKED = ("subject_kind", "territory_code", "said", "evidence_url", "evidence")


def corrections(person: Person, know: Knowledge, t: Texts) -> None:
    """Show the form, then what was reported."""
    show("heading.html", key="corrections-head", title=t("corrections.title"), lead=t("corrections.lead"))
    subject, kind = (st.query_params.get(name, "")[:200] for name in ("subject", "subject_kind"))
    if subject:
        st.markdown(f"**{t('corrections.about')}**")
        st.text(subject_name(subject, know, t))
    if coupon_form.COUPON in st.query_params:
        _coupon(person, subject, know, t)
        st.subheader(t("corrections.besides"), anchor=False)  # both forms have fields of the same names
        _report(person, subject, kind, know, t)
    else:
        _report(person, subject, kind, know, t)
        _coupon(person, subject, know, t)
    _public(know, t)


def subject_name(code: str, know: Knowledge, t: Texts) -> str:
    """Name what a report is about: a project, a territory, a village, an organisation; its code where it is unknown."""
    if code in know.register.row_of:
        return str(know.register.projects["title_fr"].iloc[know.register.row_of[code]])
    if code in know.territories:
        return know.territories.name(code, t.language)
    if code in know.villages:
        return territory_search.described(know, code, t)
    if code in know.organisations.index:
        return know.organisation_name(code, t)
    return code


def _place_of(code: str, know: Knowledge) -> str | None:
    """Return the territory a report is about, of a village its commune; None where it is about no place."""
    if code in know.villages:
        return str(know.territories.commune_codes[know.villages.commune[know.villages.row_of[code]]])
    return code if code in know.territories else None


def _report(person: Person, subject: str, kind: str, know: Knowledge, t: Texts) -> None:
    serial = st.session_state.setdefault("corrections-serial", 0)
    form = Form(f"report-{serial}-{subject}", know, know.record_codes, t)
    given = {"subject_kind": kind, "territory_code": _place_of(subject, know)}
    content = record_form.form_of("correction", given, form, only=ASKED)
    if subject:
        content["subject"] = subject
    asked = st.button(t("corrections.send"), type="primary", key="report")
    _thank("report")
    if asked and sent(person, content, know, t, form="report", key=form.key):
        st.session_state["corrections-serial"] = serial + 1
        st.rerun()


def _coupon(person: Person, subject: str, know: Knowledge, t: Texts) -> None:
    """Show the form of paper coupons, open and first for whoever followed the code printed on one."""
    with st.expander(t("coupon.key_in"), expanded=coupon_form.COUPON in st.query_params):
        content = coupon_form.ask(subject, know, t)
        _thank("coupon")
    if content is not None and sent(person, content, know, t, form="coupon", key=coupon_form.line_key()):
        coupon_form.forget_line()
        st.rerun()


def _thank(form: str) -> None:
    """Say under the button that sent a report that it is kept: whoever pressed it looks there."""
    by, said = st.session_state.get(THANKED, ("", ""))
    if by == form:
        del st.session_state[THANKED]
        st.success(said)


def sent(person: Person, content: Content, know: Knowledge, t: Texts, *, form: str, key: str) -> bool:
    """Hand a report in; once the page is shown again say under which number it is kept, or at each field why not."""

    def reported() -> Record:
        return Service(living.repository(), person, know.record_codes).report(content)

    try:
        record = taken(reported, key, content, t)
    except ReportsFull:
        st.error(t("corrections.full"))
        return False
    if record:
        held_back = t("personal.held_back") if kinds_in([content.get("said"), content.get("subject")]) else ""
        st.session_state[THANKED] = (form, f"{t('corrections.sent', record=record.record_id)} {held_back}".strip())
    return record is not None


def _public(know: Knowledge, t: Texts) -> None:
    """List what was decided; what waits is counted only: nobody has checked it yet."""
    if not living.is_there():
        return
    repository = living.repository()
    decided = [as_published(record) for record in repository.published("correction")]
    decided = [record for record in decided if record.content.get("decision")]
    st.header(t("corrections.public"), anchor=False)
    st.caption(t("corrections.waiting", n=reports(repository.database)))
    rows = [
        {
            "title": _open(subject_name(str(record.content.get("subject") or ""), know, t), t)
            or t("corrections.general"),
            "url": "",
            "said": [t(f"choice.decision.{record.content['decision']}"), day(record.updated_at, t)],
            "text": _open(str(record.content.get("said") or ""), t),
            "reason": _open(str(record.content.get("decision_said") or ""), t),
        }
        for record in sorted(decided, key=lambda record: record.updated_at, reverse=True)
    ]
    show("entries.html", key="corrections-public", rows=rows, new="", new_label="")


def _open(said: str, t: Texts) -> str:
    """Return a text as everybody may read it: how to reach or recognise a person is left out, and a word says so."""
    return masked(said, lambda kind: t(f"personal.masked.{kind}"))
