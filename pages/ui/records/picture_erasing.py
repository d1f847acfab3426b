"""A picture taken away for good, from every version of its entry: for whoever recognises themself in it."""

import streamlit as st

from data.records import pictures as kept_pictures
from data.records.errors import StoreError
from data.records.record import Record
from data.records.rights import RightsError, may
from data.records.service import Service
from data.texts import Texts
from pages.ui import living
from pages.ui.account.account_view import refusal
from pages.ui.page import show, store_stands
from pages.ui.records import pictures

SAID = "atlas_picture_erased"


def offer(service: Service, record: Record, t: Texts) -> None:
    """Show the pictures an entry has or had, each with the button that erases it; nothing where there are none."""
    if st.session_state.pop(SAID, False):
        st.success(t("picture.erased"))
    if not may(service.person, "erase_picture", record):
        return
    held = kept_pictures.of_record(service.repository.database, record.record_id)
    if not held:
        return
    with st.expander(t("picture.erase")):
        st.caption(t("picture.erase_said"))
        for number, (picture_id, one) in enumerate(
            zip(
                held, pictures.in_private([{"picture": picture_id} for picture_id in held], t, terms=False), strict=True
            ),
            1,
        ):
            show("pictures.html", key=f"erasable-{picture_id[4:20]}", one=one)
            if st.button(t("picture.erase_one", n=number), key=f"erase-{picture_id[4:20]}"):
                _erase(service, record, picture_id, t)


def _erase(service: Service, record: Record, picture_id: str, t: Texts) -> None:
    try:
        service.erase_picture(record.record_id, picture_id)
    except RightsError as error:
        st.error(refusal(error, t))
    except StoreError as error:  # gone already, or the store is away
        st.error(t("picture.problem.gone") if error.reason == "record_not_found" else store_stands(error.reason, t))
    else:
        living.picture_body.cache_clear()
        st.session_state[SAID] = True
        st.rerun()
