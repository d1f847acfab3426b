"""The charts under the needs map, each with its table: ranking, distribution, scatter, sensitivity."""

from itertools import pairwise
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from data.texts import Texts
from geo.need_selection import with_state
from geo.need_view import NeedSelection
from geo.needs_state import LATEST
from pages.ui import actions
from pages.ui.chart_view import show_chart
from pages.ui.charts import Chart, directed, start_side
from pages.ui.choices import Choice, show_choices
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_map, need_ranking, need_words
from pages.ui.needs.need_sensitivity import importance_chart, left_out_chart
from pages.ui.page import show

BINS = 32
HEIGHT = 260
ROOM_FOR_NAMES = 1.3  # above the highest bar
FIRST_LINE_PX, SECOND_LINE_PX = 8, 26  # from the top: two names never cover each other
OUTLINE = "#1f2733"


def show_tab(know: Knowledge, selection: NeedSelection, t: Texts) -> None:
    """Show the charts of the tab chosen."""
    makers = {
        "distribution": lambda *args: [distribution(*args)],
        "scatter": scatter,
        "sensitivity": sensitivity,
    }
    tab = selection.asked.tab
    if tab == "sensitivity" and selection.score is None:
        tab = "ranking"
    if tab == "scatter":
        show("select.html", key="second", **_second_choice(know, selection, t))
    elif tab == "ranking" and need_ranking.can_sort_by_people(selection):
        show_choices(_sort_choice(selection, t))
    if not selection.known[selection.rows].any():
        show("note.html", key="no-chart", text=t("needs.chart.nothing"))
        return
    for chart in makers.get(tab, need_ranking.rankings)(know, selection, t):
        on_select = actions.picked(chart.name, chart.filter) if chart.filter else None
        show_chart(chart, t(f"needs.chart.{chart.name}"), f"needs-chart-{chart.name}", on_select, t)


def distribution(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    """Return how many territories have each value, in the colours of the map, the chosen one and the median marked."""
    rows = selection.rows[selection.known[selection.rows]]
    values = selection.value[rows]
    counts, edges = np.histogram(values, bins=min(BINS, max(6, len(rows) // 3)))
    middle = (edges[:-1] + edges[1:]) / 2
    colours = need_map.palette(selection)
    classes = np.searchsorted(np.array(selection.breaks.bounds), middle, side="left")
    table = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "count": counts})
    table["colour"] = [colours[number] for number in classes]
    table["base"] = 0
    table["said"] = [
        f"{need_words.value(selection, low, t)} – {need_words.value(selection, high, t)}"
        for low, high in pairwise(edges)
    ]
    title, level = need_words.subject(selection, t), t(f"needs.level.{selection.level.name}")
    room = alt.Scale(domainMax=float(counts.max()) * ROOM_FOR_NAMES)
    bars = (
        alt.Chart(table)
        .mark_bar(stroke=OUTLINE, strokeWidth=0.4)
        .encode(
            x=alt.X("from:Q", title=directed(title, t), scale=alt.Scale(zero=False)),
            x2="to:Q",
            y2="base:Q",
            y=alt.Y("count:Q", title=directed(level, t), axis=alt.Axis(tickMinStep=1), scale=room),
            color=alt.Color("colour:N", scale=None, legend=None),
            tooltip=[alt.Tooltip("said:N", title=title), alt.Tooltip("count:Q", title=t("needs.chart.count"))],
        )
    )
    marks = _marks(know, selection, float(np.median(values)), t)
    lines = (
        alt.Chart(marks).mark_rule(strokeWidth=2).encode(x="value:Q", strokeDash=alt.StrokeDash("dash:N", scale=None))
    )
    middle_of_all = float(edges[0] + edges[-1]) / 2
    late = marks["value"] > middle_of_all
    sides = [_mark_words(marks[~late], "left", 5), _mark_words(marks[late], "right", -5)]
    words = [side for side, here in zip(sides, (~late, late), strict=True) if here.any()]
    drawing = alt.layer(bars, lines, *words).properties(height=HEIGHT)
    readable = pd.DataFrame({title: table["said"], t("needs.chart.count"): table["count"].map(t.number)})
    return Chart("distribution", "", drawing, readable, t("needs.chart.distribution_note", n=len(rows)))


def _mark_words(marks: pd.DataFrame, align: Literal["left", "right"], shift_px: int) -> alt.Chart:
    """Write the names of marks beside their lines, on the side where there is room."""
    base = alt.Chart(marks).mark_text(align=align, dx=shift_px, fontSize=12)
    words: alt.Chart = base.encode(x="value:Q", y=alt.Y("line:Q", scale=None, axis=None), text="label:N")
    return words


def _marks(know: Knowledge, selection: NeedSelection, median: float, t: Texts) -> pd.DataFrame:
    said = t("needs.chart.median", value=need_words.value(selection, median, t))
    marks = [{"value": median, "label": directed(said, t), "dash": [4, 3], "line": FIRST_LINE_PX}]
    row = selection.row_of(selection.asked.selected) if selection.asked.selected else None
    if row is not None and selection.known[row]:
        name = know.territories.name(selection.level.codes[row], t.language)
        said = t("needs.map.within", place=name, value=need_words.figure(selection, row, t))
        marks.append(
            {"value": float(selection.value[row]), "label": directed(said, t), "dash": [1, 0], "line": SECOND_LINE_PX}
        )
    return pd.DataFrame(marks)


def scatter(know: Knowledge, selection: NeedSelection, t: Texts) -> list[Chart]:
    """Return two subjects against each other, one point a territory; a click selects it."""
    other = with_state(selection, subject=second_of(know, selection), period=LATEST)
    rows = selection.rows[selection.known[selection.rows] & other.known[selection.rows]]
    codes = [selection.level.codes[row] for row in rows]
    table = pd.DataFrame({"code": codes, "x": other.value[rows], "y": selection.value[rows]})
    table["label"] = [know.territories.name(code, t.language) for code in codes]
    table["x_said"] = [need_words.figure(other, int(row), t) for row in rows]
    table["y_said"] = [need_words.figure(selection, int(row), t) for row in rows]
    table["chosen"] = table["code"] == selection.asked.selected
    names = {"x": need_words.subject(other, t), "y": need_words.subject(selection, t)}
    picked = alt.selection_point(name="picked", fields=["code"])
    base = alt.Chart(table).encode(
        x=alt.X("x:Q", title=directed(names["x"], t), scale=alt.Scale(zero=False)),
        y=alt.Y("y:Q", title=directed(names["y"], t), scale=alt.Scale(zero=False), axis=alt.Axis(orient=start_side(t))),
        tooltip=[
            alt.Tooltip("label:N", title=t(f"level.{selection.level.name}")),
            alt.Tooltip("x_said:N", title=names["x"]),
            alt.Tooltip("y_said:N", title=names["y"]),
        ],
    )
    points = base.mark_circle(size=46, opacity=0.55).add_params(picked)
    chosen = base.transform_filter("datum.chosen")
    ring = chosen.mark_circle(size=170, opacity=1, color=need_ranking.STRONG, stroke=OUTLINE, strokeWidth=1.5)
    name = chosen.mark_text(dy=-14, fontSize=12, fontWeight="bold").encode(text="label:N")
    level = t(f"level.{selection.level.name}")
    readable = table[["label", "x_said", "y_said"]].set_axis([level, names["x"], names["y"]], axis=1)
    drawing = alt.layer(points, *([ring, name] if table["chosen"].any() else [])).properties(height=360)
    return [Chart("scatter", "selected", drawing, readable, _scatter_note(table, len(selection), t))]


def _scatter_note(table: pd.DataFrame, size: int, t: Texts) -> str:
    varies = len(table) > 2 and np.ptp(table["x"]) > 0 and np.ptp(table["y"]) > 0  # noqa: PLR2004 - a line has two
    left = size - len(table)
    note = t("needs.chart.without_value", n=left) if left else ""
    if not varies:
        return t("needs.chart.no_spread") + " " + note
    rho = float(table["x"].corr(table["y"], method="spearman"))
    return t("needs.chart.scatter_note", rho=t.number(rho, 2)) + " " + note


def second_of(know: Knowledge, selection: NeedSelection) -> str:
    """Return the subject on the other axis: the one chosen, or the first that is not the subject itself."""
    asked = selection.asked
    if asked.second and asked.second != asked.subject:
        return asked.second
    offered = [code for code, one in know.needs.indicators.items() if one.shown and code != asked.subject]
    return "illiteracy" if "illiteracy" in offered else offered[0]


def _second_choice(know: Knowledge, selection: NeedSelection, t: Texts) -> dict[str, object]:
    chosen = second_of(know, selection)
    options = [
        {"code": code, "label": need_words.indicator(code, t), "on": code == chosen}
        for code, one in know.needs.indicators.items()
        if one.shown and code != selection.asked.subject
    ]
    return {"name": "second", "label": t("needs.chart.second"), "options": options}


def _sort_choice(selection: NeedSelection, t: Texts) -> Choice:
    options = {"rank": t("needs.chart.by_value"), "-people": t("needs.chart.by_people")}
    return Choice("sort", t("needs.chart.sort"), options, "-people" if need_ranking.by_people(selection) else "rank")


def sensitivity(know: Knowledge, selection: NeedSelection, t: Texts) -> list[Chart]:
    """Return what each need really decides, and how ranks move without it."""
    return [importance_chart(selection, t), left_out_chart(know, selection, t)]
