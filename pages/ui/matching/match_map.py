"""The map of the matches: where the bodies that could act are known, or how well each commune fits a body."""

import itertools
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.texts import Texts
from geo.matching_selection import MatchSelection
from geo.matching_state import NEEDS, PLACE
from geo.placement import MIXED, CommuneAreas
from geo.ties import NOWHERE
from layers.base import AtlasMap
from layers.choropleth import choropleth_state, class_rows
from layers.legend import Legend, LegendRow, circles_row
from layers.payload import Chosen, Focus, areas_state, map_state
from layers.style import FUNDING, HIDDEN, NO_DATA, NOT_APPLICABLE, circle_radii, round_values
from pages.ui.knowledge import Held, Knowledge
from pages.ui.maps import map_view
from pages.ui.matching import match_words

BOUNDS = (20, 40, 60, 80)
"""Upper bounds of the classes of score but the last; a score on the bound belongs to the class above."""


def drawing(know: Knowledge, selection: MatchSelection, t: Texts) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run."""
    state = selection.state
    layers = _bodies(know, selection, t) if state.way == PLACE else _places(know, selection, t)
    return map_view.the_map(know, t), map_state(
        focus=_focus(know, selection),
        view=state.view,
        title=match_words.headline(know, selection, t),
        chosen=_chosen(know, selection),
        **layers,
    )


def changes(know: Knowledge, selection: MatchSelection, event: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a click on the map changes: the place that is asked about, or the match whose sheet is open."""
    made = map_view.changes(know, event)
    code = made.get("selected", "")
    if not code:
        return made
    if selection.state.way == PLACE:
        return made | {"selected": "", "territory": code}
    table = selection.matches.table
    here = list(table.loc[table["territory_code"] == code, selection.key]) if selection.key in table else []
    return made | {"selected": str(here[0]) if here else ""}


def _focus(know: Knowledge, selection: MatchSelection) -> Focus:
    """Look at the place; of a commune that looks for bodies, at its province: neighbours may hold them."""
    code = selection.state.territory
    if selection.state.way == PLACE and know.territories.commune_number(code) is not None:
        code = know.territories.ancestors(code)[0]
    return map_view.focus_on(know, code)


def _chosen(know: Knowledge, selection: MatchSelection) -> Chosen:
    """Outline the place asked about, and of the match that is open its communes (wider places hatched)."""
    match, state = selection.chosen, selection.state
    communes, wide = [], []
    own = know.territories.commune_number(state.territory)
    if state.way == PLACE and own is not None:
        communes.append(own)
    if match is not None and state.way == PLACE:
        ties = know.actors.ties
        rows = ties.of(int(match["body"]))
        places = [
            (int(n), know.territories.codes[p]) for n, p in zip(ties.commune[rows], ties.territory[rows], strict=True)
        ]
        communes += [number for number, _ in places if number != NOWHERE]
        wide += [code for number, code in places if number == NOWHERE and code != "MA"]
    elif match is not None:
        number = know.territories.commune_number(match["territory_code"])
        communes += [] if number is None else [number]
        wide += [match["territory_code"]] if number is None else []
    return Chosen(
        communes=tuple(sorted(set(communes))),
        hatched=tuple(know.territories.commune_range(code) for code in sorted(set(wide))),
    )


def _bodies(know: Knowledge, selection: MatchSelection, t: Texts) -> dict[str, Any]:
    """Draw a circle for the matched bodies known in each commune, its area true to their number."""
    matched = np.zeros(len(know.actors), bool)
    if len(selection):
        matched[selection.matches.table["body"].to_numpy()] = True
    counts = _by_commune(know, matched)
    focus = _focus(know, selection)
    greatest = _greatest(know.version, know=Held(know))
    areas = CommuneAreas(counts, np.full(len(counts), MIXED), counts.astype(np.float64))
    figures = [t("matching.tip.bodies", n=int(count)) for count in counts]
    values = sorted({*(value for value in round_values(greatest) if value > 1), 1.0}, reverse=True)
    placed = np.unique(know.actors.ties.body[(know.actors.ties.commune != NOWHERE)])
    off_map = int(matched.sum()) - int(matched[placed].sum())
    inside = counts[focus.first : focus.last]
    rows = [
        circles_row(values, circle_radii(np.array(values), greatest), [t.number(int(v)) for v in values]),
        LegendRow({"kind": "empty"}, t("matching.legend.none"), t.number(int((inside == 0).sum()))),
        LegendRow({"kind": "hatch", "apart": True}, t("matching.legend.off_map"), t.number(off_map)),
    ]
    return {
        "show": "amount",
        "areas": areas_state(areas, circle_radii(areas.money_mad, greatest)),
        "choropleth": choropleth_state(np.full(len(counts), HIDDEN, np.uint8), FUNDING, figures=figures),
        "legend": Legend(
            t("matching.legend.bodies"), rows, t("matching.legend.bodies_note"), t("matching.legend.bodies_hint")
        ).as_dict(),
    }


def _by_commune(know: Knowledge, matched: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Count the bodies known in each commune, each once, whatever ties it there."""
    ties, size = know.actors.ties, len(know.territories.commune_codes)
    kept = matched[ties.body] & (ties.commune != NOWHERE)
    pairs = np.unique(ties.body[kept] * size + ties.commune[kept])
    return np.bincount(pairs % size, minlength=size)


@lru_cache(maxsize=4)
def _greatest(version: str, *, know: Held) -> float:  # noqa: ARG001 - the version is the key
    """Bodies of the commune that has most of them: circles keep their size whatever is asked."""
    return float(_by_commune(know.value, know.value.actors.is_body).max())


def _places(know: Knowledge, selection: MatchSelection, t: Texts) -> dict[str, Any]:
    """Colour each commune by its score; those a rule or the lack of any reason left out have none."""
    focus = map_view.focus_on(know, selection.state.territory)
    classes = np.full(focus.last - focus.first, NOT_APPLICABLE, np.uint8)
    figures = [t("matching.tip.none")] * len(classes)
    best = _best(selection)
    for code, row in best.items():
        number = know.territories.commune_number(code)
        if number is not None and focus.first <= number < focus.last:
            classes[number - focus.first] = np.searchsorted(BOUNDS, row["score"], side="right")
            figures[number - focus.first] = t(
                "matching.tip.score",
                score=round(row["score"]),
                sector=match_words.sector(know, row["sector_code"], t),
            )
    edges = [0, *BOUNDS, 100]
    labels = [t("matching.legend.range", low=low, high=high) for low, high in itertools.pairwise(edges)]
    special = {NO_DATA: t("missing.data"), NOT_APPLICABLE: t("matching.legend.no_match")}
    rows = [
        row
        for row in class_rows(classes, FUNDING, labels, special=special, number=t.number)
        if row.symbol["kind"] != "nodata"  # a place without data still has a score: what it rests on is in its card
    ]
    title = t("matching.legend.needs" if selection.state.shown == NEEDS else "matching.legend.places")
    return {
        "choropleth": choropleth_state(classes, FUNDING, first=focus.first, figures=figures),
        "legend": Legend(title, rows, t("matching.legend.places_note")).as_dict(),
    }


def _best(selection: MatchSelection) -> dict[str, pd.Series]:
    """Return the best match of each territory."""
    table = selection.matches.table
    if not len(selection):
        return {}
    return {row["territory_code"]: row for _, row in table.drop_duplicates("territory_code").iterrows()}
