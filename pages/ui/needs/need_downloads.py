"""The needs shown, to take away with their settings, weights and sources."""

import datetime as dt
from functools import partial

from data.exchange.contract import NEEDS, PARTS
from data.exchange.export import Export, bind
from data.texts import Texts
from geo import need_export
from geo.need_tree import index_indicators, index_themes
from geo.need_view import NeedSelection
from geo.needs_state import ADDRESS
from pages.ui.files.file_buttons import file_buttons
from pages.ui.files.told import told
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_finding, need_robustness, need_words

NOTES = ("missing", "people", "classes", "outlines")


def offer(know: Knowledge, selection: NeedSelection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("needs.export.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, "needs", ADDRESS.encode(selection.asked), t)


def export(know: Knowledge, selection: NeedSelection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the territories listed to what their file says about itself."""
    labels = _labels(know, selection, t)
    is_index = selection.score is not None and not selection.is_change
    robust = need_robustness.robust(selection, know.version) if is_index else None
    frames = {NEEDS: need_export.rows(selection, labels=labels, robustness=robust)}
    notes = [t(f"needs.export.note.{name}") for name in NOTES]
    if robust is not None:
        frames[PARTS] = need_export.parts(selection, labels=labels)
        notes.append(t("needs.export.note.draws", draws=robust.draws, seed=str(robust.seed), top=robust.top))
    return bind(
        frames,
        provenance=told(
            know,
            t,
            title=need_words.headline(know, selection, t),
            filters=need_finding.filters(know, selection.asked, selection, t),
            sources=source_codes(know, selection),
            notes=notes,
            made_on=made_on,
            address=address,
        ),
        texts=t,
    )


def _labels(know: Knowledge, selection: NeedSelection, t: Texts) -> need_export.NeedLabels:
    return need_export.NeedLabels(
        subject=need_words.subject(selection, t),
        territory=know.territories.names(t.language),
        need={theme: need_words.need(theme, t) for theme in index_themes(index_indicators(know.catalog.indicators))},
        state={"known": t("needs.export.known")}
        | {name: t(f"needs.absent.{name}") for name in need_words.ABSENT.values()},
    )


def source_codes(know: Knowledge, selection: NeedSelection) -> list[str]:
    """Return where what is shown comes from."""
    outlines = know.catalog.tables["territories"].sources
    return list(dict.fromkeys([*need_finding.source_codes(know, selection), *outlines]))
