"""The atlas of a territory as one HTML file: what it holds and in which words. `layers.offline` writes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from data import store
from data.texts import Texts, load_texts
from geo.story import Story
from layers.base import atlas_map
from layers.offline.document import offline_document
from pages.ui.knowledge import Knowledge
from pages.ui.offline import (
    offline_actors,
    offline_gaps,
    offline_needs,
    offline_projects,
    offline_sheets,
    offline_stories,
    offline_villages,
)
from pages.ui.offline.offline_shelf import CONFIGURATION, shared_look, vendored, what_the_map_asks_for

WORDS = (
    *("actors", "atlas", "column", "empty", "facets", "figure", "filter", "finding", "frame", "gaps", "level", "list"),
    *("map", "menu", "missing", "money", "needs", "offline", "service", "sheet", "show", "source", "stories", "table"),
    *("unit", "villages"),
)
"""Sections of the texts that the scripts of the file speak."""


def offline_file(know: Knowledge, territory: str, language: str, stories: Sequence[Story]) -> bytes:
    """Return the file: maps with their filters, sheets, search and list of a territory, with nothing to fetch.

    Parameters
    ----------
    territory
        Official code of a country, region, province or commune.
    language
        A language of the atlas: the file speaks that one.
    stories
        Stories told map by map (`offline_stories.of_territory`); without any, that part is left out.

    Raises
    ------
    CodeError
        There is no such territory.
    """
    t = load_texts(language)
    place = know.territories.name(territory, t.language)
    first, last = know.territories.commune_range(territory)
    codes = know.territories.commune_codes[first:last]
    data = {
        "words": spoken(t),
        "place": place,
        "first": first,
        "communes": _communes(know, codes, t),
        "projects": offline_projects.content(know, territory, t),
        "needs": offline_needs.content(know, territory, t),
        "gaps": offline_gaps.content(know, territory, t),
        "actors": offline_actors.content(know, territory, t),
        "villages": offline_villages.content(know, territory, t),
        "stories": offline_stories.content(know, stories, t),
        "sheets": offline_sheets.sheets(know, territory, t),
    }
    return offline_document(
        atlas_map(CONFIGURATION),
        vendored=vendored(),
        look=shared_look(),
        resources=what_the_map_asks_for(know, territory, data, t),
        data=data,
        words={
            "title": f"{t('atlas.name')} · {place}",
            "skip": t("offline.skip"),
            "waiting": t("offline.waiting"),
            "noscript": t("offline.noscript"),
            "sources": t("map.attribution"),
            "made": t("offline.made", version=know.version),
        },
        language=t.language,
        direction=t.direction,
    )


def _communes(know: Knowledge, codes: Sequence[str], t: Texts) -> list[dict[str, Any]]:
    """Return what communes are found by: their name in the language of the file first, then every other known."""
    also = store.load("place_names").groupby("territory_code")["name"].agg(list)
    found = []
    for code in codes:
        row, name = know.territories.row(code), know.territories.name(code, t.language)
        others = {str(row["name_fr"]), str(row["name_ar"]), *also.get(code, ())} - {name}
        found.append(
            {"code": code, "name": name, "names": [name, *sorted(others)], "weight": int(row["population_2024"])}
        )
    return found


def spoken(t: Texts) -> Mapping[str, Any]:
    """Return the words of the file, and how its language writes numbers."""
    signs = t.number_signs
    return {
        "locale": str(t.babel).replace("_", "-"),
        "entries": {key: said for key, said in t.entries.items() if key.split(".")[0] in WORDS},
        "group": signs["thousands"],
        "decimal": signs["decimal"],
        "percent": "{n}" + signs["percent"],
    }
