"""What somebody said once about a word of a file, for every row that bears it: this sector, that commune."""

from collections.abc import Mapping

from data.imports.digits import words

Answers = Mapping[str, str]
"""Readings of a plan; those about a word are called `<field>:<word>`, folded, and hold a code, or some joined by +."""
SEVERAL = "+"


def answer_key(field: str, word: str) -> str:
    """Return under which name the answer about a word is kept.

    Examples
    --------
    >>> answer_key("commune", " Oulad  Aïssa ")
    'commune:oulad aissa'
    """
    return f"{field}:{words(word)}"


def answers_to(answers: Answers, field: str, word: str) -> list[str]:
    """Return the codes that were said for a word: one, or one for each province in which its name was asked about."""
    return [code for code in answers.get(answer_key(field, word), "").split(SEVERAL) if code]
