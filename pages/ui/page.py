"""How every page opens: the words of the visitor, the knowledge of the atlas, or a clear sentence when it cannot."""

import streamlit as st

from data.errors import AtlasError, TableError
from data.texts import DEFAULT_LANGUAGE, Texts, load_texts
from pages.ui import frame
from pages.ui.knowledge import Knowledge, knowledge
from pages.ui.live import live, render

def open_page() -> tuple[Texts, Knowledge]:
    """Return what a page needs, or say what is wrong with the data and end the page there."""
    t = load_texts(st.session_state.get(frame.SPOKEN, DEFAULT_LANGUAGE))
    try:
        return t, knowledge()
    except AtlasError as error:
        show("trouble.html", key="trouble", **trouble(error, t))
        st.stop()


def trouble(error: AtlasError, t: Texts) -> dict[str, object]:
    """Return what `trouble.html` shows: what happened, where, what to do; no path, no trace."""
    problems = error.problems if isinstance(error, TableError) else [str(error)]
    return {"title": t("trouble.title"), "said": t("trouble.said"), "problems": problems, "todo": t("trouble.todo")}


def show(template: str, *, key: str, **context: object) -> None:
    """Show a template; what is clicked in it becomes a change of the state."""
    live(render(template, **context), key=key)
