"""What the visitor of the villages page has chosen, as codes and numbers, and the parameters of its address."""

from dataclasses import dataclass

from geo import address
from geo.address import Address

SHOWS = ("villages", "communes")
TABS = ("villages", "communes")
SORTS = ("people", "distance", "name")
GREATEST_KM = 500
DEFAULT_SERVICE = "health_centre"


@dataclass(frozen=True)
class VillagesState:
    """A service, a distance, a territory, and what is looked at of the villages beyond.

    Attributes
    ----------
    territory
        Territory the villages are looked for in.
    service
        Code of `services.toml`.
    km
        Villages strictly farther than this are shown; None is the service's own default.
    text
        Name looked for, in Arabic or Latin letters, in any usual spelling; it then shows the villages that bear it,
        near or far.
    show
        What the map draws: the villages, or the share of the people of each commune.
    tab, sort, descending, page
        What stands under the map.
    selected
        Code of the village or territory whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    service: str = DEFAULT_SERVICE
    km: int | None = None
    text: str = ""
    show: str = "villages"
    tab: str = "villages"
    sort: str = "people"
    descending: bool = True
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "VillagesState":
        """Return the same question about the home territory, no name looked for."""
        return ADDRESS.cleared(self, home, kept=("service", "show", "tab", "sort", "descending"))


ADDRESS = Address(
    VillagesState,
    (
        address.code("territory", role="filter"),
        address.code("service", role="order"),
        address.whole("km", 0, GREATEST_KM, role="filter"),
        address.words("text", "q"),
        address.option("show", SHOWS),
        address.option("tab", TABS),
        address.ordering(SORTS),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the villages page; its codes are those of the services, the territories and the villages."""
