"""What the visitor of the matching page has chosen, as codes and numbers, and the parameters of its address."""

from dataclasses import dataclass

from geo import address
from geo.address import Address

PLACE, ASSOCIATION, FUNDER = "place", "association", "funder"
WAYS = (PLACE, ASSOCIATION, FUNDER)
"""Who looks: a commune or a village for those who could act, an association for where it matters, a funder."""
MATCHES, NEEDS, CALLS = "matches", "needs", "calls"
TABS_OF = {PLACE: (MATCHES, CALLS), ASSOCIATION: (MATCHES, CALLS), FUNDER: (NEEDS, MATCHES)}
"""What may stand under the map for each way in, the first one at rest."""
MOST_WEIGHT = 100
GREATEST_MAD = 10_000_000_000


@dataclass(frozen=True)
class MatchingState:
    """A way in, a place or a body, what is sought, the weights, and what is looked at.

    Attributes
    ----------
    territory
        For a place: that place. For a body: the territory it looks in.
    way
        Who looks (of `WAYS`).
    body
        Code of the association or funder; empty until one is chosen.
    seek
        Part of the name of the body looked for.
    sector
        Code of the sector of need; empty = any.
    amount_mad
        Money sought, dirhams; None when not said.
    criteria
        (criterion, weight 0-100) pairs; a criterion without one keeps its declared weight.
    applicant, country
        Type and country of the seat of who answers a call; empty = those of the body, else not said.
    tab, page
        What stands under the map.
    selected
        Code of the match (body, territory or need) or call whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    way: str = PLACE
    body: str = ""
    seek: str = ""
    sector: str = ""
    amount_mad: int | None = None
    criteria: tuple[tuple[str, int], ...] = ()
    applicant: str = ""
    country: str = ""
    tab: str = ""
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "MatchingState":
        """Return the same way in, nothing else chosen."""
        return ADDRESS.cleared(self, home, kept=("way",))

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the choices that limit the matches."""
        return ADDRESS.in_force(self, home)

    @property
    def shown(self) -> str:
        """The tab that stands under the map: the one asked for when this way in has it, else its first."""
        own = TABS_OF[self.way]
        return self.tab if self.tab in own else own[0]


ADDRESS = Address(
    MatchingState,
    (
        address.code("territory", role="filter"),
        address.option("way", WAYS, role="order"),
        address.code("body", role="filter"),
        address.words("seek", "q"),
        address.code("sector", role="filter"),
        address.whole("amount_mad", 1, GREATEST_MAD, role="filter"),
        address.numbers_by_code("criteria", greatest=MOST_WEIGHT),
        address.code("applicant", role="order"),
        address.code("country", role="order"),
        address.option("tab", (MATCHES, NEEDS, CALLS), role="order"),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the matching page; its codes are those of territories, bodies, sectors, types, needs and calls."""
