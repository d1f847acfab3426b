"""What the page of workshop packages is asked for: a territory, and all the parts or one, as its address says."""

from dataclasses import dataclass

from data.exchange.package_order import PARTS
from geo import address
from geo.address import Address

ALL = "all"


@dataclass(frozen=True)
class PackageState:
    """`only` is one of the parts, or all of them."""

    territory: str
    only: str = ALL

    @property
    def parts(self) -> tuple[str, ...]:
        """Parts of the package."""
        return PARTS if self.only == ALL else (self.only,)

    def cleared(self, home: str) -> "PackageState":
        """Return all of the home territory."""
        return ADDRESS.cleared(self, home, kept=())


ADDRESS = Address(
    PackageState, (address.code("territory", role="filter"), address.option("only", (ALL, *PARTS), role="filter"))
)
"""The address of the page; its codes are those of the territories a package can be made of."""
