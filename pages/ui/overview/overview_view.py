"""What the overview shows around its map."""

from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.texts import Texts
from geo import summary
from geo.placement import reached_communes
from geo.selection import Selection
from geo.state import ADDRESS, State
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.marks import mark
from pages.ui.overview import overview_needs
from pages.ui.territory.territory_link import sheet_address

SHOWN_SECTORS, SHOWN_COMMUNES = 8, 12


def top(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `overview.html` shows: the region in one sentence and three ways in."""
    home = selection.state.territory
    first, last = know.territories.commune_range(home)
    reached, total = len(reached_communes(selection)), last - first
    language = urlencode({"lang": t.language})
    urls = {
        "planner": _address(t, State(territory=home, status=("implementation",))),
        "association": f"villages?{language}",
        "presenter": f"present?{language}",
    }
    return {
        "title": know.territories.name(home, t.language),
        "tagline": t("atlas.tagline"),
        "lead": t(
            "overview.lead",
            projects=len(selection),
            money=t.short_money(selection.totals.counted_mad),
            reached=reached,
            total=total,
            silent=total - reached,
        ),
        "villages": overview_needs.villages(know, home, t),
        "sheet": {"label": t("territory.overview"), "url": sheet_address(home, t)},
        "ways": [
            {
                "title": t(f"overview.{name}.title"),
                "text": t(f"overview.{name}.text"),
                "act": t(f"overview.{name}.act"),
                "url": urls[name],
            }
            for name in ("planner", "association", "presenter")
        ],
    }


def missing(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `overview_missing.html` shows: sectors at work, what is not known, communes without a project."""
    home = selection.state.territory
    first, last = know.territories.commune_range(home)
    silent = np.setdiff1d(np.arange(first, last), reached_communes(selection))
    codes = [know.territories.commune_codes[number] for number in silent]
    people = know.territories.population_2024(codes)
    by_size = [codes[number] for number in np.argsort(-np.nan_to_num(people), kind="stable")[:SHOWN_COMMUNES]]
    sectors = summary.by_sector(selection)
    most = int(sectors["projects"].max()) if len(sectors) else 1
    return {
        "needs": overview_needs.needs(know, home, t),
        "sectors": {
            "title": t("overview.sectors"),
            "rows": [
                {
                    "mark": mark(know, row["sector_code"], t),
                    "projects": t.number(int(row["projects"])),
                    "money": words.short_sum(row["counted_mad"], t),
                    "width": round(100 * row["projects"] / most),
                    "url": _address(t, State(territory=home, sector=(row["sector_code"],))),
                }
                for _, row in sectors.head(SHOWN_SECTORS).iterrows()
            ],
        },
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
            "communes": [
                {
                    "name": know.territories.name(code, t.language),
                    "url": _address(t, State(territory=home, selected=code)),
                }
                for code in by_size
            ],
        },
    }


def _address(t: Texts, state: State) -> str:
    return "projects?" + urlencode({"lang": t.language} | ADDRESS.encode(state))
