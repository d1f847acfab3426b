"""Find a place for its sheet: a territory of any level or a village, by name or code; namesakes are all offered."""

from typing import Any

import streamlit as st

from data.texts import Texts
from geo.spelling import code_digits
from geo.village_search import SAME_SCORE, VillageMatch
from pages.ui import place_search
from pages.ui.knowledge import Knowledge
from pages.ui.place_search import ASKED
from pages.ui.villages import village_words

MOST_VILLAGES = 12
NEAR_SCORE = 80.0  # less alike, a spelling is no guess worth offering


def resolve(know: Knowledge, changes: dict[str, Any]) -> dict[str, Any]:
    """Turn what the visitor typed into a change of place; keep the question for `answer` when it is not sure.

    A village is gone to at once when no territory is meant and one village alone bears exactly the name or the code;
    one that is only spelled alike is offered: it may be another than the one meant.
    """
    text = str(changes.get("place", ""))[:80].strip()
    if text and code_digits(text) in know.villages:
        st.session_state.pop(ASKED, None)
        return {"territory": code_digits(text)}
    after = place_search.resolve(know, changes)
    if not text or "territory" in after:
        return after
    _, territories = st.session_state.get(ASKED, (text, ()))
    named = _villages(know, text)
    if not territories and len(named) == 1 and named[0].score >= SAME_SCORE:
        st.session_state.pop(ASKED, None)
        return after | {"territory": named[0].code}
    st.session_state[ASKED] = (text, (*territories, *(match.code for match in named)))
    return after


def answer(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what to say of the place last asked for, and the places it may be."""
    text, codes = st.session_state.get(ASKED, ("", ()))
    if not text:
        return {"said": "", "candidates": []}
    return {
        "said": place_search.said(text, codes, t),
        "candidates": [{"code": code, "label": described(know, code, t)} for code in codes],
    }


def described(know: Knowledge, code: str, t: Texts) -> str:
    """Name a territory or a village so that it cannot be taken for a namesake."""
    if code not in know.villages:
        return place_search.described(know, code, t)
    row = know.villages.row_of[code]
    commune = know.territories.commune_codes[know.villages.commune[row]]
    above = (commune, know.territories.parent_of(commune))
    inside = t("list.separator").join(know.territories.name(up, t.language) for up in above if up)
    named = t("place.level", level=t("level.village"), name=village_words.name(know, row, t))
    return t("place.in", place=named, territory=inside)


def _villages(know: Knowledge, text: str) -> list[VillageMatch]:
    """Return the villages that bear exactly this name; the nearest spellings when no village does."""
    found = know.village_names.search(text, limit=MOST_VILLAGES)
    same = [match for match in found if match.score >= SAME_SCORE]
    return same or [match for match in found if match.score >= NEAR_SCORE]
