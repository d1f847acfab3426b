"""The address is the state: read on arrival, changed by what the components send, written back for sharing."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.state import State, StateProblem, decode, encode, with_changes
from pages.ui.knowledge import Knowledge

STATE_KEY = "atlas_state"
OWN = ("v", "territory", "sector", "funder", "status", "carrier", "precision", "years", "amount", "q", "show", "tab",
       "sort", "page", "sel", "map")  # fmt: skip


def current(know: Knowledge, *, acted: bool) -> tuple[State, tuple[StateProblem, ...]]:
    """Return the state of this run.

    Parameters
    ----------
    acted
        Whether a component sent a change in this run. Then the state of the last run is the one it was sent
        from: two quick clicks may both leave the browser before the address has been written.
    """
    params = {name: st.query_params[name] for name in OWN if name in st.query_params}
    remembered: State | None = st.session_state.get(STATE_KEY)
    home = know.catalog.default_territory
    if remembered and (acted or not params):
        return remembered, ()
    state, problems = decode(params, home=home, known=know.known_codes)
    return state, problems


def change(know: Knowledge, state: State, changes: Mapping[str, Any] | None) -> State:
    """Return the state after what a component sent; None changes nothing."""
    if not changes:
        return state
    home = know.catalog.default_territory
    if changes.get("clear"):
        return state.cleared(home)
    return with_changes(state, changes, home=home, known=know.known_codes)


def write(state: State) -> None:
    """Write the state into the address in one step (one entry of the browser's history) and remember it."""
    st.session_state[STATE_KEY] = state
    now = st.query_params.to_dict()
    wanted = {name: value for name, value in now.items() if name not in OWN} | encode(state)
    if wanted != now:
        st.query_params.from_dict(wanted)
