"""What somebody typed outlives the end of their session and a store that is away: nothing typed is lost by a click.

Streamlit forgets a field that a run did not show, and a page shows its form only to who is signed in. So what was typed
is held in the visit while nobody is recognised, and an hour for the account that typed it: signing in loads a new page.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

import streamlit as st

WHO = "atlas_typed_by"
HELD_S, MOST_HELD = 3600, 200
NOT_TYPED = (".remove", ".add")
"""Ends of the keys of buttons, whose state nobody may set."""
_held: OrderedDict[str, tuple[float, Mapping[str, Any]]] = OrderedDict()
_lock = Lock()


def by(account_id: str) -> None:
    """Note who fills the forms of this visit."""
    st.session_state[WHO] = account_id


def hold(*begin: str) -> bool:
    """Hold what was typed in fields whose keys begin so, where nobody is recognised any more; tell whether any was."""
    who = st.session_state.get(WHO, "")
    typed = {name: value for name, value in st.session_state.items() if _is_typed(str(name), value, begin)}
    said = any(isinstance(value, str | int | float) and value for name, value in typed.items() if "." in str(name))
    if not who or not said:
        return False
    for name, value in typed.items():
        st.session_state[name] = value  # set anew it stays, though this run shows no field of that name
    with _lock:
        _held[who] = (time.monotonic(), {str(name): value for name, value in typed.items()})
        _held.move_to_end(who)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return True


def take_back(account_id: str) -> bool:
    """Put what an account typed back where its fields find it, before they are shown; tell whether there was any."""
    with _lock:
        at, typed = _held.pop(account_id, (0.0, {}))
    if not typed or time.monotonic() - at > HELD_S:
        return False
    if st.session_state.get(WHO) == account_id:  # the same visit has it still
        return True
    for name, value in typed.items():
        st.session_state[name] = value
    return True


def _is_typed(name: str, value: Any, begin: tuple[str, ...]) -> bool:
    return (
        name.startswith(begin)
        and not name.endswith(NOT_TYPED)
        and ".upload." not in name
        and not isinstance(value, bool)
    )
