"""From the sheet of a place to the same place on the other pages."""

from urllib.parse import urlencode

from data.exchange.package_order import LEVELS
from data.texts import Texts
from geo import gaps_state, matching_state, needs_state, package_state, state, villages_state
from pages.ui.knowledge import Knowledge
from pages.ui.territory.territory_place import COUNTRY, Place, region_of


def elsewhere(know: Knowledge, found: Place, t: Texts) -> list[dict[str, str]]:
    """Return name and address of each page that shows the place, villages only where some are listed; the package."""
    here, within = found.territory, region_of(know, found.territory) or COUNTRY
    pages = {
        "projects": state.ADDRESS.encode(state.State(here)),
        "needs": needs_state.ADDRESS.encode(needs_state.NeedsState(within, selected=here)),
        "villages": villages_state.ADDRESS.encode(villages_state.VillagesState(here)),
        "gaps": gaps_state.ADDRESS.encode(gaps_state.GapsState(within, selected=here)),
        "matching": matching_state.ADDRESS.encode(matching_state.MatchingState(here)),
        "package": package_state.ADDRESS.encode(package_state.PackageState(_packed(know, here))),
    }
    if not know.villages.within(here, know.territories).any():
        del pages["villages"]
    return [
        {"name": t(f"menu.{page}"), "url": f"{page}?{urlencode({'lang': t.language} | params)}"}
        for page, params in pages.items()
    ]


def _packed(know: Knowledge, here: str) -> str:
    """Return what a package is made of: the place, or of an arrondissement its city."""
    known = know.territories
    return next(code for code in (here, *known.ancestors(here)) if known.level_of(code) in LEVELS)
