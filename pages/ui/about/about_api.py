"""What the page on the API shows: the description that programs read, laid out for people.

It has no words of its own about paths, parameters or properties, so that the two cannot differ.
"""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from pages.ui.api import api_description
from pages.ui.api.api import PAGE, ROOT
from pages.ui.knowledge import Knowledge

LABELS = ("parameter", "meaning", "values", "try", "answers")


def about(site: str, know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `api.html` shows; `site` is the address of the atlas, without a slash at its end."""
    described = api_description.openapi(site + ROOT, know, t, page=PAGE)
    base = described["servers"][0]["url"]
    return {
        "title": t("menu.api"),
        "lead": described["info"]["description"],
        "base": base,
        "base_label": t("api.page.base"),
        "rules": [t(f"api.page.rule.{name}") for name in ("read_only", "pages", "cache", "problems", "missing")],
        "links": [
            {"url": f"{base}/openapi.json?lang={t.language}", "title": t("api.page.openapi")},
            {"url": f"{base}/catalog.jsonld?lang={t.language}", "title": t("api.path.catalog")},
        ],
        "labels": {name: t(f"api.page.{name}") for name in LABELS},
        "contents": t("method.contents"),
        "paths": [_path(path, operations["get"], described, t) for path, operations in described["paths"].items()],
    }


def _path(path: str, operation: dict[str, Any], described: dict[str, Any], t: Texts) -> dict[str, Any]:
    parameters = operation["parameters"]
    return {
        "id": f"api-{operation['operationId']}",
        "path": path,
        "title": operation["summary"],
        "about": operation.get("description", ""),
        "parameters": [_parameter(parameter) for parameter in parameters],
        "properties": _properties(operation, described),
        "properties_title": t("api.page.properties_of", n=len(_properties(operation, described))),
        "answers": [
            {"status": status, "said": answer["description"]} for status, answer in operation["responses"].items()
        ],
        "example": _example(path, parameters, described["servers"][0]["url"], t),
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    ends = [schema[end] for end in ("minimum", "maximum") if end in schema]
    values = parameter.get("x-values") or [{"value": code, "title": ""} for code in schema.get("enum", ())]
    return {
        "name": parameter["name"],
        "said": parameter["description"],
        "allowed": " – ".join(map(str, ends)) + (f" ({schema['default']})" if "default" in schema else ""),
        "example": parameter.get("example", ""),
        "values": values,
    }


def _properties(operation: dict[str, Any], described: dict[str, Any]) -> list[dict[str, str]]:
    """List the properties of the features of an answer; none where it holds no features."""
    schema = next(iter(operation["responses"]["200"]["content"].values()))["schema"]
    schema = _followed(schema, described)
    if "features" in schema.get("properties", {}):
        schema = _followed(schema["properties"]["features"]["items"], described)
    held = schema.get("properties", {}).get("properties", {}).get("properties", {})
    return [{"name": name, "type": _kind(one["type"]), "said": one["description"]} for name, one in held.items()]


def _followed(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def _kind(kinds: str | list[str]) -> str:
    return kinds if isinstance(kinds, str) else " | ".join(kinds)


def _example(path: str, parameters: list[dict[str, Any]], base: str, t: Texts) -> str:
    """Return an address to try: the first two parameters that have an example."""
    if "{code}" in path:
        return base + path.replace("{code}", "B001") + f"?lang={t.language}"
    chosen = [one for one in parameters if one.get("example")][:2]
    return f"{base}{path}?{urlencode({one['name']: one['example'] for one in chosen} | {'lang': t.language})}"
