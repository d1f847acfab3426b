"""The parts of the gaps page, each fed by the one selection."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from data.texts import Texts
from geo.address import StateProblem
from geo.gap_selection import GapSelection
from geo.gaps_state import ADDRESS, SHOWS, TABS
from geo.needs_state import INDEX
from pages.ui import actions
from pages.ui.choices import show_choices, worded
from pages.ui.finding import show_finding
from pages.ui.gaps import gap_charts, gap_choices, gap_downloads, gap_map, gap_sheet, gap_table, gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.maps.map_host import show_map
from pages.ui.page import show
from pages.ui.paper.print_choices import Seen
from pages.ui.projects import project_finding


def choices(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show the left column."""
    gap_choices.choices(know, found, t)


def finding(know: Knowledge, found: GapSelection, problems: Sequence[StateProblem], t: Texts) -> None:
    """Show the sentence over the map, what it cannot say, and what was not understood."""
    show_finding(
        gap_words.headline(know, found, t),
        filters=gap_words.filters(know, found, t),
        in_force=bool(found.state.in_force(know.catalog.default_territory)),
        problems=problems,
        empty=_way_on(found, t),
        t=t,
    )


def map_(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show the map, and the choice of what it draws."""
    if found.need.is_measured:
        show_choices(worded("show", SHOWS, gap_map.shown(found), t, words="gaps.show"))
    map_, state = gap_map.drawing(know, found, t)
    show_map(map_, state, key="gaps-map", on_event=lambda event: actions.keep(gap_map.changes(know, event, found)))


def figures(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show the key figures."""
    show("figures.html", key="figures", **key_figures(know, found, t))


def key_figures(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `figures.html` shows: the figures, the sum that ties map to portfolio, what no record can say."""
    totals, shown = found.selection.totals, found.gap
    silent = found.silent
    listed: list[dict[str, Any]] = []
    if found.need.is_measured:
        without = shown.unfunded
        people = t("gaps.people", n=round(float(np.nansum(without["people"]))))
        note = t("gaps.figure.unfunded_note", people=people)
        listed.append({"label": t("gaps.figure.unfunded"), "value": t.number(len(without)), "note": note})
    kinds = silent["absence"].value_counts()
    said = [t("gaps.figure.kind", kind=gap_words.absence(kind, t), n=int(number)) for kind, number in kinds.items()]
    listed.append(
        {
            "label": t("gaps.figure.silent"),
            "value": t("figure.of", n=len(silent), total=len(found)),
            "note": " · ".join(said),
        }
    )
    mean = gap_words.rate(found.mean_mad, t) if np.isfinite(found.mean_mad) else t("missing.amount")
    note = t("gaps.figure.mean_note") + " · " + t("figure.money_note", n=totals.without_amount)
    listed.append({"label": t("gaps.figure.mean"), "value": mean, "note": note})
    share = shown.not_located_mad / totals.counted_mad if totals.counted_mad else 0.0
    listed.append(
        {
            "label": t("gaps.figure.not_located"),
            "value": t.short_money(shown.not_located_mad),
            "note": t("gaps.figure.not_located_note", share=t.percent(share)),
        }
    )
    equation = t(
        f"gaps.equation.{found.level}",
        located=t.money(shown.located_mad),
        area=t.money(shown.not_located_mad),
        total=t.money(totals.counted_mad),
    )
    source = gap_words.caution(know, found, t) + " " + project_finding.source(know, t)
    return {"figures": listed, "equation": equation, "source": source}


def under_the_map(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show one of: list, concentration, overlaps, money without a place; and the downloads."""
    tab = found.state.tab
    with st.container(key="page-tabs", horizontal=True):
        show_choices(worded("tab", TABS, tab, t, words="gaps.tab"))
        gap_downloads.offer(know, found, t)
    if tab == "concentration":
        gap_charts.concentration(know, found, t)
    elif tab == "overlaps":
        show("gap_overlaps.html", key="overlaps", **gap_charts.pairs(know, found, t))
    elif tab == "not_located":
        show("area_wide.html", key="area-wide", **gap_table.not_located(know, found, t))
        show("gap_rules.html", key="rules", **gap_table.rules(found, t))
    else:
        if found.need.is_measured:
            show("gap_cells.html", key="cells", **gap_table.cells(found, t))
        with st.container(key="gaps-list"):
            show("listing.html", key="listing", **gap_table.places(know, found, t))


def printed(know: Knowledge, found: GapSelection, t: Texts) -> Seen:
    """Return the map as it is printed, with what it cannot say."""
    return Seen(
        drawn=lambda: gap_map.drawing(know, found, t)[1],
        filters=[*gap_words.filters(know, found, t), gap_words.caution(know, found, t)],
        sources=gap_downloads.source_codes(know, found),
        address=ADDRESS.encode(found.state),
    )


def drawer(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show the sheet of the place selected."""
    show("sheet.html", key="sheet", **gap_sheet.sheet(know, found, t))


def _way_on(found: GapSelection, t: Texts) -> dict[str, Any] | None:
    """Say what to change when no project is left, or when no census indicator measures the subject."""
    if not len(found.selection):
        ways = []
        if found.state.years != (None, None):
            ways.append({"act": {"years": [None, None]}, "label": t("gaps.years.all")})
        if found.state.subject != INDEX:
            ways.append({"act": {"subject": INDEX, "cell": ""}, "label": t("gaps.subject.index")})
        return {"said": t("gaps.empty"), "ways": [*ways, {"act": {"clear": True}, "label": t("filter.clear")}]}
    if not found.need.is_measured:
        way = {"act": {"subject": INDEX, "cell": ""}, "label": t("gaps.subject.index")}
        return {"said": t("gaps.unmeasured"), "ways": [way]}
    return None
