"""The file itself: one document that holds the map folium authors, our scripts, the look and all the data."""

import base64
import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from layers.base import AtlasMap
from layers.offline.inlined import Resource, data_url, import_map, inside_script, json_text, script_text

HERE = Path(__file__).parent
LAYERS = HERE.parent
DATA = "/atlas/offline/data.json"
LEAST_PACKED = 20_000  # bytes: shorter ones stay readable in the file
_ADDRESS = re.compile(r"""url\((["']?)(?P<at>[^"')]+)\1\)""")
_MARGIN = re.compile(r"(?m)^\s+|\s+$")


@dataclass(frozen=True)
class Vendored:
    """What of other hands goes into the file: classic scripts, styles, and the type faces that styles name."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    faces: Mapping[str, Resource]


def offline_document(
    map_: AtlasMap,
    *,
    vendored: Vendored,
    look: str,
    resources: dict[str, Resource],
    data: Mapping[str, Any],
    words: Mapping[str, str],
    language: str,
    direction: str,
) -> bytes:
    """Return the file: it asks for nothing, and the same input gives the same bytes.

    Parameters
    ----------
    look
        The rules that name colours and type faces; an address in them is replaced by the face itself, or the rule's
        face is left out when the file need not hold it.
    resources
        What the map and its state name by address.
    data
        What the screen shows (`pages.ui.offline.offline_file`); texts in it are shown as text, whatever they hold.
    words
        Title, and what is said before the scripts run or where they cannot.
    """
    shelf = {**resources, DATA: Resource("application/json", json_text(data).encode())}
    html = (
        _environment()
        .get_template("document.html")
        .render(
            language=language,
            direction=direction,
            words=words,
            container=map_.container,
            style=Markup(_style(vendored, look)),  # noqa: S704 - our own and pinned style sheets
            scripts=[Markup(script_text(source)) for source in vendored.scripts],  # noqa: S704 - pinned packages
            imports=Markup(json_text(import_map(_modules()))),  # noqa: S704 - escaped by json_text
            folium=Markup(script_text(map_.script)),  # noqa: S704 - folium's own, without any text of anybody
            resources=[{"at": at, **_held(one)} for at, one in sorted(shelf.items())],
        )
    )
    return html.encode()


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _modules() -> dict[str, str]:
    """Return our modules by path; the one that speaks to a frame has no place in a file that stands alone."""
    folders = {"static": LAYERS / "static", "offline/static": HERE / "static"}
    return {
        f"{name}/{path.name}": path.read_text(encoding="utf-8")
        for name, folder in folders.items()
        for path in sorted(folder.glob("*.js"))
        if path.name != "framed.js"
    }


def _style(vendored: Vendored, look: str) -> str:
    own = [LAYERS / "static" / "map.css", HERE / "static" / "offline.css"]
    sheets = [look, *vendored.styles, *(path.read_text(encoding="utf-8") for path in own)]

    def held(found: re.Match[str]) -> str:
        face = vendored.faces.get(found["at"])
        return f"url({data_url(face) if face else 'data:,'})"

    return _ADDRESS.sub(held, _MARGIN.sub("", "\n".join(sheets)))


def _held(resource: Resource) -> dict[str, Any]:
    body = resource.body
    if len(body) >= LEAST_PACKED:
        body = gzip.compress(body, 9, mtime=0)
        return {"kind": "application/gzip", "text": base64.b64encode(body).decode("ascii")}
    if resource.media_type in ("application/json", "application/geo+json"):
        return {"kind": "application/json", "text": Markup(inside_script(body.decode()))}  # noqa: S704 - escaped
    return {"kind": "application/octet-stream", "text": base64.b64encode(body).decode("ascii")}
