"""What the visitor of the stories page has chosen: a story, a chapter, whether it is being shown to a hall."""

from dataclasses import dataclass

from geo import address
from geo.address import Address
from geo.story import MOST_CHAPTERS

PLAYING = "1"


@dataclass(frozen=True)
class PresentState:
    """A story and where it stands.

    Attributes
    ----------
    territory
        Home; stories say their own places.
    story
        Code of the story open; empty shows them all.
    chapter
        Number of the chapter, from 1.
    edit
        Number of the chapter whose words are being changed; 0 for none.
    play
        `PLAYING` while it is shown to a hall, full screen.
    """

    territory: str
    story: str = ""
    chapter: int = 1
    edit: int = 0
    play: str = ""

    def cleared(self, home: str) -> "PresentState":
        """Return the page with no story open."""
        return ADDRESS.cleared(self, home, kept=())


ADDRESS = Address(
    PresentState,
    (
        address.code("story"),
        address.whole("chapter", 1, MOST_CHAPTERS),
        address.whole("edit", 0, MOST_CHAPTERS),
        address.option("play", (PLAYING,)),
    ),
)
"""The address of the stories page; its codes are those of the stories this visitor has."""
