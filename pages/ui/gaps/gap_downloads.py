"""The gaps shown, to take away with their settings, the money beside the map and the sources."""

import datetime as dt
from functools import partial

from data.exchange.contract import GAPS, NOT_LOCATED
from data.exchange.export import Export, bind
from data.texts import Texts
from geo import gap_export
from geo.absence import KINDS
from geo.gap_selection import GapSelection
from geo.gaps_state import ADDRESS
from pages.ui.files.file_buttons import file_buttons
from pages.ui.files.told import told
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_finding, need_robustness

NOTES = ("absence", "money", "sum", "split", "causality")
TABLES = ("projects", "project_locations", "rates", "territories")


def offer(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("needs.export.said", n=len(found.listed)), partial(export, know, found, t)
    file_buttons(said, make, "gaps", ADDRESS.encode(found.state), t)


def export(know: Knowledge, found: GapSelection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the places listed to what their file says about itself."""
    labels = gap_export.GapLabels(
        subject=gap_words.subject_of(know, found, t),
        territory=know.territories.names(t.language),
        absence={kind: t(f"gaps.absence.{kind}") for kind in KINDS},
        gap={word: t(f"gaps.word.{word}") for word in ("behind", "even", "ahead")},
    )
    robust = need_robustness.robust(found.need.needs, know.version) if found.need.has_weights else None
    totals = {
        "located": t.money(found.gap.located_mad),
        "area": t.money(found.gap.not_located_mad),
        "total": t.money(found.selection.totals.counted_mad),
    }
    notes = [t(f"gaps.export.note.{name}", **(totals if name == "sum" else {})) for name in NOTES]
    return bind(
        {
            GAPS: gap_export.rows(found, labels=labels, robustness=robust),
            NOT_LOCATED: gap_export.not_located(found, know.territories, labels=labels),
        },
        provenance=told(
            know,
            t,
            title=gap_words.headline(know, found, t),
            filters=(*gap_words.filters(know, found, t), gap_words.steps_said(found, t)),
            sources=source_codes(know, found),
            notes=(*notes, gap_words.caution(know, found, t)),
            made_on=made_on,
            address=address,
        ),
        texts=t,
    )


def source_codes(know: Knowledge, found: GapSelection) -> list[str]:
    """Return where what is shown comes from."""
    return list(dict.fromkeys([*need_finding.source_codes(know, found.need.needs), *know.catalog.sources_of(*TABLES)]))
