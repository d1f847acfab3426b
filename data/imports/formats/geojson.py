"""GeoJSON: a collection, a lone feature, one feature a line; read here without GDAL, which opens more than files."""

import json
from collections.abc import Iterable
from typing import Any

from data.imports.formats.features import WGS84, Feature, degrees, epsg_of, feature_sheet, position
from data.imports.limits import DEEPEST, MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile


def read_geojson(content: bytes) -> ReadFile:
    """Read a FeatureCollection, a lone Feature, or one feature a line.

    Raises
    ------
    FileRefused
        It is not JSON, nested too deep, or holds no feature.
    """
    text = content.decode("utf-8-sig", errors="strict") if _is_utf8(content) else content.decode("latin-1")
    facts = {"crs": f"EPSG:{WGS84}"}
    lost: list[tuple[int, str]] = []
    try:
        document = _json(text)
        listed = document.get("features", [document]) if isinstance(document, dict) else None
        if not isinstance(listed, list) or (isinstance(document, dict) and document.get("type") not in _TYPES):
            raise FileRefused("not_geojson")
        crs = _crs_member(document)
        numbered = list(enumerate(listed, 1))
    except json.JSONDecodeError as error:
        numbered, lost = _lines(text)
        if not numbered:
            raise FileRefused("damaged", str(error)[:200]) from error
        crs = WGS84
    facts["crs"] = f"EPSG:{crs}"
    features, more = _features(numbered, crs)
    return ReadFile("geojson", (feature_sheet("", features, [*lost, *more]),), facts)


_TYPES = ("FeatureCollection", "Feature")


_TYPES = ("FeatureCollection", "Feature")


def _json(text: str) -> Any:
    depth = deepest = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    if deepest > DEEPEST:
        raise FileRefused("too_deep", str(DEEPEST))
    return json.loads(text, parse_constant=str, parse_int=_integer)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 40 else digits  # noqa: PLR2004 - thousands of digits would take for ever


def _lines(text: str) -> tuple[list[tuple[int, Any]], list[tuple[int, str]]]:
    """Read one feature a line; a line that is none is kept as lost, never dropped."""
    good, lost = [], []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().lstrip("\x1e")
        if not bare:
            continue
        try:
            good.append((number, _json(bare)))
        except json.JSONDecodeError:
            lost.append((number, "not_json"))
    return good, lost


def _crs_member(document: Any) -> int:
    named = document.get("crs") if isinstance(document, dict) else None
    if not isinstance(named, dict):
        return WGS84
    said = str((named.get("properties") or {}).get("name", ""))
    if not said or "CRS84" in said:
        return WGS84
    return epsg_of(said)


def _features(numbered: Iterable[tuple[int, Any]], crs: int) -> tuple[list[tuple[int, Feature]], list[tuple[int, str]]]:
    features: list[tuple[int, Feature]] = []
    lost: list[tuple[int, str]] = []
    for number, one in numbered:
        if len(features) >= MOST_ROWS:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        if not isinstance(one, dict) or one.get("type") != "Feature":
            lost.append((number, "not_a_feature"))
            continue
        properties = one.get("properties")
        attributes = dict(properties) if isinstance(properties, dict) else {}
        if "id" in one and "id" not in attributes:
            attributes["id"] = one["id"]
        geometry = one.get("geometry")
        kind = str(geometry.get("type", "")) if isinstance(geometry, dict) else ""
        at = position(geometry.get("coordinates")) if isinstance(geometry, dict) and kind == "Point" else None
        features.append((number, (attributes, kind, degrees(at, crs))))
    return features, lost


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


# KML ----------------------------------------------------------------------------------------------------------
