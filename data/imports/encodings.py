"""How the bytes of a text are to be read: recognised by what they hold, with the other ways it could be."""

import codecs
import re
from dataclasses import dataclass

CHOICES = ("utf-8", "cp1252", "cp1256", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "mac-roman")
"""Encodings that may be asked for by name; nothing else is tried."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ARABIC_SHARE = 0.3
"""Share of the bytes above 127 that stand three in a row or more: French accents stand alone, Arabic words do not."""
_SAMPLE = 400_000


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
    """Recognise how a text is encoded: its mark, the zeros of UTF-16, strict UTF-8, else a Windows code page.

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
        high = len(_HIGH.findall(sample))
        in_runs = sum(len(run) for run in _HIGH_RUN.findall(sample))
        return Guess("cp1256" if high and in_runs / high > _ARABIC_SHARE else "cp1252", is_sure=False)
    return Guess("utf-8", is_sure=True)


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
        # Five bytes mean nothing in cp1252; files have them all the same, and everything around is readable.
        text = content.decode(encoding, errors="replace" if encoding.startswith("cp") else "strict")
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
