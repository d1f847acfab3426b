"""What the visitor of the practical guide has chosen, as codes and words, and the parameters of its address."""

from dataclasses import dataclass

from geo import address
from geo.address import Address


@dataclass(frozen=True)
class GuideState:
    """What one wants to do, who one is, where, and the words looked for.

    Attributes
    ----------
    territory
        Territory whose offices and works are shown.
    theme
        Code of `guide.toml`; empty shows the table of contents.
    audience
        For whom the themes listed are; empty means everyone.
    text
        Words that must all occur in a step, in any of the languages, accents aside.
    """

    territory: str
    theme: str = ""
    audience: str = ""
    text: str = ""

    def cleared(self, home: str) -> "GuideState":
        """Return the same theme at home, for everyone, no words looked for."""
        return ADDRESS.cleared(self, home, kept=("theme",))


ADDRESS = Address(
    GuideState,
    (
        address.code("territory", role="filter"),
        address.code("theme", role="order"),
        address.code("audience", role="filter"),
        address.words("text", "q"),
    ),
)
"""The address of the practical guide; its codes are those of the themes, the audiences and the territories."""
