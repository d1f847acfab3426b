"""Does a record keep to its kind? Every problem is found, with its field, its value and what is allowed."""

import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from data.catalog import CATALOG_FOLDER
from data.errors import CatalogError
from data.records.record import PICTURE_ID
from data.schema import PARTIAL_DATE

FILE = "records.toml"
LANGUAGES = ("fr", "ar", "en")
FIRST_YEAR, LAST_YEAR = 1900, 2100
CURRENCY = r"[A-Z]{3}"  # ISO 4217
LARGEST_AMOUNT = Decimal(10) ** 13
WHOLE, ROUNDING = 100.0, 0.01

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls, halves of pairs, and what no XML may hold: neither IATI nor a slide could be written with it."""
Codes = Mapping[str, Collection[str]]
"""What a field of type `code` may name, by list: sectors, territories, organisations…"""


@dataclass(frozen=True)
class Field:
    """One field: its type, whether a submitted record must have it, and its limits (see the head of records.toml)."""

    name: str
    type: str
    required: bool = False
    of: str | tuple[str, ...] = ""
    longest: int = 300
    least: float = float("-inf")
    most: float = float("inf")


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Kinds:
    """The fields of every kind, and of every group that a list repeats."""

    kinds: Mapping[str, Fields]
    groups: Mapping[str, Fields]


@dataclass(frozen=True)
class FieldProblem:
    """A broken rule: the field (`places.2.lon`), its value, the rule (`problem.<rule>` in the texts), the limit."""

    path: str
    value: str
    rule: str
    allowed: str = ""


@lru_cache
def load_kinds() -> Kinds:
    """Read what records may hold.

    Raises
    ------
    CatalogError
        A field has an unknown type, or a list repeats a group that is not declared.
    """
    read = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))
    groups = {name: _fields(name, fields) for name, fields in read["group"].items()}
    kinds = {name: _fields(name, fields) for name, fields in read["kind"].items()}
    for name, fields in kinds.items():
        for field in fields.values():
            if field.type == "list" and field.of not in groups:
                raise CatalogError(f"{FILE}, {name}.{field.name}: group {field.of!r} is not declared")
    return Kinds(kinds, groups)


def check(kind: str, content: Mapping[str, Any], codes: Codes, *, draft: bool = False) -> list[FieldProblem]:
    """List everything a content breaks, in the order of the fields.

    Parameters
    ----------
    codes
        Known codes by list; a list that is not given is not checked.
    draft
        A draft may lack what is required; what is there must be right all the same.

    Raises
    ------
    CatalogError
        There is no such kind.
    """
    fields = load_kinds().kinds.get(kind)
    if fields is None:
        raise CatalogError(f"no kind {kind!r} in {FILE}; known: {', '.join(load_kinds().kinds)}")
    problems = list(_fields_of(fields, content, "", codes, draft=draft))
    start, end = content.get("start_date"), content.get("end_date")
    if isinstance(start, str) and isinstance(end, str) and end[: len(start)] < start[: len(end)]:
        problems.append(FieldProblem("end_date", end, "end_before_start", start))
    least, most = _decimal(content.get("amount_min")), _decimal(content.get("amount_max"))
    if least is not None and most is not None and most < least:
        problems.append(FieldProblem("amount_max", str(most), "below_least", str(least)))
    return problems


def is_empty(value: object) -> bool:
    """Tell whether a field says nothing; 0 and false say something."""
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def _fields(owner: str, declared: Mapping[str, Any]) -> Fields:
    fields, known = {}, (*RULES, "words", "list")
    for name, entry in declared.items():
        if entry["type"] not in known:
            raise CatalogError(f"{FILE}, {owner}.{name}: type {entry['type']!r}; allowed: {', '.join(known)}")
        of = entry.get("of", "")
        fields[name] = Field(name=name, **{**entry, "of": tuple(of) if isinstance(of, list) else of})
    return fields


def _fields_of(
    fields: Fields, content: Mapping[str, Any], at: str, codes: Codes, *, draft: bool
) -> Iterator[FieldProblem]:
    for name in content:
        if name not in fields:
            yield FieldProblem(f"{at}{name}", _shown(content[name]), "unknown_field", ", ".join(fields))
    for name, field in fields.items():
        value = content.get(name)
        if is_empty(value):
            if field.required and not draft:
                yield FieldProblem(f"{at}{name}", "", "required")
            continue
        if field.type == "list":
            yield from _list(field, value, f"{at}{name}", codes, draft=draft)
        else:
            yield from _value(field, value, f"{at}{name}", codes)
    amounts = [content.get(name) for name in ("amount", "amount_min", "amount_max")]
    if "currency" in fields and is_empty(content.get("currency")) and not (draft or all(map(is_empty, amounts))):
        yield FieldProblem(f"{at}currency", "", "required")


def _list(field: Field, value: object, at: str, codes: Codes, *, draft: bool) -> Iterator[FieldProblem]:
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        yield FieldProblem(at, _shown(value), "not_a_list")
        return
    if len(value) > field.longest:
        yield FieldProblem(at, str(len(value)), "too_many", str(field.longest))
    group = load_kinds().groups[str(field.of)]
    for number, entry in enumerate(value, 1):
        yield from _fields_of(group, entry, f"{at}.{number}.", codes, draft=draft)
    if "share_pct" in group:
        yield from _shares(value, at)


def _shares(entries: list[Mapping[str, Any]], at: str) -> Iterator[FieldProblem]:
    """Shares are all there and sum to 100, or none is there; those of bodies sum within each role."""
    roles = dict.fromkeys(entry.get("role") for entry in entries)
    for role in roles:
        shares = [entry.get("share_pct") for entry in entries if entry.get("role") == role]
        known = [float(share) for share in shares if isinstance(share, int | float)]
        if known and role is None and (len(known) < len(shares) or abs(sum(known) - WHOLE) > ROUNDING * len(known)):
            yield FieldProblem(at, f"{sum(known):g}", "shares_not_100", "100")
        elif sum(known) > WHOLE + ROUNDING * len(known):
            yield FieldProblem(at, f"{sum(known):g}", "shares_over_100", "100")


def _value(field: Field, value: object, at: str, codes: Codes) -> Iterator[FieldProblem]:
    if field.type == "words":
        yield from _words(field, value, at)
    elif broken := RULES[field.type](field, value, codes):
        rule, allowed = broken
        yield FieldProblem(at, _shown(value), rule, allowed)


def _words(field: Field, value: object, at: str) -> Iterator[FieldProblem]:
    if not isinstance(value, Mapping):
        yield FieldProblem(at, _shown(value), "not_words", ", ".join(LANGUAGES))
        return
    for language, text in value.items():
        if language not in LANGUAGES:
            yield FieldProblem(f"{at}.{language}", _shown(text), "unknown_language", ", ".join(LANGUAGES))
        elif text is not None and (broken := _text(field, text, {})):
            yield FieldProblem(f"{at}.{language}", _shown(text), *broken)


Broken = tuple[str, str] | None


def _text(field: Field, value: object, _codes: Codes) -> Broken:
    if not isinstance(value, str):
        return "not_text", ""
    if UNWRITABLE.search(value):
        return "control_character", ""
    return ("too_long", str(field.longest)) if len(value) > field.longest else None


def _number(field: Field, value: object, _codes: Codes) -> Broken:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "not_a_number", ""
    if not field.least <= value <= field.most:
        return "out_of_range", f"{field.least:g} – {field.most:g}"
    return None


def _integer(field: Field, value: object, codes: Codes) -> Broken:
    broken = _number(field, value, codes)
    if broken is None and isinstance(value, float):
        return "not_an_integer", ""
    return broken


def _date(_field: Field, value: object, _codes: Codes) -> Broken:
    good = isinstance(value, str) and re.fullmatch(PARTIAL_DATE, value) and _is_a_day(value)
    return None if good else ("not_a_date", "2014, 2014-03, 2014-03-01")


def _is_a_day(value: str) -> bool:
    if value.count("-") < len(("month", "day")):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:  # 30 February
        return False
    return True


def _amount(_field: Field, value: object, _codes: Codes) -> Broken:
    amount = _decimal(value)
    if amount is None or not re.fullmatch(r"\d{1,13}(\.\d{1,2})?", str(value)):
        return "not_an_amount", "3981250.00"
    return None if amount <= LARGEST_AMOUNT else ("out_of_range", f"0 – {LARGEST_AMOUNT}")


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _currency(_field: Field, value: object, codes: Codes) -> Broken:
    known = codes.get("currencies")
    if not isinstance(value, str) or not re.fullmatch(CURRENCY, value) or (known is not None and value not in known):
        return "not_a_currency", ", ".join(sorted(known)) if known else "MAD, EUR, USD"
    return None


def _url(field: Field, value: object, codes: Codes) -> Broken:
    if broken := _text(field, value, codes):
        return broken
    try:
        parts = urlsplit(str(value))
    except ValueError:
        return "not_a_url", "https://…"
    good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", str(value))
    return None if good else ("not_a_url", "https://…")


def _choice(field: Field, value: object, _codes: Codes) -> Broken:
    return None if value in field.of else ("not_a_choice", ", ".join(field.of))


def _code(field: Field, value: object, codes: Codes) -> Broken:
    known = codes.get(str(field.of))
    return None if isinstance(value, str) and (known is None or value in known) else ("unknown_code", str(field.of))


def _view(_field: Field, value: object, codes: Codes) -> Broken:
    page = re.fullmatch(r"([a-z_]{1,40})(\?\S{0,1900})?", value) if isinstance(value, str) else None
    known = codes.get("views")
    return None if page and (known is None or page[1] in known) else ("not_a_view", ", ".join(known or ()))


def _shown(value: object) -> str:
    return str(value)[:80]


RULES: Mapping[str, Callable[[Field, object, Codes], Broken]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "year": lambda _field, value, codes: _integer(Field("", "year", least=FIRST_YEAR, most=LAST_YEAR), value, codes),
    "date": _date,
    "amount": _amount,
    "currency": _currency,
    "url": _url,
    "choice": _choice,
    "code": _code,
    "view": _view,
    "picture": lambda _field, value, _codes: None if re.fullmatch(PICTURE_ID, str(value)) else ("unknown_picture", ""),
}
