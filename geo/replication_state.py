"""What the visitor of the replication page has chosen, as codes, and the parameters of its address."""

from dataclasses import dataclass

from geo import address
from geo.address import Address


@dataclass(frozen=True)
class ReplicationState:
    """A project that was carried out, where it was, what it improved, and where it could be repeated.

    Attributes
    ----------
    territory
        Territory whose communes come into question.
    project
        Code of the project; empty until one is chosen.
    origin
        Commune of the project the others are compared with; empty = its first.
    sector
        Sector it improved; empty = its largest.
    seek
        Part of the title of the project looked for.
    page
        Page of the table.
    selected
        Commune whose comparison is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    project: str = ""
    origin: str = ""
    sector: str = ""
    seek: str = ""
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    sort = ""
    descending = False

    def cleared(self, home: str) -> "ReplicationState":
        """Return the page at rest."""
        return ADDRESS.cleared(self, home, kept=())

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the choices that limit what is shown."""
        return ADDRESS.in_force(self, home)


ADDRESS = Address(
    ReplicationState,
    (
        address.code("territory", role="filter"),
        address.code("project", role="filter"),
        address.code("origin", role="order"),
        address.code("sector", role="order"),
        address.words("seek", "q"),
        address.whole("page", 1, 99),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the replication page; its codes are those of realised projects, communes, sectors and territories."""
