"""A record as it is read: its title, its state, its content in words, two contents side by side."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from data.records.contract import LANGUAGES, is_empty, load_kinds
from data.records.record import Content, Record, pictures_of
from data.schema import PARTIAL_DATE
from data.texts import Texts
from pages.ui.knowledge import Knowledge
from pages.ui.living import VIEWS
from pages.ui.page import show
from pages.ui.records import pictures, record_words
from pages.ui.records.misplaced import misplaced

MOROCCO = "MA"
PICTURES, CHAPTERS = "pictures", "chapters"
IN_CHAPTER = ("title", "text", "notes", "alt")
"""What of a chapter is words."""
AMOUNT = re.compile(r"\d{1,13}(\.\d{1,2})?")
DAYS = ("start_date", "end_date", "source_date", "date", "deadline", "made_on")
AS_TYPED = ("amount_year", "founded", "lon", "lat", "grid_cell")
"""Numbers that are no quantities: a year has no separators, a position no rounding."""


def title(record: Record, t: Texts) -> str:
    """Return the title or name of a record in the language, in another where there is none, else its identifier."""
    named = record.content.get("title") or record.content.get("name") or {}
    if isinstance(named, Mapping):
        for language in (t.language, "fr", "ar", "en"):
            if named.get(language):
                return str(named[language])
    return str(record.content.get("said") or record.record_id)[:120]


def state_of(record: Record, know: Knowledge, t: Texts) -> None:
    """Say how far a record is, why it came back, what took its place, and where it contradicts itself."""
    said = [t(f"kind.{record.kind}"), t(f"record.status.{record.status}"), t("record.version", n=record.version)]
    if record.published_content is not None and record.status != "validated":
        said.append(t("record.former_in_view"))
    show(
        "record_state.html",
        key="record-state",
        title=title(record, t),
        said=said,
        reason=record.reason or "",
        into=_merged_into(record, know, t),
        reason_label=record_words.reason_label(record.status, t),
    )
    for contradiction in misplaced(record.content, know, t):
        st.warning(contradiction)


def _merged_into(record: Record, know: Knowledge, t: Texts) -> dict[str, str] | None:
    """Return the project that took the place of a record; without a link while it is not published."""
    code = record.merged_into
    if not code:
        return None
    row = know.register.row_of.get(code)
    named = code if row is None else str(know.register.projects["title_fr"].iloc[row])
    url = "" if row is None else f"projects?territory={MOROCCO}&sel={code}&lang={t.language}"
    return {"label": t("record.merged_into"), "name": named, "url": url}


def content(kind: str, said: Content, know: Knowledge, t: Texts) -> None:
    """Show a content field by field."""
    show("compare.html", key=f"content-{kind}", rows=rows(kind, None, said, know, t), before="", after="", two=False)


def compare(kind: str, before: Content | None, after: Content, know: Knowledge, t: Texts, *, key: str) -> None:
    """Show two contents side by side, what differs marked; the new one alone where there was none, or no other."""
    before = None if before == after else before
    show(
        "compare.html",
        key=key,
        rows=rows(kind, before, after, know, t),
        before=t("review.before"),
        after=t("review.after"),
        two=before is not None,
    )


def conflict(current: Record, mine: Content, know: Knowledge, t: Texts) -> None:
    """Say that somebody else was faster: their version and one's own, nothing overwritten."""
    st.error(t("record.conflict", n=current.version))
    differing = [row for row in rows(current.kind, current.content, mine, know, t) if row["changed"]]
    show("compare.html", key="conflict", rows=differing, before=t("record.theirs"), after=t("record.yours"), two=True)


def rows(kind: str, before: Content | None, after: Content, know: Knowledge, t: Texts) -> list[dict[str, Any]]:
    """Return the fields of two contents in words, those that say nothing in both left out."""
    listed = []
    for name in load_kinds().kinds[kind]:
        old, new = (before or {}).get(name), after.get(name)
        if is_empty(old) and is_empty(new):
            continue
        listed.append(
            {
                "field": t(f"field.{name}"),
                "before": _said(name, old, know, t),
                "after": _said(name, new, know, t),
                "changed": before is not None and old != new,
                "pictures_before": _pictures(name, old, t),
                "pictures_after": _pictures(name, new, t),
                "views_before": _views(old, t) if name == CHAPTERS else [],
                "views_after": _views(new, t) if name == CHAPTERS else [],
            }
        )
    return listed


def _pictures(name: str, value: Any, t: Texts) -> list[pictures.Figure]:
    """Return the pictures of a field as whoever decides sees them, those of a story's chapters too."""
    return pictures.in_private(list(pictures_of({name: value})), t)


def _said(name: str, value: Any, know: Knowledge, t: Texts) -> str:
    if value is None:
        return "–"
    if name == PICTURES:
        return t("picture.count", n=len(value))
    if name == CHAPTERS:
        return "\n".join(_chapter(number, entry, know, t) for number, entry in enumerate(value, 1))
    if isinstance(value, list):
        return "\n".join(_said(name, entry, know, t) for entry in value)
    if isinstance(value, Mapping):
        between = "\n" if set(value) <= set(LANGUAGES) else ", "  # one text a language, a line each
        return between.join(_said(part, inner, know, t) for part, inner in value.items() if inner not in (None, ""))
    return _word(name, str(value), know, t) or _number(name, value, t) or str(value)


def _chapter(number: int, entry: Mapping[str, Any], know: Knowledge, t: Texts) -> str:
    """Say the words of a chapter; its view is a link beside them, and its picture is shown with its terms."""
    words = [_said(part, entry[part], know, t) for part in IN_CHAPTER if entry.get(part)]
    return "\n".join([f"{number}.", *words])


def _views(chapters: Sequence[Mapping[str, Any]] | None, t: Texts) -> list[dict[str, str]]:
    """Return a link to the view of each chapter: who decides on a story sees what it shows."""
    found = []
    for number, chapter in enumerate(chapters or (), 1):
        page, _, chosen = str(chapter.get("state") or "").partition("?")
        if page in VIEWS:
            url = f"{page}?{urlencode([*parse_qsl(chosen), ('lang', t.language)])}"
            found.append({"url": url, "label": t("review.chapter", n=number, page=t(f"menu.{page}"))})
    return found


def _number(name: str, value: Any, t: Texts) -> str:
    """Write an amount, a share, a count or a day as the language does; nothing for what is none of them."""
    if name in AS_TYPED:
        return ""
    if name in DAYS and re.fullmatch(PARTIAL_DATE, str(value)):
        with suppress(ValueError):  # 30 February
            return t.date(str(value))
    if name.startswith("amount") and AMOUNT.fullmatch(str(value)):
        return t.number(float(value), 0 if float(value).is_integer() else 2)
    if not isinstance(value, int | float):
        return ""
    return t.percent(value / 100, 0 if float(value).is_integer() else 2) if name == "share_pct" else t.number(value)


def _word(name: str, code: str, know: Knowledge, t: Texts) -> str:
    """Return the word of a code; nothing for what is no code."""
    if name in ("territory_code", "seat_code"):
        return record_words.place(know, code, t)
    if name == "organisation_code":
        return record_words.body(know, code, t)
    for kind, codes in (("sector", know.catalog.sectors), ("organisation_type", know.catalog.organisation_types)):
        if name.startswith(kind) and code in codes:
            return t.label(kind, code)
    key = f"choice.{name}.{code}"
    return t(key) if t.has(key) else ""
