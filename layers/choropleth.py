"""Classes of communes as areas: what travels to the living map, and the rows of its legend."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.legend import LegendRow
from layers.packing import packed, packed_marks
from layers.style import HIDDEN, INSUFFICIENT, NO_DATA, NOT_APPLICABLE, SPECIAL_CLASSES, WITHHELD

SPECIAL_KINDS = {
    NO_DATA: "nodata",
    INSUFFICIENT: "insufficient",
    WITHHELD: "withheld",
    NOT_APPLICABLE: "notapplicable",
}
OVER_COLOUR = ("passing", "silent")
"""Patterns that may lie over a colour: what only passes by (falling lines), what nobody speaks of (dots)."""


def choropleth_state(
    classes: npt.NDArray[np.uint8],
    palette: Sequence[str],
    *,
    first: int = 0,
    figures: Sequence[str] = (),
    uncertain: npt.NDArray[np.bool_] | None = None,
    over: Mapping[str, npt.NDArray[np.bool_]] | None = None,
) -> dict[str, Any]:
    """Return the classes of communes as they travel to the map: one byte a commune, its figure for the tip.

    Parameters
    ----------
    classes
        One class for each commune of the index (order of codes) from `first` on: a row of `palette`, or
        `style.NO_DATA`, `INSUFFICIENT`, `WITHHELD`, `NOT_APPLICABLE`, each drawn with its own pattern, or `HIDDEN`.
    palette
        Colours of the classes, first class first (`style.NEED`, `FUNDING`, `GAP`, `BIVARIATE`).
    figures
        One text for each class given: what the tip says after the commune's name, written in the visitor's language
        with its unit, also for what is missing. Empty: the tip says the name alone.
    uncertain
        Marks the communes whose figure stands on few cases: drawn with a light hatch over their colour.
    over
        Marks communes by pattern, one of `OVER_COLOUR`, drawn over their colour whatever their class.

    Returns
    -------
    dict
        What `payload.map_state` takes as `choropleth`; about 1.5 kB for the country and 6 kB more with its figures.

    Raises
    ------
    ValueError
        A class is no row of the palette and no special class, a pattern is unknown, or a text or mark is missing.
    """
    unknown = set(np.unique(classes).tolist()) - set(range(len(palette))) - SPECIAL_CLASSES
    if unknown:
        raise ValueError(f"classes {sorted(unknown)} are not in a palette of {len(palette)} colours")
    if len(figures) not in (0, len(classes)):
        raise ValueError(f"{len(figures)} figures for {len(classes)} communes: one each, or none")
    state: dict[str, Any] = {"first": first, "classes": packed(classes), "palette": list(palette)}
    if len(figures):
        state["figures"] = list(figures)
    marks = dict(over or {}) | ({} if uncertain is None else {"uncertain": uncertain})
    wrong = [
        name for name, mask in marks.items() if name not in (*OVER_COLOUR, "uncertain") or len(mask) != len(classes)
    ]
    if wrong:
        raise ValueError(
            f"marks {wrong} for {len(classes)} communes: one each, of {', '.join(OVER_COLOUR)} or uncertain"
        )
    if marks:
        state["over"] = {name: packed_marks(mask) for name, mask in marks.items()}
    return state


def class_counts(classes: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.int64]:
    """Return how many communes lie in each of the first `size` classes, empty ones included."""
    return np.bincount(classes[classes < size], minlength=size)[:size].astype(np.int64)


def class_rows(
    classes: npt.NDArray[np.uint8],
    palette: Sequence[str],
    labels: Sequence[str],
    *,
    special: Mapping[int, str],
    number: Callable[[int], str],
) -> list[LegendRow]:
    """Return the legend of a choropleth: a swatch, a range and a count for each class, then what has no class.

    Parameters
    ----------
    labels
        Word or range of each class of the palette, with the unit where it is not in the title.
    special
        Words of `NO_DATA`, `INSUFFICIENT`, `WITHHELD`, `NOT_APPLICABLE`. The row of `NO_DATA` is always there, at
        zero too, so that a reader sees that nothing is missing; the others only when a commune has them.
    number
        Writes a count in the visitor's language (`Texts.number`).

    Examples
    --------
    >>> rows = class_rows(np.array([0, 0, 254], "u1"), ["#fff"], ["0-5 %"], special={NO_DATA: "nd"}, number=str)
    >>> [(row.label, row.count) for row in rows]
    [('0-5 %', '2'), ('nd', '1')]
    """
    counts = class_counts(classes, len(palette))
    rows = [
        LegendRow({"kind": "fill", "colour": colour}, label, number(int(count)))
        for colour, label, count in zip(palette, labels, counts, strict=True)
    ]
    for code, label in special.items():
        count = int((classes == code).sum())
        if count or code == NO_DATA:
            rows.append(LegendRow({"kind": SPECIAL_KINDS[code]}, label, number(count)))
    return rows


def bivariate_row(
    palette: Sequence[str],
    *,
    right: str,
    up: str,
    label: str = "",
    words: Sequence[str] = (),
    counts: Sequence[str] = (),
) -> LegendRow:
    """Return the square key of a map of two measures: 3 x 3 colours, named along its two edges.

    Parameters
    ----------
    palette
        Nine colours, row by row: within a row the first measure grows, from row to row the second
        (`style.BIVARIATE`). A class is `3 * second + first`.
    right, up
        Names of the first and of the second measure.
    words, counts
        What each of the nine cells means, told by pointing at it, and how many places have it, written in it.
    """
    cells = {"words": list(words), "counts": list(counts)}
    return LegendRow({"kind": "bivariate", "palette": list(palette), "right": right, "up": up, **cells}, label)


def shown(classes: npt.NDArray[np.uint8]) -> int:
    """Return how many communes are drawn: all but the hidden ones."""
    return int((classes != HIDDEN).sum())
