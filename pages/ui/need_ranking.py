"""The ranking as a plot: values as bars; for the index, each rank with its interval under other weights."""

import altair as alt
import numpy as np
import pandas as pd

from data.texts import Texts
from geo.need_view import NeedSelection
from pages.ui import need_map, need_robustness, need_words
from pages.ui.charts import Chart, directed, label_axis
from pages.ui.knowledge import Knowledge

LONGEST = 20  # rows; the rest is in the table twin
ROW = 24
OUTLINE = "#1f2733"
STRONG = "#d95f0e"
SURE, UNSURE = "#993404", "#8a8172"


def rankings(know: Knowledge, selection: NeedSelection, t: Texts) -> list[Chart]:
    """Return the ranking of the index with its intervals, or that of an indicator."""
    if selection.score is not None and not selection.is_change and len(selection) > 1:
        return [_intervals(know, selection, t)]
    return [_values(know, selection, t)]


def _first_rows(selection: NeedSelection) -> np.ndarray:
    """Return the first rows by rank, and the chosen one wherever it stands."""
    known = selection.rows[selection.known[selection.rows]]
    first = known[np.argsort(selection.ranks[known], kind="stable")][:LONGEST]
    row = selection.row_of(selection.asked.selected) if selection.asked.selected else None
    if row is not None and row not in first and row in known:
        return np.append(first, row)
    return first


def _named(know: Knowledge, selection: NeedSelection, rows: np.ndarray, t: Texts) -> pd.DataFrame:
    codes = [selection.level.codes[row] for row in rows]
    names = [know.territories.name(code, t.language) for code in codes]
    ranks = [int(selection.ranks[row]) for row in rows]
    return pd.DataFrame(
        {
            "code": codes,
            "name": names,
            # Two territories may bear one name: the rank in front keeps their rows apart.
            "label": [directed(f"{rank}. {name}", t) for rank, name in zip(ranks, names, strict=True)],
            "rank": ranks,
            "said": [need_words.figure(selection, int(row), t) for row in rows],
            "people": [need_words.concerned(selection, int(row), t) for row in rows],
            "chosen": [code == selection.asked.selected for code in codes],
        }
    )


def _y(t: Texts) -> alt.Y:
    return alt.Y("label:N", sort=None, title=None, axis=label_axis(t))


def _values(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    rows = _first_rows(selection)
    table = _named(know, selection, rows, t)
    table["value"] = selection.value[rows]
    colours = need_map.palette(selection)
    table["colour"] = [colours[selection.classes[row]] for row in rows]
    both = [f"{value} · {people}" for value, people in zip(table["said"], table["people"], strict=True)]
    table["both"] = [directed(said, t) for said in both] if selection.people_unit != "population" else table["said"]
    low, high = float(min(0, table["value"].min())), float(table["value"].max())
    room = (high - low or 1) * 0.55
    picked = alt.selection_point(name="picked", fields=["code"])
    rtl = t.direction == "rtl"
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], reverse=rtl)
    base = alt.Chart(table).encode(y=_y(t), x=alt.X("value:Q", axis=None, scale=scale))
    bars = base.mark_bar(stroke=OUTLINE).encode(
        color=alt.Color("colour:N", scale=None, legend=None),
        strokeWidth=alt.condition("datum.chosen", alt.value(2), alt.value(0.5)),
        tooltip=[
            alt.Tooltip("name:N", title=t(f"level.{selection.level.name}")),
            alt.Tooltip("said:N", title=need_words.subject(selection, t)),
            alt.Tooltip("people:N", title=need_words.people_header(selection, t)),
        ],
    )
    words = base.mark_text(align="right" if rtl else "left", dx=-5 if rtl else 5, fontSize=12).encode(
        text="both:N", x=alt.X("end:Q", scale=scale, axis=None)
    )
    words = words.transform_calculate(end="max(datum.value, 0)")
    drawing = (bars.add_params(picked) + words).properties(height=alt.Step(ROW))
    return Chart("ranking", "selected", drawing, _readable(table, selection, t), _note(selection, t))


def _intervals(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    rows = _first_rows(selection)
    table = _named(know, selection, rows, t)
    found = need_robustness.robust(selection, know.version)
    drawn = found.table.loc[table["code"]].reset_index(drop=True)
    table["low"], table["high"], table["middle"] = drawn["rank_p5"], drawn["rank_p95"], drawn["rank_p50"]
    robust = drawn["is_robust"].astype(bool)
    words = {True: t("needs.robust.sure"), False: t("needs.robust.unsure")}
    table["sure"] = robust.map(words)
    table["span"] = [
        t("needs.robust.interval", low=int(low), high=int(high))
        for low, high in zip(table["low"], table["high"], strict=True)
    ]
    table["share"] = [t.percent(share) for share in drawn["top_share"]]
    rtl = t.direction == "rtl"
    picked = alt.selection_point(name="picked", fields=["code"])
    domain = [words[True], words[False]]
    colour = alt.Color(
        "sure:N",
        scale=alt.Scale(domain=domain, range=[SURE, UNSURE]),
        legend=alt.Legend(title=None, orient="top", symbolType="circle", labelLimit=420),
    )
    scale = alt.Scale(reverse=rtl, domainMin=0, nice=True)
    base = alt.Chart(table).encode(
        y=_y(t),
        color=colour,
        tooltip=[
            alt.Tooltip("name:N", title=t(f"level.{selection.level.name}")),
            alt.Tooltip("said:N", title=t("needs.index")),
            alt.Tooltip("rank:Q", title=t("needs.column.rank")),
            alt.Tooltip("span:N", title=t("needs.robust.interval_title")),
            alt.Tooltip("share:N", title=t("needs.robust.share", top=found.top)),
            alt.Tooltip("people:N", title=need_words.people_header(selection, t)),
        ],
    )
    rules = base.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round").encode(
        x=alt.X("low:Q", title=directed(t("needs.robust.axis"), t), scale=scale, axis=alt.Axis(tickMinStep=1)),
        x2="high:Q",
    )
    points = base.mark_point(filled=True, size=90, opacity=1, stroke=OUTLINE).encode(
        x="rank:Q",
        shape=alt.Shape("sure:N", scale=alt.Scale(domain=domain, range=["circle", "diamond"]), legend=None),
        strokeWidth=alt.condition("datum.chosen", alt.value(2.5), alt.value(0.6)),
    )
    drawing = (rules + points.add_params(picked)).properties(height=alt.Step(ROW))
    note = t(
        "needs.robust.note",
        draws=found.draws,
        seed=str(found.seed),
        top=found.top,
        n=int(found.table["is_robust"].sum()),
    )
    readable = _readable(table, selection, t)
    readable[t("needs.robust.interval_title")] = table["span"]
    readable[t("needs.robust.share", top=found.top)] = table["share"]
    readable[t("needs.robust.how_sure")] = table["sure"]
    return Chart("intervals", "selected", drawing, readable, note + " " + _note(selection, t))


def _readable(table: pd.DataFrame, selection: NeedSelection, t: Texts) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("needs.column.rank"): table["rank"].map(t.number),
            t(f"level.{selection.level.name}"): table["name"],
            need_words.subject(selection, t): table["said"],
            need_words.people_header(selection, t): table["people"],
        }
    )


def _note(selection: NeedSelection, t: Texts) -> str:
    left = int(selection.known[selection.rows].sum()) - LONGEST
    return t("needs.chart.more", n=left) if left > 0 else t("needs.chart.click")
