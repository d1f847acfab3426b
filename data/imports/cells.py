"""One cell, by the kind of its field."""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.imports.amounts import Money, currency_of, read_amount
from data.imports.coordinates import read_degrees
from data.imports.dates import FIRST_SERIAL, FIRST_YEAR, LAST_SERIAL, LAST_YEAR, date_of_serial, day_order_of, read_date
from data.imports.digits import plain, words
from data.imports.fields import status_words
from data.imports.numbers import SPREADSHEET_ERROR, decimal_sign_of, read_number
from data.imports.outcome import EMPTY, Outcome, Unreadable, Value, settled

NOTHING_SAID = {
    "",
    "-",
    "--",
    "---",
    "/",
    "n/a",
    "na",
    "nd",
    "n.d.",
    "n.d",
    "n. d.",
    "nc",
    "n.c.",
    "n.c",
    "n. c.",
    "non communique",
    "neant",
    "non disponible",
    "null",
    "none",
    "…",
    "...",
}
"""What people write for an empty cell."""


def text_of(cell: Any) -> str:
    """Return what a cell shows."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def is_blank(cell: Any) -> bool:
    """Tell whether a cell says nothing."""
    return cell is None or (not isinstance(cell, int | float | list) and words(str(cell)) in NOTHING_SAID)


def is_failed(cell: Any) -> bool:
    """Tell whether a cell shows the failure of a formula (#REF!): no text, whatever its field."""
    return isinstance(cell, str) and SPREADSHEET_ERROR.fullmatch(plain(cell)) is not None


def evidence_of(kind: str, cells: Sequence[Any]) -> str | None:
    """Return the reading that the sure cells of a column give to its ambiguous ones; None when somebody must say."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if kind in ("amount", "number", "integer", "percent"):
        return decimal_sign_of(texts)
    return day_order_of(texts) if kind == "date" else None


def read_cell(kind: str, cell: Any, reading: str | None) -> Outcome:
    """Read a cell; `reading` settles what is ambiguous in its column."""
    if is_blank(cell):
        return EMPTY
    outcome = READERS[kind](cell, reading)
    for part in (reading or "").split("+"):
        outcome = settled(outcome, part)
    return outcome


def _text(cell: Any, _reading: str | None) -> Outcome:
    return Value(text_of(cell))


def _amount(cell: Any, reading: str | None) -> Outcome:
    if isinstance(cell, int | float):
        return Value(Money(Decimal(str(cell)))) if math.isfinite(cell) else Unreadable("not_finite")
    return read_amount(cell, decimal=_one_of(reading, "comma", "point"))


def _number(cell: Any, reading: str | None) -> Outcome:
    if isinstance(cell, int | float):
        return Value(Decimal(str(cell))) if math.isfinite(cell) else Unreadable("not_finite")
    return read_number(cell, decimal=_one_of(reading, "comma", "point"))


def _integer(cell: Any, reading: str | None) -> Outcome:
    read = _number(cell, reading)
    if isinstance(read, Value) and read.value is not None:
        whole = read.value == read.value.to_integral_value()
        return Value(int(read.value), read.note) if whole else Unreadable("not_whole")
    return read


def _date(cell: Any, reading: str | None) -> Outcome:
    if isinstance(cell, int | float):
        if FIRST_YEAR <= cell <= LAST_YEAR:
            return Value(str(int(cell)))
        if FIRST_SERIAL <= cell <= LAST_SERIAL:
            from_1904 = _one_of(reading, "1904") is not None
            return Value(date_of_serial(float(cell), epoch_1904=from_1904), "excel_serial")
        return read_date(text_of(cell))
    return read_date(cell, order=_one_of(reading, "dmy", "mdy"))


def _year(cell: Any, reading: str | None) -> Outcome:
    read = _date(cell, reading)
    return Value(int(read.value[:4]), read.note) if isinstance(read, Value) and read.value else read


def _degrees(cell: Any, _reading: str | None) -> Outcome:
    if isinstance(cell, int | float):
        decimals = str(cell).partition(".")[2]
        return Value((float(cell), len(decimals)))
    return read_degrees(cell)


def _status(cell: Any, _reading: str | None) -> Outcome:
    found = status_words().get(words(text_of(cell)))
    return Value(found) if found else Unreadable("unknown_status")


def _currency(cell: Any, _reading: str | None) -> Outcome:
    said = text_of(cell)
    code = currency_of(said) or (
        said.upper() if len(said) == len("MAD") and said.isalpha() and said.isascii() else None
    )
    return Value(code) if code else Unreadable("unknown_currency")


def _as_it_is(cell: Any, _reading: str | None) -> Outcome:
    return Value(cell)


def _one_of(reading: str | None, *known: str) -> str | None:
    return next((part for part in (reading or "").split("+") if part in known), None)


READERS: Mapping[str, Callable[[Any, str | None], Outcome]] = {
    "text": _text,
    "url": _text,
    "amount": _amount,
    "number": _number,
    "integer": _integer,
    "date": _date,
    "year": _year,
    "degrees": _degrees,
    "pair": _text,
    "status": _status,
    "currency": _currency,
    "sectors": _as_it_is,
    "place": _text,
    "bodies": _as_it_is,
    "places": _as_it_is,
    "organisations": _as_it_is,
}
