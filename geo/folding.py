"""Fold a text so that spellings a reader would call the same compare equal: accents, case, Arabic letter variants."""

import re
import unicodedata

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_NOT_WORD = re.compile(r"[^0-9a-z\u0621-\u064a\u2d30-\u2d67]+")


def fold(text: str) -> str:
    """Return words of plain letters and digits, joined by single spaces.

    Latin letters lose case and accents, Arabic letters their vowel signs, stretching and hamza/alef variants,
    Arabic-Indic digits become 0-9; everything else separates words. Folding twice changes nothing.

    Examples
    --------
    >>> fold("Aït-Baha, n'Ougoummoun")
    'ait baha n ougoummoun'
    >>> fold("أولاد تايمة") == fold("اولاد تايمه")
    True
    """
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.translate(_ARABIC)).translate(_ARABIC).casefold()
    letters = "".join(_digit(char) for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", letters).strip()


def _digit(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() and unicodedata.digit(char, None) is not None else char
