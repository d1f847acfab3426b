"""What one does with a view, in one row at the end of its heading: tell it, print it, take its sheet."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from data.texts import Texts
from pages.ui.knowledge import Knowledge
from pages.ui.paper.paper_button import paper_button
from pages.ui.paper.print_choices import Seen, print_choices
from pages.ui.stories import story_add

OPENED = "atlas_print_opened"


def view_acts(
    know: Knowledge,
    page: str,
    state: Any,
    t: Texts,
    *,
    seen: Callable[[], Seen] | None = None,
    sheet: str = "",
) -> None:
    """Show the row, and under it the choice of paper once printing was asked for.

    Parameters
    ----------
    page, state
        The page and what was chosen on it: what a story keeps.
    seen
        Makes the map as it is printed; None where there is none to print.
    sheet
        Code of the territory or village whose sheet is offered; empty where there is none.
    """
    with st.container(key="view-acts", horizontal=True, gap="small"):
        story_add.offer(know, page, state, t)
        if seen is not None:
            st.button(t("print.open"), key="print-open", on_click=_turn)
        if sheet:
            paper_button(know, sheet, t)
    # Always there, empty or not: what follows would else move, and a map that moves is taken down and drawn anew.
    with st.container():
        if seen is not None and st.session_state.get(OPENED):
            print_choices(know, page, seen(), t)


def _turn() -> None:
    """Open the choice of paper, or close it."""
    st.session_state[OPENED] = not st.session_state.get(OPENED)
