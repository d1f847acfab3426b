"""Amounts of money as they are published here: « 3,3 MDH », « 1,2 milliard DH », "3.981.250,00 درهم", "5 M€"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from data.imports.digits import words
from data.imports.numbers import APPROXIMATE, read_number
from data.imports.outcome import EMPTY, Outcome, Unreadable, Value, mapped

CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "MAD": ("mad", "dh", "dhs", "dirham", "dirhams", "درهم", "دراهم", "درهما", "د.م", "د.م.", "د م", "dhm"),
    "EUR": ("eur", "euro", "euros", "€", "اورو", "يورو"),
    "USD": ("usd", "us$", "$us", "$", "dollar", "dollars", "دولار", "دولارا", "دولارات", "dollars us", "us dollars"),
    "GBP": ("gbp", "£", "livre sterling", "livres sterling"),
    "CHF": ("chf", "franc suisse", "francs suisses"),
    "CAD": ("cad", "$ca", "ca$", "dollars canadiens"),
    "JPY": ("jpy", "yen", "yens", "¥"),
    "SAR": ("sar", "ريال سعودي"),
    "AED": ("aed", "درهم اماراتي"),
    "KWD": ("kwd", "دينار كويتي"),
    "XOF": ("xof", "fcfa", "francs cfa"),
}
THOUSAND, MILLION, BILLION = Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000)
MULTIPLES: Mapping[str, Decimal] = {
    **dict.fromkeys(("k", "mille", "millier", "milliers", "thousand", "الف", "الاف", "الفا"), THOUSAND),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "مليون", "ملايين", "مليونا"), MILLION),
    # MMDH is what Moroccan budgets write for milliards de dirhams; English « billion » is the same.
    **dict.fromkeys(
        ("mm", "md", "mds", "mrd", "mrds", "milliard", "milliards", "bn", "billion", "billions", "مليار", "ملايير"),
        BILLION,
    ),
    **dict.fromkeys(("مليارات", "مليارا"), BILLION),
}
ALONE: Mapping[str, Decimal] = {
    "مليون": MILLION,
    "مليونين": 2 * MILLION,
    "مليونان": 2 * MILLION,
    "مليوني": 2 * MILLION,
    "مليار": BILLION,
    "مليارين": 2 * BILLION,
    "ملياران": 2 * BILLION,
    "ملياري": 2 * BILLION,
    "الف": THOUSAND,
    "الفين": 2 * THOUSAND,
    "الفان": 2 * THOUSAND,
    "الفي": 2 * THOUSAND,
    "un million": MILLION,
    "un milliard": BILLION,
    "one million": MILLION,
}
"""Multiples said without a number: « مليون درهم », « مليونين », « un million de dirhams ».

« مليونا » is none of them: a million after a number, two before what is counted.
"""
CENTIMES = ("centime", "centimes", "سنتيم", "سنتيمات")
PER_DIRHAM = Decimal(100)
COLLOQUIAL = ("ريال", "rial", "rials", "ryal", "ryals")
TAX = re.compile(r" ?\(?(?:ttc|ht|hors taxes?|toutes taxes comprises)\)?$")
_JOINERS = re.compile(r"^(?:de |d'|of )")
_WORD = re.compile(r"[^\W\d_]+|[$€£¥]")
_NUMBER = re.compile(r"[+-]?[\d][\d.,' \u066b\u066c]*|[+-]?[.,]\d+")


@dataclass(frozen=True)
class Money:
    """An amount and its ISO 4217 currency; None when the cell names none.

    Attributes
    ----------
    is_counted
        The cell itself says what it counts in: thousands, millions, centimes.
    """

    amount: Decimal
    currency: str | None = None
    is_counted: bool = field(default=False, compare=False, repr=False)


def read_amount(text: str, *, decimal: str | None = None) -> Outcome:
    """Read an amount of money.

    Parameters
    ----------
    decimal
        `comma` or `point` where it is settled; see `data.imports.numbers.read_number`.

    Returns
    -------
    Outcome
        A Money; its options likewise when the number is ambiguous. Unreadable: what a number can be, `two_currencies`,
        `colloquial_money` (rials: 5 centimes to some, a riyal to others), `unknown_unit` (naming it).

    Examples
    --------
    >>> read_amount("3,3 MDH").value
    Money(amount=Decimal('3300000.0'), currency='MAD')
    >>> read_amount("50 MMDH").value.amount == 50_000_000_000
    True
    """
    whole = TAX.sub("", words(text).replace("’", "'"))
    said = APPROXIMATE.sub("", whole)
    if said != whole:
        read = read_amount(said, decimal=decimal)
        return Value(read.value, "approximate") if isinstance(read, Value) else read
    if not said:
        return EMPTY
    numbers = list(_NUMBER.finditer(said))
    if not numbers and (alone := _alone(said)):
        return alone
    around = said if not numbers else f"{said[: numbers[0].start()]} {said[numbers[-1].end() :]}"
    two = len({currency_of(word) for word in _WORD.findall(said)} - {None}) > 1
    unit = Unreadable("two_currencies") if two else _unit(" ".join(around.split()))
    if isinstance(unit, Unreadable):
        # What is not a unit may be a way of saying the number: « environ 300 », « 10 à 15 », a broken cell.
        plain_number = read_number(said, decimal=decimal)
        is_number = not isinstance(plain_number, Unreadable) or plain_number.reason != "not_a_number"
        return mapped(plain_number, Money) if is_number else unit
    factor, currency = unit
    if not numbers:
        return Unreadable("not_a_number")
    read = read_number(said[numbers[0].start() : numbers[-1].end()], decimal=decimal)
    return mapped(read, lambda number: Money(number * factor, currency, is_counted=factor != 1))


def currency_of(text: str) -> str | None:
    """Return the ISO code a word or sign stands for; None when it stands for none.

    Examples
    --------
    >>> currency_of("Dhs"), currency_of("xyz")
    ('MAD', None)
    """
    said = words(text)
    return next((code for code, names in CURRENCIES.items() if said in names), None)


def _alone(said: str) -> Outcome | None:
    """Read a multiple that stands without a number, alone or before its currency."""
    for name in sorted(ALONE, key=len, reverse=True):
        if taken := _taken(said, (name,)):
            unit = _unit(taken[1].strip())
            if isinstance(unit, Unreadable):
                return unit
            return Value(Money(ALONE[name] * unit[0], unit[1], is_counted=True))
    return None


def _unit(around: str) -> tuple[Decimal, str | None] | Unreadable:
    """Read what stands around the number: a multiple, a currency, both, glued (MDH, M€, KDH) or not."""
    factor, currency, rest = Decimal(1), None, _JOINERS.sub("", around)
    while rest:
        if taken := _taken(rest, CENTIMES):
            factor, currency, rest = factor / PER_DIRHAM, currency or "MAD", taken[1]
        elif _taken(rest, COLLOQUIAL) and not _currency_at(rest):
            return Unreadable("colloquial_money")
        elif found := _currency_at(rest):
            if currency not in (None, found[0]):
                return Unreadable("two_currencies")
            currency, rest = found
        elif found_multiple := _multiple_at(rest):
            factor, rest = factor * found_multiple[0], found_multiple[1]
        else:
            return Unreadable("unknown_unit", around)
        rest = _JOINERS.sub("", rest.strip(" .-:;()/"))
    return factor, currency


def _currency_at(rest: str) -> tuple[str, str] | None:
    names = [(name, code) for code, listed in CURRENCIES.items() for name in listed]
    for name, code in sorted(names, key=lambda one: -len(one[0])):
        if taken := _taken(rest, (name,)):
            return code, taken[1]
    return None


def _multiple_at(rest: str) -> tuple[Decimal, str] | None:
    for name in sorted(MULTIPLES, key=len, reverse=True):
        if taken := _taken(rest, (name,)):
            return MULTIPLES[name], taken[1]
        # Glued to a currency: mdh, mmdh, kdh, m€, meur, mmad.
        if rest.startswith(name) and name.isascii() and len(name) < len("mille"):
            glued = rest[len(name) :]
            if _currency_at(glued):
                return MULTIPLES[name], glued
    return None


def _taken(rest: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the name with which a text begins as a whole word, and what follows it."""
    for name in names:
        after = rest[len(name) :]
        if rest.startswith(name) and (not after or not after[0].isalpha() or not name[-1].isalpha()):
            return name, after
    return None
