"""The sheet of a place as two pages of PDF to print and hand out: one button, the file made when it is pressed."""

import datetime as dt
from collections.abc import Callable

import streamlit as st

from data.texts import Texts
from layers.paper import render
from layers.paper.document import Document
from layers.paper.place_sheet import pages
from pages.ui.knowledge import Knowledge
from pages.ui.paper.paper_sheet import paper_sheet
from pages.ui.stories import stage_address

CODED = ("territory", "corrections")
"""Pages that a sheet leads to by a QR code."""


def paper_button(know: Knowledge, code: str, t: Texts) -> None:
    """Offer the sheet of a territory or a village."""
    day, whole = dt.datetime.now(tz=dt.UTC).date(), addresses(t)
    with st.container(key="sheet-paper", horizontal=True, gap="small"):
        st.download_button(
            t("paper.sheet"),
            help=t("paper.sheet_said"),
            data=lambda: sheet_pdf(know, code, t, made=day, whole=whole),
            file_name=f"atlas-solidaire-{code}-{t.language}-{day.isoformat()}.pdf",
            mime="application/pdf",
            key="download-sheet",
            on_click="ignore",
        )


def addresses(t: Texts) -> Callable[[str], str]:
    """Return what makes an address of this atlas whole, "" where a telephone could not reach it: no code is drawn.

    The server is asked now, in the page's run; the file is made later, outside of it.
    """
    asked = {page: stage_address.address(page, {}, t) for page in CODED}
    bases = {page: address.partition("?")[0] for page, (address, is_reached) in asked.items() if is_reached}

    def whole(relative: str) -> str:
        page, _, query = relative.partition("?")
        return f"{bases[page]}?{query}" if page in bases else ""

    return whole


def sheet_pdf(know: Knowledge, code: str, t: Texts, *, made: dt.date, whole: Callable[[str], str]) -> bytes:
    """Return the sheet as a PDF."""
    sheet = paper_sheet(know, code, t, base=whole, made=made)
    title = f"{sheet.head['name']} – {sheet.head['kind']}"
    return render.pdf(pages(sheet), Document(title, t.language, t.direction))
