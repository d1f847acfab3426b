"""GeoJSON, a collection or one feature a line; one bad feature is one bad row, the others are read."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.imports.encodings import EncodingError, decode, guess_encoding
from data.imports.formats.features import Feature, sheet_of
from data.imports.formats.geometry import NOWHERE, Reprojection, where_of
from data.imports.sheet import Asked, FileRefused, Sheet

TWICE = "\x00twice"
_HALF = re.compile(
    r"(?<!\\)(?:\\\\)*\\u(?:[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[dD][c-fC-F][0-9a-fA-F]{2}(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}))"
)
"""Half of a pair of UTF-16 by itself: no character."""
RECORD = "\x1e"  # RFC 8142 puts it before each feature


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read the features.

    Raises
    ------
    FileRefused
        `json_damaged` (naming line and column), `not_geojson` (naming what it is instead), `encoding`.
    """
    content = path.read_bytes()
    encoding = asked.encoding or guess_encoding(content).encoding
    try:
        text = decode(content, encoding)
    except EncodingError as error:
        raise FileRefused("encoding", encoding) from error
    try:
        document, empty = parsed(text)
    except json.JSONDecodeError as error:
        return [_sequence(asked.name, text, error)]
    crs, features = _collection(document)
    reprojection = Reprojection(crs)
    is_lost = crs is not None and not reprojection.said
    facts = {"crs": reprojection.said or ("" if is_lost else "EPSG:4326"), "encoding": encoding}
    notes = [("own_export", "")] if isinstance(document, Mapping) and "provenance" in document else []
    notes += [("no_crs", asked.name)] if is_lost else []
    notes += [("nan_as_empty", str(empty))] if empty else []
    rows = (_feature(number, feature, reprojection) for number, feature in enumerate(features, 1))
    return [sheet_of(asked.name, "geojson", rows, facts=facts, notes=notes)]


def parsed(text: str) -> tuple[Any, int]:
    """Return a document of JSON, and how many of its values are NaN, which pandas writes for an empty cell.

    A mapping in which a name is given twice keeps that in `TWICE`: a reader that takes the last would lose the first.

    Raises
    ------
    json.JSONDecodeError
        It is damaged, or holds half of a character.
    """
    empty = []

    def constant(said: str) -> float | None:
        if said == "NaN":
            empty.append(said)
            return None
        return float(said.replace("Infinity", "inf"))

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) < len(pairs):
            told[TWICE] = True
        return told

    try:
        document = json.loads(text, object_pairs_hook=mapping, parse_constant=constant)
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise json.JSONDecodeError(str(error), text, 0) from error
    if half := _HALF.search(text):
        raise json.JSONDecodeError("half of a character", text, half.start())
    return document, len(empty)


def _collection(document: Any) -> tuple[str | None, list[Any]]:
    if isinstance(document, list):
        return None, document
    kind = document.get("type") if isinstance(document, Mapping) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return _crs(document.get("crs")), document["features"]
    if kind == "Feature":
        return _crs(document.get("crs")), [document]
    names = ", ".join(map(str, document)) if isinstance(document, Mapping) else str(document)
    raise FileRefused("not_geojson", str(kind or names)[:60])


def _crs(said: Any) -> str | None:
    """Return the system an older GeoJSON names, None where it names none, "" where nobody can tell which.

    Only a name or number of the EPSG or of the OGC is followed, never a link.
    """
    if said is None:
        return None
    properties = said.get("properties") if isinstance(said, Mapping) else None
    told = properties if isinstance(properties, Mapping) else {}
    name = told.get("name", f"EPSG:{told.get('code')}")
    if not isinstance(name, str):
        return ""
    if "CRS84" in name:
        return None
    digits = name.rpartition(":")[2]
    return f"EPSG:{digits}" if "EPSG" in name.upper() and digits.isdecimal() and len(digits) < len("1234567") else ""


def _feature(number: int, feature: Any, reprojection: Reprojection) -> Feature:
    if not isinstance(feature, Mapping) or feature.get("type", "Feature") != "Feature":
        return number, {}, NOWHERE, "bad_feature"
    properties = feature.get("properties")
    told = dict(properties) if isinstance(properties, Mapping) else {}
    if not feature.keys() & {"type", "geometry", "properties"}:
        told = dict(feature)  # a table written as a list of its rows
    problem = "named_twice" if told.pop(TWICE, False) or TWICE in feature else ""
    if "id" in feature and not any(str(name).casefold() in ("id", "project_code") for name in told):
        told = {"id": feature["id"], **told}
    return number, told, reprojection.apply(where_of(feature.get("geometry"))), problem


def _sequence(name: str, text: str, error: json.JSONDecodeError) -> Sheet:
    """Read one feature a line; a line that cannot be read is a row with its problem."""
    lines = [(number, line.strip(f"{RECORD} \t\r")) for number, line in enumerate(text.split("\n"), 1)]
    filled = [(number, line) for number, line in lines if line]
    if len(filled) < 2 or not _is_feature(filled[0][1]):  # noqa: PLR2004 - a sequence has several
        raise FileRefused("json_damaged", f"{error.lineno}:{error.colno}") from error
    return sheet_of(name, "geojson", _lines(filled), facts={"crs": "EPSG:4326"}, notes=[])


def _is_feature(line: str) -> bool:
    try:
        return bool(parsed(line)[0].get("type") == "Feature")
    except (json.JSONDecodeError, AttributeError):
        return False


def _lines(filled: list[tuple[int, str]]) -> Iterator[Feature]:
    degrees = Reprojection(None)
    for number, line in filled:
        try:
            yield _feature(number, parsed(line)[0], degrees)
        except json.JSONDecodeError:
            yield number, {}, NOWHERE, "bad_feature"
