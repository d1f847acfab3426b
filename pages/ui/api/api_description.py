"""What the API offers, for programs: OpenAPI 3.1. The page for people is drawn from it (`about_api`)."""

from collections.abc import Mapping
from typing import Any

from data.catalog import Column
from data.texts import Texts, languages
from geo.territory_export import STATE
from pages.ui.api.api_collections import COLLECTIONS, Collection
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words

JSON_TYPES = {"text": "string", "date": "string", "number": "number", "integer": "integer", "boolean": "boolean"}
JOINED = ("sector", "funder", "status", "carrier", "precision", "type", "country", "record", "tie")
"""Parameters that take several codes, joined by a dot."""
NUMBERED = ("w",)
"""Parameters that take a number for each of several codes: `water~3.roads~0`."""
GEOJSON, LINKED, PROBLEM = (
    "application/geo+json",
    "application/ld+json",
    "application/problem+json",
)
MEASURED = "territories"
"""The collection whose properties are indicators."""
EXAMPLES = {"territory": "09", "years": "2015-2020", "amount": "100000-5000000", "w": "water~5.roads~0", "km": "10"}
Pages = Mapping[str, tuple[int, int, int]]
"""Parameters of the pages of an answer: usual, least and greatest value."""


def openapi(base: str, know: Knowledge, t: Texts, *, page: Pages) -> dict[str, Any]:
    """Describe the API.

    `x-values` of a parameter gives the word of each code it may have, also of those that take several.
    """
    lang = [_parameter("lang", {"type": "string", "enum": list(languages())}, t)]
    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
    code["description"] = t("api.parameter.code")
    paths = {
        f"/{collection.name}": _path(
            collection.name, [*_choices(collection, know, t), *_pages(page, t), *lang], GEOJSON, _many(collection), t
        )
        for collection in COLLECTIONS
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": t("atlas.name"), "version": know.version, "description": t("api.lead")},
        "servers": [{"url": base}],
        "paths": {
            **paths,
            "/projects/{code}": _path("project", [code, *lang], GEOJSON, _one(COLLECTIONS[0]), t),
            "/catalog.jsonld": _path("catalog", lang, LINKED, "Answer", t),
        },
        "components": {"schemas": _schemas(know, t)},
    }


def _choices(collection: Collection, know: Knowledge, t: Texts) -> list[dict[str, Any]]:
    """Describe the parameters of a collection that choose its rows."""
    words = collection.words(know, t)
    described = []
    for name in (*collection.only, *collection.more):
        schema: dict[str, Any] = {"type": "string"}
        found = words.get(name, {})
        if found and name not in (*JOINED, *NUMBERED, "sort"):
            schema["enum"] = list(found)
        parameter = _parameter(name, schema, t)
        if found:
            parameter["x-values"] = [{"value": code, "title": said} for code, said in found.items()]
        example = EXAMPLES.get(name) or ".".join(list(found)[: 2 if name in JOINED else 1])
        described.append(parameter | ({"example": example} if example else {}))
    return described


def _pages(page: Pages, t: Texts) -> list[dict[str, Any]]:
    return [
        _parameter(name, {"type": "integer", "minimum": least, "maximum": most, "default": usual}, t)
        for name, (usual, least, most) in page.items()
    ]


def _parameter(name: str, schema: dict[str, Any], t: Texts) -> dict[str, Any]:
    said = t(f"api.parameter.{name}")
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": said}


def _path(name: str, parameters: list[dict[str, Any]], media_type: str, schema: str, t: Texts) -> dict[str, Any]:
    said = t(f"api.path.{name}")
    good = {"description": said, "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
    responses = {"200": good, "304": {"description": t("api.problem.304")}}
    for status in ("400", "404", "503"):
        responses[status] = {
            "description": t(f"api.problem.{status}"),
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation = {"operationId": name, "summary": said, "parameters": parameters, "responses": responses}
    if t.has(f"api.about.{name}"):
        operation["description"] = t(f"api.about.{name}")
    return {"get": operation}


def _one(collection: Collection) -> str:
    return f"Feature_{collection.name}"


def _many(collection: Collection) -> str:
    return f"Features_{collection.name}"


def _schemas(know: Knowledge, t: Texts) -> dict[str, Any]:
    schemas: dict[str, Any] = {"Answer": {"type": "object"}, "Problem": _problem()}
    for collection in COLLECTIONS:
        schemas[_one(collection)] = _feature(collection, know, t)
        schemas[_many(collection)] = _feature_collection(_one(collection))
    return schemas


def _feature(collection: Collection, know: Knowledge, t: Texts) -> dict[str, Any]:
    properties = {
        column.name: _property(column, property_said(collection.name, column, know, t))
        for column in collection.table(know).columns
    }
    return {
        "type": "object",
        "required": ["type", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"type": ["object", "null"]},
            "properties": {"type": "object", "required": list(properties), "properties": properties},
        },
    }


def property_said(collection: str, column: Column, know: Knowledge, t: Texts) -> str:
    """Say what a property holds in the reader's language: with the words of the files, or its own where they differ."""
    indicator = column.name.removesuffix(STATE)
    if collection == MEASURED and indicator in know.catalog.indicators:
        said = f"{need_words.indicator(indicator, t)}, {know.catalog.indicators[indicator].latest}"
        return t("api.property.state" if indicator != column.name else "api.property.measured", indicator=said)
    own = f"api.property.{collection}.{column.name}"
    if t.has(own):
        return t(own)
    said, meaning = (t.label(kind, column.name, "") for kind in ("export.column", "export.meaning"))
    return f"{said} · {meaning}" if meaning else said


def _property(column: Column, said: str) -> dict[str, Any]:
    kind = JSON_TYPES[column.type]
    return {"type": [kind, "null"] if column.nullable else kind, "description": said}


def _feature_collection(feature: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "features", "numberMatched", "numberReturned", "links"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"$ref": f"#/components/schemas/{feature}"}},
            "numberMatched": {"type": "integer"},
            "numberReturned": {"type": "integer"},
            "links": {"type": "array", "items": {"type": "object"}},
        },
    }


def _problem() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["title", "status", "problems"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": {"type": "object"}},
        },
    }
