"""What an import found, in words: each problem with its value and its remedy, each remark."""

from collections.abc import Callable

from data.imports.candidate import RowProblem
from data.texts import Texts

CONTRACT = "contract_"


def problem_said(problem: RowProblem, t: Texts, name_of: Callable[[str], str] | None = None) -> str:
    """Say one problem: the value, what is wrong, what to do; for a place with several meanings, which ones.

    Parameters
    ----------
    name_of
        What gives the name of a territory by its code; None where there is none but that of the official lists.
    """
    value = apart(problem.value, t)
    if problem.rule.startswith(CONTRACT):
        field = t(f"import.field.{problem.field}") if problem.field else ""
        key = f"problem.{problem.rule.removeprefix(CONTRACT)}"
        return t(key, field=field, value=value, allowed=apart(problem.detail, t))
    place, _, km = problem.detail.partition("|")
    away = t.number(float(km), 1) if problem.rule == "outside_commune" else km
    rule = "which_place_one" if problem.rule == "which_place" and len(problem.options) == 1 else problem.rule
    said = t(f"import.reason.{rule}", value=value, detail=apart(problem.detail, t), place=apart(place, t), away=away)
    if problem.rule == "which_place":
        said += " " + " | ".join(
            f"{name_of(code)} ({code})" if name_of else reading for reading, code in problem.options
        )
    return said


def note_said(note: RowProblem, t: Texts) -> str:
    """Say one remark about a row."""
    return t(f"import.note.{note.rule}", detail=apart(note.value, t))


def apart(text: str, t: Texts) -> str:
    """Return a text of a file that keeps its order in a line from right to left: « -9.6 ; 30.4 » would change sides."""
    return f"\u2068{text}\u2069" if text and t.direction == "rtl" else text
