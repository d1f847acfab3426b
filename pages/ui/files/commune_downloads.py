"""The communes of a territory with their indicators and every reading of them, to take away."""

import datetime as dt
from dataclasses import replace

from data.exchange.contract import OBSERVED
from data.exchange.export import Export, bind
from data.texts import Texts
from geo.indicators import STATES
from geo.reading_export import readings
from geo.territories_state import TerritoriesState
from geo.territory_export import territory_codes
from pages.ui.files import indicator_downloads
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words

LEVEL = "commune"
NOTES = ("missing", "years", "computed", "outlines")


def export(know: Knowledge, territory: str, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the communes of a territory to what their file says about itself."""
    state = TerritoriesState(territory, LEVEL)
    communes = territory_codes(know.territories, state)
    newest = indicator_downloads.export(know, state, t, codes=communes, made_on=made_on, address=address)
    shown = [one for one in know.catalog.indicators.values() if one.shown]
    every = readings(
        know.observations,
        list(newest.rows["territory_code"]),
        labels={one.code: need_words.indicator(one.code, t) for one in shown},
        states={name: t("needs.export.known" if name == "known" else f"needs.absent.{name}") for name in STATES},
    )
    about = replace(
        newest.provenance,
        title=t("communes.export.title", place=know.territories.name(territory, t.language)),
        notes=tuple(t(f"communes.export.note.{name}") for name in NOTES),
    )
    both = bind({newest.tables[newest.name]: newest.rows, OBSERVED: every}, provenance=about, texts=t)
    return replace(both, headers=newest.headers)
