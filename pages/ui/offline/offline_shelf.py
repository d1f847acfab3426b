"""What the map of a file that stands alone would fetch: shapes, names, points, type faces, packages of other hands."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from data import store
from data.texts import Texts
from layers.labels import places_table
from layers.offline.document import Vendored
from layers.offline.inlined import Resource, data_url
from pages.ui import typeface
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.served import MEDIA_TYPES, STATIC_FOLDERS, published
from pages.ui.server import shape_file, vendor_file

CONFIGURATION, NAMES = "/atlas/offline/map.json", "/atlas/offline/places.json"
GROUND = ("frame", "neighbours", "surroundings", "rivers", "country.outline", "regions.lines", "provinces.lines")
FACES = (
    f"noto-sans/{typeface.LATIN}",
    "noto-sans/noto-sans-latin-ext-wght-normal.woff2",
    f"noto-sans-arabic/{typeface.ARABIC}",
    "noto-sans-tifinagh/noto-sans-tifinagh-tifinagh-400-normal.woff2",
)
"""All scripts in every file: places bear a name in another one than that of the reader."""
VENDOR = "/atlas/vendor/"
_COLOURS = re.compile(r'^:root(?:\[data-theme="dark"\])? \{[^}]*\}', re.MULTILINE)


def what_the_map_asks_for(know: Knowledge, territory: str, data: Any, t: Texts) -> dict[str, Resource]:
    """Return by address all that the map, and the states in `data`, fetch."""
    shapes = _shapes(know, territory)
    config = map_view.configuration(know, t, shapes=shapes, places=NAMES)
    names = places_table(store.load("territories"), store.load("towns"), t.language)
    held = {CONFIGURATION: _json(config), NAMES: _json(names)}
    for entry in shapes.values():
        if entry["url"].startswith("/"):
            held[entry["url"]] = _shape(entry["file"])
    for address in sorted(set(_addresses(data))):
        found = published(address)
        if found is None:
            raise LookupError(f"{address}: named by the state of a map, published nowhere")
        held[address] = Resource(found.media_type, found.body)
    return held


def vendored() -> Vendored:
    """Return Leaflet, the grouping of points and the type faces."""
    scripts = [_package("leaflet/leaflet.js").decode(), _package("supercluster/supercluster.min.js").decode()]
    return Vendored(
        scripts=tuple(_without_map(script) for script in scripts),
        styles=(_package("leaflet/leaflet.css").decode(),),
        faces={VENDOR + name: Resource(MEDIA_TYPES[".woff2"], _package(name)) for name in FACES},
    )


@lru_cache
def shared_look() -> str:
    """Return the rules of the atlas's own style sheet that name its type faces, and its colours, light and dark."""
    sheet = (STATIC_FOLDERS["ui"] / "atlas.css").read_text(encoding="utf-8")
    rules = ["@font-face" + rule.partition("}")[0] + "}" for rule in sheet.split("@font-face")[1:]]
    faces = [rule for rule in rules if any(VENDOR + name in rule for name in FACES)]
    return "\n".join([*faces, *_COLOURS.findall(sheet)])


def _shapes(know: Knowledge, territory: str) -> dict[str, dict[str, Any]]:
    """Return the shapes the file holds: the country's, and the finer ones of the regions it touches."""
    codes = [territory, *know.territories.ancestors(territory)]
    regions = [code for code in codes if know.territories.level_of(code) == "region"]
    fine = [f"communes.{code}.{detail}" for code in regions for detail in ("region", "full")]
    reliefs = [f"relief.{code}{theme}" for code in ("country", *regions) for theme in ("", ".dark")]
    wanted = (*GROUND, "communes.country", *fine, *reliefs)
    held = {}
    for name, entry in store.load_shapes().items():
        if name in wanted:
            picture = name.startswith("relief.")
            url = data_url(_shape(entry["file"])) if picture else f"/atlas/shape/{entry['file']}"
            held[name] = dict(entry) | {"url": url}
    return held


def _shape(name: str) -> Resource:
    served = shape_file(name)
    if served is None:
        raise LookupError(f"{name}: a shape that does not exist")
    return Resource(served.media_type, served.body)


def _package(name: str) -> bytes:
    package, _, file = name.partition("/")
    served = vendor_file(package, file)
    if served is None:
        raise LookupError(f"{name}: a file that is not installed")
    return served.body


def _without_map(script: str) -> str:
    """Leave out the last line that names a source map: opened tools would ask for it."""
    return script.partition("//# sourceMappingURL=")[0]


def _json(content: Mapping[str, Any]) -> Resource:
    return Resource("application/json", json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _addresses(content: Any) -> Iterator[str]:
    """Find the addresses a state names, wherever they stand in it."""
    if isinstance(content, Mapping):
        for part in content.values():
            yield from _addresses(part)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _addresses(part)
    elif isinstance(content, str) and content.startswith("/atlas/data/"):
        yield content
