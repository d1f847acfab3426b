"""The map folium authors: local assets only, no geometry, no name; one script, the same for every selection."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from layers.escape import esc

MAP_ID = "atlas"
LEAST_ZOOM, MOST_ZOOM = 4.75, 15
BOUNDS = ((17.0, -24.0), (39.5, 4.0))  # nothing is drawn beyond: south-west and north-east corners, degrees


class LocalMap(folium.Map):
    """A folium map that asks nothing of the internet."""

    default_js = [("leaflet", "/atlas/vendor/leaflet/leaflet.js")]  # noqa: RUF012 - folium declares lists
    default_css = [("leaflet_css", "/atlas/vendor/leaflet/leaflet.css")]  # noqa: RUF012 - folium declares lists


class LivingLayers(MacroElement):
    """Everything drawn on the map, as one call to our script with one address: no text of anybody passes here."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Atlas.start({{ this._parent.get_name() }}, '{{ this.address }}');"
        "{% endmacro %}"
    )

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium is not typed
        self._name = "LivingLayers"
        self.address = esc(address)


@dataclass(frozen=True)
class AtlasMap:
    """A rendered map: its script, the name of its container, where its configuration lies, a digest of it all."""

    script: str
    container: str
    address: str
    digest: str
    js: tuple[str, ...]
    css: tuple[str, ...]


def map_config(
    *,
    shapes: Mapping[str, Mapping[str, Any]],
    places: str,
    symbols: Sequence[Mapping[str, str]],
    commune_count: int,
    direction: str,
    texts: Mapping[str, str],
    around: Mapping[str, str],
) -> dict[str, Any]:
    """Return what the script is told once: where geometry is, how sectors look, the words of the controls.

    Parameters
    ----------
    shapes
        Shapes by name, each with its `url` and, for some, an `extent` (see `data.store.load_shapes`).
    places
        Address of names and label points (`layers.labels.places_table`).
    symbols
        Path and colour of each sector, in the order of the catalogue.
    around
        Words for the names of the shape `surroundings`: seas and neighbours.
    """
    levels: dict[str, Any] = {"region": {}, "full": {}}
    for name, entry in shapes.items():
        kind, _, rest = name.partition(".")
        if kind == "communes" and rest == "country":
            levels["country"] = entry
        elif kind == "communes":
            region, level = rest.split(".")
            levels[level][region] = entry
    return {
        "communes": levels,
        "count": commune_count,
        "shapes": {name: entry for name, entry in shapes.items() if not name.startswith("communes.")},
        "relief": [name for name in shapes if name.startswith("relief.") and not name.endswith(".dark")][::-1],
        "places": places,
        "symbols": list(symbols),
        "direction": direction,
        "texts": dict(texts),
        "around": dict(around),
    }


def atlas_map(address: str) -> AtlasMap:
    """Return the map whose configuration (`map_config`) lies at an address of ours."""
    map_ = _living_map(address)
    figure = map_.get_root()
    figure.render()
    script = figure.script.render()  # type: ignore[attr-defined]  # folium is not typed
    return AtlasMap(
        script=script,
        container=map_.get_name(),
        address=address,
        digest=hashlib.sha256(script.encode()).hexdigest()[:12],
        js=tuple(url for _, url in LocalMap.default_js),
        css=tuple(url for _, url in LocalMap.default_css),
    )


def framed_map(address: str, *, js: Sequence[str], css: Sequence[str]) -> LocalMap:
    """Return the same map as a folium object, for a host that renders it itself; `js` and `css` are asked for too."""
    map_ = _living_map(address)
    map_.default_js = [*LocalMap.default_js, *((url, url) for url in js)]
    map_.default_css = [*LocalMap.default_css, *((url, url) for url in css)]
    return map_


class StateOfRun(folium.FeatureGroup):
    """The state of a run as a layer that draws nothing: it says where the state lies, no text of it passes here."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.featureGroup(); AtlasFrame.apply('{{ this.address }}');"
        "{% endmacro %}"
    )

    def __init__(self, address: str) -> None:
        super().__init__(name="state", control=False)
        self.address = esc(address)


def _living_map(address: str) -> LocalMap:
    map_ = LocalMap(
        location=[29.9, -8.2],
        zoom_start=7,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        max_zoom=MOST_ZOOM,
        zoom_snap=0.25,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=90,
        max_bounds_viscosity=0.8,
        keyboard=True,
    )
    map_._id = MAP_ID  # noqa: SLF001 - folium draws a random one: the same map must have the same script
    map_.options["minZoom"] = LEAST_ZOOM  # folium knows whole levels only
    map_.options["maxBounds"] = [list(corner) for corner in BOUNDS]
    LivingLayers(address).add_to(map_)
    return map_
