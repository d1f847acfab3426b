"""The villages shown, to take away with their filters and sources."""

import datetime as dt
from functools import partial

from data.exchange.contract import VILLAGES
from data.exchange.export import Export, bind
from data.exchange.provenance import Provenance, cite
from data.texts import Texts
from geo import village_export
from geo.village_selection import VillageSelection
from geo.villages_state import ADDRESS
from pages.ui.files.file_buttons import file_buttons
from pages.ui.knowledge import Knowledge
from pages.ui.villages import village_words

NOTES = ("withheld", "positions", "distances")


def offer(know: Knowledge, selection: VillageSelection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("villages.export.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, ADDRESS.encode(selection.state), t)


def export(know: Knowledge, selection: VillageSelection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the villages listed to what their file says about itself."""
    kinds = know.villages.table["kind"].unique()
    labels = village_export.VillageLabels(
        territory={code: know.territories.name(code, t.language) for code in know.territories.codes},
        kind={kind: t(f"villages.kind.{kind}") for kind in kinds},
    )
    return bind(
        {VILLAGES: village_export.rows(selection, labels=labels)},
        provenance=Provenance(
            title=village_words.headline(know, selection, t),
            filters_said=tuple(village_words.filters(know, selection, t)),
            url=address,
            made_on=made_on,
            data_version=know.version,
            sources=tuple(cite(know.catalog.sources[code], t.language) for code in source_codes(know)),
            notes=tuple(t(f"villages.export.note.{name}") for name in NOTES),
        ),
        texts=t,
    )


def source_codes(know: Knowledge) -> tuple[str, ...]:
    """Return where what is shown comes from."""
    tables = know.catalog.tables
    return tuple(dict.fromkeys((*tables["villages"].sources, *tables["territories"].sources)))
