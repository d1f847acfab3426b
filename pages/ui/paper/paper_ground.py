"""What the maps on paper are drawn from: the very files the living map fetches, read without a browser."""

import json
from functools import lru_cache

from data.texts import Texts, load_texts
from layers.paper.ground import Ground
from pages.ui.knowledge import Held, Knowledge
from pages.ui.maps import map_view
from pages.ui.served import published
from pages.ui.server import shape_file

SHAPES = "/atlas/shape/"


def ground(know: Knowledge, t: Texts) -> Ground:
    """Return the shapes and names of a language, decoded once for all maps of it."""
    return _ground(know.version, t.language, know=Held(know))


@lru_cache(maxsize=6)
def _ground(version: str, language: str, *, know: Held) -> Ground:  # noqa: ARG001 - the version is the key
    address = map_view.the_map(know.value, load_texts(language)).address
    return Ground(json.loads(_fetched(address)), _fetched)


def _fetched(address: str) -> bytes:
    """Return what lies at an address of the atlas.

    Raises
    ------
    KeyError
        Nothing lies there.
    """
    served = shape_file(address.removeprefix(SHAPES)) if address.startswith(SHAPES) else published(address)
    if served is None:
        raise KeyError(address)
    return served.body
