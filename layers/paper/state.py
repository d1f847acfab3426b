"""The state of the living map read back: arrays from what travels to the browser."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from layers import style
from layers.dots import NIBBLES

Bits = npt.NDArray[np.bool_]
Small = npt.NDArray[np.uint8]
SPECIAL_OF_NIBBLE = {nibble: special for special, nibble in NIBBLES.items()}


def numbers(text: str, kind: str = "u1") -> npt.NDArray[Any]:
    """Return an array that was packed (`layers.packing.packed`)."""
    return np.frombuffer(base64.b64decode(text), kind)


def bits(text: str, size: int) -> Bits:
    """Return marks that travel one bit each, first in the lowest bit."""
    return np.unpackbits(numbers(text), bitorder="little")[:size].astype(bool)


def classes_of_dots(state: Mapping[str, Any], size: int) -> Small:
    """Return the class of each place of a cloud, special classes as in `layers.style`."""
    pairs = numbers(state["classes"])
    small = np.column_stack((pairs & 15, pairs >> 4)).ravel()[:size]
    for nibble, special in SPECIAL_OF_NIBBLE.items():
        small = np.where(small == nibble, special, small).astype(np.uint8)
    return small


def places_of_dots(content: bytes) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Return longitudes, latitudes and radii in pixels of a cloud (`layers.dots.dots_binary`)."""
    size = int(np.frombuffer(content, "<u4", 1)[0])
    lon, lat = (np.frombuffer(content, "<f4", size, 4 + 4 * size * part) for part in (0, 1))
    return lon, lat, np.frombuffer(content, "u1", size, 4 + 8 * size) / style.RADIUS_STEPS


def points(content: bytes) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Return longitudes, latitudes, project rows and sectors of the points (`layers.payload.points_binary`)."""
    size = int(np.frombuffer(content, "<u4", 1)[0])
    lon, lat, project = (
        np.frombuffer(content, kind, size, 4 + 4 * size * part) for part, kind in enumerate(("<f4", "<f4", "<u4"))
    )
    return lon, lat, project, np.frombuffer(content, "u1", size, 4 + 12 * size)
