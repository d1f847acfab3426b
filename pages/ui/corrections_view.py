"""The form that reports an error or something missing, and the public list of what was reported and decided."""

import streamlit as st

from data.records.rights import Person
from data.records.service import ReportsFull, Service
from data.texts import Texts
from pages.ui import living, record_form, record_view
from pages.ui.contribute_view import SAID, kept
from pages.ui.knowledge import Knowledge
from pages.ui.page import show
from pages.ui.record_fields import Form

ASKED = ("subject_kind", "territory_code", "said", "evidence_url", "evidence")


def corrections(person: Person, know: Knowledge, t: Texts) -> None:
    """Show the form, then what was reported."""
    show("heading.html", key="corrections-head", title=t("corrections.title"), lead=t("corrections.lead"))
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    subject, kind = (st.query_params.get(name, "")[:200] for name in ("subject", "subject_kind"))
    if subject:
        st.markdown(f"**{t('corrections.about')}**")
        st.text(subject_name(subject, know, t))
    _report(person, subject, kind, know, t)
    _public(know, t)


def subject_name(code: str, know: Knowledge, t: Texts) -> str:
    """Name what a report is about: a project, a territory, a village, an organisation; its code where it is unknown."""
    if code in know.register.row_of:
        return str(know.register.projects["title_fr"].iloc[know.register.row_of[code]])
    if code in know.territories:
        return know.territories.name(code, t.language)
    if code in know.organisations.index:
        return know.organisation_name(code, t)
    return code


def _report(person: Person, subject: str, kind: str, know: Knowledge, t: Texts) -> None:
    serial = st.session_state.setdefault("corrections-serial", 0)
    form = Form(f"report-{serial}-{subject}", know, know.record_codes, t)
    given = {"subject_kind": kind, "territory_code": subject if subject in know.territories else None}
    content = record_form.form_of("correction", given, form, only=ASKED)
    if subject:
        content["subject"] = subject
    if not st.button(t("corrections.send"), type="primary", key="report"):
        return
    try:
        sent = kept(lambda: Service(living.repository(), person, know.record_codes).report(content), t)
    except ReportsFull:
        st.error(t("corrections.full"))
        return
    if sent:
        st.session_state["corrections-serial"] = serial + 1
        st.session_state[SAID] = t("corrections.sent", record=sent.record_id)
        st.rerun()


def _public(know: Knowledge, t: Texts) -> None:
    """List what was decided; what waits is counted only: nobody has checked it yet."""
    if not living.is_there():
        return
    repository = living.repository()
    decided = repository.published("correction")
    waiting = repository.find(kind="correction", status="submitted", limit=None)
    st.header(t("corrections.public"), anchor=False)
    st.caption(t("corrections.waiting", n=len(waiting)))
    rows = [
        {
            "title": subject_name(str(record.content.get("subject") or ""), know, t) or t("corrections.general"),
            "url": "",
            "said": [t(f"choice.decision.{record.content['decision']}"), t.date(record.updated_at[:10])],
            "text": record_view.title(record, t),
            "reason": str(record.content.get("decision_said") or ""),
        }
        for record in sorted(decided, key=lambda record: record.updated_at, reverse=True)
    ]
    show("entries.html", key="corrections-public", rows=rows, new="", new_label="")
