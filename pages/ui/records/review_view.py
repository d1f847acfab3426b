"""The validator's inbox, and one record of it with everything a decision needs."""

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from data.records.contract import load_kinds
from data.records.duplicates import Described, Likeness, alike
from data.records.errors import RecordNotFound
from data.records.personal import kinds_in
from data.records.record import Content, Record
from data.records.rights import Person, RightsError, may
from data.records.service import Service
from data.texts import Texts
from geo.register import NO_YEAR
from pages.ui.knowledge import Knowledge
from pages.ui.moments import day
from pages.ui.page import show
from pages.ui.records import corrections_view, picture_erasing, record_history, record_view
from pages.ui.records.contribute_view import RECORD, SAID, kept, opened

SEEN = "atlas_review_seen"
DECISIONS = load_kinds().kinds["correction"]["decision"].of


def review(person: Person, know: Knowledge, t: Texts) -> None:
    """Show the inbox to whoever decides, or the record they chose from it."""
    service = opened("review", "validate", person, know, t)
    if service is None:
        return
    asked = st.query_params.get(RECORD)
    if asked:
        _one(service, asked, know, t)
    _inbox(service, t)


def _inbox(service: Service, t: Texts) -> None:
    waiting = service.inbox()
    st.header(t("review.waiting", n=len(waiting)), anchor=False)
    rows = [
        {
            "title": record_view.title(record, t),
            "url": f"review?record={record.record_id}&lang={t.language}",
            "said": [t(f"kind.{record.kind}"), day(record.updated_at, t)],
            "reason": "",
        }
        for record in waiting
    ]
    show("entries.html", key="review-inbox", rows=rows, new="", new_label="")


def _one(service: Service, record_id: str, know: Knowledge, t: Texts) -> None:
    try:
        record = service.see(record_id)
    except (RecordNotFound, RightsError):
        st.error(t("review.not_there", record=record_id[:40]))
        return
    record_view.state_of(record, know, t)
    _changed_meanwhile(record, t)
    _personal(record, t)
    _subject(record, know, t)
    record_view.compare(record.kind, record.published_content, record.content, know, t, key="review-compare")
    if record.kind == "correction":
        _decide(service, record, t)
    else:
        _duplicates(service, record, know, t)
        _judge(service, record, t)
    picture_erasing.offer(service, record, t)
    record_history.offer(service, record, t, lambda version: _undo(service, record, version, t))


def _changed_meanwhile(record: Record, t: Texts) -> None:
    """Say that the record is no longer the one that was on the screen: the buttons pressed there were of that one."""
    seen = st.session_state.get(SEEN)
    if seen and seen[0] == record.record_id and seen[1] != record.version:
        st.warning(t("review.changed_meanwhile", n=record.version))
    st.session_state[SEEN] = record.record_id, record.version


def _personal(record: Record, t: Texts) -> None:
    """Say that a text names how to reach or recognise a person: once validated everybody would read it."""
    if kinds := kinds_in(record.content):
        what = t("list.separator").join(t(f"personal.kind.{kind}") for kind in kinds)
        st.warning(t("personal.in_report" if record.kind == "correction" else "personal.in_entry", what=what))


def _subject(record: Record, know: Knowledge, t: Texts) -> None:
    """Name what a report is about, with the way to its sheet, where it names something the atlas has."""
    code = str(record.content.get("subject") or "")
    pages = (
        (f"projects?territory={record_view.MOROCCO}&sel", know.register.row_of),
        ("actors?sel", know.organisations.index),
        ("territory?territory", know.territories),
        ("territory?territory", know.villages),
    )
    found = next((page for page, known in pages if code and code in known), None)
    if record.kind == "correction" and found:
        said = f"{t('corrections.about')} {corrections_view.subject_name(code, know, t)}"
        url = f"{found}={code}&lang={t.language}"
        show("way.html", key="review-subject", said=said, label=t("review.open_subject"), url=url)


def _judge(service: Service, record: Record, t: Texts) -> None:
    if may(service.person, "validate", record):
        if st.button(t("review.validate"), type="primary", key=f"{record.version}-validate"):
            _do(lambda: service.validate(record.record_id, version=record.version), t)
    elif record.status == "submitted":
        st.info(t("refusal.own_entry"))
    if may(service.person, "send_back", record):
        reason = st.text_area(t("review.reason"), key=f"reason-{record.record_id}", max_chars=1000)
        if st.button(t("review.send_back"), key=f"{record.version}-send-back"):
            _do(lambda: service.send_back(record.record_id, version=record.version, reason=reason), t)


def _decide(service: Service, record: Record, t: Texts) -> None:
    decision = st.radio(
        t("field.decision"), DECISIONS, format_func=lambda code: t(f"choice.decision.{code}"), horizontal=True
    )
    said = st.text_area(t("field.decision_said"), key=f"said-{record.record_id}", max_chars=1000)
    if st.button(t("review.decide"), type="primary", key=f"{record.version}-decide"):
        _do(lambda: service.decide(record.record_id, version=record.version, decision=decision, said=said), t)


def _do(act: Callable[[], Record], t: Texts) -> None:
    done = kept(act, t)
    if done:
        st.session_state[SAID] = t(f"review.done.{done.status}")
        st.session_state.pop(SEEN, None)
        st.query_params.pop(RECORD, None)
        st.rerun()


def _duplicates(service: Service, record: Record, know: Knowledge, t: Texts) -> None:
    found = likely(service, record, know) if record.kind == "project" else []
    if not found or not may(service.person, "merge", record):
        return
    st.header(t("review.duplicates"), anchor=False)
    for one in found:
        reasons = t("list.separator").join(t(f"duplicate.reason.{reason}") for reason in one.reasons)
        is_public = one.code in know.register.row_of
        page = f"projects?territory={record_view.MOROCCO}&sel=" if is_public else f"review?{RECORD}="
        row = {
            "title": one.title or one.code,
            "url": f"{page}{one.code}&lang={t.language}",
            "said": [t("review.alike", reasons=reasons)],
            "reason": "",
        }
        with st.container(border=True):
            show("entries.html", key=f"alike-{one.code}", rows=[row], new="", new_label="")
            if st.button(t("review.merge"), key=f"{record.version}-merge-{one.code}"):
                _do(partial(service.merge, record.record_id, version=record.version, into=one.code), t)


def likely(service: Service, record: Record, know: Knowledge) -> list[Likeness]:
    """Return the projects, shipped or entered, that may be the one of a record."""
    others = [*_shipped(know), *map(described, service.repository.find(kind="project", status="submitted", limit=None))]
    return alike(described(record), others)


def described(record: Record) -> Described:
    """Return what is compared of a record."""
    content: Content = record.content
    year = str(content.get("start_date") or content.get("end_date") or "")[:4]
    title = content.get("title") or {}
    return Described(
        record.record_id,
        " ".join(text for text in title.values() if text),
        set(record.territory_codes),
        {entry.get("sector_code", "") for entry in content.get("sectors") or []},
        int(year) if year.isdecimal() else None,
    )


def _shipped(know: Knowledge) -> Iterator[Described]:
    register = know.register
    codes = register.projects["project_code"]
    places = register.locations.groupby("project")["territory_code"].agg(set)
    sectors = register.sectors.groupby("project")["sector_code"].agg(set)
    for row, (code, title) in enumerate(zip(codes, register.projects["title_fr"], strict=True)):
        year = int(register.first_year[row])
        yield Described(code, title, places.get(row, set()), sectors.get(row, set()), None if year == NO_YEAR else year)


def _undo(service: Service, record: Record, to_version: int, t: Texts) -> None:
    _do(lambda: service.undo(record.record_id, to_version, version=record.version), t)
