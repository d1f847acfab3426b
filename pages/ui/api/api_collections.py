"""What programs may page through: each collection has the address of a page, and gives the rows of its files."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.catalog import Table
from data.errors import ScoringError
from data.exchange.contract import NEEDS, ORGANISATIONS, PROJECTS, VILLAGES, measured_territories
from data.exchange.export import Export, part_of
from data.texts import Texts
from geo import actors_state, needs_state, territories_state, villages_state
from geo import state as projects_state
from geo.actor_selection import select_actors
from geo.address import Address, Known
from geo.boundaries import LEVELS
from geo.need_selection import select_needs
from geo.selection import Selection, select
from geo.territory_export import territory_codes
from geo.village_selection import select_villages
from pages.ui import words
from pages.ui.actors import actor_downloads, actor_words
from pages.ui.asked import AskedWrongly, said_of, selection_asked, state_asked
from pages.ui.files import downloads, indicator_downloads
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_downloads, need_words
from pages.ui.villages import village_downloads

LISTED = ("beyond", "all")
"""Villages listed: those the page lists, or every one of the territory, those whose distances are withheld included."""
Params = Mapping[str, str]
Words = Mapping[str, Mapping[str, str]]
"""Parameter → code it may have → its word."""


@dataclass(frozen=True)
class Asked:
    """What a program asks: parameters, where it asked them, and the rows it wants of the answer."""

    params: Params
    url: str
    offset: int
    limit: int


@dataclass(frozen=True)
class Collection:
    """One collection of features.

    Attributes
    ----------
    name
        Its path; `api.path.<name>` says what it gives.
    address
        The address of the page with the same choices.
    known
        The codes it may name, by field.
    table
        The properties of its features.
    rows
        Answers: the export of the rows asked for, and how many there are in all.
    words
        The codes its parameters may have, where they can be listed.
    only
        The parameters that choose which rows there are, or their order; the others of the page are taken without
        effect. `more` are parameters of the API alone.
    """

    name: str
    address: Address[Any]
    known: Callable[[Knowledge], Known]
    table: Callable[[Knowledge], Table]
    rows: Callable[[Knowledge, Asked, Texts], tuple[Export, int]]
    words: Callable[[Knowledge, Texts], Words]
    only: tuple[str, ...]
    more: tuple[str, ...] = ()


def project(know: Knowledge, code: str, url: str, t: Texts) -> Export:
    """Return one project.

    Raises
    ------
    AskedWrongly
        There is none with this code.
    """
    if code not in know.register.row_of:
        raise AskedWrongly([said_of(t, "code", code, "unknown")], 404)
    everything = select(know.register, projects_state.ADDRESS.rest(territory="MA"))
    only = _only(everything, np.array([know.register.row_of[code]]))
    return downloads.export(know, only, t, made_on=_today(), address=url)


def _projects(know: Knowledge, asked: Asked, t: Texts) -> tuple[Export, int]:
    selection = selection_asked(asked.params, know, t)
    only = _only(selection, selection.rows[asked.offset : asked.offset + asked.limit])
    return downloads.export(know, only, t, made_on=_today(), address=asked.url), len(selection)


def _only(selection: Selection, rows: Any) -> Selection:
    """Keep some of the projects of a selection, and their money within it."""
    kept = np.zeros(len(selection.register), bool)
    kept[rows] = True
    return replace(selection, rows=rows, kept=kept, cell=selection.cell & kept[selection.register.cells.project])


def _villages(know: Knowledge, asked: Asked, t: Texts) -> tuple[Export, int]:
    state = state_asked(asked.params, villages_state.ADDRESS, know.village_codes, t, more=("list",))
    listed = asked.params.get("list", "") or LISTED[0]
    if listed not in LISTED:
        raise AskedWrongly([said_of(t, "list", listed, "unknown")])
    selection = select_villages(
        know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
    )
    whole = listed == "all" and not state.text
    if whole:
        selection = replace(selection, rows=np.flatnonzero(selection.inside))
    export = village_downloads.export(know, selection, t, made_on=_today(), address=asked.url)
    if whole:  # its title counts those beyond the distance
        export = replace(export, provenance=replace(export.provenance, title=t("api.path.villages")))
    return part_of(export, asked.offset, asked.limit), len(export.rows)


def _needs(know: Knowledge, asked: Asked, t: Texts) -> tuple[Export, int]:
    state = state_asked(asked.params, needs_state.ADDRESS, know.known_needs, t)
    try:
        selection = select_needs(know.needs, state)
    except ScoringError as error:
        raise AskedWrongly([said_of(t, "w", asked.params.get("w", ""), error.reason)]) from error
    export = need_downloads.export(know, selection, t, made_on=_today(), address=asked.url)
    return part_of(export, asked.offset, asked.limit), len(export.rows)


def _territories(know: Knowledge, asked: Asked, t: Texts) -> tuple[Export, int]:
    known = {"territory": know.known_codes["territory"]}
    state = state_asked(asked.params, territories_state.ADDRESS, known, t)
    codes = territory_codes(know.territories, state)
    some = codes[asked.offset : asked.offset + asked.limit]
    export = indicator_downloads.export(know, state, t, codes=some, made_on=_today(), address=asked.url)
    return export, len(codes)


def _organisations(know: Knowledge, asked: Asked, t: Texts) -> tuple[Export, int]:
    selection = select_actors(know.directory, state_asked(asked.params, actors_state.ADDRESS, know.actor_codes, t))
    export = actor_downloads.export(know, selection, t, made_on=_today(), address=asked.url)
    return part_of(export, asked.offset, asked.limit), len(export.rows)


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _words_of_projects(know: Knowledge, t: Texts) -> Words:
    dimensions = know.register.dimensions
    return {
        name: {code: words.option(know, name, code, t) for code in dimensions[name].options}
        for name in projects_state.LISTS
    }


def _words_of_villages(know: Knowledge, t: Texts) -> Words:
    return {
        "service": {code: t(f"service.{code}.label") for code in know.catalog.services},
        "list": {name: t(f"api.list.{name}") for name in LISTED},
        "sort": {
            "people": t("villages.column.people"),
            "distance": t("export.column.distances"),
            "name": t("villages.column.name"),
        },
    }


def _words_of_needs(know: Knowledge, t: Texts) -> Words:
    shown = [code for code, indicator in know.catalog.indicators.items() if indicator.shown]
    options = {"method": needs_state.METHODS, "milieu": needs_state.MILIEUX, "level": needs_state.LEVELS}
    found = {name: {code: t(f"needs.{name}.{code}") for code in codes} for name, codes in options.items()}
    return {
        **found,
        "of": {needs_state.INDEX: t("needs.index")} | {code: need_words.indicator(code, t) for code in shown},
        "period": {code: t.label("api.period", code) for code in sorted(know.known_needs["period"])},
        "w": {code: need_words.need(code, t) for code in sorted(know.known_needs["weights"])},
        "norm": {code: t(f"needs.normalisation.{code}") for code in needs_state.NORMALISATIONS},
        "agg": {code: t(f"needs.aggregation.{code}") for code in needs_state.AGGREGATIONS},
    }


def _words_of_organisations(know: Knowledge, t: Texts) -> Words:
    return {
        name: {code: actor_words.option(know, name, code, t) for code in sorted(know.actor_codes[name])}
        for name in actors_state.LISTS
    } | {"sort": {name: t(f"actors.column.{name}") for name in actors_state.SORTS}}


COLLECTIONS = (
    Collection(
        "projects",
        projects_state.ADDRESS,
        lambda know: know.known_codes,
        lambda _know: PROJECTS,
        _projects,
        _words_of_projects,
        only=("territory", *projects_state.LISTS, "years", "amount", "q"),
    ),
    Collection(
        "villages",
        villages_state.ADDRESS,
        lambda know: know.village_codes,
        lambda _know: VILLAGES,
        _villages,
        _words_of_villages,
        only=("territory", "service", "km", "q", "sort"),
        more=("list",),
    ),
    Collection(
        "needs",
        needs_state.ADDRESS,
        lambda know: know.known_needs,
        lambda _know: NEEDS,
        _needs,
        _words_of_needs,
        only=("of", "territory", "level", "period", "milieu", "method", "classes", "w", "norm", "agg"),
    ),
    Collection(
        "territories",
        territories_state.ADDRESS,
        lambda know: {"territory": know.known_codes["territory"]},
        lambda know: measured_territories(know.catalog.indicators),
        _territories,
        lambda _know, t: {"level": {code: t(f"level.{code}") for code in LEVELS}},
        only=("territory", "level"),
    ),
    Collection(
        "organisations",
        actors_state.ADDRESS,
        lambda know: know.actor_codes,
        lambda _know: ORGANISATIONS,
        _organisations,
        _words_of_organisations,
        only=("territory", *actors_state.LISTS, "q", "sort"),
    ),
)
"""In the order they are described."""
