"""What is shown, to take away: one button for each of four formats; nothing is written before one is pressed."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urlencode

import streamlit as st

from data.exchange.export import Export
from data.texts import Texts
from pages.ui.files.file_formats import EXCHANGED, MEDIA_TYPES, WRITERS

NAMING = ("territory", "of", "service")
"""Parameters of addresses that name a file: codes, never what somebody typed."""


class Maker(Protocol):
    """Binds what is shown to what its file says, given the day and the address that opens the same view."""

    def __call__(self, *, made_on: dt.date, address: str) -> Export:
        """Return the rows and what their file says about itself."""


def file_buttons(
    said: str, make: Maker, page: str, address: Mapping[str, str], t: Texts, *, exchanged: bool = False
) -> None:
    """Show the buttons.

    Parameters
    ----------
    said
        What the files will hold, in a sentence.
    make
        Called when a button is pressed.
    page, address
        Key of the page, and parameters of the address of this view, without the language.
    exchanged
        Offer the formats of other systems too.
    """
    # No popover, no icon: either shows a symbol of Streamlit's font, 375 kB for one chevron (see static/first.js).
    with st.container(key="downloads", horizontal=True, gap="small"):
        st.caption(t("download.title"))
        for extension, media_type in {**MEDIA_TYPES, **(EXCHANGED if exchanged else {})}.items():
            st.download_button(
                t(f"download.{extension.partition('.')[0]}"),
                help=said,
                data=_writer(make, extension, whole_address(address, t)),
                file_name=file_name(page, address, extension),
                mime=media_type,
                key=f"download-{extension.partition('.')[0]}",
                on_click="ignore",
            )


def file_name(page: str, address: Mapping[str, str], extension: str) -> str:
    """Name a file of a view so that two of one day are told apart: page, place, subject, day.

    Examples
    --------
    >>> file_name("needs", {"of": "toilets", "territory": "09"}, "csv").rpartition("-")[0][:-8]
    'atlas-solidaire-needs-09-toilets'
    """
    told = (page, *(address.get(name, "") for name in NAMING), today().isoformat())
    return f"atlas-solidaire-{'-'.join(one for one in told if one)}.{extension}"


def _writer(make: Maker, extension: str, address: str) -> Callable[[], bytes]:
    return lambda: WRITERS[extension](make(made_on=today(), address=address))


def whole_address(address: Mapping[str, str], t: Texts) -> str:
    """Return the address that opens the same view in the same language."""
    here = (st.context.url or "").partition("?")[0]
    return f"{here}?{urlencode({'lang': t.language, **address})}"


def today() -> dt.date:
    """Return the day of those who make a file (UTC)."""
    return dt.datetime.now(tz=dt.UTC).date()
