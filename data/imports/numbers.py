"""Numbers as people write them, with comma or point; what has two meanings is asked, not guessed."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from data.imports.digits import plain, words
from data.imports.outcome import EMPTY, Ambiguous, Option, Outcome, Unreadable, Value

COMMA, POINT = "comma", "point"
"""Which sign begins the decimals of a column."""
MOST_DIGITS = 30  # of any quantity we know; reading numbers of thousands of digits would take for ever
GROUP = 3
_SIGNS = {COMMA: ",", POINT: "."}
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "´": "'", "`": "'", "،": ",", "٬": "'", "٫": "\u066b"})
_SHAPE = re.compile(r"([+-]?) ?([\d.,' \u066b]*\d[.,\u066b]?)")
_NOT_FINITE = {"nan", "inf", "infinity", "infini", "-inf", "+inf", "-infinity", "#nan"}
SPREADSHEET_ERROR = re.compile(
    r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|BUSY|CONNECT|EXTERNAL|UNKNOWN|GETTING_DATA"
    r"|NOM|VALEUR|NOMBRE|NUL|PROPAGATION|EPARS|CALCUL|CHAMP|BLOQUE|OCCUPE|CONNEXION|INCONNU) ?[!?]?|err ?: ?5\d\d",
    re.IGNORECASE,
)
"""As Excel shows the failure of a formula, in English or French, and LibreOffice (Err:502)."""
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
APPROXIMATE = re.compile(
    r"^(?:env(?:iron|\.)?|approx\.?|approximately|about|circa|ca\.|pres de|quelque|~|≈|±|حوالي|تقريبا|نحو|قرابه) ?"
)
_RANGE = re.compile(
    r"(?:entre |de |from |between |من |بين )?(\d[\d.,' \u066b]*?) ?(?:-|a|et|to|and|الي|و|\.\.) ?(\d[\d.,' \u066b]*)"
)
_PERCENT = re.compile(r" ?(?:%|٪|﹪|％|pct|p\.c\.|pour ?cent|percent|في المئه|بالمئه|في المائه|بالمائه)$")


def read_number(text: str, *, decimal: str | None = None) -> Outcome:
    """Read a number.

    Parameters
    ----------
    text
        Thousands may be set apart by spaces of any width, apostrophes, ٬, points or commas; digits may be
        Arabic-Indic or Persian.
    decimal
        `comma` or `point` where the rest of the column, or somebody, has settled it.

    Returns
    -------
    Outcome
        A Decimal. Ambiguous (`decimal_sign`, readings comma and point) for "1,234" and "250.000"; (`range`, readings
        low and high) for "10 à 15". Unreadable: `not_a_number`, `broken_groups`, `scientific`, `not_finite`,
        `spreadsheet_error`, `too_many_digits`.

    Examples
    --------
    >>> read_number("3.981.250,00")
    Value(value=Decimal('3981250.00'), note='')
    >>> read_number("1,234").reason
    'decimal_sign'
    """
    said = words(text).translate(_APOSTROPHES) if not text.isascii() else plain(text).casefold()
    if not said:
        return EMPTY
    if reason := _never_a_number(said):
        return Unreadable(reason)
    bare = APPROXIMATE.sub("", said)
    note = "approximate" if bare != said else ""
    if sum(letter.isdecimal() for letter in bare) > MOST_DIGITS:
        return Unreadable("too_many_digits", str(MOST_DIGITS))
    if shaped := _SHAPE.fullmatch(bare):
        read = _digits(shaped[2], decimal, negative=shaped[1] == "-")
        return Value(read.value, note) if isinstance(read, Value) else read
    return _range(bare, decimal)


def read_percent(text: str, *, decimal: str | None = None) -> Outcome:
    """Read a percentage, 0 to 100, with or without its sign.

    Examples
    --------
    >>> read_percent("12,5 %").value
    Decimal('12.5')
    """
    said = words(text) if not text.isascii() else plain(text).casefold()
    return read_number(_PERCENT.sub("", said), decimal=decimal)


def decimal_sign_of(texts: Iterable[str]) -> str | None:
    """Return the sign that begins the decimals in a column, from the cells that leave no doubt.

    None when no cell tells, or when they contradict one another: then somebody is asked.

    Examples
    --------
    >>> decimal_sign_of(["250.000", "12,50"])
    'comma'
    """
    found: Counter[str] = Counter()
    for text in texts:
        for number in re.findall(r"\d[\d.,' ]*", plain(text).translate(_APOSTROPHES)):
            if sign := _told_by(number.strip(" ,.")):
                found[sign] += 1
    return next(iter(found)) if len(found) == 1 else None


def _never_a_number(said: str) -> str:
    if SPREADSHEET_ERROR.fullmatch(said):
        return "spreadsheet_error"
    if said in _NOT_FINITE:
        return "not_finite"
    return "scientific" if _SCIENTIFIC.fullmatch(said) else ""


def _told_by(number: str) -> str | None:
    """Return what one number says of its column: the last of two signs, a repeated one, or uneven decimals."""
    commas, points = number.count(","), number.count(".")
    spaced = " " in number or "'" in number
    if commas and points:
        last = COMMA if number.rindex(",") > number.rindex(".") else POINT
        return last if number.count(_SIGNS[last]) == 1 else None
    sign, other = (COMMA, POINT) if commas else (POINT, COMMA)
    if commas + points != 1:
        return other if commas + points and _grouped(number.split(_SIGNS[sign])) else None
    whole, decimals = number.split(_SIGNS[sign])
    return sign if spaced or len(decimals) != GROUP or not 1 <= len(whole) <= GROUP or whole[0] == "0" else None


def _digits(number: str, decimal: str | None, *, negative: bool) -> Outcome:
    """Read digits and their signs: every grouping is checked, one sign before three digits is ambiguous."""
    if "\u066b" in number:  # the Arabic decimal sign means nothing else
        whole, _, decimals = number.partition("\u066b")
        return _joined(re.split("[.,' ]", whole), decimals, negative=negative)
    commas, points = number.count(","), number.count(".")
    if commas and points:
        sign = "," if number.rindex(",") > number.rindex(".") else "."
        whole, _, decimals = number.rpartition(sign)
        return _joined(re.split("[.,' ]", whole), decimals, negative=negative)
    if commas + points != 1:
        return _joined(re.split("[.,' ]", number), "", negative=negative)
    sign = COMMA if commas else POINT
    whole, _, decimals = number.partition(_SIGNS[sign])
    as_decimal = _joined(re.split("[' ]", whole), decimals, negative=negative)
    if _told_by(number) or not decimals:
        return as_decimal
    as_group = _joined([whole, decimals], "", negative=negative)
    if decimal in _SIGNS:
        return as_decimal if decimal == sign else as_group
    return _either(sign, as_decimal, as_group)


def _either(sign: str, as_decimal: Outcome, as_group: Outcome) -> Outcome:
    if isinstance(as_decimal, Value) and isinstance(as_group, Value):
        other = POINT if sign == COMMA else COMMA
        return Ambiguous("decimal_sign", (Option(as_decimal.value, sign), Option(as_group.value, other)))
    return as_decimal


def _joined(groups: list[str], decimals: str, *, negative: bool) -> Outcome:
    whole = groups if groups != [""] else ["0"]
    if (len(whole) > 1 and not _grouped(whole)) or not (decimals.isdecimal() or not decimals):
        return Unreadable("broken_groups")
    value = Decimal("".join(whole) + (f".{decimals}" if decimals else ""))
    return Value(-value if negative else value)


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= GROUP and all(len(group) == GROUP for group in groups[1:])


def _range(said: str, decimal: str | None) -> Outcome:
    found = _RANGE.fullmatch(said)
    if found is None:
        return Unreadable("not_a_number")
    low, high = (read_number(part, decimal=decimal) for part in found.groups())
    if isinstance(low, Value) and isinstance(high, Value) and low.value < high.value:
        return Ambiguous("range", (Option(low.value, "low"), Option(high.value, "high")))
    return Unreadable("not_a_number")
