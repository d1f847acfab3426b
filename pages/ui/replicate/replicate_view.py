"""The parts of the replication page: the choices, the finding, the map by rank, the table, the comparison."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from data.texts import Texts, load_texts
from geo.address import StateProblem
from geo.replication import Replication, neighbours_of, replicate, sectors_of
from geo.replication_state import ADDRESS, ReplicationState
from layers.choropleth import choropleth_state
from layers.legend import Legend, LegendRow
from layers.payload import Chosen, map_state
from layers.style import FUNDING, HIDDEN
from pages.ui import actions, place_search
from pages.ui.component import component
from pages.ui.files import downloads
from pages.ui.finding import show_finding
from pages.ui.gaps import gap_charts
from pages.ui.knowledge import Held, Knowledge
from pages.ui.maps import map_view
from pages.ui.maps.map_host import show_map
from pages.ui.matching import match_words
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.replicate import replicate_sheet, replicate_words
from pages.ui.served import publish

CHOICES = component("atlas-replicate-choices", "replicate_choices.js", look="atlas-facets atlas-match-choices")
LABELS = ("title", "clear", "open", "close", "search", "place", "place_go")
OWN_LABELS = ("project", "seek", "change", "nothing", "origin", "sector")
LAST_RANKS = (5, 10, 15)
COLOURS = (FUNDING[4], FUNDING[2], FUNDING[1])


def replication_of(know: Knowledge, state: ReplicationState) -> Replication:
    """Return where the project of a state could be repeated."""
    return replicate(
        state,
        register=know.register,
        known=know.realised,
        context=know.context,
        need=know.matcher.need,
        neighbours=_neighbours(know.version, know=Held(know)),
        territories=know.territories,
    )


def choices(know: Knowledge, replication: Replication, t: Texts) -> None:
    """Show the left column: which project, which of its communes and sectors, where to repeat it."""
    CHOICES(key="replicate-choices", data=model(know, replication, t), on_act_change=_collect)


def model(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any]:
    """Return what travels on each run: where the words are, the project, the projects on offer, the territory."""
    state, row, codes = replication.state, replication.row, know.register.projects["project_code"]

    def one(row: int) -> dict[str, str]:
        note = replicate_words.project_note(know, row, t)
        return {"code": str(codes.iloc[row]), "label": replicate_words.project(know, row, t), "note": note}

    def entry(code: str) -> list[str]:
        return [code, know.territories.name(code, t.language), ""]

    below = know.territories.children_of(state.territory)
    children = [code for code in below if know.territories.level_of(code) != "arrondissement"]
    origins = () if row is None else know.realised.communes[row]
    sectors = [] if row is None else sectors_of(know.register, row)
    return {
        "words": _words_address(know.version, t.language),
        "project": None if row is None else one(row),
        "seek": state.seek,
        "offered": [one(row) for row in replicate_words.offered(know, replication)],
        "origin": replication.origin,
        "origins": [{"code": code, "label": know.territories.name(code, t.language)} for code in origins],
        "sector": replication.sector,
        "sectors": [{"code": code, "label": match_words.sector(know, code, t)} for code in sectors],
        "territory": {
            "path": [entry(code) for code in (*reversed(know.territories.ancestors(state.territory)), state.territory)],
            "children": sorted((entry(code) for code in children), key=lambda child: child[1]),
        },
        "place": place_search.answer(know, t),
        "in_force": list(state.in_force(know.catalog.default_territory)),
        "total": t("replicate.results", n=len(replication)),
    }


def finding(know: Knowledge, replication: Replication, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map, and what « carried out » does not say."""
    state = replication.state
    show_finding(
        replicate_words.headline(know, replication, t),
        filters=replicate_words.filters(know, replication, t),
        in_force=state != state.cleared(know.catalog.default_territory),
        problems=problems,
        empty=replicate_words.ways_out(know, replication, t),
        t=t,
    )


def map_(know: Knowledge, replication: Replication, t: Texts) -> None:
    """Show the map; a click on a candidate opens its comparison."""
    show_map(
        map_view.the_map(know, t),
        drawing(know, replication, t),
        key="replicate-map",
        on_event=lambda event: actions.keep(map_view.changes(know, event)),
    )


def drawing(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any]:
    """Return the state of the map: the candidates by rank, the commune of the project outlined."""
    number = know.territories.commune_index
    size = len(know.territories.commune_codes)
    classes, figures = np.full(size, HIDDEN, np.uint8), [t("replicate.tip.none")] * size
    if replication.found is not None:
        for rank, row in enumerate(replication.found.table.to_dict("records"), start=1):
            at = number[row["territory_code"]]
            classes[at] = np.searchsorted(LAST_RANKS, rank, side="left")
            figures[at] = t("replicate.tip.rank", rank=rank, alike=t.percent(row["similarity"]))
        figures[number[replication.origin]] = t("replicate.tip.origin")
    edges = [0, *LAST_RANKS]
    rows = [
        LegendRow(
            {"kind": "fill", "colour": colour},
            t("replicate.legend.ranks", first=edges[place] + 1, last=edges[place + 1]),
            t.number(int((classes == place).sum())),
        )
        for place, colour in enumerate(COLOURS)
        if replication.found is not None  # without a project to repeat there is nothing to rank
    ]
    chosen = {replication.origin, replication.state.selected} & set(number)
    return map_state(
        focus=map_view.focus_on(know, replication.state.territory),
        view=replication.state.view,
        title=replicate_words.headline(know, replication, t),
        chosen=Chosen(communes=tuple(sorted(number[code] for code in chosen))),
        choropleth=choropleth_state(classes, COLOURS, figures=figures),
        legend=Legend(
            t("replicate.legend.title"), rows, t("replicate.legend.note"), t("replicate.legend.hint")
        ).as_dict(),
    )


def printed(know: Knowledge, replication: Replication, t: Texts) -> Seen:
    """Return the map as it is printed."""
    context = know.catalog.tables["commune_context"].sources
    return Seen(
        drawn=lambda: drawing(know, replication, t),
        filters=replicate_words.filters(know, replication, t),
        sources=dict.fromkeys((*downloads.source_codes(know), *context)),
        address=ADDRESS.encode(replication.state),
    )


def under_the_map(know: Knowledge, replication: Replication, t: Texts) -> None:
    """Show what is known of the project and what is not, then the candidates."""
    if replication.row is None:
        show("note.html", key="replicate-unplaced", text=t("replicate.unplaced", n=know.realised.unplaced))
        return
    show("realised.html", key="realised", **replicate_sheet.original(know, replication, t))
    if len(replication):
        show("listing.html", key="replicate-table", **replicate_sheet.table(know, replication, t))


def drawer(know: Knowledge, replication: Replication, t: Texts) -> None:
    """Show the comparison of a candidate with the commune of the project."""
    candidate = replication.chosen
    if candidate is not None:
        show("sheet.html", key="sheet", **replicate_sheet.sheet(know, replication, candidate, t))


def _collect() -> None:
    sent: Any = st.session_state["replicate-choices"].act
    if isinstance(sent, Mapping):
        actions.keep(sent)


@lru_cache(maxsize=4)
def _neighbours(version: str, *, know: Held) -> Mapping[str, list[str]]:  # noqa: ARG001 - the version is the key
    return neighbours_of(gap_charts.borders(know.value, "MA"), know.value.territories.commune_codes)


@lru_cache(maxsize=32)
def _words_address(version: str, language: str) -> str:  # noqa: ARG001 - the version is the key
    t = load_texts(language)
    labels = {name: t(f"facets.{name}") for name in LABELS}
    labels |= {name: t(f"replicate.choice.{name}") for name in OWN_LABELS}
    labels |= {"title": t("replicate.choice.title"), "open": t("replicate.choice.open")}
    labels["territory"] = t("replicate.choice.within")
    body = json.dumps({"labels": labels}, ensure_ascii=False).encode()
    return publish(f"replicate-choices.{language}", ".json", body)
