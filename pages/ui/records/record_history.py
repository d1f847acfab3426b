"""What was done to a record: when, by whom, what it changed; and for who decides, the way back to a version."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
import streamlit as st

from data.records.audit import AuditRow
from data.records.contract import load_kinds
from data.records.record import Record
from data.records.rights import may
from data.records.service import Service
from data.texts import Texts
from pages.ui import living
from pages.ui.moments import moment
from pages.ui.records import record_words


def offer(service: Service, record: Record, t: Texts, undo: Callable[[int], None] | None = None) -> None:
    """Show the history of a record in a fold, oldest first.

    Parameters
    ----------
    undo
        Brings a version back; None where nobody is to be offered it.
    """
    with st.expander(t("review.history")):
        rows = service.repository.history(record.record_id)
        # Who decided is for those who decide: an author hears what was decided, and why.
        logins = living.accounts().logins({row.actor for row in rows}) if may(service.person, "validate") else {}
        before: Mapping[str, Any] = {}
        for row in rows:
            after = orjson.loads(row.after) if row.after else {}
            with st.container(horizontal=True):
                st.text(_line(row, record.kind, before, after, logins.get(row.actor, ""), t))
                back = after.get("content") not in (None, record.content) and may(service.person, "undo", record)
                if (
                    undo
                    and back
                    and st.button(t("review.undo", n=row.version), key=f"{record.version}-undo-{row.version}")
                ):
                    undo(int(row.version or 1))
            before = after


def _line(row: AuditRow, kind: str, before: Mapping[str, Any], after: Mapping[str, Any], login: str, t: Texts) -> str:
    """Say one act: version, act, day, who; then the fields it changed, and why an entry came back or was withdrawn."""
    done = " · ".join(filter(None, [str(row.version), t(f"act.{row.act}"), moment(row.at, t), login]))
    was, is_now = before.get("content") or {}, after.get("content") or {}
    changed = [t(f"field.{name}") for name in load_kinds().kinds[kind] if was.get(name) != is_now.get(name)]
    said = [t("review.changed", fields=t("list.separator").join(changed))] if before and changed else []
    if reason := after.get("reason"):
        said.append(f"{record_words.reason_label(str(after.get('status')), t)} {reason}")
    return "\n".join([done, *said])
