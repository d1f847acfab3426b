"""Need against money in the file that stands alone: a prepared view for each need and each sector without one."""

from dataclasses import replace
from typing import Any

from data.texts import Texts
from geo.gap_needs import measured_needs, unmeasured_sectors
from geo.gap_selection import GapSelection, select_gaps
from geo.gaps_state import SHOWS, GapsState
from geo.needs_state import INDEX
from pages.ui.gaps import gap_map, gap_table, gap_words, gaps_view
from pages.ui.knowledge import Knowledge

COLUMNS = ("name", "need", "people", "projects", "per_person", "gap")
WITHOUT_NEED = ("name", "people", "projects", "per_person", "gap")


def content(know: Knowledge, territory: str, t: Texts) -> dict[str, Any]:
    """Return the subjects in groups, what the map of each may draw, and a view for each subject."""
    catalog = know.catalog
    needs = measured_needs(catalog.indicators)
    sectors = unmeasured_sectors(catalog.indicators, catalog.themes, catalog.sectors)
    groups = [
        (
            t("gaps.choices.subject"),
            [(INDEX, t("gaps.subject.index")), *((one, t.label("theme", one)) for one in needs)],
        ),
        (t("gaps.choices.others"), [(one, gap_words.subject(know, one, t)) for one in sectors]),
    ]
    return {
        "groups": [
            {"label": label, "options": [{"code": code, "label": name} for code, name in options]}
            for label, options in groups
        ],
        "shows": {code: t(f"gaps.show.{code}") for code in SHOWS},
        "show": t("gaps.show.label"),
        "views": {subject: _view(know, territory, subject, t) for subject in (INDEX, *needs, *sectors)},
    }


def _view(know: Knowledge, territory: str, subject: str, t: Texts) -> dict[str, Any]:
    """Return what the screen shows of one subject: finding, figures, a map for each thing drawn, each commune."""
    state = GapsState(territory, subject=subject)
    found = select_gaps(know.needs, know.register, know.catalog.themes, state)
    shows = SHOWS if found.need.is_measured else ("money",)
    maps = {show: gap_map.drawing(know, replace(found, state=replace(state, show=show)), t)[1] for show in shows}
    shown = gaps_view.key_figures(know, found, t)
    table = gap_table.ordered(know, found, t)
    columns = COLUMNS if found.need.is_measured else WITHOUT_NEED
    return {
        "title": gap_words.headline(know, found, t),
        # What the map says of a commune is the same whatever it draws.
        "tips": next(iter(maps.values()))["choropleth"]["figures"],
        "maps": {show: _without_tips(drawn) for show, drawn in maps.items()},
        "figures": shown["figures"],
        "source": shown["source"],
        "caption": t("gaps.table.caption", counted=gap_words.counted(found, len(table), t)),
        "columns": [gap_table.header(name, found, t) for name in columns],
        "rows": [_row(know, found, row, columns[1:], t) for row in table.itertuples()],
    }


def _without_tips(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"choropleth": {name: part for name, part in drawn["choropleth"].items() if name != "figures"}}


def _row(know: Knowledge, found: GapSelection, row: Any, columns: tuple[str, ...], t: Texts) -> list[Any]:
    said = {
        "need": lambda: gap_words.need_of(found, row, t),
        "people": lambda: gap_words.concerned(found, row, t),
        "projects": lambda: t.number(int(row.projects)),
        "per_person": lambda: gap_words.per_person(row, t),
        "gap": lambda: _standing(found, row, t),
    }
    return [know.territories.commune_index[row.Index], *(said[name]() for name in columns)]


def _standing(found: GapSelection, row: Any, t: Texts) -> str:
    said = gap_table.standing(found, row, t)
    return " · ".join(part for part in (said["value"], said.get("note", "")) if part)
