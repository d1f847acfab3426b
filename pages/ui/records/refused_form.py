"""What keeps a form from being taken: said over it with the way to each field, and under the field till it is changed.

Whoever pressed the button stands at the end of a long form: the page goes to the list, the list to each field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.records.contract import LANGUAGES, FieldProblem
from data.records.record import Content
from data.texts import Texts, load_texts
from pages.ui.page import show

REFUSED = "atlas_refused_"


@dataclass(frozen=True)
class Refusal:
    """What was handed in, what is wrong with it, and the how-manieth time it was refused."""

    content: Content
    problems: tuple[FieldProblem, ...]
    number: int = 1

    def standing(self, now: Mapping[str, Any]) -> list[FieldProblem]:
        """Return the problems of fields that say what they said when the form was refused."""
        return [one for one in self.problems if now.get(_field(one)) == self.content.get(_field(one))]


def remember(key: str, content: Content, problems: Sequence[FieldProblem]) -> None:
    """Keep why the form of a key was refused, for its next showing."""
    before: Refusal | None = st.session_state.get(REFUSED + key)
    st.session_state[REFUSED + key] = Refusal(content, tuple(problems), before.number + 1 if before else 1)


def forget(key: str) -> None:
    """Forget that a form was refused: it was taken."""
    st.session_state.pop(REFUSED + key, None)


def over(key: str, now: Mapping[str, Any], t: Texts) -> None:
    """List over a form what is left to be changed, each line leading to its field."""
    refusal: Refusal | None = st.session_state.get(REFUSED + key)
    left = refusal.standing(now) if refusal else []
    if refusal and left:
        lines = [{"said": problem_said(one, t), "id": _anchor(key, _field(one))} for one in left]
        title = t("contribute.mend")
        show("refused.html", key=f"{key}.refused", title=title, lines=lines, number=refusal.number)


def under(key: str, name: str, value: Any, t: Texts) -> None:
    """Say under a field what is wrong with what it holds."""
    refusal: Refusal | None = st.session_state.get(REFUSED + key)
    left = [one for one in refusal.standing({name: value}) if _field(one) == name] if refusal else []
    if left:
        lines = [problem_said(one, t) for one in left]
        show("refused_field.html", key=f"{key}.{name}.refused", id=_anchor(key, name), lines=lines)


def problem_said(found: FieldProblem, t: Texts) -> str:
    """Say a problem in words: which field, which value, which rule, what is allowed."""
    return t(f"problem.{found.rule}", field=_path_said(found.path, t), value=found.value, allowed=found.allowed)


def _path_said(path: str, t: Texts) -> str:
    """Name a field as its form does: « Chapitres 1 › Titre (Français) » is the French title of the first chapter."""
    said: list[str] = []
    for part in path.split("."):
        if part.isdecimal() and said:
            said[-1] += f" {part}"
        elif part in LANGUAGES and said:
            said[-1] = t("stories.in_language", field=said[-1], language=load_texts(part).name)
        else:
            said.append(part if part.isdecimal() else t(f"field.{part}"))
    return " › ".join(said)


def _field(problem: FieldProblem) -> str:
    return problem.path.partition(".")[0]


def _anchor(key: str, name: str) -> str:
    return f"refused-{key}-{name}"
