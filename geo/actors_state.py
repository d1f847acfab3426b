"""What the visitor of the directory has chosen, as codes, and the parameters of its address that hold it."""

from dataclasses import dataclass

from geo import address
from geo.address import Address

LISTS = ("type", "sector", "country", "record", "tie")
"""Filters with several values at once."""
TABS = ("directory", "where", "partners", "abroad")
SORTS = ("name", "projects", "done", "under_way")


@dataclass(frozen=True)
class ActorsState:
    """Filters and view of the directory of those who act.

    Attributes
    ----------
    territory
        Territory the bodies are tied to ("MA" is the whole country, bodies without any place included).
    type, sector, country, record, tie
        Codes kept; empty means all. `record` tells whether a body has projects done or under way, `tie` how it is tied
        to the territory (`geo.ties.RELATIONS`).
    text
        Words that must all occur in the names of a body, in any language, accents aside.
    figure
        Subject of the figures on the communities abroad.
    tab, sort, descending, page
        What stands under the map.
    selected
        Code of the body, or of the territory, whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    type: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    tie: tuple[str, ...] = ()
    text: str = ""
    figure: str = "residents"
    tab: str = "directory"
    sort: str = "projects"
    descending: bool = True
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "ActorsState":
        """Return the same view with no filter but the home territory."""
        return ADDRESS.cleared(self, home, kept=("tab", "figure", "sort", "descending"))


ADDRESS = Address(
    ActorsState,
    (
        *(address.codes(name) for name in LISTS),
        address.code("territory", role="filter"),
        address.words("text", "q"),
        address.code("figure", "of"),
        address.option("tab", TABS),
        address.ordering(SORTS),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the directory; its codes are those of the bodies, the territories and the catalogue."""
