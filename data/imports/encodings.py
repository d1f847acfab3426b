"""How the bytes of a text are to be read: recognised by what they hold, with the other ways it could be."""

import codecs
import re
from dataclasses import dataclass

BYTES = ("cp1252", "cp1256", "mac-roman", "iso-8859-6", "mac-arabic", "cp850", "cp720")
"""Of one byte a letter, the likelier first: Windows, Macintosh, Unix, DOS, in Latin and in Arabic letters."""
CHOICES = ("utf-8", *BYTES, "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
"""Encodings that may be asked for by name; nothing else is tried."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 400_000
_MOST_WORDS = 5_000
_AROUND = re.compile(rb"[^\x00-\x20;,|\x22]*[\x80-\xff][^\x00-\x20;,|\x22]*")
"""Words that hold a byte above 127: the others read the same in all."""
_FRENCH = frozenset("éèêëàâäçîïôöùûüÿœæ")
_ARABIC = frozenset("اليمونرتبعدةسهفكقحج")
_ARTICLE = "ال"
_TYPOGRAPHIC = frozenset("’‘“”–—…«»°€№•·،؛؟")
_WRONG, _ODD = -3.0, -1.0


class EncodingError(ValueError):
    """The bytes are no text in the encoding asked for."""


@dataclass(frozen=True)
class Guess:
    """The encoding of a text.

    Attributes
    ----------
    encoding
        One of `CHOICES`.
    is_sure
        False when other encodings give as plausible a text: the beginning of the text is shown and somebody looks.
    """

    encoding: str
    is_sure: bool


def guess_encoding(content: bytes) -> Guess:
    """Recognise how a text is encoded: its mark, the zeros of UTF-16, strict UTF-8, else the page that makes words.

    Examples
    --------
    >>> guess_encoding("électricité".encode("cp1252")), guess_encoding("ماء الشرب".encode("cp1256"))
    (Guess(encoding='cp1252', is_sure=False), Guess(encoding='cp1256', is_sure=False))
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Guess(encoding, is_sure=True)
    sample = content[:_SAMPLE]
    if wide := _wide(sample):
        return Guess(wide, is_sure=False)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Guess(max(BYTES, key=lambda encoding: likeness(sample, encoding)), is_sure=False)
    return Guess("utf-8", is_sure=True)


def likeness(content: bytes, encoding: str) -> float:
    """Return how much the words of a text look like French or Arabic when read so; higher is likelier.

    Letters of the two languages count for it; against it what no word has: signs that are no letters within a word,
    capitals after small letters, letters of two scripts side by side, bytes that mean nothing.

    Examples
    --------
    >>> text = "électricité".encode("mac-roman")
    >>> likeness(text, "mac-roman") > likeness(text, "cp1252")
    True
    """
    words = b" ".join(found[0] for found, _ in zip(_AROUND.finditer(content), range(_MOST_WORDS), strict=False))
    text = words.decode(encoding, "replace")
    return sum(_weight(text[at - 1 : at], letter, text[at + 1 : at + 2]) for at, letter in enumerate(text))


def _weight(before: str, letter: str, after: str) -> float:
    """Return what one letter says for the way it was read, between its neighbours."""
    if letter.isascii():
        return 0.0
    within = before.isalpha() and after.isalpha()
    if "\u0600" <= letter <= "\u06ff":
        foreign = any(one.isalnum() and one < "\u0250" for one in (before, after))
        known = (1.0 if letter in _ARABIC else 0.3) + 0.5 * (before + letter == _ARTICLE)
        return (_ODD if foreign else 0.0) + (known if letter.isalpha() else _ODD * within)
    if letter.lower() in _FRENCH:
        # No French word has a capital after a small letter, nor three accents in a row.
        return _ODD if letter.isupper() and before.islower() else 1.0 - (not before.isascii()) - (not after.isascii())
    if letter in _TYPOGRAPHIC or letter.isspace():
        return 0.5 if not within or letter in "’‘" else _ODD
    if letter == "\ufffd" or letter < "\u00a0":
        return _WRONG
    return 0.3 if letter.isalpha() and letter.islower() else _ODD + within * _ODD


def decode(content: bytes, encoding: str) -> str:
    """Return the text, without its byte order mark.

    Raises
    ------
    EncodingError
        The encoding is none of `CHOICES`, or the bytes are not of it.
    """
    if encoding not in CHOICES:
        raise EncodingError(encoding)
    try:
        # Some bytes mean nothing in these pages; files have them all the same, and everything around is readable.
        text = content.decode(encoding, errors="replace" if encoding in BYTES else "strict")
    except UnicodeError as error:
        raise EncodingError(encoding) from error
    return text.removeprefix("\ufeff")


def _wide(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark: ASCII separators leave zeros on one side of each pair of bytes."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros / pairs > 1 / 20 and others == 0 and len(sample) % 2 == 0:
            return encoding
    return None
