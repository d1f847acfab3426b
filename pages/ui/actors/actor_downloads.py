"""The bodies of the directory shown, to take away with their filters and sources."""

import datetime as dt
from dataclasses import replace
from functools import partial

from data.exchange.contract import ORGANISATIONS
from data.exchange.export import Export, bind
from data.texts import Texts
from geo import actor_export
from geo.actor_selection import ActorSelection
from geo.actors_state import ADDRESS
from pages.ui import words
from pages.ui.actors import actor_words
from pages.ui.files.file_buttons import file_buttons
from pages.ui.files.told import told
from pages.ui.knowledge import Knowledge

NOTES = ("absence", "seats", "sources")
TABLES = ("organisations", "organisation_zones", "organisation_sectors", "organisation_sources", "projects")


def offer(know: Knowledge, selection: ActorSelection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("actors.export.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, "actors", ADDRESS.encode(selection.state), t)


def export(know: Knowledge, selection: ActorSelection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the bodies listed to what their file says about itself."""
    bound = bind(
        {ORGANISATIONS: actor_export.rows(selection, know.organisation_sources, labels=_labels(know, t))},
        provenance=told(
            know,
            t,
            title=actor_words.headline(know, selection, t),
            filters=actor_words.filters(know, selection, t),
            sources=source_codes(know),
            notes=(t(f"actors.export.note.{name}") for name in NOTES),
            made_on=made_on,
            address=address,
        ),
        texts=t,
    )
    seat = t("actors.column.seat")
    return replace(bound, headers={"territory_code": t("actors.export.seat_code"), "territory_name": seat})


def source_codes(know: Knowledge) -> tuple[str, ...]:
    """Return where what is shown comes from."""
    return know.catalog.sources_of(*TABLES, "territories")


def _labels(know: Knowledge, t: Texts) -> actor_export.ActorLabels:
    bodies = know.actors.bodies
    return actor_export.ActorLabels(
        name={code: know.organisation_name(code, t) for code in bodies["organisation_code"]},
        kind={code: words.option(know, "carrier", code, t) for code in bodies["organisation_type"].unique()},
        country={code: t.area(code) for code in bodies["country"].dropna().unique()},
        sector={code: words.option(know, "sector", code, t) for code in know.catalog.sectors},
        territory=know.territories.names(t.language),
    )
