"""A country of four communes to draw on paper."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from layers.paper.ground import Ground

SQUARE = [[0.0, 30.0], [1.0, 30.0], [1.0, 31.0], [0.0, 31.0], [0.0, 30.0]]


def feature(geometry: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    return {"properties": properties, "geometry": geometry}


def moved(east: float) -> list[list[float]]:
    return [[lon + east, lat] for lon, lat in SQUARE]


@pytest.fixture
def toy() -> Ground:
    """Four communes of one degree side by side, three with a town; a country around them; no relief."""
    line = {"type": "LineString", "coordinates": [[0, 30], [4, 30], [4, 31], [0, 31], [0, 30]]}
    beyond = {"type": "Polygon", "coordinates": [[[-40, 0], [-39, 0], [-39, 1], [-40, 1], [-40, 0]]]}
    communes = [feature({"type": "Polygon", "coordinates": [moved(i)]}, i=i) for i in range(4)]
    names = ["Tafraout", "تافراوت", "Aït <b>", "Tata"]
    places = {
        "communes": [[name, i + 0.5, 30.5] for i, name in enumerate(names)],
        "labels": [[name, i + 0.3, 30.85, "town1"] for i, name in enumerate(names)],
    }
    files = {
        "communes": {"features": communes},
        "line": {"features": [feature(line)]},
        "beyond": {"features": [feature(beyond)]},
        "around": {"features": [feature({"type": "Point", "coordinates": [-30, 30]}, name="atlantic")]},
        "places": places,
    }
    shapes = {name: {"url": "line"} for name in ("rivers", "country.outline", "regions.lines", "provinces.lines")}
    shapes |= {"neighbours": {"url": "beyond"}, "frame": {"url": "beyond"}, "surroundings": {"url": "around"}}
    config = {
        "communes": {"country": {"url": "communes"}, "region": {}, "full": {}},
        "shapes": shapes,
        "relief": [],
        "places": "places",
        "symbols": [{"path": "M-6,-6H6V6H-6Z", "colour": "#332288"}],
        "around": {"atlantic": "Atlantique"},
    }
    return Ground(config, lambda url: json.dumps(files[url]).encode())
