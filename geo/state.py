"""What the visitor of the cartography has chosen, as codes, and the parameters of its address that hold it."""

from dataclasses import dataclass

from geo import address
from geo.address import Address, Bounds

LISTS = ("sector", "funder", "status", "carrier", "precision")
"""Filters with several values at once; their names are those of the dimensions of the register."""
SHOWS = ("projects", "amount")
UNDERS = ("nothing", "need")
TABS = ("table", "charts", "places")
SORTS = ("title", "place", "start", "amount", "status")
YEARS = (1900, 2100)


@dataclass(frozen=True)
class State:
    """Filters and view of the cartography of projects. Every value is a code or a number: languages do not matter.

    Attributes
    ----------
    sector, funder, status, carrier, precision
        Codes kept; empty means all.
    territory
        Territory code the selection is limited to ("MA" is the whole country).
    years
        First and last year; a project passes when it was active in one of them. None is open on that side.
    amount
        Least and greatest commitment, dirhams.
    text
        Words that must all occur in the project, in any language, accents aside.
    show
        What the map draws: projects, or their money as circles.
    under
        What lies under them: nothing, or the need of each commune as a colour.
    tab, sort, descending, page
        What stands under the map.
    selected
        Code of the project, or of the commune, whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    sector: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    carrier: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    years: Bounds = (None, None)
    amount: Bounds = (None, None)
    text: str = ""
    show: str = "projects"
    under: str = "nothing"
    tab: str = "table"
    sort: str = "amount"
    descending: bool = True
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "State":
        """Return the same view with no filter but the home territory."""
        return ADDRESS.cleared(self, home, kept=("show", "under", "tab", "sort", "descending"))

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the filters that limit the selection."""
        return ADDRESS.in_force(self, home)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the territory limits the selection: "none here" is then "none of this choice"."""
        return bool(self.in_force(self.territory))


ADDRESS = Address(
    State,
    (
        *(address.codes(name) for name in LISTS),
        address.code("territory", role="filter"),
        address.span("years", *YEARS),
        address.span("amount", 0, float("inf")),
        address.words("text", "q"),
        address.option("show", SHOWS),
        address.option("under", UNDERS),
        address.option("tab", TABS),
        address.ordering(SORTS),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the cartography; its codes are those of the register, of the territories and of what is selected."""
