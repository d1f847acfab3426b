"""The mark of a sector (shape, colour, word) for anything written in HTML; the map draws the same from the same."""

from dataclasses import dataclass

from data.texts import Texts
from layers.symbols import PATHS
from pages.ui.knowledge import Knowledge


@dataclass(frozen=True)
class Mark:
    """How one sector looks: an SVG path in a box of 20 x 20 centred on 0, its colour, and its word."""

    code: str
    label: str
    path: str
    colour: str


def mark(know: Knowledge, code: str, t: Texts) -> Mark:
    """Return the mark of a sector."""
    sector = know.catalog.sectors[code]
    return Mark(code, t.label("sector", code, sector.label), PATHS[sector.shape], sector.colour)


def marks_of(know: Knowledge, row: int, t: Texts) -> list[Mark]:
    """Return the marks of a project's sectors, largest share first."""
    own = know.register.sectors.iloc[know.register.sectors_of(row)]
    shares = dict(zip(own["sector_code"], own["share_pct"], strict=True))
    return [mark(know, code, t) for code in sorted(shares, key=lambda code: -shares[code])]
