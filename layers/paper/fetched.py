"""What the living map fetches, read back for paper: places of a cloud, points of projects."""

from typing import Any

import numpy as np
import numpy.typing as npt

from layers import style


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
