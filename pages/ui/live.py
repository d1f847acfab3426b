"""HTML written on the server, escaped, shown inside the page; what is clicked in it comes back as changes."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.ui import actions
from pages.ui.component import component

LIVE = component("atlas-live", "live.js")


def live(html: str, *, key: str) -> None:
    """Show HTML; a click on an element with `data-act='{"name": value}'` is kept as changes of the state."""
    # As bytes: within JSON each quote would be escaped and each letter beyond ASCII take six.
    LIVE(key=key, data=html.encode(), on_act_change=_collector(key))


def _collector(key: str) -> Callable[[], None]:
    def collect() -> None:
        sent: Any = st.session_state[key].act
        if isinstance(sent, Mapping):
            actions.keep(sent)

    return collect
