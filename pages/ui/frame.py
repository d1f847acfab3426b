"""Around every page: the bar with the menu, the language, light or dark; the document's language and direction."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.records.rights import Person
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from pages import PAGES
from pages.ui import living
from pages.ui.component import component
from pages.ui.waiting import waiting

LANGUAGE = "lang"
SPOKEN, SWITCHED, UNKNOWN = "atlas_language", "atlas_language_switched", "atlas_language_unknown"
CONTROLS = ("chosen", "clear", "help", "hide", "less", "more", "none", "open", "remove", "show")
"""What Streamlit's own controls are called: see `control_words.js`."""
FRAME = component("atlas-frame", "frame.js")


def texts() -> Texts:
    """Return the words of this run: the language of the address, else of the session, else French.

    A language switched to in this run wins over the address it was switched from.
    """
    switched = st.session_state.pop(SWITCHED, None)
    asked = switched or st.query_params.get(LANGUAGE) or st.session_state.get(SPOKEN, DEFAULT_LANGUAGE)
    known = asked if asked in languages() else DEFAULT_LANGUAGE
    st.session_state[SPOKEN] = known
    st.session_state[UNKNOWN] = "" if asked == known else asked[:20]
    if st.query_params.get(LANGUAGE) != known and (known != DEFAULT_LANGUAGE or LANGUAGE in st.query_params):
        st.query_params[LANGUAGE] = known
    return load_texts(known)


def frame(t: Texts, current: str) -> None:
    """Show the bar over the page whose key is `current`, and set the document's language and direction."""
    person = living.person()
    offered = [{"code": one.language, "name": one.name, "short": one.short} for one in map(load_texts, languages())]
    with st.container(key="atlas-bar"):
        FRAME(
            key="frame",
            data={
                "name": t("atlas.name"),
                "menu": menu(t, current, waiting(person)),
                "menu_label": t("frame.menu"),
                "news": news(person, t),
                "language": t.language,
                "direction": t.direction,
                "languages": offered,
                "label": t("frame.language"),
                "themes": {name: t(f"frame.theme.{name}") for name in ("system", "light", "dark")},
                "theme_label": t("frame.theme.label"),
                "lean": t("frame.lean"),
                "skip": t("frame.skip"),
                "controls": {name: t(f"frame.control.{name}", name="{name}") for name in CONTROLS}
                | {"upload": t("frame.upload")},
                "words": {name: t(f"frame.{name}") for name in ("upload", "refused")},
            },
            on_language_change=_switch_language,
        )
    if unknown := st.session_state.get(UNKNOWN):
        st.warning(t("frame.unknown_language", value=unknown, known=", ".join(languages())))


def page_title(t: Texts, current: str) -> str:
    """Return what the window, the history and whoever reads aloud call a page; the first page is the atlas itself."""
    name = t("atlas.name")
    return name if current == PAGES[0].key else t("frame.page_title", page=t(f"menu.{current}"), atlas=name)


def menu(t: Texts, current: str = "", counts: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """Return the sections of the menu with their pages: words, addresses, which one is open.

    Addresses are relative, so that the atlas may live under any path; the first page has the shortest one. `counts`
    says how much waits behind a page, by its key.
    """
    sections: dict[str, list[dict[str, Any]]] = {}
    for page in PAGES:
        address = "." if page is PAGES[0] else page.key
        entry = {
            "title": _title(page.key, (counts or {}).get(page.key, 0), t),
            "url": address if t.language == DEFAULT_LANGUAGE else f"{address}?{LANGUAGE}={t.language}",
            "current": page.key == current,
        }
        sections.setdefault(page.section, []).append(entry)
    return [{"title": t(f"menu.section.{name}"), "pages": pages} for name, pages in sections.items()]


def _title(key: str, count: int, t: Texts) -> str:
    title = t(f"menu.{key}")
    return t("frame.counted", title=title, n=count) if count else title


def news(person: Person, t: Texts) -> dict[str, str] | None:
    """Return what the bar says of unread news and where they are read; None when there are none."""
    count = living.unread(person)
    if not count:
        return None
    address = "account" if t.language == DEFAULT_LANGUAGE else f"account?{LANGUAGE}={t.language}"
    return {"title": t.number(count), "label": t("news.unread", n=count), "url": address}


def _switch_language() -> None:
    wanted = st.session_state["frame"].language
    if wanted in languages():
        st.session_state[SWITCHED] = wanted
