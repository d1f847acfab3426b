"""Find the place of a match by its name: a territory, or a village, which is matched as its commune."""

from typing import Any

import streamlit as st

from data.texts import Texts
from pages.ui import place_search
from pages.ui.knowledge import Knowledge
from pages.ui.villages import village_words

VILLAGES_ASKED = "atlas_match_villages_asked"
LEAST_SCORE = 80.0  # a name or a part of it, not a likeness of sound alone


def resolve(know: Knowledge, changes: dict[str, Any]) -> dict[str, Any]:
    """Turn a place typed by the visitor into a change of territory; keep the villages of that name for `answer`."""
    text = str(changes.get("place", ""))[:80].strip()
    if changes:
        st.session_state.pop(VILLAGES_ASKED, None)
    changes = place_search.resolve(know, changes)
    if text and "territory" not in changes and not st.session_state[place_search.ASKED][1]:
        found = [match.row for match in know.village_names.search(text) if match.score >= LEAST_SCORE]
        if found:
            st.session_state[VILLAGES_ASKED] = tuple(found)
    return changes


def answer(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what to say of the place last asked for: which territory, or which village, it may be."""
    text, _ = st.session_state.get(place_search.ASKED, ("", ()))
    rows = st.session_state.get(VILLAGES_ASKED, ())
    if not text or not rows:
        return place_search.answer(know, t)
    candidates = [
        [
            know.territories.commune_codes[know.villages.commune[row]],
            t(
                "matching.place.village",
                name=village_words.name(know, row, t),
                commune=village_words.commune(know, row, t),
            ),
        ]
        for row in rows
    ]
    return {"said": t("matching.place.villages", text=text), "candidates": candidates}
