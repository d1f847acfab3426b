"""The lines of the map of actors: from the countries where bodies have their seat to the communes they are tied to."""

from typing import Any

import pandas as pd

from data.countries import country_middles
from data.texts import Texts
from geo.actor_selection import ActorSelection
from geo.flow_lines import flow_lines
from layers.flows import COLOURS, Country, Line, flows_state
from layers.legend import LegendRow
from pages.ui.knowledge import Knowledge

LINE = "M-9 3.5C-4.5 -5 4.5 -5 9 3.5L9 7C4.5 -1 -4.5 -1 -9 7Z"
"""A bent line, as a sign of the legend."""


def flows(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any] | None:
    """Return the lines of the view of ties with other countries; None elsewhere and where there are none."""
    table = _lines(know, selection)
    codes = table["country"].value_counts().index.tolist()
    bodies = selection.directory.actors.bodies["country"][selection.abroad].value_counts()
    middles = country_middles()
    countries = [
        Country(t("actors.abroad.port", country=t.area(code), n=int(bodies[code])), *middles[code]) for code in codes
    ]
    place = {code: number for number, code in enumerate(codes)}
    lines = [
        Line(place[line.country], int(line.commune), int(line.organisations), bool(line.is_origin))
        for line in table.itertuples()
    ]
    return flows_state(countries, lines)


def legend_rows(know: Knowledge, selection: ActorSelection, t: Texts) -> list[LegendRow]:
    """Return the rows of both kinds of line, with how many communes they lead to."""
    table = _lines(know, selection)
    kinds = (("actors.legend.flow_origin", COLOURS[1], True), ("actors.legend.flow_work", COLOURS[0], False))
    return [
        LegendRow(
            {"kind": "mark", "path": LINE, "colour": colour},
            t(key),
            t.number(int(table.loc[table["is_origin"] == is_origin, "commune"].nunique())),
        )
        for key, colour, is_origin in kinds
    ]


def _lines(know: Knowledge, selection: ActorSelection) -> pd.DataFrame:
    """Return the lines, of countries whose side is known; none on the other views."""
    first, last = know.territories.commune_range(selection.state.territory)
    if selection.state.tab != "abroad":
        last = first
    table = flow_lines(selection.directory.actors, selection.abroad, first, last)
    return table[table["country"].isin(country_middles().keys())].reset_index(drop=True)
