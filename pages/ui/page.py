"""How every page opens: the words of the visitor, the knowledge of the atlas, or a clear sentence when it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.errors import AtlasError, TableError
from data.texts import DEFAULT_LANGUAGE, Texts, load_texts
from pages.ui import frame
from pages.ui.knowledge import Knowledge, knowledge
from pages.ui.live import live, render


def open_page() -> tuple[Texts, Knowledge]:
    """Return what a page needs: the words of the visitor, the knowledge of the atlas."""
    return words_of_visitor(), knowledge()


def words_of_visitor() -> Texts:
    """Return the words chosen by the frame for this visitor."""
    return load_texts(st.session_state.get(frame.SPOKEN, DEFAULT_LANGUAGE))


@contextmanager
def trouble_said() -> Iterator[None]:
    """Say in the visitor's language what is wrong with the data, in the place of what could not be shown."""
    try:
        yield
    except AtlasError as error:
        show("trouble.html", key="trouble", **trouble(error, words_of_visitor()))


def trouble(error: AtlasError, t: Texts) -> dict[str, object]:
    """Return what `trouble.html` shows: what happened, where, what to do; no path, no trace."""
    problems = error.problems if isinstance(error, TableError) else [str(error)]
    return {"title": t("trouble.title"), "said": t("trouble.said"), "problems": problems, "todo": t("trouble.todo")}


def show(template: str, *, key: str, **context: object) -> None:
    """Show a template; what is clicked in it becomes a change of the state."""
    live(render(template, **context), key=key)
