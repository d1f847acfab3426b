"""The address is the state: read on arrival, changed by what the components send, written back for sharing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.state import State, StateProblem, decode, encode, with_changes
from pages.ui.knowledge import Knowledge

STATE_KEY, PROBLEMS_KEY = "atlas_state", "atlas_state_problems"
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
        view, _ = decode({"map": params.get("map", "")}, home=home, known=know.known_codes)
        return replace(remembered, view=view.view or remembered.view), ()
    state, problems = decode(params, home=home, known=know.known_codes)
    if problems:
        st.session_state[PROBLEMS_KEY] = problems
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
    """Write the state into the address and remember it for the session; other parameters stay."""
    st.session_state[STATE_KEY] = state
    wanted = encode(state)
    for name in OWN:
        if name in wanted and st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
        elif name not in wanted and name in st.query_params:
            del st.query_params[name]
