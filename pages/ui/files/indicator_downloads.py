"""Territories with all that is measured of them, bound to what their file says about itself."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from data.exchange.contract import measured_territories
from data.exchange.export import Export, bind
from data.texts import Texts
from geo.territories_state import TerritoriesState
from geo.territory_export import STATE, territory_rows
from pages.ui import words
from pages.ui.files.told import told
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words

NOTES = ("missing", "outlines")
TABLES = ("observations", "territories")


def export(
    know: Knowledge, state: TerritoriesState, t: Texts, *, codes: Sequence[str], made_on: dt.date, address: str
) -> Export:
    """Bind territories, those of a state or some of them, to what their file says about itself."""
    indicators = know.catalog.indicators
    names = know.territories.names(t.language)
    said = [t("filter.said", name=t("filter.territory"), values=words.option(know, "territory", state.territory, t))]
    if state.level:
        said.append(t("filter.said", name=t("export.column.level"), values=t(f"level.{state.level}")))
    bound = bind(
        {measured_territories(indicators): territory_rows(know.observations, codes, labels=names)},
        provenance=told(
            know,
            t,
            title=t("api.path.territories"),
            filters=said,
            sources=know.catalog.sources_of(*TABLES),
            notes=(t(f"needs.export.note.{name}") for name in NOTES),
            made_on=made_on,
            address=address,
        ),
        texts=t,
    )
    headers = {code: f"{need_words.indicator(code, t)} ({one.latest})" for code, one in indicators.items() if one.shown}
    states = {code + STATE: f"{words_} · {t('export.column.state')}" for code, words_ in headers.items()}
    return replace(bound, headers=headers | states)
