"""How the columns of a sheet become the fields of a project: guessed from their names, settled by whoever imports."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from data.imports.amounts import MULTIPLES, currency_of
from data.imports.digits import words
from data.imports.fields import import_fields, known_header
from data.imports.sheet import ABOVE, Sheet

LISTED = ("places", "organisations")
"""Fields that only formats with structure carry."""
_UNIT = re.compile(
    r"\b(k|m|mm|md)[ .]?(dhs?|mad|€|eur|usd|\$)"
    r"|\b(millions?|milliards?|milliers?|mille|thousands?|billions?)\b|(مليون|ملايين|مليار|ملايير|الاف|الف)"
)
_COUNTED_IN = r"(?:k|m|mm|md)[ .]?(?:dhs?|mad|€|eur|usd|\$)|milli|mille\b|thousand|billion|مل|ال"
_UNIT_SAID = re.compile(rf"(?:\b(?:en|in|unites? ?:?|units? ?:?) ?|\(|الوحده ?:? ?|ب(?:ال)?)(?={_COUNTED_IN})")
"""What stands before a unit that counts a whole table, and not before a sum that its title names."""
_SAME_THING = re.compile(r"i_[a-z]{2,3}|[a-z]{2}|v_\w+|name|code|num|planned|actual")
_HXL = {
    "#activity+code": "external_id",
    "#activity+name": "title_fr",
    "#activity+name+i_fr": "title_fr",
    "#activity+name+i_ar": "title_ar",
    "#activity+name+i_en": "title_en",
    "#status+code": "status",
    "#status": "status",
    "#date+start": "start_date",
    "#date+end": "end_date",
    "#sector": "sectors",
    "#sector+code+list": "sectors",
    "#org+funder+code+list": "funders",
    "#org+funder": "funders",
    "#org+impl+code+list": "implementers",
    "#org+impl": "implementers",
    "#org+prog": "implementers",
    "#loc+code+list+v_hcp": "territory_code",
    "#adm3+code": "territory_code",
    "#adm3+name": "commune",
    "#adm2+name": "province",
    "#adm1+name": "region",
    "#loc+name": "place_name",
    "#geo+lat": "lat",
    "#geo+lon": "lon",
    "#geo+coord": "position",
    "#value+commitment": "amount",
    "#currency+code": "currency",
    "#date+year+commitment": "amount_year",
    "#beneficiary+description": "beneficiaries_said",
    "#beneficiary+num": "beneficiaries_count",
    "#description": "note",
    "#meta+url": "source_url",
    "#date+source": "source_date",
}


@dataclass(frozen=True)
class ImportPlan:
    """What to make of a sheet.

    Attributes
    ----------
    columns
        Field → name of its column.
    readings
        Field → the reading chosen for its ambiguous cells (`comma`, `dmy`, `swapped`, `EPSG:26192`…).
    defaults
        Field → what rows without it are given, because somebody said so: sectors, status, currency.
    factor
        What amounts are multiplied by when their column counts in thousands or millions.
    origin
        Where the rows come from: with their identifier it says which record is which, now and next time.
    """

    columns: Mapping[str, str]
    readings: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    factor: Decimal = Decimal(1)
    origin: str = "file"

    def as_json(self) -> dict[str, Any]:
        """Lay the plan out as plain JSON values."""
        return {**asdict(self), "factor": str(self.factor)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "ImportPlan":
        """Read a plan that `as_json` laid out."""
        return cls(**{**said, "factor": Decimal(said["factor"])})


def guess_plan(sheet: Sheet, *, origin: str) -> ImportPlan:
    """Guess the fields of a sheet's columns by their names; a field is given once, to the column that says it best."""
    columns: dict[str, str] = {}
    if sheet.format == "iati":
        return ImportPlan({name: name for name in sheet.columns if name in import_fields()}, origin=origin)
    tagged = list(zip(sheet.facts.get("hxl", "").split("\t"), sheet.columns, strict=False))
    # « #activity+name+i_fr » says French of itself; « #activity+name » is taken for it where there is no other.
    for tag, column in sorted(tagged, key=lambda one: -one[0].count("+")):
        if tag and (found := field_of_tag(tag)):
            columns.setdefault(found, column)
    for name in import_fields():
        if name in sheet.columns and (name not in LISTED or _holds_lists(sheet, name)):
            columns.setdefault(name, name)
    for column in sheet.columns:
        found = known_header(words(column))
        if found and column not in columns.values():
            columns.setdefault(found, column)
    amount = words(columns.get("amount", ""))
    if "amount" in columns and not _UNIT.search(amount):
        amount = f"{amount} {unit_above(sheet.facts.get(ABOVE, ''))}".strip()
    currency = _currency_in(amount)
    return ImportPlan(
        columns, defaults={"currency": currency} if currency else {}, factor=factor_in(amount), origin=origin
    )


def unit_above(title: str) -> str:
    """Return what a title above a table says its amounts are counted in; empty where it says nothing.

    Examples
    --------
    >>> unit_above("Programme 2021 (en milliers de DH)"), unit_above("Programme de 3 milliards de DH")
    ('milliers de dh)', '')
    """
    said = words(title)
    found = _UNIT_SAID.search(said)
    return said[found.end() : found.end() + len("milliers de dirhams)")] if found else ""


def field_of_tag(tag: str) -> str | None:
    """Return the field of an HXL tag: the one that names most of its attributes, whose order and spaces do not count.

    Attributes beyond those of the field may say the language, the vocabulary or the form of the same thing, no other.

    Examples
    --------
    >>> field_of_tag("#adm2 +name +fr"), field_of_tag("#loc+precision+name")
    ('province', None)
    """
    name, *attributes = (part.strip().casefold() for part in tag.split("+"))
    given = set(attributes)
    fits = [
        (len(wanted), field)
        for known, field in _HXL.items()
        for wanted in [set(known.split("+")[1:])]
        if known.split("+")[0] == name and wanted <= given and all(map(_SAME_THING.fullmatch, given - wanted))
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _holds_lists(sheet: Sheet, column: str) -> bool:
    at = sheet.columns.index(column)
    return any(isinstance(row.cells[at], list) for row in sheet.rows)


def factor_in(header: str) -> Decimal:
    """Return what the amounts of a column are counted in, as its name says.

    Examples
    --------
    >>> factor_in("coût (mdh)")
    Decimal('1000000')
    """
    found = _UNIT.search(header)
    return MULTIPLES.get(next(part for part in found.groups() if part), Decimal(1)) if found else Decimal(1)


def _currency_in(header: str) -> str:
    glued = _UNIT.search(header)
    parts = [*re.split(r"[ ()\[\]/]+", header), *([glued[2]] if glued and glued[2] else [])]
    parts += [re.sub("^(?:بال|بل|ب|ال)", "", part) for part in parts]
    return next((code for part in parts if part and (code := currency_of(part))), "")
