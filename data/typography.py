"""How signs are set: quotation marks inside other ones, signs that stand apart from their word."""

import re
from functools import lru_cache
from string import Formatter

WITHIN_MARKS = re.compile(r"[«“]([^«»“”]*)[»”]")
MARKED = re.compile(r"«\s*([^«»]*?)\s*»|“([^“”]*)”")


def nested(text: str, marks: str) -> str:
    """Return a text that will stand between quotation marks, its own ones replaced by the second pair, `marks`.

    Examples
    --------
    >>> nested("Auberge « Aït Maten »", "“”")
    'Auberge “Aït Maten”'
    """
    if "«" not in text and "“" not in text:
        return text
    return MARKED.sub(lambda found: f"{marks[0]}{found[1] or found[2] or ''}{marks[1]}", text)


def kept_together(text: str, high_marks: str) -> str:
    r"""Return a text whose `high_marks`, which stand apart from the word before them, never begin a line.

    The space between does not break, nor does that within « »; a text without such marks is left as it is.

    Examples
    --------
    >>> kept_together("Il dit : « non » !", ":!»")
    'Il dit\xa0: «\xa0non\xa0»\xa0!'
    """
    if not high_marks:
        return text
    return re.sub(rf" (?=[{re.escape(high_marks)}])|(?<=«) ", "\N{NO-BREAK SPACE}", text)


@lru_cache(maxsize=8_192)  # sentences of the locale: a page says the same ones again and again
def names_within_marks(pattern: str) -> frozenset[str]:
    """Return the names of the placeholders that a sentence puts between quotation marks.

    Examples
    --------
    >>> names_within_marks("Chapitre {number} ajouté à « {title} ».")
    frozenset({'title'})
    """
    return frozenset(
        name for inside in WITHIN_MARKS.findall(pattern) for _, name, _, _ in Formatter().parse(inside) if name
    )
