"""What others did with one's entries: the newest first, each leading to its entry, until they are said to be read."""

import streamlit as st

from data.records.errors import RecordNotFound, StoreError
from data.records.notices import Notice
from data.records.repository import Repository
from data.records.rights import Person
from data.texts import Texts
from pages.ui import living
from pages.ui.moments import moment
from pages.ui.page import show
from pages.ui.records import record_view
from pages.ui.records.contribute_view import store_said


def news(person: Person, t: Texts) -> None:
    """List the news of whoever is signed in; nothing for a visitor, or where nothing has happened yet."""
    if not person.account_id:
        return
    told = living.notices(person).last()
    if not told:
        return
    st.header(t("news.title"), anchor=False)
    rows = [_row(notice, living.repository(), t) for notice in told]
    show("entries.html", key="account-news", rows=rows, new="", new_label="")
    unread = [notice.notice_id for notice in told if not notice.is_read]
    if unread and st.button(t("news.read"), key="news-read"):
        try:
            living.notices(person).read(max(unread))
        except StoreError as error:
            st.error(store_said(error, t))
        else:
            st.rerun()


def _row(notice: Notice, repository: Repository, t: Texts) -> dict[str, object]:
    try:
        title = record_view.title(repository.get(notice.record_id), t)
    except RecordNotFound:
        title = notice.record_id
    said = [t(f"news.event.{notice.event}"), moment(notice.at, t)]
    return {
        "title": title,
        "url": f"contribute?record={notice.record_id}&lang={t.language}",
        "said": said if notice.is_read else [t("news.new"), *said],
        "reason": notice.reason,
    }
