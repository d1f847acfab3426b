"""What travels to the living map: geometry and points once, by address; on each run a state of a few kilobytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.placement import CommuneAreas, Points
from layers.packing import packed, packed_marks
from layers.style import RADIUS_STEPS


@dataclass(frozen=True)
class Focus:
    """The territory looked at: its communes [first, last) and its extent (west, south, east, north), degrees."""

    key: str
    first: int
    last: int
    extent: tuple[float, float, float, float]


@dataclass(frozen=True)
class Chosen:
    """What is selected: project rows, commune indexes, and ranges of communes hatched for a wider area."""

    projects: tuple[int, ...] = ()
    communes: tuple[int, ...] = ()
    hatched: tuple[tuple[int, int], ...] = ()


NOTHING_CHOSEN = Chosen()


def points_binary(points: Points) -> bytes:
    """Return all points as bytes: count, longitudes and latitudes (float32), project rows (uint32), sectors (uint8)."""
    return b"".join(
        (
            np.uint32(len(points.project)).tobytes(),
            points.lon.astype("<f4").tobytes(),
            points.lat.astype("<f4").tobytes(),
            points.project.astype("<u4").tobytes(),
            points.sector.astype("u1").tobytes(),
        )
    )


def visible_points(points: Points, shown: npt.NDArray[np.bool_]) -> str:
    """Return which points to draw (`packing.packed_marks`); `shown` is by place of the register."""
    return packed_marks(shown[points.place])


def packed_radii(radii_px: npt.NDArray[np.float64]) -> str:
    """Return the radii of circles as they travel: in steps of a quarter of a pixel."""
    return packed(np.rint(radii_px * RADIUS_STEPS).astype(np.int64))


def areas_state(
    areas: CommuneAreas, radii_px: npt.NDArray[np.float64] | None, *, outlined: bool = True
) -> dict[str, Any]:
    """Return the communes that have something, from the first to the last of them.

    Without `outlined` they carry their sign only: where a cloud of places already fills them.
    """
    something = np.flatnonzero((areas.projects > 0) | (areas.money_mad > 0))
    first, last = (int(something[0]), int(something[-1]) + 1) if len(something) else (0, 0)
    state: dict[str, Any] = {
        "first": first,
        "counts": packed(areas.projects[first:last]),
        "sectors": packed(areas.sector[first:last]),
    }
    if radii_px is not None:
        state["radii"] = packed_radii(radii_px[first:last])
    if not outlined:
        state["bare"] = True
    return state


def map_state(
    *,
    focus: Focus,
    legend: Mapping[str, Any],
    title: str = "",
    view: tuple[float, float, float] | None = None,
    show: str = "projects",
    areas: Mapping[str, Any] | None = None,
    points: Mapping[str, str] | None = None,
    choropleth: Mapping[str, Any] | None = None,
    dots: Mapping[str, Any] | None = None,
    flows: Mapping[str, Any] | None = None,
    chosen: Chosen = NOTHING_CHOSEN,
    magnify: float = 1.0,
) -> dict[str, Any]:
    """Put together what one run sends to the map; a layer left out is not drawn.

    Parameters
    ----------
    focus
        The territory looked at: what lies outside is veiled, and the map opens on it.
    legend
        `legend.Legend.as_dict()`.
    title
        The sentence over the map: shown on it when it fills the screen or stands alone, and read to those who cannot
        see it.
    view
        Zoom, latitude, longitude to open with; None opens on the focus.
    show
        `projects` (signs by sector) or `amount` (circles of money).
    areas, points
        Projects by commune (`areas_state`) and at points (`points_binary`, `visible_points`).
    choropleth
        Classes of communes (`choropleth.choropleth_state`).
    dots
        Classes of places (`dots.dots_state`).
    flows
        Lines from countries to communes (`flows.flows_state`).
    magnify
        How much larger names, signs and lines are drawn: 2 for a hall (names of 24 pixels and more).
    """
    return {
        "focus": {"key": focus.key, "first": focus.first, "last": focus.last, "extent": list(focus.extent)},
        "title": title,
        "view": list(view) if view else None,
        "show": show,
        "areas": areas,
        "points": points,
        "choropleth": choropleth,
        "dots": dots,
        "flows": flows,
        "selection": {
            "projects": list(chosen.projects),
            "communes": list(chosen.communes),
            "hatched": [list(span) for span in chosen.hatched],
        },
        "legend": legend,
        "magnify": magnify,
    }


def spans(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of consecutive numbers as [from, to) pairs.

    Examples
    --------
    >>> spans([3, 4, 5, 9])
    ((3, 6), (9, 10))
    """
    if not len(numbers):
        return ()
    ordered = np.unique(np.asarray(numbers))
    breaks = np.flatnonzero(np.diff(ordered) > 1)
    starts, ends = np.r_[ordered[0], ordered[breaks + 1]], np.r_[ordered[breaks], ordered[-1]]
    return tuple((int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True))
