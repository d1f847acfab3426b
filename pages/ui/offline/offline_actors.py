"""Those who act, in the file that stands alone: what each answers to, where it is at work, its line in the list."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo.actor_selection import AT_WORK, ActorSelection, select_actors
from geo.actors_state import ActorsState
from geo.ties import RELATIONS
from layers import style
from pages.ui import words
from pages.ui.actors import actor_map, actor_table, actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.offline.offline_projects import sector_sign

FILTERS = ("type", "sector", "country", "record")
COLUMNS = ("name", "seat", "sectors", "places", "projects", "done")
DONE = 1  # column of `Directory.projects`


def content(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return the bodies tied to a territory; the browser selects among them as `geo.actor_selection.select_actors`."""
    selection = select_actors(know.directory, ActorsState(territory))
    _, state = actor_map.drawing(know, selection, t)
    first, last = know.territories.commune_range(territory)
    with_project = set(selection.members(territory, ("project",)).tolist())
    return {
        "place": know.territories.name(territory, t.language),
        "first": first,
        "communes": last - first,
        "options": {name: [_option(know, name, code, t) for code in know.directory.options[name]] for name in FILTERS},
        "bodies": [_body(know, selection, row, t) | {"here": row in with_project} for row in selection.rows.tolist()],
        "state": state,
        "circles": {
            "greatest": actor_map.greatest(know),
            "largest": style.LARGEST_RADIUS_PX * actor_map.CIRCLES,
            "smallest": style.SMALLEST_RADIUS_PX * actor_map.CIRCLES,
            "most": style.MOST_RADIUS_PX * actor_map.CIRCLES,
            "steps": style.RADIUS_STEPS,
        },
        "columns": [t(f"actors.column.{name}") for name in COLUMNS],
        "source": t("actors.source", version=know.version),
    }


def _option(know: Knowledge, name: str, code: str, t: Texts) -> dict[str, str]:
    option = {"label": actor_words.option(know, name, code, t)}
    return option | (sector_sign(know, code, t) if name == "sector" and code in know.catalog.sectors else {})


def _body(know: Knowledge, selection: ActorSelection, row: int, t: Texts) -> dict[str, Any]:
    """Return one body: its name and others it is found by, its line, its options by number, where it is at work."""
    directory, body = selection.directory, know.actors.bodies.iloc[row]
    name, unsaid = actor_words.name(know, row, t), t("actors.unsaid")
    known = (body["name_fr"], body.get("name_ar"), body.get("name_en"), body["acronym"])
    lists = (
        (actor_table.sectors_of(know, row, t), actor_table.SECTORS),
        (
            actor_table.places_of(know, row, selection.state.territory, t),
            actor_table.PLACES,
        ),
    )
    chosen = actor_map.places_of(know, body["organisation_code"])
    return {
        "code": body["organisation_code"],
        "names": [name, *sorted({str(one) for one in known if words.given(one)} - {name})],
        "kind": actor_words.type_of(know, row, t),
        "said": [
            actor_words.seat(know, row, t) or unsaid,
            *(words.shortened(found, t, limit=limit) or unsaid for found, limit in lists),
        ],
        "projects": int(directory.projects[row].sum()),
        "done": int(directory.projects[row, DONE]),
        "abroad": bool(selection.abroad[row]),
        "work": _at_work(selection, row),
        "chosen": {"projects": [], "communes": list(chosen.communes), "hatched": [list(one) for one in chosen.hatched]},
        **{name: np.flatnonzero(directory.has[name][row]).tolist() for name in FILTERS},
    }


def _at_work(selection: ActorSelection, row: int) -> list[int]:
    """Return the numbers of the communes of the territory that a body is at work in."""
    ties = selection.directory.actors.ties
    own = ties.of(row)
    first, last = selection.directory.actors.grid.territories.commune_range(selection.state.territory)
    wanted = np.isin(ties.relation[own], [RELATIONS.index(name) for name in AT_WORK])
    communes = ties.commune[own]
    found: list[int] = np.unique(communes[wanted & (communes >= first) & (communes < last)]).tolist()
    return found
