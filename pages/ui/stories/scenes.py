"""What each page with a map says and draws of a state of it: chapters of a story are such views in a row."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from data.errors import ScoringError
from data.texts import Texts
from geo.actor_selection import select_actors
from geo.address import StateProblem
from geo.gap_selection import select_gaps
from geo.indicators import KNOWN
from geo.matching_selection import select_matches
from geo.need_selection import select_needs
from geo.need_view import NeedSelection
from geo.selection import select
from geo.story import Chapter, Place, problems
from geo.village_selection import select_villages
from pages.ui import address, words
from pages.ui.actors import actor_map, actor_words, actors_view
from pages.ui.address import PageAddress
from pages.ui.gaps import gap_map, gap_words, gaps_view
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.matching import match_map, match_words
from pages.ui.needs import need_finding, need_map, need_words
from pages.ui.projects import project_finding, project_map
from pages.ui.replicate import replicate_view, replicate_words
from pages.ui.stories import scene_figures
from pages.ui.stories.scene import NoSceneError, Scene, made
from pages.ui.territory import territory_head, territory_map
from pages.ui.territory.territory_place import place
from pages.ui.villages import village_map, village_words, villages_view


class Stage(NamedTuple):
    """A page whose views may be chapters: its address, how a state of it is shown, and on paper where that differs."""

    address: PageAddress[Any]
    scene: Callable[[Knowledge, Any, Texts], Scene]
    printed: Callable[[Knowledge, Any, Texts], Scene] | None = None


def stage_of(chapter: Chapter) -> Stage:
    """Return how the page of a chapter is shown.

    Raises
    ------
    NoSceneError
        The page does not exist, or has no map.
    """
    if chapter.page not in STAGES:
        raise NoSceneError("no_page")
    return STAGES[chapter.page]


def state_of(know: Knowledge, chapter: Chapter) -> Any:
    """Return the state of a chapter's page that its address asks for; what no longer exists is left out."""
    stage = stage_of(chapter)
    home = know.catalog.default_territory
    return stage.address.address.decode(chapter.parameters, home=home, known=stage.address.known(know))[0]


def problems_of(know: Knowledge, chapter: Chapter) -> tuple[StateProblem, ...]:
    """List what the address of a chapter asks for that no longer exists: it is shown without it. Raises alike."""
    own = stage_of(chapter).address
    return problems(chapter, Place(own.address, own.known(know), know.catalog.default_territory))


def scene(know: Knowledge, chapter: Chapter, t: Texts, state: Any = None, *, on_paper: bool = False) -> Scene:
    """Return what a chapter shows, drawn from the tables as they are now.

    Parameters
    ----------
    state
        Another state of the same page, for a filter moved while presenting; None is the chapter's own.
    on_paper
        Whether it is printed: the key then names every sign, for nobody can point at one.

    Raises
    ------
    NoSceneError
        The page has no map, or the index cannot be computed with the weights asked for.
    """
    stage = stage_of(chapter)
    show = (stage.printed if on_paper else None) or stage.scene
    return show(know, state_of(know, chapter) if state is None else state, t)


def _projects(know: Knowledge, state: Any, t: Texts, *, on_paper: bool = False) -> Scene:
    selection = select(know.register, state)
    numbers = scene_figures.of_projects(know, selection)
    shown = project_finding.figures(know, selection, t)
    sources = [one for one in (shown["source"], project_map.source(know, selection, t)) if one]
    return made(
        project_map.drawing(know, selection, t, on_paper=on_paper),
        {**shown, "source": " ".join(sources)},
        t,
        finding=project_finding.headline(know, selection, t),
        filters=[*words.filters(know, state, t), *project_map.ground_said(selection, t)],
        numbers=numbers,
        said=_unknown_money(numbers, t)
        | {"titles": scene_figures.titles(selection, t), **_place_said(know, state.territory, t)},
    )


def _unknown_money(numbers: Mapping[str, float], t: Texts) -> dict[str, str]:
    return {"counted_mad": t("stories.no_amount")} if math.isnan(numbers["counted_mad"]) else {}


def _needs(know: Knowledge, state: Any, t: Texts) -> Scene:
    try:
        selection = select_needs(know.needs, state)
    except ScoringError as error:
        raise NoSceneError("weights") from error
    near = need_finding.around(know, selection)
    own = dict(zip(near.codes, zip(near.value, near.state, strict=True), strict=True))
    value, known = own[state.territory]
    inside = selection.rows[selection.known[selection.rows]]
    ranked = inside[np.argsort(-selection.value[inside] * (selection.worse or 1), kind="stable")]
    said = dict(zip(near.codes, need_finding.said(selection, near, t), strict=True))
    first = [know.territories.name(selection.level.codes[row], t.language) for row in ranked[:3]]
    people = selection.people
    counted = selection.rows[people.known[selection.rows]]
    return made(
        need_map.drawing(know, selection, t),
        need_finding.figures(know, selection, near, t),
        t,
        finding=need_words.headline(know, selection, t),
        filters=need_finding.filters(know, state, selection, t),
        numbers={
            "value": float(value) if known == KNOWN else math.nan,
            "places": len(inside),
            "absent": len(selection) - len(inside),
            "people": round(float(people.value[counted].sum())) if len(counted) else math.nan,
            **({"beyond": int(selection.beyond[selection.rows].sum())} if selection.threshold is not None else {}),
        },
        said={
            "value": said[state.territory],
            "country": said.get(need_finding.COUNTRY, ""),
            "first": first[0] if first else "",
            "first_value": need_words.figure(selection, int(ranked[0]), t) if len(ranked) else "",
            "three": t("list.separator").join(first),
            "year": need_words.period(selection),
            "limit": _limit(selection, t),
            **_place_said(know, state.territory, t),
        },
    )


def _limit(selection: NeedSelection, t: Texts) -> str:
    limit = selection.threshold
    return "" if limit is None else need_words.amount(limit, selection.unit, need_words.needed(limit), t)


def _villages(know: Knowledge, state: Any, t: Texts) -> Scene:
    selection = select_villages(
        know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
    )
    communes = selection.places
    names = [know.territories.name(code, t.language) for code in communes["territory_code"].head(3)]
    return made(
        village_map.drawing(know, selection, t),
        villages_view.key_figures(know, selection, t),
        t,
        finding=village_words.headline(know, selection, t),
        filters=village_words.filters(know, selection, t),
        caution="" if selection.totals.villages else village_words.ways_out(know, selection, t)["said"],
        numbers=scene_figures.of_villages(selection, listed=village_words.is_listed(know, state.territory)),
        said={"three": t("list.separator").join(names), **_place_said(know, state.territory, t)},
    )


def _gaps(know: Knowledge, state: Any, t: Texts) -> Scene:
    found = select_gaps(know.needs, know.register, know.catalog.themes, state)
    without = found.gap.unfunded
    measured = found.need.is_measured
    return made(
        gap_map.drawing(know, found, t),
        gaps_view.key_figures(know, found, t) | {"source": project_finding.source(know, t)},
        t,
        caution=gap_words.caution(know, found, t),
        finding=gap_words.headline(know, found, t),
        filters=gap_words.filters(know, found, t),
        numbers={
            "places": len(found),
            "silent": len(found.silent),
            "unfunded": len(without) if measured else math.nan,
            "unfunded_people": round(float(np.nansum(without["people"]))) if measured else math.nan,
            "projects": len(found.selection),
            "counted_mad": found.selection.totals.counted_mad,
        },
        said=_place_said(know, state.territory, t),
    )


def _actors(know: Knowledge, state: Any, t: Texts) -> Scene:
    selection = select_actors(know.directory, state)
    return made(
        actor_map.drawing(know, selection, t),
        actors_view.key_figures(know, selection, t),
        t,
        finding=actor_words.headline(know, selection, t),
        filters=actor_words.filters(know, selection, t),
        numbers={
            "bodies": len(selection),
            "with_project": actor_words.with_project(selection),
            "with_done": actor_words.done(selection),
            "abroad": int(selection.abroad.sum()),
        },
        said=_place_said(know, state.territory, t),
    )


def _replicate(know: Knowledge, state: Any, t: Texts) -> Scene:
    found = replicate_view.replication_of(know, state)
    codes = () if found.found is None else tuple(found.found.table["territory_code"])
    names = [know.territories.name(code, t.language) for code in codes[:3]]
    project = "" if found.row is None else replicate_words.project(know, found.row, t)
    origin = know.territories.name(found.origin, t.language) if found.origin else ""
    return made(
        (map_view.the_map(know, t), replicate_view.drawing(know, found, t)),
        {"figures": (), "source": project_finding.source(know, t)},
        t,
        finding=replicate_words.headline(know, found, t),
        filters=replicate_words.filters(know, found, t),
        numbers={"candidates": len(codes)},
        said={"three": t("list.separator").join(names), "project": project, "origin": origin},
    )


def _matching(know: Knowledge, state: Any, t: Texts) -> Scene:
    selection = select_matches(know.matcher, know.expressed_needs, state)
    return made(
        match_map.drawing(know, selection, t),
        {"figures": (), "source": t("actors.source", version=know.version)},
        t,
        finding=match_words.headline(know, selection, t),
        filters=match_words.filters(know, selection, t),
        numbers={"matches": len(selection)},
        said={},
    )


def _territory(know: Knowledge, state: Any, t: Texts, *, on_paper: bool = False) -> Scene:
    found = place(know, state.territory)
    return made(
        territory_map.drawing(know, found, t, on_paper=on_paper),
        {"figures": (), "source": project_finding.source(know, t)},
        t,
        finding=territory_head.finding(know, found, t),
        filters=(territory_head.name(know, found, t),),
        numbers={"projects": len(found.projects.own)},
        said={"place": territory_head.name(know, found, t)},
    )


def _place_said(know: Knowledge, code: str, t: Texts) -> dict[str, str]:
    return {"place": know.territories.name(code, t.language)}


STAGES: Mapping[str, Stage] = {
    "projects": Stage(address.PROJECTS, _projects, partial(_projects, on_paper=True)),
    "needs": Stage(address.NEEDS, _needs),
    "villages": Stage(address.VILLAGES, _villages),
    "gaps": Stage(address.GAPS, _gaps),
    "actors": Stage(address.ACTORS, _actors),
    "replicate": Stage(address.REPLICATE, _replicate),
    "matching": Stage(address.MATCHING, _matching),
    "territory": Stage(address.TERRITORY, _territory, partial(_territory, on_paper=True)),
}
"""The pages with a map, by their key in the menu: any view of theirs may be a chapter."""
