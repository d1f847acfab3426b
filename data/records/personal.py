"""Does a text name how to reach or recognise somebody? Found before anything is public, whatever hides it a little.

Phones, e-mails, numbers of identity cards (CIN) and of bank accounts are recognised by their shape, in Latin or Arabic
digits. A name is not: no rule tells a person from a village.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

KINDS = ("email", "bank", "phone", "identity")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_APART = r"[ .()\-\u00a0\u202f\u200e\u200f]{0,3}"
_A_DATE = r"(?!\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)\d\d(?!\d))"
_BEGIN, _END = r"(?<![\w.,])", r"(?!\w)"
_CALL = r"(?:t[ée]l(?:[ée]phone)?s?|gsm|whats ?app|mobile|portable|phone|الهاتف|هاتف|واتساب|الجوال|جوال)"
_CARD = r"(?:c\.?i\.?n\.?|cnie|carte nationale|identity card|البطاقة الوطنية|بطاقة التعريف الوطنية|ب\.?ت\.?و)"
_NO_CARD = r"(?!dh|md|km|rn|rr|rp|ma)"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "email": re.compile(
        r"[\w.+\-]+ ?(?:@| ?[\[(] ?(?:at|arobase|@) ?[\])] ?) ?[\w\-]+"
        r"(?: ?(?:\.|[\[(] ?(?:dot|point) ?[\])]) ?[\w\-]+)+",
        re.IGNORECASE,
    ),
    "bank": re.compile(rf"{_BEGIN}(?:ma ?\d\d{_APART})?\d(?:{_APART}\d){{23}}{_END}", re.IGNORECASE),
    "phone": re.compile(
        rf"{_BEGIN}{_A_DATE}(?:(?:\+|00){_APART}212{_APART}0?|0){_APART}[5-8](?:{_APART}\d){{8}}{_END}"
        rf"|{_BEGIN}(?:\+|00){_APART}[1-9](?:{_APART}\d){{7,14}}{_END}"
        rf"|(?<=\b){_CALL}[ .:n°o]{{0,6}}\+?\d(?:{_APART}\d){{5,14}}{_END}",
        re.IGNORECASE,
    ),
    "identity": re.compile(
        rf"(?<![\w\-]){_NO_CARD}[a-z]{{1,2}}\d{{5,6}}(?![\w\-])"
        rf"|{_CARD}[^\w]{{0,5}}(?:n[°o]?[^\w]{{0,3}})?[a-z]{{1,2}}[ \-]?\d{{4,7}}{_END}",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Trace:
    """Where a text names how to reach or recognise somebody: the kind, one of `KINDS`, and the place in the text."""

    kind: str
    start: int
    end: int


def traces(text: str) -> list[Trace]:
    """Return what is found in a text, in its order, none within another.

    Examples
    --------
    >>> [one.kind for one in traces("Appeler le 06.61.84.84.84 ou écrire à a.b@exemple.ma")]
    ['phone', 'email']
    >>> traces("3 981 250 DH pour 250 foyers, projet B001, le 05/06/2024 à 10 h")
    []
    """
    read = text.translate(_DIGITS)
    found: list[Trace] = []
    for kind in KINDS:
        for match in _PATTERNS[kind].finditer(read):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Trace(kind, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def masked(text: str, word: Callable[[str], str]) -> str:
    """Return a text with a word in the place of each trace; `word` gives it by the kind.

    Examples
    --------
    >>> masked("CIN JB123456, merci", lambda kind: f"[{kind}]")
    '[identity], merci'
    """
    said, after = [], 0
    for one in traces(text):
        said += [text[after : one.start], word(one.kind)]
        after = one.end
    return "".join([*said, text[after:]])


def kinds_in(value: object) -> list[str]:
    """Return the kinds of traces in the texts of a JSON value, each once, in the order of `KINDS`."""
    found = {one.kind for text in _texts(value) for one in traces(text)}
    return [kind for kind in KINDS if kind in found]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
