"""What every file of a page tells about itself: what it holds, its filters, address, day, version and sources."""

import datetime as dt
from collections.abc import Iterable

from data.exchange.provenance import Provenance, cite
from data.texts import Texts
from pages.ui.knowledge import Knowledge


def told(
    know: Knowledge,
    t: Texts,
    *,
    title: str,
    filters: Iterable[str],
    sources: Iterable[str],
    notes: Iterable[str],
    made_on: dt.date,
    address: str,
) -> Provenance:
    """Return what a file tells about itself.

    Parameters
    ----------
    title, filters, notes
        What it holds, each choice in force, what must be known to read it: in the words of the visitor.
    sources
        Codes of the catalogue's sources, the most important first.
    made_on, address
        The day, and the address that opens the same view.
    """
    return Provenance(
        title=title,
        filters_said=tuple(filters),
        url=address,
        made_on=made_on,
        data_version=know.version,
        sources=tuple(cite(know.catalog.sources[code], t.language) for code in sources),
        notes=tuple(notes),
    )
