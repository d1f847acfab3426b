"""What the visitor of the gaps page has chosen, as codes, and the parameters of its address that hold it."""

from dataclasses import dataclass

from geo import address
from geo.address import Address, Bounds
from geo.needs_state import INDEX
from geo.state import YEARS

LEVELS = ("commune", "province")
SHOWS = ("gap", "mismatch", "money", "need")
NORMS, PEOPLE = "norms", "people"
STEPS = (NORMS, PEOPLE)
"""How the steps of low, middle and high are cut: at the norms of the catalogue, or at thirds of the people."""
TABS = ("list", "concentration", "overlaps", "not_located")
UNFUNDED = "unfunded"
CELLS = (UNFUNDED, *(f"{need}{money}" for need in range(3) for money in range(3)))
"""What the list can be narrowed to: high need without any project reported, or one of the nine cells, as two digits:
step of need, step of money."""
SORTS = ("gap", "name", "need", "people", "projects", "money", "per_person", "mismatch")


@dataclass(frozen=True)
class GapsState:
    """Subject, place, years and view of the gaps page. Every value is a code or a number.

    Attributes
    ----------
    territory
        Territory looked at ("MA" is the whole country).
    subject
        `INDEX` (all needs, all projects), a need of the index (the projects that answer it), or a sector of projects
        that no census indicator measures.
    years
        First and last year; a project counts when it was active in one of them. None is open on that side.
    level
        What is compared: communes or provinces.
    show
        What the map draws: need against money, share of money less share of need, money per inhabitant, or need.
    steps
        How low, middle and high are cut.
    tab, cell, sort, descending, page
        What stands under the map.
    selected
        Code of the territory whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    subject: str = INDEX
    years: Bounds = (None, None)
    level: str = "commune"
    show: str = "gap"
    steps: str = NORMS
    tab: str = "list"
    cell: str = ""
    sort: str = "gap"
    descending: bool = False
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "GapsState":
        """Return the same subject and view at home, every filter at rest."""
        return ADDRESS.cleared(self, home, kept=("subject", "show", "tab", "sort", "descending"))

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the choices that differ from the page at rest."""
        return ADDRESS.in_force(self, home)


ADDRESS = Address(
    GapsState,
    (
        address.code("subject", "of", role="order"),
        address.code("territory", role="filter"),
        address.span("years", *YEARS),
        address.option("level", LEVELS, role="filter"),
        address.option("show", SHOWS),
        address.option("steps", STEPS, role="filter"),
        address.option("tab", TABS),
        address.option("cell", CELLS, role="order"),
        address.ordering(SORTS),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the gaps page; known codes: subjects for `subject`, territories for `territory` and `selected`."""
