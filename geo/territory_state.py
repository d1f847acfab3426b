"""What the visitor of the territory page looks at, as a code, and the parameters of its address."""

from dataclasses import dataclass

from geo import address
from geo.address import Address


@dataclass(frozen=True)
class TerritoryState:
    """One place: the code of a territory of any level, or of a village (13 digits).

    `beside` is another territory of its level to read it against, empty when none. The map of the page always opens
    on the place: a sheet printed twice shows the same.
    """

    territory: str
    beside: str = ""

    def cleared(self, home: str) -> "TerritoryState":
        """Return the sheet of the home territory."""
        return ADDRESS.cleared(self, home, kept=())


ADDRESS = Address(TerritoryState, (address.code("territory"), address.code("beside")))
"""The address of the territory page; its codes are those of the territories and of the villages."""
