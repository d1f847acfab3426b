"""The map of the gaps page: need against money in nine colours, the kinds of absence over them, legend and tips."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.texts import Texts
from geo.absence import AREA_ONLY, NO_REPORTER, NONE_REPORTED
from geo.classify import Breaks, assign, class_breaks
from geo.gap_selection import GapSelection
from layers import style
from layers.base import AtlasMap
from layers.choropleth import bivariate_row, choropleth_state, class_rows
from layers.legend import Legend, LegendRow
from layers.payload import Chosen, map_state
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view

NO_REPORT, NO_AMOUNT = style.NOT_APPLICABLE, style.WITHHELD
"""Patterns without a colour: nobody speaks of the place (an empty ruled sheet); an amount that is not published."""
OVER = {AREA_ONLY: "passing", NONE_REPORTED: "silent"}
TENFOLD = 10


def drawing(know: Knowledge, found: GapSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run."""
    state = found.state
    makers = {"gap": _gap, "money": _money, "need": _need, "mismatch": _mismatch}
    classes, palette, legend = makers[shown(found)](found, t)
    first, last = know.territories.commune_range(state.territory)
    row = _row_of_communes(know, found)[first:last]
    drawn = (row >= 0) & found.table.index.isin(found.listed.index)[row]
    absence = found.table["absence"].to_numpy()
    tips = [_tip(know, found, one, t) for one in found.table.itertuples()]
    return map_view.the_map(know, t), map_state(
        focus=map_view.focus_on(know, state.territory),
        view=state.view,
        title=gap_words.headline(know, found, t),
        choropleth=choropleth_state(
            np.where(drawn, classes[row], style.HIDDEN).astype(np.uint8),
            palette,
            first=first,
            figures=[tips[one] if one >= 0 else "" for one in row],
            over={pattern: drawn & (absence[row] == kind) for kind, pattern in OVER.items()},
        ),
        chosen=_chosen(know, state.selected),
        legend=legend.as_dict(),
    )


def shown(found: GapSelection) -> str:
    """Return what the map draws: money alone where no need is measured."""
    return found.state.show if found.need.is_measured else "money"


def changes(know: Knowledge, event: Mapping[str, Any], found: GapSelection) -> dict[str, Any]:
    """Say what a click changes: the commune, or the province of it where provinces are compared, is selected."""
    made = map_view.changes(know, event)
    code = made.get("selected")
    if not code or found.level == "commune":
        return made
    above = know.territories.ancestors(code)
    return made | {"selected": next((up for up in above if know.territories.level_of(up) == found.level), code)}


def palette_of(need_step: int, money_step: int) -> str:
    """Return the colour of a cell of the square."""
    return style.BIVARIATE[3 * money_step + need_step]


def _row_of_communes(know: Knowledge, found: GapSelection) -> npt.NDArray[np.int64]:
    """Return the row of the table for each commune number; -1 outside the territory."""
    row = np.full(len(know.territories.commune_codes), -1, np.int64)
    for number, code in enumerate(found.table.index):
        first, last = know.territories.commune_range(code)
        row[first:last] = number
    return row


Drawn = tuple[npt.NDArray[np.uint8], tuple[str, ...], Legend]


def _gap(found: GapSelection, t: Texts) -> Drawn:
    table = found.table
    classes = (3 * table["money_step"] + table["need_step"]).to_numpy()
    classes = _unknown(found, classes, table["need_step"] < 0, table["money_step"] < 0)
    counts = {(one.need_step, one.money_step): one.communes for one in found.gap.cells.itertuples()}
    square = [(number % 3, number // 3) for number in range(9)]
    key = bivariate_row(
        style.BIVARIATE,
        right=t("gaps.legend.need", limits=_ends(found.gap.need_breaks, t)),
        up=t("gaps.legend.money", limits=_ends(found.gap.money_breaks, t)),
        words=[t(f"gaps.cell.{need}{money}") for need, money in square],
        counts=[t.number(int(counts[one])) for one in square],
    )
    rows = [key, *_absence_rows(found, style.BIVARIATE[2], t), *_unknown_rows(found, classes, t)]
    return classes, style.BIVARIATE, Legend(t(f"gaps.legend.title.{found.level}"), rows, gap_words.steps_said(found, t))


def _money(found: GapSelection, t: Texts) -> Drawn:
    table = found.table
    ends = found.gap.money_breaks.bounds
    bounds = sorted({0.0, *ends, ends[-1] * TENFOLD}) if found.gap.located_mad and ends else []
    breaks = Breaks("thresholds", tuple(bounds), 0.0, np.nan)
    classes = _unknown(found, assign(table["mad_per_person"], breaks), None, table["mad_per_person"].isna())
    said = [gap_words.rate(bound, t) for bound in bounds]
    labels = [
        t("gaps.money.none"),
        *(t("needs.class.between", low=t.number(a), high=b) for a, b in zip(bounds, said[1:], strict=False)),
        *(t("needs.class.above", low=one) for one in said[-1:]),
    ]
    palette = style.FUNDING[: len(labels)]
    rows = class_rows(classes, palette, labels, special={}, number=t.number)[::-1]
    rows = [*rows, *_absence_rows(found, style.FUNDING[0], t), *_unknown_rows(found, classes, t)]
    return classes, palette, Legend(t("gaps.legend.money_title"), rows, t("gaps.legend.money_note"))


def _need(found: GapSelection, t: Texts) -> Drawn:
    """Draw the need alone, in steps of half its middle limit, so that both limits of the square are class limits."""
    assert found.need.thresholds is not None  # noqa: S101 - drawn only where a need is measured
    middle, high = found.need.thresholds
    breaks = Breaks("thresholds", (middle / 2, middle, high, middle * 2), 0.0, 100.0)
    steps = assign(found.table["need"], breaks)
    classes = np.where(steps < 0, style.NO_DATA, steps).astype(np.uint8)
    said = [t.number(round(bound, 1)) for bound in breaks.bounds]
    labels = [
        t("needs.class.upto", high=said[0]),
        *(t("needs.class.between", low=low, high=up) for low, up in pairwise(said)),
        t("needs.class.above", low=said[-1]),
    ]
    rows = class_rows(classes, style.NEED, labels, special={}, number=t.number)[::-1]
    title = t("needs.unit.points", value=gap_words.need_name(found, t))
    rows = [*rows, *_absence_rows(found, style.NEED[0], t), *_unknown_rows(found, classes, t)[-1:]]
    return classes, style.NEED, Legend(title, rows, t("gaps.legend.need_note"))


def _mismatch(found: GapSelection, t: Texts) -> Drawn:
    values = found.table["mismatch_pp"]
    breaks = class_breaks(values, "diverging", classes=5)
    if breaks.count != len(style.GAP):  # nothing known, or all equal: one step about 0
        breaks = Breaks("diverging", (-1.0, -0.1, 0.1, 1.0), np.nan, np.nan)
    unknown_need = found.table["in_need"].isna()
    classes = _unknown(found, assign(values, breaks), unknown_need, found.table["money_mad"].isna())
    said = [signed(bound, t) for bound in breaks.bounds]
    labels = [
        t("gaps.legend.behind", value=said[0]),
        *(t("needs.class.between", low=low, high=high) for low, high in pairwise(said)),
        t("gaps.legend.ahead", value=said[-1]),
    ]
    rows = class_rows(classes, style.GAP, labels, special={}, number=t.number)
    rows = [*rows, *_absence_rows(found, style.GAP[2], t), *_unknown_rows(found, classes, t)]
    return classes, style.GAP, Legend(t("gaps.legend.mismatch_title"), rows, t("gaps.legend.mismatch_note"))


def signed(points: float, t: Texts) -> str:
    """Write percentage points with their sign."""
    return t.signed(points, 2)


def _unknown(
    found: GapSelection, classes: npt.ArrayLike, no_need: pd.Series | None, no_money: pd.Series
) -> npt.NDArray[np.uint8]:
    """Give what has no class the pattern of its reason: nobody reports, else need not known, else no amount."""
    nobody = (found.table["absence"] == NO_REPORTER).to_numpy()
    marked = np.where(no_money, NO_AMOUNT, classes)
    if no_need is not None:
        marked = np.where(no_need, style.NO_DATA, marked)
    marked = np.where(nobody, NO_REPORT, marked)
    return np.where(marked < 0, style.NO_DATA, marked).astype(np.uint8)


def _absence_rows(found: GapSelection, colour: str, t: Texts) -> list[LegendRow]:
    kinds = found.table["absence"].value_counts()
    return [
        LegendRow(
            {"kind": pattern, "colour": colour} | ({"apart": True} if number == 0 else {}),
            t(f"gaps.absence.{kind}"),
            t.number(int(kinds.get(kind, 0))),
        )
        for number, (kind, pattern) in enumerate(OVER.items())
    ]


def _unknown_rows(found: GapSelection, classes: npt.NDArray[np.uint8], t: Texts) -> list[LegendRow]:
    said = (
        (NO_REPORT, "notapplicable", "gaps.absence.no_reporter"),
        (NO_AMOUNT, "withheld", "gaps.money.unknown"),
        (style.NO_DATA, "nodata", "gaps.legend.no_need"),
    )
    shown = said if found.need.is_measured else said[:-1]
    return [LegendRow({"kind": kind}, t(word), t.number(int((classes == code).sum()))) for code, kind, word in shown]


def _ends(breaks: Breaks, t: Texts) -> str:
    """Write the ends of the steps: «20 · 30»."""
    return " · ".join(t.number(round(end, 1 if end < TENFOLD else 0)) for end in breaks.bounds)


def _tip(know: Knowledge, found: GapSelection, row: Any, t: Texts) -> str:
    """Say need and money of a place, or why there is none; its province by name where provinces are compared."""
    parts = [gap_words.need_of(found, row, t)] if found.need.is_measured else []
    parts.append(gap_words.absence(row.absence, t) or gap_words.per_person(row, t))
    said = " · ".join(parts)
    if found.level == "commune":
        return said
    return t("needs.map.within", place=know.territories.name(row.Index, t.language), value=said)


def _chosen(know: Knowledge, code: str) -> Chosen:
    if not code:
        return Chosen()
    return Chosen(communes=tuple(range(*know.territories.commune_range(code))))
