"""A map of a page as a printed sheet: the state that is seen, in the words of its reader."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.exchange.provenance import cite
from data.texts import Texts
from layers.paper.map_sheet import MapSheet
from pages.ui.knowledge import Knowledge
from pages.ui.paper.paper_ground import ground

SIZES = {
    "a4_landscape": ("a4", True),
    "a4_portrait": ("a4", False),
    "a3_landscape": ("a3", True),
    "a3_portrait": ("a3", False),
    "poster": ("16x9", True),
}
"""What a map can be printed on, in the order it is offered: size of the page, and whether it lies."""


def printed_map(
    know: Knowledge,
    drawn: Mapping[str, Any],
    t: Texts,
    *,
    filters: Sequence[str],
    sources: Iterable[str],
    address: str,
    made_on: dt.date,
    paper: str = "a4_landscape",
    grey: bool = False,
    number: int = 1,
    total: int = 1,
) -> MapSheet:
    """Return the sheet of a map.

    Parameters
    ----------
    drawn
        The state of the living map (`layers.payload.map_state`); its title is the finding.
    filters, sources
        What is filtered, in words; codes of the sources of what is shown.
    address
        Opens the same view; empty where none can be followed: no code is drawn.
    paper
        One of `SIZES`.
    number, total
        Which page this is, and of how many.
    """
    size, landscape = SIZES[paper]
    by_publisher: dict[str, list[str]] = {}
    for one in (cite(know.catalog.sources[code], t.language) for code in sources):
        by_publisher.setdefault(one.publisher, []).append(one.title)
    cited = [f"{t('list.separator').join(titles)} ({publisher})" for publisher, titles in by_publisher.items()]
    return MapSheet(
        state=drawn,
        ground=ground(know, t),
        title=drawn["title"],
        filters=filters,
        sources=[*cited, t("map.attribution")],
        address=address,
        words=sheet_words(know, t, made_on=made_on, number=number, total=total),
        direction=t.direction,
        language=t.language,
        size=size,
        landscape=landscape,
        grey=grey,
    )


def sheet_words(know: Knowledge, t: Texts, *, made_on: dt.date, number: int = 1, total: int = 1) -> dict[str, str]:
    """Return the words around a printed map (`MapSheet.words`)."""
    return {
        "made": t("print.made", date=t.date(made_on.isoformat()), version=know.version),
        "page": t("print.page", number=number, total=total),
        **{name: t(f"print.{name}") for name in ("sources", "locator", "scan")},
        **{name: t(f"map.{name}") for name in ("unit_km", "unit_m", "north")},
    }
