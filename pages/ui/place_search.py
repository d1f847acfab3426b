"""Find a territory by its name, in any spelling; when several bear it, ask which one is meant."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.texts import Texts
from pages.ui.knowledge import Knowledge

ASKED = "atlas_place_asked"


def resolve(know: Knowledge, changes: dict[str, Any]) -> dict[str, Any]:
    """Turn a place typed by the visitor into a change of territory, or keep the question for `answer`."""
    text = str(changes.pop("place", ""))[:80].strip()
    if not text:
        if changes:
            st.session_state.pop(ASKED, None)
        return changes
    found = know.places.resolve(text)
    if found.status == "found":
        st.session_state.pop(ASKED, None)
        return changes | {"territory": found.candidates[0].territory_code}
    st.session_state[ASKED] = (text, tuple(match.territory_code for match in found.candidates))
    return changes


def answer(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what to say of the place last asked for: which ones it may be, or that none is known."""
    text, codes = st.session_state.get(ASKED, ("", ()))
    if not text:
        return {"said": "", "candidates": []}
    return {"said": said(text, codes, t), "candidates": [[code, described(know, code, t)] for code in codes]}


def said(text: str, codes: Sequence[str], t: Texts) -> str:
    """Say that a name is not known, that one place is spelled nearly so, or that several may be meant."""
    if len(codes) > 1:
        return t("place.ambiguous", text=text)
    return t("place.near" if codes else "place.unknown", text=text)


def described(know: Knowledge, code: str, t: Texts) -> str:
    """Name a territory so that it cannot be taken for a namesake: level, name, what contains it."""
    above = [know.territories.name(up, t.language) for up in know.territories.ancestors(code) if up != "MA"]
    name = t(
        "place.level", level=t(f"level.{know.territories.level_of(code)}"), name=know.territories.name(code, t.language)
    )
    return t("place.in", place=name, territory=t("list.separator").join(above)) if above else name
