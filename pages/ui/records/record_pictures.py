"""The pictures of a record in its form: sent, drawn anew, given a caption, put in order, taken out again."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.imports.formats.picture import FORMATS, MOST_PIXELS
from data.imports.sandbox import MOST_PICTURE_BYTES, read_picture
from data.imports.sheet import FileRefused
from data.records.contract import Field, load_kinds
from data.records.errors import StoreError
from data.records.pictures import PicturesFull
from data.records.service import Service
from data.texts import Texts
from pages.ui.page import show, store_stands
from pages.ui.records import pictures
from pages.ui.records.record_fields import Form, ask, filled

ENDINGS = ("jpg", "jpeg", "png", "webp")
MEGA = 1_000_000


def ask_pictures(form: Form, field: Field, given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Show the pictures a record has with their captions, take more, and return those it has now.

    Under each stands whether it leaves the atlas with what was said of it so far.
    """
    state_key = f"{form.key}.{field.name}.entries"
    held: list[tuple[int, Mapping[str, Any]]] = st.session_state.setdefault(state_key, list(enumerate(given)))
    group = load_kinds().groups[str(field.of)]
    entries = []
    for place, (number, entry) in enumerate(held, 1):
        inside = form.under(f"{field.name}.{number}")
        with st.container(border=True, key=f"{inside.key}.box"):
            seen = st.container()
            told = {name: ask(inside, group[name], entry.get(name)) for name in group if name != "picture"}
            entries.append(filled({"picture": entry["picture"], **told}))
            (one,) = pictures.in_private(entries[-1:], form.t)
            with seen:
                show("pictures.html", key=f"{inside.key}.shown", one=one)
            if st.button(form.t("record.remove_entry", n=place), key=f"{inside.key}.remove", type="tertiary"):
                st.session_state[state_key] = [pair for pair in held if pair[0] != number]
                st.rerun()
    if form.acts is not None:
        _take(form, field, form.acts, state_key)
    return entries


def _take(form: Form, field: Field, acts: Service, state_key: str) -> None:
    """Take more pictures as long as there is room; each that was refused says why, under its name."""
    t = form.t
    for refused in st.session_state.pop(f"{state_key}.refused", []):
        st.error(refused)
    held = st.session_state[state_key]
    room = field.longest - len(held)
    st.caption(t("picture.limits", n=field.longest, mega=MOST_PICTURE_BYTES // MEGA, pixels=MOST_PIXELS // MEGA))
    if room <= 0:
        return
    serial = st.session_state.setdefault(f"{state_key}.serial", 0)
    sent = st.file_uploader(
        t("picture.add"),
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=MOST_PICTURE_BYTES // MEGA,
        key=f"{form.key}.{field.name}.upload.{serial}",
    )
    if not sent:
        return
    refusals = [t("picture.no_room", name=one.name[:80], n=field.longest) for one in sent[room:]]
    with st.spinner(t("picture.reading")):
        for one in sent[:room]:
            kept, why = _kept(one.getvalue(), acts, t)
            if kept:
                number = max((number for number, _ in held), default=-1) + 1
                held = [*held, (number, {"picture": kept})]
            else:
                refusals.append(t("picture.refused", name=one.name[:80], why=why))
    st.session_state[state_key] = held
    st.session_state[f"{state_key}.refused"] = refusals
    st.session_state[f"{state_key}.serial"] = serial + 1
    st.rerun()


def _kept(content: bytes, acts: Service, t: Texts) -> tuple[str, str]:
    """Keep a picture and return its identifier, or an empty one and why not."""
    try:
        return acts.keep_picture(read_picture(content)), ""
    except FileRefused as refused:
        key = f"picture.problem.{refused.reason}"
        return "", t(key if t.has(key) else "picture.problem.damaged", detail=refused.detail, known=", ".join(FORMATS))
    except PicturesFull:
        return "", t("picture.problem.full")
    except StoreError as error:
        return "", store_stands(error.reason, t)
