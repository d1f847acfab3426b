"""Which communes share a border."""

import numpy as np
import numpy.typing as npt
import shapely

IntArray = npt.NDArray[np.int64]
STEPS_A_DEGREE = 1e6  # a tenth of a metre: outlines made together have the very same corners


def bordering(outlines: npt.NDArray[np.object_]) -> IntArray:
    """Return the pairs of outlines that share a corner or a border, as rows of two ascending numbers, sorted.

    Parameters
    ----------
    outlines
        Polygons in longitude and latitude, simplified together (neighbours keep the same corners); None or empty ones
        have no neighbour.
    """
    corners, owner = shapely.get_coordinates(outlines, return_index=True)
    lon, lat = np.rint(corners * STEPS_A_DEGREE).astype(np.int64).T
    place = np.unique(np.stack([lon, lat, owner]), axis=1)
    _, start, size = np.unique(place[:2], axis=1, return_index=True, return_counts=True)
    pairs = [np.empty((0, 2), np.int64)]
    for step in range(1, int(size.max(initial=1))):
        # The n-th owner of a corner with the one `step` further, where a corner has that many.
        for first in range(int(size.max()) - step):
            at = start[size > first + step] + first
            pairs.append(np.stack([place[2][at], place[2][at + step]], axis=1))
    return np.unique(np.concatenate(pairs), axis=0)
