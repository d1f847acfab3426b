"""The sheets of the file that stands alone: those of the atlas, their ways leading to other sheets of the file."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from data.texts import Texts
from geo.actor_selection import ActorSelection, select_actors
from geo.actors_state import ActorsState
from geo.profile import figures
from geo.selection import Selection, select
from geo.state import State
from geo.villages_state import DEFAULT_SERVICE
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.offline import offline_bodies, offline_pictures, offline_villages
from pages.ui.place_sheet import place_sheet
from pages.ui.projects.sheet import project_sheet
from pages.ui.territory import territory_figures
from pages.ui.villages import village_sheet

WIDER = 6  # projects known by a wider area, named on the sheet of each commune
COMPARED = ("region", "country")


def sheets(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return by code the sheets of the projects, the communes and the bodies of a territory."""
    everything = select(know.register, State(territory=territory))
    acting = select_actors(know.directory, ActorsState(territory))
    first, last = know.territories.commune_range(territory)
    made = {code: project_sheet(know, code, t) for code in everything.codes}
    communes = know.territories.commune_codes[first:last]
    made |= {code: _commune_sheet(know, everything, acting, code, t) for code in communes}
    made |= offline_bodies.cards(know, acting, t)
    known = {*made, *_village_codes(know, territory)}
    pictures = offline_pictures.album(know, sorted(everything.codes))
    return {code: _held(sheet, known, pictures, t) for code, sheet in made.items()}


def _village_codes(know: Knowledge, territory: str) -> Iterable[str]:
    inside = know.villages.within(territory, know.territories)
    return (code for code, held in zip(know.villages.codes, inside, strict=True) if held)


def _commune_sheet(
    know: Knowledge, everything: Selection, acting: ActorSelection, code: str, t: Texts
) -> dict[str, Any]:
    """Return all that the atlas knows of a commune, on one sheet: people, needs, villages, projects, who acts."""
    sheet = place_sheet(know, everything, code, t, selected=False)
    about, *projects = sheet["sections"]
    for section in projects[1:]:
        left = len(section["entries"]) - WIDER
        section["entries"] = section["entries"][:WIDER]
        if left > 0:
            section["text"] = t("sheet.more", n=left)
    return sheet | {
        "sections": [
            about,
            _needs(know, code, t),
            *_villages(know, code, t),
            *projects,
            *offline_bodies.working(know, acting, code, t),
        ]
    }


def _needs(know: Knowledge, code: str, t: Texts) -> dict[str, Any]:
    """Return the indicators of a commune, each beside its region and the country."""
    compared = [code, *(one for one in know.territories.ancestors(code) if know.territories.level_of(one) in COMPARED)]
    rows = []
    for figure in figures(know.observations, compared):
        indicator = figure.indicator
        name = t.label("indicator", f"{indicator.code}.short", need_words.indicator(indicator.code, t))
        year = "" if str(indicator.latest) in name else f" ({indicator.latest})"
        rows.append([name + year, *(territory_figures.reading(figure, one, t) for one in figure.readings)])
    names = [know.territories.name(one, t.language) for one in compared]
    return {"title": t("menu.needs"), "table": {"heads": [t("territory.figures.indicator"), *names], "rows": rows}}


def _villages(know: Knowledge, code: str, t: Texts) -> list[dict[str, Any]]:
    """Return the villages of a commune that are far from a health centre; none where none is listed."""
    if not know.villages.within(code, know.territories).any():
        return []
    usual = know.default_km[DEFAULT_SERVICE]
    selection = offline_villages.selected(know, code, DEFAULT_SERVICE, usual, "villages")
    counted, listed = village_sheet.commune_sheet(know, selection, code, t)["sections"][1:]
    far = t("filter.said", name=t("menu.villages"), values=t(f"service.{DEFAULT_SERVICE}.beyond", km=t.number(usual)))
    return [counted | {"title": far}, *([listed] if listed["entries"] else [])]


def _held(sheet: Mapping[str, Any], known: Container[object], pictures: Mapping[str, str], t: Texts) -> dict[str, Any]:
    """Keep of a sheet what makes sense without the atlas around it."""
    return {
        "title": sheet["title"],
        "original": sheet["original"],
        "marks": [_mark(one) for one in sheet["marks"]],
        "status": sheet["status"],
        "sections": [kept for section in sheet["sections"] if len(kept := _section(section, known, pictures, t)) > 1],
    }


def _section(
    section: Mapping[str, Any], known: Container[object], pictures: Mapping[str, str], t: Texts
) -> dict[str, Any]:
    kept = {name: section[name] for name in ("title", "text", "table", "french") if section.get(name)}
    if section.get("pictures"):
        kept |= offline_pictures.section(section["pictures"], pictures, t)
    for name in ("facts", "entries"):
        # A way to a page of the atlas leads nowhere from a file.
        items = [_item(item, known) for item in section.get(name, ()) if not item.get("link")]
        if items:
            kept[name] = items
    return kept


def _item(item: Mapping[str, Any], known: Container[object]) -> dict[str, Any]:
    kept = {name: item[name] for name in ("label", "value", "note", "url", "french") if item.get(name)}
    kept.setdefault("value", "")
    if item.get("marks"):
        kept["marks"] = [_mark(one) for one in item["marks"]]
    target = (item.get("act") or {}).get("selected")
    return kept | {"open": target} if target in known else kept


def _mark(mark: Any) -> dict[str, str]:
    return {name: said for name, said in asdict(mark).items() if name != "code"}
