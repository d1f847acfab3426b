"""What the format of a number says that the number does not: « 3,3 MDH » is 3.3 in its cell, MDH in its format."""

import re
from decimal import Decimal
from functools import lru_cache

from data.imports.amounts import Money, read_amount
from data.imports.outcome import Value

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([$€£¥])')
_DECIMALS = 3


@lru_cache(1_000)
def unit_of(number_format: str) -> str:
    """Return the currency or multiple that a format writes beside its numbers; empty for none.

    Examples
    --------
    >>> unit_of('# ##0.0 "MDH"'), unit_of('#,##0.00 [$€-40C]'), unit_of('0 "km"'), unit_of("General")
    ('MDH', '€', '', '')
    """
    if number_format == "General":
        return ""
    first = number_format.split(";", maxsplit=1)[0]
    said = "".join(next(filter(None, parts), "") for parts in _LITERAL.findall(first)).strip()
    if not said:
        return ""
    read = read_amount(f"1 {said}")
    money = read.value if isinstance(read, Value) else None
    return said if isinstance(money, Money) and (money.currency or money.is_counted) else ""


def with_unit(number: float, unit: str) -> str:
    """Return a number and its unit as a text that has one reading.

    Examples
    --------
    >>> with_unit(3.3, "MDH"), with_unit(1.234, "€"), with_unit(5.0, "DH")
    ('3.3 MDH', '1.2340 €', '5 DH')
    """
    said = f"{Decimal(str(number)):f}"
    whole, _, decimals = said.partition(".")
    # Three decimals could be thousands; a fourth tells.
    decimals = f"{decimals}0" if len(decimals) == _DECIMALS else decimals
    return f"{whole}.{decimals} {unit}" if decimals.strip("0") else f"{whole} {unit}"
