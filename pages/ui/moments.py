"""When something was done, on the clock of whoever reads it: that of their browser, else Morocco's."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from data.texts import Texts

MOROCCO = "Africa/Casablanca"


def moment(at: str, t: Texts) -> str:
    """Say the day and the minute of an instant (UTC, ISO 8601)."""
    there = _there(at)
    return t("moment.said", day=t.date(there.date().isoformat()), time=there.strftime("%H:%M"))


def day(at: str, t: Texts) -> str:
    """Say the day of an instant (UTC, ISO 8601): after midnight here it is another than in UTC."""
    return t.date(_there(at).date().isoformat())


def _there(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(_zone(st.context.timezone))


def _zone(name: str | None) -> ZoneInfo:
    """Return a zone by its name; that of Morocco where the browser names none, or one nobody knows."""
    try:
        return ZoneInfo(name or MOROCCO)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(MOROCCO)
