"""Positions as people write them: degrees of any kind, two columns swapped, a lost sign, metres of a projection."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pyproj import Transformer

from data.imports.digits import words
from data.imports.numbers import read_number
from data.imports.outcome import EMPTY, Ambiguous, Option, Outcome, Unreadable, Value

WEST, SOUTH, EAST, NORTH = -17.5, 20.5, -0.9, 36.1
"""Morocco, with its southern provinces, as `data/catalog/records.toml` bounds a position."""
GEOGRAPHIC = "EPSG:4326"
PROJECTIONS = (
    *("EPSG:26191", "EPSG:26192", "EPSG:26194", "EPSG:26195"),  # Merchich: Nord, Sud, Sahara Nord, Sahara Sud
    *("EPSG:32628", "EPSG:32629", "EPSG:32630"),  # UTM 28 N to 30 N
    "EPSG:3857",  # Web Mercator
)
"""Coordinate systems in metres that maps of Morocco are made in."""
SMALLEST_METRE = 1_000.0  # nobody writes degrees above 360
FEWEST_DECIMALS = 3
"""Degrees with fewer decimals are off by a kilometre or more: the position is approximate at best."""
ROUGH_DECIMALS = 1
"""With so few (11 km) the position says nothing that the commune does not say better."""
_SIDE = {"n": 1, "s": -1, "e": 1, "w": -1, "o": -1, "nord": 1, "sud": -1, "est": 1, "ouest": -1, "north": 1}
_SIDES = _SIDE | {"south": -1, "east": 1, "west": -1, "شمالا": 1, "شمال": 1, "جنوبا": -1, "جنوب": -1}
_SIDES |= {"شرقا": 1, "شرق": 1, "غربا": -1, "غرب": -1, "ش": 1, "غ": -1, "ج": -1, "ق": 1}
_LETTERS = "|".join(sorted(_SIDES, key=len, reverse=True))
_DMS = re.compile(
    r"([+-]?\d{1,3}) ?(?:°|º|deg|d| ) ?(\d{1,2}(?:[.,]\d+)?) ?(?:['′’‘m]| |$) ?"
    r"(?:(\d{1,2}(?:[.,]\d+)?) ?(?:\"|″|”|''|′′|s)?)?"
)
_PAIR = (
    re.compile(r"point ?z? ?\(([+-]?[\d.]+) ([+-]?[\d.]+)(?: [+-]?[\d.]+)?\)"),
    re.compile(r"\(?([^;|/]+?) ?[;|/] ?([^;|/]+?)\)?"),
    re.compile(r"\(?([+-]?\d+\.\d+) ?[, ] ?([+-]?\d+\.\d+)\)?"),
    re.compile(r"\(?([+-]?\d+,\d+)(?:, | )([+-]?\d+,\d+)\)?"),
    re.compile(rf"(.+?(?:{_LETTERS}))[ ,]+(.+)"),
)


@dataclass(frozen=True)
class Point:
    """A position, EPSG:4326.

    Attributes
    ----------
    decimals
        Of the degrees as written; None when they were computed (seconds, metres).
    """

    lon: float
    lat: float
    decimals: int | None = None


def read_degrees(text: str) -> Outcome:
    r"""Read one coordinate: decimal degrees (point or comma), degrees-minutes-seconds, with a side or a sign.

    Returns
    -------
    Outcome
        (number, decimals written). Numbers of metres come here too. Unreadable: `not_a_coordinate`, `not_finite`.

    Examples
    --------
    >>> read_degrees("9°35'24\" O").value
    (-9.59, None)
    >>> read_degrees("30,4278").value
    (30.4278, 4)
    """
    said = words(text).replace("\u066b", ".")
    if not said:
        return EMPTY
    if said in ("nan", "inf", "-inf", "infinity", "-infinity"):
        return Unreadable("not_finite")
    sign = 1
    if found := re.fullmatch(rf"(?:({_LETTERS})[ .:]*)?(.*?)[ .]*({_LETTERS})?", said):
        before, bare, after = found.groups()
        sign, said = _SIDES[before or after] if before or after else 1, bare.strip()
    said = said.removesuffix("°").removesuffix("º").strip()
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?", said):
        degrees = float(said.replace(",", "."))
        return Value((_signed(degrees, sign), len(re.split("[.,]", said)[1]) if re.search("[.,]", said) else 0))
    if found := _DMS.fullmatch(said):
        whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
        if minutes < 60 and seconds < 60:  # noqa: PLR2004 - of an hour and of a minute
            degrees = abs(whole) + minutes / 60 + seconds / 3600
            return Value((_signed(round(-degrees if found[1].startswith("-") else degrees, 6), sign), None))
    number = read_number(said, decimal="point")
    if isinstance(number, Value) and isinstance(number.value, Decimal) and abs(number.value) >= SMALLEST_METRE:
        return Value((float(number.value), 0))
    known = isinstance(number, Unreadable) and number.reason in ("not_finite", "spreadsheet_error")
    return number if known else Unreadable("not_a_coordinate")


def split_pair(text: str) -> tuple[str, str] | None:
    """Return the two coordinates of one cell ("30.42, -9.6", "30,42 ; -9,6", "POINT(-9.6 30.42)"); None otherwise.

    WKT gives longitude first, people latitude: the first returned is always what people would put first, the latitude.

    Examples
    --------
    >>> split_pair("POINT(-9.6 30.42)"), split_pair("30,42, -9,6")
    (('30.42', '-9.6'), ('30,42', '-9,6'))
    """
    said = words(text).replace("\u066b", ".")
    for number, pattern in enumerate(_PAIR):
        if found := pattern.fullmatch(said):
            return (found[2], found[1]) if number == 0 else (found[1], found[2])
    return None


def place_point(lon: tuple[float, int | None], lat: tuple[float, int | None]) -> Outcome:
    """Say where a pair of coordinates lies, or what it may be.

    Parameters
    ----------
    lon, lat
        Number and decimals, as `read_degrees` gives them; x and y when they are metres.

    Returns
    -------
    Outcome
        A Point in Morocco. Ambiguous: `swapped` and `lost_sign` (one option each, of that name), `metres` (one option
        a projection that gives a place in Morocco, named by its code). Unreadable: `zero_zero`, `outside_morocco`,
        `not_finite`.

    Examples
    --------
    >>> place_point((30.42, 2), (-9.6, 1)).reason
    'swapped'
    """
    (x, x_decimals), (y, y_decimals) = lon, lat
    if not (math.isfinite(x) and math.isfinite(y)):
        return Unreadable("not_finite")
    if x == 0 and y == 0:
        return Unreadable("zero_zero")
    written = [decimals for decimals in (x_decimals, y_decimals) if decimals is not None]
    decimals = min(written) if written else None
    if _is_in_morocco(x, y):
        few = decimals is not None and decimals < FEWEST_DECIMALS
        return Value(Point(x, y, decimals), "few_decimals" if few else "")
    for reason, guess in (("swapped", (y, x)), ("lost_sign", (-x, y)), ("swapped_lost_sign", (-y, x))):
        if _is_in_morocco(*guess):
            return Ambiguous(reason, (Option(Point(*guess, decimals), reason),))
    if max(abs(x), abs(y)) >= SMALLEST_METRE:
        options = tuple(_from_metres(x, y))
        return Ambiguous("metres", options) if options else Unreadable("outside_morocco")
    return Unreadable("outside_morocco")


def from_projection(x: float, y: float, code: str) -> Point | None:
    """Return the position of x and y in one of `PROJECTIONS`; None when it is not in Morocco."""
    lon, lat = _transformer(code).transform(x, y)
    if math.isfinite(lon) and math.isfinite(lat) and _is_in_morocco(lon, lat):
        return Point(round(lon, 6), round(lat, 6))
    return None


def shared_points(points: Iterable[tuple[Point | None, str]], *, fewest_places: int = 3) -> set[tuple[float, float]]:
    """Return the positions that stand for several places at once: a placeholder, not where anything is.

    Parameters
    ----------
    points
        The position of each row, and the place the row says it is in (commune and village); rows without either do
        not count.
    fewest_places
        How many different places one position must be given for.
    """
    said: dict[tuple[float, float], set[str]] = {}
    for point, place in points:
        if point is not None and place:
            said.setdefault((round(point.lon, 5), round(point.lat, 5)), set()).add(place)
    return {position for position, places in said.items() if len(places) >= fewest_places}


def _from_metres(x: float, y: float) -> Iterable[Option]:
    for code in PROJECTIONS:
        if point := from_projection(x, y, code):
            yield Option(point, code)
        if swapped := from_projection(y, x, code):
            yield Option(swapped, f"{code} swapped")


@lru_cache
def _transformer(code: str) -> Transformer:
    return Transformer.from_crs(code, GEOGRAPHIC, always_xy=True)


def _is_in_morocco(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _signed(degrees: float, sign: int) -> float:
    return -abs(degrees) if sign < 0 else degrees
