"""A cloud of places beside the register's points: villages, facilities. Positions once, a class a place per run."""

from typing import Any

import numpy as np
import numpy.typing as npt

from layers.packing import packed
from layers.style import INSUFFICIENT, RADIUS_STEPS, SPECIAL_CLASSES

SMALLEST_DOT_PX, LARGEST_DOT_PX = 1.6, 7.0


def dot_radii(weights: npt.NDArray[np.float64], greatest: float) -> npt.NDArray[np.float64]:
    """Return the radii in pixels, at zoom 8, of circles whose areas are as the weights.

    Parameters
    ----------
    weights
        People of each place; NaN where that is not known.
    greatest
        Weight of the largest circle. Take it from the whole table, so that circles keep their size when filtered.

    Returns
    -------
    ndarray
        One radius each. Unknown weights and those too small to be seen have the smallest one, which the legend says.
    """
    known = np.nan_to_num(np.clip(weights, 0, None), nan=0.0)
    return np.clip(LARGEST_DOT_PX * np.sqrt(known / max(greatest, 1e-9)), SMALLEST_DOT_PX, LARGEST_DOT_PX)


def dots_binary(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], radii_px: npt.NDArray[np.float64]) -> bytes:
    """Return places as bytes, fetched once: count (uint32), longitudes, latitudes (float32), radii (uint8).

    Places without a position do not belong here: list them beside the map.

    Raises
    ------
    ValueError
        A longitude or a latitude is missing.
    """
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise ValueError("a place without longitude or latitude cannot be drawn: list it beside the map instead")
    return b"".join(
        (
            np.uint32(len(lon)).tobytes(),
            lon.astype("<f4").tobytes(),
            lat.astype("<f4").tobytes(),
            np.rint(np.clip(radii_px * RADIUS_STEPS, 0, 255)).astype("u1").tobytes(),
        )
    )


def dots_state(
    url: str,
    classes: npt.NDArray[np.uint8],
    palette: list[str] | tuple[str, ...],
    *,
    tips: str = "",
    selected: int | None = None,
    shape: str = "",
) -> dict[str, Any]:
    """Return the classes of the places as they travel to the map: a character a place, two where its class is special.

    Parameters
    ----------
    url
        Where `dots_binary` is published.
    classes
        One class for each place, in the order of the binary: a row of `palette`, or
        `style.NO_DATA`, `WITHHELD`, `NOT_APPLICABLE` (drawn hollow), or `HIDDEN` (not drawn).
    tips
        Where a JSON list of texts is published, one for each place: its name and one figure, said when pointed at.
    selected
        The place drawn with a strong outline.
    shape
        A path of `symbols.PATHS` drawn instead of a circle, for facilities.

    Raises
    ------
    ValueError
        A class is no row of the palette and no special class.
    """
    unknown = set(np.unique(classes).tolist()) - set(range(len(palette))) - (SPECIAL_CLASSES - {INSUFFICIENT})
    if unknown:
        raise ValueError(f"classes {sorted(unknown)} are not in a palette of {len(palette)} colours")
    return {
        "url": url,
        "classes": packed(classes),
        "palette": list(palette),
        "tips": tips,
        "selected": selected,
        "shape": shape,
    }
