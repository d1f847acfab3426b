"""The map of a subject: a class for every commune, or a circle for every count; the legend; what the tip says."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from data.texts import Texts
from geo.indicators import INSUFFICIENT_DATA, MISSING, NOT_APPLICABLE, WITHHELD
from geo.need_selection import with_state
from geo.need_view import NeedSelection
from layers import style
from layers.base import AtlasMap
from layers.choropleth import choropleth_state, class_rows
from layers.legend import Legend, LegendRow, circles_row
from layers.packing import packed
from layers.payload import Chosen, map_state, packed_radii
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.needs import need_words

NO_VALUE = {
    MISSING: style.NO_DATA,
    WITHHELD: style.WITHHELD,
    NOT_APPLICABLE: style.NOT_APPLICABLE,
    INSUFFICIENT_DATA: style.INSUFFICIENT,
}
FEWER = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Which colours of a palette of five show fewer classes: those farthest apart."""


def drawing(know: Knowledge, selection: NeedSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run."""
    focus = map_view.focus_on(know, selection.asked.territory)
    shown = _circles(know, selection, t) if selection.is_count else _areas(know, selection, t)
    return map_view.the_map(know, t), map_state(
        focus=focus,
        view=selection.asked.view,
        title=need_words.headline(know, selection, t),
        chosen=_chosen(know, selection),
        **shown,
    )


def palette(selection: NeedSelection) -> tuple[str, ...]:
    """Return the colour of each class, lowest values first: the darkest is the greatest need."""
    size = selection.breaks.count
    if selection.is_change:
        # Orange is worse, purple is better; a neutral change goes from purple to orange.
        return style.GAP if selection.worse < 0 else style.GAP[::-1]
    colours = style.NEED if selection.worse else style.FUNDING
    kept = tuple(colours[number] for number in FEWER.get(size, FEWER[5]))
    return kept[::-1] if selection.worse < 0 else kept


def changes(know: Knowledge, event: Mapping[str, Any], selection: NeedSelection) -> dict[str, Any]:
    """Say what a click changes: the commune, or the province or region of the level that contains it, is selected."""
    made = map_view.changes(know, event)
    code = made.get("selected")
    row = selection.row_of(code) if code else None
    return made if row is None else made | {"selected": selection.level.codes[row]}


def _areas(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, Any]:
    first, last = know.territories.commune_range(selection.asked.territory)
    row = selection.level.of_communes(len(know.territories.commune_codes))[first:last]
    own = _classes(selection)
    classes = np.where(row < 0, style.HIDDEN, own[row]).astype(np.uint8)
    said = {int(one): need_words.figure(selection, int(one), t, short=True) for one in np.unique(row) if one >= 0}
    if selection.level.name != "commune":
        names = {one: know.territories.name(selection.level.codes[one], t.language) for one in said}
        said = {one: t("needs.map.within", place=names[one], value=text) for one, text in said.items()}
    figures = [said.get(int(one), "") for one in row]
    listed = own[selection.rows].astype(np.uint8)
    colours = palette(selection)
    special = {
        style.NO_DATA: t("needs.absent.missing"),
        style.INSUFFICIENT: t("needs.absent.insufficient"),
        style.WITHHELD: t("needs.absent.withheld"),
        style.NOT_APPLICABLE: t("needs.absent.not_applicable"),
    }
    rows = class_rows(listed, colours, need_words.class_labels(selection, t), special=special, number=t.number)
    classed = len(colours)
    return {
        "choropleth": choropleth_state(classes, colours, first=first, figures=figures),
        "legend": _legend(selection, [*_neediest_first(selection, rows[:classed]), *rows[classed:]], t),
    }


def _classes(selection: NeedSelection) -> np.ndarray:
    classes = selection.classes.copy()
    for state, special in NO_VALUE.items():
        classes[selection.state == state] = special
    return classes


def _neediest_first(selection: NeedSelection, rows: Sequence[LegendRow]) -> list[LegendRow]:
    return list(rows) if selection.worse < 0 and not selection.is_change else list(rows)[::-1]


def _circles(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, Any]:
    """Draw counts as circles at the communes, area true, on one scale for the whole country."""
    communes = selection if selection.level.name == "commune" else with_state(selection, level="commune")
    first, last = know.territories.commune_range(selection.asked.territory)
    values = np.nan_to_num(communes.value)
    greatest = float(np.quantile(values, 0.995)) or 1.0
    radii = style.circle_radii(values, greatest)[first:last]
    size = last - first
    round_ones = style.round_values(greatest)
    radii_of = style.circle_radii(np.array(round_ones), greatest)
    rows = [circles_row(round_ones, radii_of, [need_words.value(selection, number, t) for number in round_ones])]
    missing = int((communes.inside & ~communes.known).sum())
    rows.append(LegendRow({"kind": "nodata"}, t("needs.absent.missing"), t.number(missing)))
    return {
        "show": "amount",
        "areas": {
            "first": first,
            "counts": packed(np.zeros(size, np.int64)),
            "sectors": packed(np.zeros(size, np.int64)),
            "radii": packed_radii(radii),
        },
        "choropleth": choropleth_state(
            np.full(size, style.HIDDEN, np.uint8),
            style.NEED,
            first=first,
            figures=[need_words.figure(communes, number, t) for number in range(first, last)],
        ),
        "legend": Legend(_title(selection, t), rows, t("needs.legend.circles")).as_dict(),
    }


def _legend(selection: NeedSelection, rows: Sequence[LegendRow], t: Texts) -> dict[str, Any]:
    method = selection.breaks.method
    note = t("needs.legend.change") if selection.is_change and selection.worse else t(f"needs.legend.{method}")
    return Legend(_title(selection, t), rows, note).as_dict()


def _title(selection: NeedSelection, t: Texts) -> str:
    label = need_words.subject(selection, t)
    if selection.unit in need_words.BARE and not selection.is_change:
        label = need_words.amount_of(label, selection.unit, t)
    return t("needs.legend.title", label=label, year=need_words.period(selection))


def _chosen(know: Knowledge, selection: NeedSelection) -> Chosen:
    code = selection.asked.selected
    if not code:
        return Chosen()
    first, last = know.territories.commune_range(code)
    return Chosen(communes=tuple(range(first, last)))
