"""A place pointed at on a map in a form: the commune under the finger, and the point itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from layers.payload import map_state
from pages.ui.maps import map_view
from pages.ui.maps.map_host import show_map
from pages.ui.records.record_fields import Form

PLACES = "places"
POINT = ("territory_code", "lon", "lat")
"""Fields of the one place of an entry."""
NO_LEGEND: Mapping[str, Any] = {"title": "", "rows": [], "note": ""}
Held = Sequence[tuple[int, Mapping[str, Any]]]
"""Entries of a list in a form, each under a number that no other ever had in it: its widgets are called by it."""


def added(held: Held, entry: Mapping[str, Any], touched: Callable[[int], bool] = lambda _number: True) -> Held:
    """Return the entries with one more, without those that were neither given nor touched.

    Examples
    --------
    >>> added([(0, {"territory_code": "09"})], {})
    [(0, {'territory_code': '09'}), (1, {})]
    >>> added([(0, {})], {"territory_code": "09"}, lambda number: False)
    [(1, {'territory_code': '09'})]
    """
    kept = [(number, one) for number, one in held if one or touched(number)]
    return [*kept, (max((number for number, _ in held), default=-1) + 1, entry)]


def point(form: Form, state_key: str) -> None:
    """Let one more place of a list be pointed at, approximate until said exact."""

    def take(place: dict[str, Any]) -> None:
        held = st.session_state[state_key]
        st.session_state[state_key] = added(held, place | {"exactness": "2"}, lambda number: _touched(form, number))

    _map(form, take)


def point_the_one(form: Form) -> None:
    """Let the one place of an entry be pointed at: its fields are filled in anew."""

    def take(place: dict[str, Any]) -> None:
        st.session_state.update({f"{form.key}.{name}": value for name, value in place.items()})

    _map(form, take)


def _map(form: Form, take: Callable[[dict[str, Any]], None]) -> None:
    """Show the map, and under it what pointing at it came to."""
    know, t, said_key = form.know, form.t, f"{form.key}.pointed"

    def pointed(event: Mapping[str, Any]) -> None:
        at = event.get("pointed")
        if not isinstance(at, list):
            return
        lon, lat = float(at[0]), float(at[1])
        code = know.commune_at(lon, lat)
        if code is None:
            st.session_state[said_key] = t("record.point_nowhere")
            return
        take({"territory_code": code, "lon": lon, "lat": lat})
        st.session_state[said_key] = t("record.point_added", place=know.territories.name(code, t.language))

    with st.expander(t("record.point")):
        st.caption(t("record.point_said"))
        # Nothing but places: a sign of a project would be hit in their stead.
        home = map_view.focus_on(know, know.catalog.default_territory)
        state = map_state(focus=home, legend=NO_LEGEND)
        show_map(map_view.the_map(know, t), state, key="pointing-map", on_event=pointed)
        if said := st.session_state.get(said_key):
            st.info(said)


def _touched(form: Form, number: int) -> bool:
    """Tell whether something was said in the fields of a place since the form was opened."""
    fields = (f"{form.key}.{PLACES}.{number}.{name}" for name in ("territory_code", "place_name", "lon", "lat"))
    return any(st.session_state.get(key) for key in fields)
