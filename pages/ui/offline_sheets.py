"""The sheets of the file that stands alone: those of the atlas, their ways leading to other sheets of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from data.texts import Texts
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import Knowledge
from pages.ui.place_sheet import place_sheet
from pages.ui.sheet import project_sheet

WIDER = 6  # projects known by a wider area, named on the sheet of each commune


def sheets(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return by code the sheets of the projects and of the communes of a territory."""
    everything = select(know.register, State(territory=territory))
    first, last = know.territories.commune_range(territory)
    made = {code: project_sheet(know, code, t) for code in everything.codes}
    made |= {code: place_sheet(know, everything, code, t) for code in know.territories.commune_codes[first:last]}
    return {code: _held(sheet, made) for code, sheet in made.items()}


def _held(sheet: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Keep of a sheet what makes sense without the atlas around it."""
    return {
        "title": sheet["title"],
        "original": sheet["original"],
        "marks": [_mark(one) for one in sheet["marks"]],
        "status": sheet["status"],
        "sections": [_section(section, known) for section in sheet["sections"]],
    }


def _section(section: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    kept = {name: section[name] for name in ("title", "text", "french") if section.get(name)}
    for name in ("facts", "entries"):
        # A way to a page of the atlas leads nowhere from a file.
        items = [_item(item, known) for item in section.get(name, ()) if not item.get("link")]
        if items:
            kept[name] = items
    return kept


def _item(item: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    kept = {name: item[name] for name in ("label", "value", "note", "url", "french") if item.get(name)}
    kept.setdefault("value", "")
    if item.get("marks"):
        kept["marks"] = [_mark(one) for one in item["marks"]]
    target = (item.get("act") or {}).get("selected")
    return kept | {"open": target} if target in known else kept


def _mark(mark: Any) -> dict[str, str]:
    return {name: said for name, said in asdict(mark).items() if name != "code"}
