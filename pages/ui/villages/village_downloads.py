"""The villages shown, to take away with their filters and sources."""

import datetime as dt
from functools import partial

from data.exchange.contract import VILLAGES
from data.exchange.export import Export, bind
from data.texts import Texts
from geo import village_export
from geo.village_selection import VillageSelection
from geo.villages_state import ADDRESS
from pages.ui.files.file_buttons import file_buttons
from pages.ui.files.told import told
from pages.ui.knowledge import Knowledge
from pages.ui.villages import village_words

NOTES = ("withheld", "positions", "distances")


def offer(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("villages.export.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, "villages", ADDRESS.encode(selection.state), t)


def export(know: Knowledge, selection: VillageSelection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the villages listed to what their file says about itself."""
    kinds = know.villages.table["kind"].unique()
    labels = village_export.VillageLabels(
        territory=know.territories.names(t.language),
        kind={kind: t(f"villages.kind.{kind}") for kind in kinds},
    )
    return bind(
        {VILLAGES: village_export.rows(selection, labels=labels)},
        provenance=told(
            know,
            t,
            title=village_words.headline(know, selection, t),
            filters=village_words.filters(know, selection, t),
            sources=source_codes(know),
            notes=(t(f"villages.export.note.{name}") for name in NOTES),
            made_on=made_on,
            address=address,
        ),
        texts=t,
    )


def source_codes(know: Knowledge) -> tuple[str, ...]:
    """Return where what is shown comes from."""
    return know.catalog.sources_of("villages", "territories")
