"""What the components send, kept until the next run works out the state: callbacks run before the page does."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.ui.charts import CHANGES

PENDING = "atlas_pending_changes"


def take() -> dict[str, Any]:
    """Return what was sent since the last run, and forget it."""
    return dict(st.session_state.pop(PENDING, {}))


def are_pending() -> bool:
    """Tell whether something was sent that no run has taken yet: a fragment within a page leaves it to the page."""
    return bool(st.session_state.get(PENDING))


def keep(changes: Mapping[str, Any] | None) -> None:
    """Keep changes of the state for the run that follows; a later one wins over an earlier one of the same name."""
    if changes:
        st.session_state[PENDING] = st.session_state.get(PENDING, {}) | dict(changes)


def picked(chart: str, filter_name: str) -> Callable[[], None]:
    """Return the callback of a chart: a click on a bar sets the filter the bar stands for."""

    def callback() -> None:
        event = st.session_state.get(f"bars-{chart}")
        points = event.selection.get("picked", []) if event else []
        if points and (code := str(points[0].get("code", ""))):
            keep({filter_name: CHANGES[filter_name](code)})

    return callback
