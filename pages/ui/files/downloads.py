"""The selection to take away: four formats, made when asked for, from the very rows that are shown."""

import datetime as dt
from functools import partial

from data.exchange.export import Export, make_export
from data.exchange.provenance import Provenance, cite
from data.texts import Texts
from geo import portfolio
from geo.activities import activities
from geo.register import PRECISIONS, STATUSES
from geo.selection import Selection
from geo.state import ADDRESS
from pages.ui import words
from pages.ui.files.file_buttons import file_buttons
from pages.ui.knowledge import Knowledge


def offer(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("download.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, ADDRESS.encode(selection.state), t, exchanged=True)


def export(know: Knowledge, selection: Selection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the selected rows to what their file says about itself."""
    labels = _labels(know, t)
    return make_export(
        portfolio.rows(selection, labels=labels),
        portfolio.places(selection, labels=labels),
        provenance=Provenance(
            title=t("download.file_title"),
            filters_said=tuple(words.filters(know, selection.state, t)),
            url=address,
            made_on=made_on,
            data_version=know.version,
            sources=tuple(cite(know.catalog.sources[code], t.language) for code in source_codes(know)),
            notes=tuple(t(f"download.note.{name}") for name in ("absence", "counted", "split")),
        ),
        texts=t,
        activities=activities(selection, labels=labels, types=know.organisations["organisation_type"].to_dict()),
    )


def _labels(know: Knowledge, t: Texts) -> portfolio.Labels:
    return portfolio.Labels(
        language=t.language,
        status={code: t(f"status.{code}") for code in STATUSES},
        precision={code: t(f"precision.{code}") for code in PRECISIONS},
        sector={code: words.option(know, "sector", code, t) for code in know.catalog.sectors},
        organisation={code: know.organisation_name(code, t) for code in know.organisations.index},
        territory={code: know.territories.name(code, t.language) for code in know.territories.codes},
    )


def source_codes(know: Knowledge) -> tuple[str, ...]:
    """Return where what is shown comes from."""
    tables = (know.catalog.tables[name] for name in ("projects", "project_locations", "territories", "rates"))
    return tuple(dict.fromkeys(code for table in tables for code in table.sources))
