"""What a file leaves open, asked once: each answer holds for all rows it is about, and stays to be changed."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import streamlit as st

from data.catalog import load_catalog
from data.imports.answers import SEVERAL, answer_key
from data.imports.bodies import UNKNOWN as UNKNOWN_SECTOR
from data.imports.preview import Question
from data.imports.said import apart
from data.schema import PARTIAL_DATE
from data.texts import Texts
from pages.ui.knowledge import knowledge
from pages.ui.records import record_words

MOST_ASKED = 10
"""Open questions on the page at once: the most frequent first, the others as these are answered."""
POSITION = ("swapped", "lost_sign", "swapped_lost_sign", "metres")


class Kept(NamedTuple):
    """A question that was asked, and the code or reading that was chosen."""

    question: Question
    chosen: str | None


def given(short: str) -> dict[str, str]:
    """Return the readings that were chosen for a file, as a plan holds them; `short` names the file.

    A question that is answered is asked no more by the dry run: what was chosen is kept here, not in its widget alone.
    """
    readings: dict[str, str] = {}
    kept = _kept(short)
    for name, (question, before) in kept.items():
        chosen = st.session_state.get(_key(name, short), before)
        kept[name] = Kept(question, chosen)
        if chosen:
            reading = _reading_of(question)
            readings[reading] = SEVERAL.join(filter(None, (readings.get(reading, ""), chosen)))
    return readings


def ask(questions: Sequence[Question], short: str, t: Texts) -> None:
    """Show the open questions of a dry run, and those already answered, each with its answers."""
    kept = _kept(short)
    open_now = {_name(question): question for question in questions[:MOST_ASKED]}
    for name in [name for name, one in kept.items() if not one.chosen and name not in open_now]:
        del kept[name]
    for name, question in open_now.items():
        kept[name] = Kept(question, kept[name].chosen if name in kept else None)
    for name, (question, chosen) in kept.items():
        said = _answers(question, t)
        options: list[str | None] = [None, *said]
        st.selectbox(
            f"{t('import.question', column=question.column or t(f'import.field.{question.field}'), n=question.rows)} — "
            + t(f"import.reason.{question.rule}", value=apart(question.example, t), detail=apart(question.word, t)),
            options,
            index=options.index(chosen) if chosen in options else 0,
            format_func=partial(_said_of, said, t),
            key=_key(name, short),
        )


def _said_of(said: Mapping[str, str], t: Texts, code: str | None) -> str:
    return said[code] if code else t("import.ask")


def _kept(short: str) -> dict[str, Kept]:
    kept: dict[str, Kept] = st.session_state.setdefault(f"atlas_import_answers_{short}", {})
    return kept


def _key(name: str, short: str) -> str:
    return f"answer-{name}-{short}"


def _name(question: Question) -> str:
    return "|".join([question.field, question.rule, question.word, *question.readings])


def _reading_of(question: Question) -> str:
    if question.word:
        return answer_key(question.field, question.word)
    return "position" if question.rule in POSITION else question.field


def _answers(question: Question, t: Texts) -> dict[str, str]:
    """Return what may be answered, each in words."""
    if question.rule == UNKNOWN_SECTOR:
        return {code: t.label("sector", code, sector.label) for code, sector in load_catalog().sectors.items()}
    if question.word:  # a place: its code is the meaning
        return {code: record_words.place(knowledge(), code, t) for code in question.meanings}
    pairs = zip(question.readings, question.meanings, strict=True)
    return {reading: f"{_reading(reading, t)} ({_meaning(meaning, t)})" for reading, meaning in pairs}


def _meaning(meaning: str, t: Texts) -> str:
    """Say what a reading gives; a day in words, for its numbers change sides in a line from right to left."""
    with suppress(ValueError):  # 30 February
        return t.date(meaning) if re.fullmatch(PARTIAL_DATE, meaning) else meaning
    return meaning


def _reading(reading: str, t: Texts) -> str:
    parts = [
        t(f"import.reading_name.{part}") if t.has(f"import.reading_name.{part}") else part for part in reading.split()
    ]
    return ", ".join(parts)
