"""How every page opens: the words of the visitor, the knowledge of the atlas, or a clear sentence when it cannot."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.errors import AtlasError, TableError
from data.records.errors import StoreError
from data.texts import DEFAULT_LANGUAGE, Texts, load_texts
from pages.ui import frame, living
from pages.ui.knowledge import Knowledge, knowledge
from pages.ui.live import live
from pages.ui.templating import render

LOG = logging.getLogger(__name__)


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


def say_when_the_store_is_away() -> None:
    """Say over the page that what people enter cannot be read or kept just now; the page stays."""
    if reason := living.failure():
        st.warning(store_stands(reason, words_of_visitor()))


def store_stands(reason: str, t: Texts) -> str:
    """Say what is the matter with the store, what is shown meanwhile and what to do."""
    key = f"store.stands.{reason}"
    return t(key if t.has(key) else "store.stands.unreachable")


def unexpected(error: Exception) -> bool:
    """Say that something failed that nobody foresaw, with a reference that finds it in the log; the page lives on.

    Streamlit calls it with what a script raised, after it has written the trace to the log.
    """
    reference = secrets.token_hex(3)
    LOG.error("%s: %s", reference, type(error).__name__)
    t = words_of_visitor()
    said = t("trouble.unexpected_said", reference=reference)
    context = {"title": t("trouble.unexpected"), "said": said, "problems": (), "todo": t("trouble.unexpected_todo")}
    show("trouble.html", key=f"trouble-{reference}", **context)
    return True


def trouble(error: AtlasError, t: Texts) -> dict[str, object]:
    """Return what `trouble.html` shows: what happened, to which table, what to do; no path, no trace.

    What breaks a contract is listed as the keeper of the tables reads it, in English.
    """
    if isinstance(error, StoreError):
        return {"title": t("store.trouble"), "said": store_stands(error.reason, t), "problems": (), "todo": ""}
    said, problems = t("trouble.said"), [str(error)]
    if isinstance(error, TableError):
        said += " " + t(f"trouble.reason.{error.reason}", table=error.table)
        problems = error.problems if error.reason == "contract" else []
    return {"title": t("trouble.title"), "said": said, "problems": problems, "todo": t("trouble.todo")}


def show(template: str, *, key: str, **context: object) -> None:
    """Show a template; what is clicked in it becomes a change of the state."""
    live(render(template, **context), key=key)
