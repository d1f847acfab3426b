"""What the API offers, for programs (OpenAPI 3.1) and for catalogues of data (DCAT and schema.org, JSON-LD)."""

from typing import Any

from data.catalog import in_language
from data.exchange.contract import PROJECTS
from data.texts import Texts, languages
from geo.state import ADDRESS, LISTS
from pages.ui.knowledge import Knowledge

ADDRESSES = {
    "projects": "projects",
    "organisations": "organisations",
    "territories": "territories",
    "openapi": "openapi.json",
    "catalog": "catalog.jsonld",
}
VIEW_ONLY = ("show", "tab", "sort", "page", "sel", "view")
"""Parameters of the page's address that choose how it looks: taken, without effect."""
JSON_TYPES = {"text": "string", "date": "string", "number": "number", "integer": "integer", "boolean": "boolean"}


def openapi(base: str, know: Knowledge, t: Texts, *, most: int, usual: int) -> dict[str, Any]:
    """Describe the API."""
    page = [
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": most, "default": usual}, t),
        _parameter("offset", {"type": "integer", "minimum": 0, "default": 0}, t),
    ]
    lang = [_parameter("lang", {"type": "string", "enum": list(languages())}, t)]
    filters = [_parameter(one.key, _schema(one.key, know), t) for one in ADDRESS.parameters if one.key not in VIEW_ONLY]
    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": t("atlas.name"),
            "version": know.version,
            "description": t("api.lead"),
        },
        "servers": [{"url": base}],
        "paths": {
            "/projects": _path(t("api.path.projects"), [*filters, *page, *lang], "application/geo+json", "Projects"),
            "/projects/{code}": _path(t("api.path.project"), [code, *lang], "application/geo+json", "Project"),
            "/organisations": _path(t("api.path.organisations"), lang, "application/json", "Answer"),
            "/territories": _path(t("api.path.territories"), lang, "application/json", "Answer"),
            "/catalog.jsonld": _path(t("api.path.catalog"), lang, "application/ld+json", "Answer"),
        },
        "components": {"schemas": _schemas()},
    }


def dcat(base: str, know: Knowledge, t: Texts) -> dict[str, Any]:
    """Describe the register as a dataset: its sources, licences, distributions."""
    tables = ("projects", "project_locations", "territories", "rates")
    sources = dict.fromkeys(code for name in tables for code in know.catalog.tables[name].sources)
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "schema": "https://schema.org/",
        },
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "@id": base,
        "dct:title": {"@value": t("download.file_title"), "@language": t.language},
        "schema:name": t("download.file_title"),
        "dct:description": {"@value": t("api.lead"), "@language": t.language},
        "schema:description": t("api.lead"),
        "dcat:version": know.version,
        "schema:version": know.version,
        "dct:language": list(languages()),
        "schema:numberOfItems": len(know.register),
        "dct:source": [
            {
                "dct:title": in_language(source.title, t.language),
                "dct:publisher": in_language(source.publisher, t.language),
                "dct:license": source.licence_url or in_language(source.licence, t.language),
                "dct:issued": source.date,
                "dcat:landingPage": source.url,
            }
            for source in (know.catalog.sources[code] for code in sources)
        ],
        "dcat:distribution": [
            {
                "@type": ["dcat:Distribution", "schema:DataDownload"],
                "dcat:accessURL": f"{base}/projects",
                "schema:contentUrl": f"{base}/projects",
                "dcat:mediaType": "application/geo+json",
                "schema:encodingFormat": "application/geo+json",
            }
        ],
    }


def _parameter(name: str, schema: dict[str, Any], t: Texts) -> dict[str, Any]:
    said = t(f"api.parameter.{name}") if t.has(f"api.parameter.{name}") else t("api.parameter_of_page")
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": said}


def _schema(name: str, know: Knowledge) -> dict[str, Any]:
    if name in LISTS:
        example = next(iter(know.register.dimensions[name].options), "")
        return {"type": "string", "description": "codes joined by .", "examples": [example]}
    return {"type": "string"}


def _path(said: str, parameters: list[dict[str, Any]], media_type: str, schema: str) -> dict[str, Any]:
    good = {"description": said, "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
    wrong = {
        "description": "RFC 9457",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    unchanged = {"description": "304"}
    responses = {"200": good, "304": unchanged, "400": wrong, "404": wrong, "503": wrong}
    return {"get": {"summary": said, "parameters": parameters, "responses": responses}}


def _schemas() -> dict[str, Any]:
    properties = {
        column.name: {
            "type": [JSON_TYPES[column.type], "null"] if column.nullable else JSON_TYPES[column.type],
            "description": column.description,
        }
        for column in PROJECTS.columns
    }
    feature = {
        "type": "object",
        "required": ["type", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"type": ["object", "null"]},
            "properties": {"type": "object", "properties": properties},
        },
    }
    collection = {
        "type": "object",
        "required": ["type", "features", "numberMatched", "numberReturned", "links"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Project"}},
            "numberMatched": {"type": "integer"},
            "numberReturned": {"type": "integer"},
            "links": {"type": "array", "items": {"type": "object"}},
        },
    }
    problem = {
        "type": "object",
        "required": ["title", "status", "problems"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": {"type": "object"}},
        },
    }
    return {"Project": feature, "Projects": collection, "Problem": problem, "Answer": {"type": "object"}}
