"""The map as it is seen, on paper or as a poster: the visitor chooses; it is drawn when a button is pressed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.texts import Texts
from layers.paper.map_sheet import MapSheet
from pages.ui.files.file_buttons import file_name, today
from pages.ui.knowledge import Knowledge
from pages.ui.paper.printed_map import SIZES, printed_map
from pages.ui.stories import stage_address

KINDS: Mapping[str, tuple[str, Callable[[MapSheet], bytes]]] = {
    "pdf": ("application/pdf", MapSheet.pdf),
    "png": ("image/png", MapSheet.png),
    "svg": ("image/svg+xml", MapSheet.svg),
}
COLOURS = ("colour", "grey")


@dataclass(frozen=True)
class Seen:
    """The map a page shows, and what a print says of it.

    Attributes
    ----------
    drawn
        Makes the state of the living map; called when a button is pressed.
    filters, sources
        What is filtered, in words; codes of the sources.
    address
        Parameters of the address of this view, without the language.
    """

    drawn: Callable[[], Mapping[str, Any]]
    filters: Sequence[str]
    sources: Iterable[str]
    address: Mapping[str, str]


@st.fragment
def print_choices(know: Knowledge, page: str, seen: Seen, t: Texts) -> None:
    """Show the choice of paper and colours, and a button for each kind of file; reruns alone when a choice is made."""
    with st.container(key="print", horizontal=True, gap="small"):
        paper = st.selectbox(
            t("print.paper_label"),
            SIZES,
            format_func=lambda code: t(f"print.paper.{code}"),
            key="print-paper",
            width=170,
        )
        colours = st.selectbox(
            t("print.colours_label"),
            COLOURS,
            format_func=lambda code: t(f"print.colours.{code}"),
            key="print-ink",
            width=150,
        )
        address, is_reached = stage_address.address(page, dict(seen.address), t)
        address = address if is_reached else ""  # a code that no telephone can follow is not drawn
        for kind, (media_type, _) in KINDS.items():
            st.download_button(
                t(f"print.{kind}"),
                help=t("print.said"),
                data=_maker(know, seen, t, kind=kind, paper=paper, grey=colours == "grey", address=address),
                file_name=file_name(page, seen.address, kind),
                mime=media_type,
                key=f"print-{kind}",
                on_click="ignore",
            )


def _maker(  # what the button keeps until it is pressed
    know: Knowledge, seen: Seen, t: Texts, *, kind: str, paper: str, grey: bool, address: str
) -> Callable[[], bytes]:
    def make() -> bytes:
        sheet = printed_map(
            know,
            seen.drawn(),
            t,
            filters=seen.filters,
            sources=seen.sources,
            address=address,
            made_on=today(),
            paper=paper,
            grey=grey,
        )
        return KINDS[kind][1](sheet)

    return make
