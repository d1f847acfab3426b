"""The form of a kind of record, made of its fields in the catalogue: declared once, asked here, checked by it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from data.records.contract import Field, Fields, load_kinds
from data.records.record import pictures_of
from geo.story import TERMS
from pages.ui.page import show
from pages.ui.records import pictures, record_pictures, record_places, refused_form
from pages.ui.records.record_fields import Form, ask, filled, options_of, word
from pages.ui.records.record_places import PLACES

PICTURES, CHAPTERS = "shown_picture", "chapters"
NOT_ASKED = {"made_on", "figures", "picture", "decision", "decision_said"}
"""Fields filled in elsewhere, of a story by its page, of a report by who decides: a form leaves them as they are."""
PARTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "project": (
        ("title", "description", "status", "start_date", "end_date"),
        ("sectors", "places"),
        ("organisations", "amount", "currency", "amount_year"),
        ("beneficiaries_said", "beneficiaries_count", "source_url", "source_said", "source_date", "same_as", "note"),
        ("pictures",),
    )
}
"""Fields that are asked together, under one heading each (`record.part.<kind>.<number>`); other kinds have one part."""


def form_of(kind: str, content: Mapping[str, Any], form: Form, *, only: Sequence[str] = ()) -> dict[str, Any]:
    """Show every field of a kind (or some only) with the content it has, and return the content it has now.

    What kept it from being taken, if anything did, is said over it and under its fields (`refused_form`).
    """
    fields = load_kinds().kinds[kind]
    parts = (tuple(only),) if only else PARTS.get(kind, (tuple(fields),))
    now: dict[str, Any] = {}
    top = st.container()
    for number, names in enumerate(parts, 1):
        if len(parts) > 1:
            st.header(form.t(f"record.part.{kind}.{number}"), anchor=False)
        for name in names:
            if name == record_places.POINT[0] and set(record_places.POINT) <= set(names):
                record_places.point_the_one(form)
            now[name] = _field(form, fields[name], content.get(name))
            refused_form.under(form.key, name, filled(now).get(name), form.t)
    with top:
        refused_form.over(form.key, filled(now), form.t)
    return filled(now)


def _field(form: Form, field: Field, value: Any) -> Any:
    if field.type != "list":
        return _asked(form, field, value)
    given = [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
    if field.of == PICTURES:
        return record_pictures.ask_pictures(form, field, given)
    group = load_kinds().groups[str(field.of)]
    if len(_codes_of(group)) == 1 and set(group) <= {*_codes_of(group), "share_pct"}:
        return _several(form, field, group, given)
    return _entries(form, field, group, given)


def _asked(form: Form, field: Field, value: Any) -> Any:
    return value if field.name in NOT_ASKED else ask(form, field, value)


def _codes_of(group: Fields) -> list[str]:
    return [name for name, field in group.items() if field.type == "code"]


def _several(form: Form, field: Field, group: Fields, given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ask for several codes at once, then, where shares make sense, for the share of each."""
    (name,) = _codes_of(group)
    of = str(group[name].of)
    options = options_of(form, of)
    chosen = st.multiselect(
        form.t(f"field.{field.name}") + (" *" if field.required else ""),
        options,
        default=[entry[name] for entry in given if entry.get(name) in options],
        format_func=lambda code: word(form, of, code),
        placeholder=form.t("record.search"),
        max_selections=field.longest,
        select_all=False,
        key=f"{form.key}.{field.name}",
    )
    entries: list[dict[str, Any]] = [{name: code} for code in chosen]
    if "share_pct" not in group or len(chosen) < 2:  # noqa: PLR2004 - one alone has all of it
        return entries
    before = {entry.get(name): entry.get("share_pct") for entry in given}
    with st.expander(form.t("record.shares"), expanded=any(share is not None for share in before.values())):
        for entry in entries:
            entry["share_pct"] = st.number_input(
                word(form, of, entry[name]),
                0.0,
                100.0,
                value=before.get(entry[name]),
                format="%.4g",
                key=f"{form.key}.{field.name}.{entry[name]}",
            )
    return [filled(entry) for entry in entries]


def _entries(form: Form, field: Field, group: Fields, given: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ask for the entries of a list one under the other; places may be pointed at on the map as well."""
    state_key = f"{form.key}.{field.name}.entries"
    held: list[tuple[int, Mapping[str, Any]]] = st.session_state.setdefault(
        state_key, list(enumerate(given or ([{}] if field.required else [])))
    )
    st.markdown(f"**{form.t(f'field.{field.name}')}**" + (r" \*" if field.required else ""))
    if field.name == PLACES:
        record_places.point(form, state_key)
        held = st.session_state[state_key]
    entries = []
    for place, (number, entry) in enumerate(held, 1):
        with st.container(border=True):
            inside = form.under(f"{field.name}.{number}")
            if len(held) > 1:
                st.caption(form.t("record.entry", field=form.t(f"field.{field.name}"), n=place))
            entries.append(_entry(inside, group, entry))
            if st.button(form.t("record.remove_entry", n=place), key=f"{inside.key}.remove", type="tertiary"):
                st.session_state[state_key] = [pair for pair in held if pair[0] != number]
                st.rerun()
    if len(held) < field.longest and st.button(form.t(f"record.add.{field.name}"), key=f"{form.key}.{field.name}.add"):
        st.session_state[state_key] = record_places.added(held, {})
        st.rerun()
    return [entry for entry in entries if entry]


def _entry(form: Form, group: Fields, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the fields of an entry; of the picture of a chapter, what is said of it, under the picture."""
    shown = list(pictures_of({CHAPTERS: [entry]}))
    if shown:
        (one,) = pictures.in_private(shown, form.t)
        show("pictures.html", key=f"{form.key}.shown", one=one)
    left_out = () if shown else TERMS
    return filled({name: _asked(form, one, entry.get(name)) for name, one in group.items() if name not in left_out})
