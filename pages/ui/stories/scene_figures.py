"""The figures that a chapter may name and a story keeps, of projects and of villages."""

import math

from data.texts import Texts
from geo.placement import reached_communes
from geo.selection import Selection
from geo.village_selection import VillageSelection
from pages.ui import words
from pages.ui.knowledge import Knowledge

TITLES = 3
OF_VILLAGES = (
    *("villages", "people", "beyond", "people_beyond", "beyond_share", "people_within", "unknown", "people_unknown"),
    *("unlocated", "farthest_km", "communes", "people_of_three"),
)
RUNNING, DONE = "implementation", "closed"


def titles(selection: Selection, t: Texts) -> str:
    """Name the projects selected, those of the shortest titles first, a hall reads no more; and how many others."""
    titles = sorted(
        words.titles(selection.register.projects.iloc[selection.rows], t), key=lambda title: (len(title), title)
    )
    return words.shortened([t("quoted", text=title) for title in titles], t, limit=TITLES)


def of_projects(know: Knowledge, selection: Selection) -> dict[str, float]:
    """Return the figures of a selection of projects."""
    totals = selection.totals
    first, last = know.territories.commune_range(selection.state.territory)
    reached = len(reached_communes(selection))
    statuses = selection.register.projects["status"].to_numpy()[selection.rows]
    return {
        "projects": totals.projects,
        "counted_mad": counted(totals.counted_mad, totals.without_amount, totals.projects),
        "located_mad": totals.located_mad,
        "area_mad": totals.area_mad,
        "without_amount": totals.without_amount,
        "communes": reached,
        "silent": last - first - reached,
        "all_communes": last - first,
        "running": int((statuses == RUNNING).sum()),
        "done": int((statuses == DONE).sum()),
    }


def counted(amount_mad: float, without_amount: int, projects: int) -> float:
    """Return the sum of the amounts known, dirhams; nan where no project has one, for a sum of nothing is not zero."""
    return math.nan if without_amount == projects else amount_mad


def of_villages(selection: VillageSelection, *, listed: bool) -> dict[str, float]:
    """Return the figures of a selection of villages; `people_of_three` live in the three communes with most of them.

    Where villages are not `listed` nothing is known of any, and no figure is; a town has none, and that is known.
    """
    totals = selection.totals
    if not (totals.villages or listed):
        return dict.fromkeys(OF_VILLAGES, math.nan) | {"limit_km": selection.km}
    communes = selection.places
    reached = communes[communes["people_beyond"] > 0]
    three = int(communes["people_beyond"].head(3).sum())
    return {
        "villages": totals.villages,
        "people": totals.people,
        "beyond": totals.beyond,
        "people_beyond": totals.people_beyond,
        "beyond_share": totals.people_beyond / totals.people if totals.people else math.nan,
        "people_within": totals.people_within,
        "unknown": totals.unknown,
        "people_unknown": totals.people_unknown,
        "unlocated": totals.beyond_unlocated,
        "farthest_km": totals.farthest_km,
        "limit_km": selection.km,
        "communes": len(reached),
        "people_of_three": three,
    }
