"""What the overview shows around its map."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.texts import Texts
from geo import summary
from geo.actor_selection import select_actors
from geo.actors_state import ActorsState
from geo.placement import reached_communes
from geo.selection import Selection
from geo.state import ADDRESS, State
from pages.ui import words
from pages.ui.actors import actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import mark
from pages.ui.overview import overview_needs
from pages.ui.projects import project_finding
from pages.ui.territory.territory_link import sheet_address

SHOWN_SECTORS, SHOWN_COMMUNES = 8, 12


def top(know: Knowledge, home: str, t: Texts) -> dict[str, Any]:
    """Return what `overview.html` shows: the region's name, what the atlas answers, and the search for one's place."""
    return {
        "title": know.territories.name(home, t.language),
        "tagline": t("atlas.tagline"),
        "labels": {key: t(f"territory.{key}") for key in ("search", "search_go")},
    }


def groups(know: Knowledge, selection: Selection, t: Texts) -> list[dict[str, Any]]:
    """Return what `overview_figures.html` shows: the key figures, under the three questions."""
    home = selection.state.territory
    return [
        {"kind": kind, "title": t(f"overview.{kind}"), "figures": figures}
        for kind, figures in (
            ("going", _going(selection, t)),
            ("lacking", [_silent(know, selection, t), *overview_needs.figures(know, home, t)]),
            ("acting", [_acting(know, home, t)]),
        )
    ]


def ways(home: str, t: Texts) -> dict[str, Any]:
    """Return what `overview_ways.html` shows: a way in for each kind of visitor, and to the sheet of the region."""
    language = urlencode({"lang": t.language})
    urls = {
        "planner": _address(t, State(territory=home, status=("implementation",))),
        "association": f"villages?{language}",
        "presenter": f"present?{language}",
    }
    return {
        "label": t("overview.ways"),
        "ways": [
            {
                "title": t(f"overview.{name}.title"),
                "text": t(f"overview.{name}.text"),
                "act": t(f"overview.{name}.act"),
                "url": url,
            }
            for name, url in urls.items()
        ],
        "sheet": {"label": t("territory.overview"), "url": sheet_address(home, t)},
    }


def _going(selection: Selection, t: Texts) -> list[dict[str, str]]:
    home, totals = selection.state.territory, selection.totals
    unplaced = totals.area_mad / totals.counted_mad if totals.counted_mad else 0.0
    return [
        {
            "label": t("figure.projects"),
            "value": t.number(totals.projects),
            "note": project_finding.running(selection, t),
            "url": _address(t, State(territory=home)),
        },
        {
            "label": t("figure.money"),
            "value": t.short_money(totals.counted_mad),
            "note": t("overview.unplaced", share=t.percent(unplaced)),
            "url": _address(t, State(territory=home, show="amount")),
        },
    ]


def _silent(know: Knowledge, selection: Selection, t: Texts) -> dict[str, str]:
    first, last = know.territories.commune_range(selection.state.territory)
    total = last - first
    return {
        "label": t("overview.silent"),
        "value": t("figure.of", n=total - len(reached_communes(selection)), total=total),
        "note": t("overview.silent_note"),
        "url": "gaps?" + urlencode({"lang": t.language}),
    }


def _acting(know: Knowledge, home: str, t: Texts) -> dict[str, str]:
    bodies = select_actors(know.directory, ActorsState(home))
    return {
        "label": t("overview.bodies"),
        "value": t.number(len(bodies)),
        "note": t("overview.bodies_note", n=actor_words.done(bodies)),
        "url": "actors?" + urlencode({"lang": t.language}),
    }


def missing(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `overview_missing.html` shows: sectors, need, who waits, what is not known, silent communes."""
    home = selection.state.territory
    first, last = know.territories.commune_range(home)
    silent = np.setdiff1d(np.arange(first, last), reached_communes(selection))
    return {
        "needs": overview_needs.needs(know, home, t),
        "villages": overview_needs.villages(know, home, t),
        "sectors": {"title": t("overview.sectors"), "rows": _sectors(know, selection, t)},
        "missing": {
            "title": t("overview.missing.title"),
            "entries": [
                t("overview.missing.silent", n=len(silent)),
                t("overview.missing.amount", n=selection.totals.without_amount),
                t("overview.missing.area", money=t.short_money(selection.totals.area_mad)),
            ],
            "see": {"label": t("overview.missing.see"), "url": "quality?" + urlencode({"lang": t.language})},
        },
        "silent": {
            "title": t("overview.silent_list"),
            "communes": _largest(know, [know.territories.commune_codes[number] for number in silent], home, t),
        },
    }


def _sectors(know: Knowledge, selection: Selection, t: Texts) -> list[dict[str, Any]]:
    """Return the sectors with most projects, each as a bar as long as its share of the first."""
    sectors = summary.by_sector(selection)
    most = int(sectors["projects"].max()) if len(sectors) else 1
    return [
        {
            "mark": mark(know, row["sector_code"], t),
            "projects": t.number(int(row["projects"])),
            "money": words.short_sum(row["counted_mad"], t),
            "width": round(100 * row["projects"] / most),
            "url": _address(t, State(territory=selection.state.territory, sector=(row["sector_code"],))),
        }
        for _, row in sectors.head(SHOWN_SECTORS).iterrows()
    ]


def _largest(know: Knowledge, communes: Sequence[str], home: str, t: Texts) -> list[dict[str, str]]:
    """Return the communes with most people; those whose people nobody counted last."""
    people = know.territories.population_2024(communes)
    by_size = [communes[number] for number in np.argsort(-np.nan_to_num(people), kind="stable")[:SHOWN_COMMUNES]]
    return [
        {
            "name": know.territories.name(code, t.language),
            "url": _address(t, State(territory=home, selected=code)),
        }
        for code in by_size
    ]


def _address(t: Texts, state: State) -> str:
    return "projects?" + urlencode({"lang": t.language} | ADDRESS.encode(state))
