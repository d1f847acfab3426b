"""Which territories a program asks for, with all that is measured of them."""

from dataclasses import dataclass

from geo import address
from geo.address import Address
from geo.boundaries import LEVELS


@dataclass(frozen=True)
class TerritoriesState:
    """A territory and what lies in it, itself included; `level` keeps one level only, empty all of them."""

    territory: str
    level: str = ""


ADDRESS = Address(
    TerritoriesState,
    (address.code("territory", role="filter"), address.option("level", LEVELS, role="filter")),
)
"""Known codes: the territories."""
