"""HTML written on the server, escaped, shown inside the page; what is clicked in it comes back as changes."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined

from pages.ui import actions
from pages.ui.component import component

TEMPLATES = Path(__file__).parent / "templates"
LIVE = component("atlas-live", "live.js")


class Absent(StrictUndefined):
    """A fact that a row does not have: templates may ask whether it is there, never print it."""

    __slots__ = ()
    __bool__ = Undefined.__bool__


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=Absent, trim_blocks=True, lstrip_blocks=True
    )


def render(template: str, **context: object) -> str:
    """Fill a template; every value is escaped."""
    return _environment().get_template(template).render(**context)


def live(html: str, *, key: str) -> None:
    """Show HTML; a click on an element with `data-act='{"name": value}'` is kept as changes of the state."""
    LIVE(key=key, data={"html": html}, on_act_change=_collector(key))


def _collector(key: str) -> Callable[[], None]:
    def collect() -> None:
        sent: Any = st.session_state[key].act
        if isinstance(sent, Mapping):
            actions.keep(sent)

    return collect
