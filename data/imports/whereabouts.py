"""Where a row is: its official places, its position if it has a true one, and whether the two agree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.imports.answers import Answers, answers_to
from data.imports.candidate import Draft
from data.imports.cells import read_cell, text_of
from data.imports.coordinates import FEWEST_DECIMALS, ROUGH_DECIMALS, Point, place_point, read_degrees, split_pair
from data.imports.digits import words
from data.imports.outcome import EMPTY, Ambiguous, Outcome, Value, settled
from data.imports.places import Places

_OF_NUMBER = re.compile(r"(?<=\d)[.,]0+(?!\d)")
"""What programs add to codes that they took for numbers: 95410723.0."""
_SCIENTIFIC = re.compile(r"\d+[.,]?\d*[eE]\+?\d+")
NEAR_KM = 1.0
"""How far outside its commune a point may be: outlines are generalised, and villages stand on borders."""
APPROXIMATE, EXACT = "2", "1"
COMMUNE_DIGITS = 9
COUNTRY = "MA"
WHOLE_COUNTRY = {"national", "nationale", "maroc", "morocco", "tout le maroc", "territoire national", "المغرب", "وطني"}


def read_point(draft: Draft, cells: Mapping[str, Any], readings: Mapping[str, str]) -> Point | None:
    """Return the position a row gives, in Morocco; what is doubtful is written down in the draft."""
    if pair := cells.get("position"):
        split = split_pair(text_of(pair))
        if split is None:
            draft.refuse("position", pair, "not_a_pair")
            return None
        lat, lon = (read_degrees(part) for part in split)
        said: Any = pair
        name = "position"
    else:
        lat, lon = (read_cell("degrees", cells.get(name), None) for name in ("lat", "lon"))
        said, name = f"{text_of(cells.get('lat'))} ; {text_of(cells.get('lon'))}", "lat"
    if lat == EMPTY and lon == EMPTY:
        return None
    if EMPTY in (lat, lon):
        draft.refuse(name, said, "half_a_position")
        return None
    y, x = draft.take(name, lat, said), draft.take("lon" if name == "lat" else name, lon, said)
    if x is None or y is None:
        return None
    outcome: Outcome = place_point(x, y)
    point = draft.take(name, settled(outcome, readings.get("position")), said)
    return _sharp_enough(draft, point, said, name)


def _sharp_enough(draft: Draft, point: Point | None, said: Any, name: str) -> Point | None:
    if point is not None and point.decimals is not None and point.decimals <= ROUGH_DECIMALS:
        draft.notes.append(draft.said(name, said, "point_too_rough"))
        return None
    return point


@dataclass(frozen=True)
class Reader:
    """How the names of one row are read: against which places, with which answers, near which point.

    Attributes
    ----------
    located
        The commune in which the row's own point lies; empty for none.
    """

    draft: Draft
    places: Places
    answers: Answers
    located: str


def read_territories(reader: Reader, cells: Mapping[str, Any]) -> list[str]:
    """Return the official codes of the places a row names: codes first, else communes, else its province or region.

    A name of several communes means the one that somebody said, else that in which the row's own point lies, else the
    one of everyday use; for the last two the row says so.
    """
    if code := cells.get("territory_code"):
        said = text_of(code)
        if _SCIENTIFIC.fullmatch(said):
            reader.draft.refuse("territory_code", said, "scientific")
            return []
        return _each(reader, "territory_code", _OF_NUMBER.sub("", said), level=None, within=None)
    regions = _each(reader, "region", cells.get("region"), level="region", within=None)
    within = regions[0] if len(regions) == 1 and regions[0] != COUNTRY else None
    provinces = _each(reader, "province", cells.get("province"), level="province", within=within)
    within = provinces[0] if len(provinces) == 1 else within
    draft = reader.draft
    if commune := cells.get("commune"):
        found = _each(reader, "commune", commune, level="commune", within=within)
        if found or draft.problems:
            return found
    return provinces or regions


def _one(reader: Reader, name: str, cell: Any, *, level: str | None, within: str | None) -> str | None:
    if not (said := text_of(cell)):
        return None
    if words(said) in WHOLE_COUNTRY:
        return COUNTRY
    outcome = reader.places.find(said, level=level, within=within)
    if isinstance(outcome, Ambiguous):
        outcome = _settled(reader, name, said, outcome)
    found = reader.draft.take(name, outcome, said)
    return str(found) if found else None


def _settled(reader: Reader, name: str, said: str, outcome: Ambiguous) -> Outcome:
    meant = [option.value for option in outcome.options]
    if answered := next((code for code in answers_to(reader.answers, name, said) if code in meant), ""):
        return Value(answered)
    if reader.located in meant and name == "commune":
        return Value(reader.located, "place_by_point")
    return outcome.usual or outcome


def _each(reader: Reader, name: str, cell: Any, *, level: str | None, within: str | None) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n|]|(?<=\d),", text_of(cell)) if part.strip()]
    found = [_one(reader, name, part, level=level, within=within) for part in parts]
    return list(dict.fromkeys(code for code in found if code))


def placed(
    draft: Draft, codes: list[str], point: Point | None, located: str, places: Places, place_name: str
) -> list[dict[str, Any]]:
    """Return the places of a row's content; a point and a commune that contradict each other are written down."""
    if point is not None and not located and not codes:
        draft.refuse("lat", f"{point.lat}, {point.lon}", "outside_morocco")
        return []
    if point is None or len(codes) > 1:
        if point is not None:
            draft.notes.append(draft.said("lat", f"{point.lat}, {point.lon}", "point_of_several"))
        return [_place(code, place_name if len(codes) == 1 else "") for code in codes]
    code = codes[0] if codes else located
    if code != located and not located.startswith(code):
        away = places.distance_km(code, point.lon, point.lat)
        if away is not None and away > NEAR_KM:
            draft.refuse("lat", f"{point.lat}, {point.lon}", "outside_commune", f"{places.name(code)}|{away:.1f}")
            return []
    elif len(code) < COMMUNE_DIGITS:
        code = located
    few = point.decimals is not None and point.decimals < FEWEST_DECIMALS
    return [_place(code, place_name) | {"lon": point.lon, "lat": point.lat, "exactness": APPROXIMATE if few else EXACT}]


def read_listed(draft: Draft, cell: list[Any], places: Places) -> list[dict[str, Any]]:
    """Return the places that a format with structure lists, each with its own position."""
    found = []
    for one in cell:
        point = None
        if one.get("country"):
            draft.refuse("places", one["country"], "other_country")
            continue
        if one.get("lon") is not None and one.get("lat") is not None:
            outcome = place_point((float(one["lon"]), None), (float(one["lat"]), None))
            point = draft.take("places", outcome, f"{one['lat']}, {one['lon']}")
            if point is None:
                continue
        code = _listed_code(draft, one, point, places)
        if not code:
            continue
        exact = {"exactness": one["exactness"]} if one.get("exactness") in (EXACT, APPROXIMATE) and point else {}
        share = {"share_pct": one["share_pct"]} if one.get("share_pct") is not None else {}
        position = {"lon": point.lon, "lat": point.lat} if point else {}
        found.append(_place(code, str(one.get("place_name") or "")) | position | exact | share)
    return found


def _listed_code(draft: Draft, one: Mapping[str, Any], point: Point | None, places: Places) -> str:
    """Return the official code of a listed place: its own, else where its point lies, else what its name means.

    A code of another gazetteer beside a point or a name is left out, and the row says so; alone it is refused.
    """
    code, name = str(one.get("territory_code") or ""), str(one.get("name") or one.get("place_name") or "")
    if code and isinstance(outcome := places.find(code), Value):
        return str(outcome.value)
    located = places.locate([(point.lon, point.lat)])[0] if point else ""
    if code and (located or name):
        draft.notes.append(draft.said("places", code, "code_left_out"))
    if not located:
        located = str(draft.take("places", places.find(name or code), name or code) or "") if name or code else ""
    if not located and not draft.problems:
        draft.refuse("places", name or code, "unknown_place")
    return located


def _place(code: str, place_name: str) -> dict[str, Any]:
    return {"territory_code": code, **({"place_name": place_name[:200]} if place_name else {})}
