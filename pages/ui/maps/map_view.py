"""The map of a selection: what is told to the browser once, what travels on each run, what a click means."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from data import store
from data.texts import Texts, load_texts
from geo.placement import (
    Points,
    all_points,
    chosen_places,
    commune_areas,
    communes_of_project,
    known_by,
    reached_communes,
)
from geo.register import AREA_WIDE
from geo.selection import Selection
from layers.base import AtlasMap, atlas_map, map_config
from layers.labels import places_table
from layers.legend import Legend, LegendRow, circles_row
from layers.payload import Chosen, Focus, areas_state, map_state, points_binary, visible_points
from layers.style import circle_radii, round_values
from layers.symbols import PATHS
from pages.ui import words
from pages.ui.knowledge import Held, Knowledge
from pages.ui.projects import project_finding
from pages.ui.served import publish

TEXTS = (
    *("zoom_in", "zoom_out", "home", "fullscreen", "attribution", "label"),
    *("failed", "cluster", "projects", "unit_km", "unit_m", "north", "wheel"),
)
AROUND = ("atlantic", "mediterranean", "DZ", "ES", "ML", "MR", "PT")
LEGEND_SECTORS = 7


def drawing(
    know: Knowledge, selection: Selection, t: Texts, *, on_paper: bool = False
) -> tuple[AtlasMap, dict[str, Any]]:
    """Return the map and the state of this run; on paper the legend names every sector: nobody can point at a sign."""
    state = selection.state
    areas = commune_areas(selection, len(know.territories.commune_codes))
    amount = state.show == "amount"
    radii = circle_radii(areas.money_mad, greatest_commune_mad(know)) if amount else None
    points = _points(know.version, know=Held(know))
    shown = chosen_places(selection)
    return the_map(know, t), map_state(
        focus=focus_on(know, state.territory),
        title=project_finding.headline(know, selection, t),
        view=state.view,
        show=state.show,
        areas=areas_state(areas, radii),
        points=points_addresses(know, t) | {"visible": visible_points(points, shown)},
        chosen=chosen(know, selection, state.selected),
        legend=_legend(
            know,
            selection,
            t,
            named=None if on_paper else LEGEND_SECTORS,
        ),
    )


def changes(know: Knowledge, event: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a click on the map changes: a project or a commune is selected, an empty place closes the sheet."""
    made: dict[str, Any] = {"view": event["view"]} if event.get("view") else {}
    kind, codes = event.get("kind"), know.register.projects["project_code"]
    if kind == "point" and 0 <= int(event.get("project", -1)) < len(codes):
        return made | {"selected": str(codes.iloc[int(event["project"])])}
    if kind == "points":
        rows = [int(row) for row in event.get("projects", []) if 0 <= int(row) < len(codes)]
        communes = {number for row in rows for number in communes_of_project(know.register, row)}
        return made | ({"selected": know.territories.commune_codes[min(communes)]} if communes else {})
    if kind == "commune" and 0 <= int(event.get("index", -1)) < len(know.territories.commune_codes):
        return made | {"selected": know.territories.commune_codes[int(event["index"])]}
    return made | {"selected": ""}


def the_map(know: Knowledge, t: Texts) -> AtlasMap:
    """Return the map of the atlas, the same on every page: what a page adds to it travels in its state."""
    return _map(know.version, t.language, know=Held(know))


def focus_on(know: Knowledge, code: str) -> Focus:
    """Return the territory a map opens on and does not veil, by its official code."""
    territory = know.territories.row(code)
    west, south, east, north = (float(territory[side]) for side in ("west", "south", "east", "north"))
    return Focus(code, *know.territories.commune_range(code), (west, south, east, north))


def points_addresses(know: Knowledge, t: Texts) -> dict[str, str]:
    """Return where the browser fetches the points of the register, and the titles of its projects."""
    points = _points(know.version, know=Held(know))
    return {
        "url": publish("points", ".bin", points_binary(points)),
        "titles": _titles(know.version, t.language, know=Held(know)),
    }


def chosen(know: Knowledge, selection: Selection, code: str) -> Chosen:
    """Say what to outline and what to hatch: a project's communes, the wider areas it is known by, or a territory."""
    register = selection.register
    if not code:
        return Chosen()
    if code not in register.row_of:
        number = know.territories.commune_number(code)
        return Chosen(hatched=(know.territories.commune_range(code),)) if number is None else Chosen(communes=(number,))
    row = register.row_of[code]
    own = register.locations["project"].to_numpy() == row
    wide = register.locations["territory_code"][own & (register.place_commune == AREA_WIDE)]
    return Chosen(
        projects=(row,),
        communes=tuple(communes_of_project(register, row)),
        hatched=tuple(know.territories.commune_range(area) for area in wide),
    )


def _legend(know: Knowledge, selection: Selection, t: Texts, *, named: int | None) -> dict[str, Any]:
    first, last = know.territories.commune_range(selection.state.territory)
    silent = last - first - len(reached_communes(selection))
    word = "silent_chosen" if selection.state.is_filtered else "silent"
    rows = [LegendRow({"kind": "empty"}, t(f"map.legend.{word}"), t.number(silent))]
    if selection.state.show == "amount":
        unlocated = t.short_money(selection.totals.area_mad)
        greatest = greatest_commune_mad(know)
        values = round_values(greatest)
        rows = [
            circles_row(values, circle_radii(np.array(values), greatest), [t.short_money(value) for value in values]),
            LegendRow({"kind": "hatch"}, t("map.legend.money_area"), unlocated),
            *rows,
        ]
        return Legend(t("map.legend.title_amount"), rows, t("map.legend.money_note")).as_dict()
    counts = np.bincount(
        selection.register.sectors["sector"][selection.kept[selection.register.sectors["project"]]],
        minlength=len(know.catalog.sectors),
    )
    sectors = list(know.catalog.sectors.values())
    most = [int(number) for number in np.argsort(-counts, kind="stable")[:named] if counts[number]]
    marks = [
        LegendRow(
            {"kind": "mark", "path": PATHS[sectors[number].shape], "colour": sectors[number].colour},
            words.option(know, "sector", sectors[number].code, t),
            t.number(int(counts[number])),
        )
        for number in most
    ]
    rest = int(counts.sum() - counts[most].sum())
    signs: tuple[Mapping[str, Any], ...] = ({"kind": "cluster", "apart": True}, {"kind": "area"}, {"kind": "hatch"})
    precision = [
        LegendRow(sign, t(f"map.legend.{name}"), t.number(number))
        for sign, name, number in zip(signs, ("points", "areas", "wider"), known_by(selection), strict=True)
    ]
    note = t("map.legend.other_sectors", n=rest) if rest else ""
    return Legend(t("map.legend.title"), [*marks, *precision, *rows], note).as_dict()


def configuration(know: Knowledge, t: Texts, *, shapes: Mapping[str, Mapping[str, Any]], places: str) -> dict[str, Any]:
    """Return what the map is told once, in a language: the shapes it may ask for, where its names lie, its words."""
    sectors = know.catalog.sectors.values()
    return map_config(
        shapes=shapes,
        places=places,
        symbols=[{"path": PATHS[sector.shape], "colour": sector.colour} for sector in sectors],
        commune_count=len(know.territories.commune_codes),
        direction=t.direction,
        texts={name: t(f"map.{name}") for name in TEXTS},
        around={name: t(f"map.around.{name}") for name in AROUND},
    )


@lru_cache(maxsize=16)
def _map(version: str, language: str, *, know: Held) -> AtlasMap:  # noqa: ARG001 - the version is the key
    t = load_texts(language)
    shapes = {name: entry | {"url": f"/atlas/shape/{entry['file']}"} for name, entry in store.load_shapes().items()}
    names = places_table(store.load("territories"), store.load("towns"), language)
    config = configuration(know.value, t, shapes=shapes, places=publish(f"places.{language}", ".json", _json(names)))
    return atlas_map(publish(f"map.{language}", ".json", _json(config)))


@lru_cache(maxsize=4)
def _points(version: str, *, know: Held) -> Points:  # noqa: ARG001 - the version is the key
    return all_points(know.value.register)


def greatest_commune_mad(know: Knowledge) -> float:
    """Return the amount that circles are drawn by: nearly the greatest of a commune, whole register."""
    return _greatest_commune_mad(know.version, know=Held(know))


@lru_cache(maxsize=4)
def _greatest_commune_mad(version: str, *, know: Held) -> float:  # noqa: ARG001 - the version is the key
    """Money of the commune that has most of it, whole register: circles keep their size whatever is filtered."""
    cells, register = know.value.register.cells, know.value.register
    located = register.located
    sums = np.bincount(register.place_commune[cells.place[located]], cells.centimes[located])
    return float(np.quantile(sums[sums > 0], 0.98)) / 100 if (sums > 0).any() else 0.0


@lru_cache(maxsize=16)
def _titles(version: str, language: str, *, know: Held) -> str:  # noqa: ARG001 - the version is the key
    t = load_texts(language)
    return publish(f"titles.{language}", ".json", _json(words.titles(know.value.register.projects, t).tolist()))


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
