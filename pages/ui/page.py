"""How every page opens: the words of the visitor, the knowledge of the atlas, or a clear sentence when it cannot."""

import streamlit as st

from data.errors import AtlasError, TableError
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from pages.ui.knowledge import Knowledge, knowledge
from pages.ui.live import live

LANGUAGE_KEY = "lang"


def texts() -> Texts:
    """Return the words in the language of this run: that of the address, else of the session, else French."""
    wanted = st.query_params.get(LANGUAGE_KEY) or st.session_state.get(LANGUAGE_KEY) or DEFAULT_LANGUAGE
    return load_texts(wanted if wanted in languages() else DEFAULT_LANGUAGE)


def open_page() -> tuple[Texts, Knowledge]:
    """Return what a page needs, or say what is wrong with the data and end the page there."""
    t = texts()
    try:
        return t, knowledge()
    except AtlasError as error:
        show("trouble.html", key="trouble", **trouble(error, t))
        st.stop()


def trouble(error: AtlasError, t: Texts) -> dict[str, object]:
    """Return what `trouble.html` shows: what happened, where, what to do; no path, no trace."""
    problems = error.problems if isinstance(error, TableError) else [str(error)]
    return {"title": t("trouble.title"), "said": t("trouble.said"), "problems": problems, "todo": t("trouble.todo")}


def show(template: str, *, key: str, **context: object) -> dict[str, object] | None:
    """Show a template and return what was clicked in it, or None."""
    return live(render(template, **context), key=key)
