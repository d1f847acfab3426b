"""Cells as their writers meant them: digits of any script become 0-9, marks nobody sees go, spaces are one."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff\u00ad]")
_DRAWN = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile("[\\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LETTERS = str.maketrans("ٱىة_", "ايه ", "ـ")
_MINUS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "﹣": "-", "－": "-"})


def plain(text: str) -> str:
    """Return a cell without marks of direction, its digits 0-9, its dashes and its spaces of one kind.

    Only decimal digits change: ² and ½ stay what they are.

    Examples
    --------
    >>> plain("٣٫٣ مليون")
    '3٫3 مليون'
    >>> plain("12\u202f500")
    '12 500'
    """
    if text.isascii():
        return " ".join(text.split())
    visible = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return "".join(_digit(letter) for letter in visible).translate(_MINUS)


def _digit(letter: str) -> str:
    return letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter))


@lru_cache(65_536)
def words(text: str) -> str:
    """Return a text to be compared with a list of words: no case, no accents, alef and ta marbuta of one kind.

    Examples
    --------
    >>> words("Décembre"), words("أكتوبر") == words("اكتوبر")
    ('decembre', True)
    """
    # Letters of Arabic in their drawn forms (copied from PDF files) become letters; ² and ½ stay what they are.
    if text.isascii():
        return plain(text).casefold().translate(_LETTERS).strip()
    spelled = _DRAWN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain(text).casefold())
    letters = unicodedata.normalize("NFD", spelled)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(_LETTERS).strip()
