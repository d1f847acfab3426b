"""The ranking as a plot: values as bars; for the index, each rank with its interval under other weights."""

import altair as alt
import numpy as np
import pandas as pd

from data.texts import Texts
from geo.need_view import NeedSelection
from geo.uncertainty import Robustness
from pages.ui.charts import AS_WIDE_AS_ROOM, Chart, directed, label_axis
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_map, need_robustness, need_words

LONGEST = 20  # rows; the rest is in the table twin
ROW = 24
KEY_COLUMNS = alt.ExprRef("containerSize()[0] < 480 ? 1 : 2")  # on a phone one word stands under the other
WHOLE_STEP = 1.11  # of a bar: with it the space between two rows belongs to one of them
OUTLINE = "#1f2733"
STRONG = "#d95f0e"
SURE, UNSURE = STRONG, "#8a8172"  # seen on light paper and on dark


def rankings(know: Knowledge, selection: NeedSelection, t: Texts) -> list[Chart]:
    """Return the ranking of the index with its intervals, or that of an indicator."""
    if selection.score is not None and not selection.is_change and len(selection) > 1:
        return [_intervals(know, selection, t)]
    return [_values(know, selection, t)]


def by_people(selection: NeedSelection) -> bool:
    """Whether those with the most people come first: chosen, and possible."""
    return selection.asked.sort == "people" and can_sort_by_people(selection)


def can_sort_by_people(selection: NeedSelection) -> bool:
    """Whether the subject counts people or households: its rate and their number disagree about who comes first."""
    return selection.people_unit != "population" and not selection.is_change


def _first_rows(selection: NeedSelection) -> np.ndarray:
    """Return the first rows, by rank or by people, and the chosen one wherever it stands."""
    known = selection.rows[selection.known[selection.rows]]
    order = -np.nan_to_num(selection.people.value[known]) if by_people(selection) else selection.ranks[known]
    first = known[np.argsort(order, kind="stable")][:LONGEST]
    row = selection.row_of(selection.asked.selected) if selection.asked.selected else None
    if row is not None and row not in first and row in known:
        return np.append(first, row)
    return first


def _named(know: Knowledge, selection: NeedSelection, rows: np.ndarray, t: Texts) -> pd.DataFrame:
    codes = [selection.level.codes[row] for row in rows]
    names = [know.territories.name(code, t.language) for code in codes]
    listed = selection.rows[selection.known[selection.rows]]
    order = -np.nan_to_num(selection.people.value) if by_people(selection) else selection.ranks
    ranks = [1 + int((order[listed] < order[row]).sum()) for row in rows]
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


def _y(table: pd.DataFrame, t: Texts) -> alt.Y:
    # The order is said, not left to the rows: a chart brought up to date keeps old ones where they were.
    return alt.Y("label:N", sort=list(table["label"]), title=None, axis=label_axis(t))


def _whole_rows(table: pd.DataFrame, tips: list[alt.Tooltip], t: Texts) -> alt.Chart:
    """Return unseen bars as wide as the chart: pointing anywhere at a row is pointing at its territory."""
    unseen = alt.Chart(table).mark_bar(opacity=0, cursor="pointer", height={"band": WHOLE_STEP})
    whole: alt.Chart = unseen.encode(y=_y(table, t), x=alt.value(0), x2=alt.value("width"), tooltip=tips)
    return whole.add_params(alt.selection_point(name="picked", fields=["code"]))


def _tips(selection: NeedSelection, t: Texts) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=t(f"level.{selection.level.name}")),
        alt.Tooltip("said:N", title=need_words.subject(selection, t)),
        alt.Tooltip("people:N", title=need_words.people_header(selection, t)),
    ]


def _values(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    rows = _first_rows(selection)
    table = _named(know, selection, rows, t)
    counted = by_people(selection)
    table["value"] = np.nan_to_num(selection.people.value[rows]) if counted else selection.value[rows]
    table["end"] = table["value"].clip(lower=0)
    colours = need_map.palette(selection)
    table["colour"] = [colours[selection.classes[row]] for row in rows]
    pair = ["people", "said"] if counted else ["said", "people"]
    both = [" · ".join(one) for one in table[pair].itertuples(index=False)]
    table["both"] = table["said"] if selection.people_unit == "population" else [directed(said, t) for said in both]
    low, high = float(min(0, table["value"].min())), float(table["value"].max())
    room = (high - low or 1) * 0.55
    rtl = t.direction == "rtl"
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], reverse=rtl)
    base = alt.Chart(table).encode(y=_y(table, t), x=alt.X("value:Q", axis=None, scale=scale))
    bars = base.mark_bar(stroke=OUTLINE).encode(
        color=alt.Color("colour:N", scale=None, legend=None),
        strokeWidth=alt.condition("datum.chosen", alt.value(2), alt.value(0.5)),
    )
    words = base.mark_text(align="right" if rtl else "left", dx=-5 if rtl else 5, fontSize=12).encode(
        text="both:N", x=alt.X("end:Q", scale=scale, axis=None)
    )
    drawing = (bars + words + _whole_rows(table, _tips(selection, t), t)).properties(
        height=ROW * len(table), autosize=AS_WIDE_AS_ROOM
    )
    return Chart("ranking", "selected", drawing, _readable(table, selection, t), _note(selection, t))


def _intervals(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    found = need_robustness.robust(selection, know.version)
    table = _with_intervals(_named(know, selection, _first_rows(selection), t), found, t)
    words = [t("needs.robust.sure"), t("needs.robust.unsure")]
    legend = alt.Legend(title=None, orient="top", symbolOpacity=1, labelLimit=320, columns=KEY_COLUMNS)
    colour = alt.Color("sure:N", scale=alt.Scale(domain=words, range=[SURE, UNSURE]), legend=legend)
    scale = alt.Scale(reverse=t.direction == "rtl", domainMin=0, nice=True)
    axis = alt.X("low:Q", title=directed(t("needs.robust.axis"), t), scale=scale, axis=alt.Axis(tickMinStep=1))
    base = alt.Chart(table).encode(y=_y(table, t), color=colour)
    rules = base.mark_rule(strokeWidth=5, opacity=0.5, strokeCap="round").encode(x=axis, x2="high:Q")
    points = base.mark_point(filled=True, size=90, opacity=1, stroke=OUTLINE).encode(
        x="rank:Q",
        shape=alt.Shape("sure:N", scale=alt.Scale(domain=words, range=["circle", "diamond"]), legend=legend),
        strokeWidth=alt.condition("datum.chosen", alt.value(2.5), alt.value(0.6)),
    )
    more = {"span": "needs.robust.interval_title", "share": "needs.robust.share", "sure": "needs.robust.how_sure"}
    titles = {column: t(key, top=found.top) for column, key in more.items()}
    tips = [*_tips(selection, t), *(alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items())]
    drawing = (rules + points + _whole_rows(table, tips, t)).properties(
        height=ROW * len(table), autosize=AS_WIDE_AS_ROOM
    )
    robust = int(found.table["is_robust"].sum())
    note = t("needs.robust.note", draws=found.draws, seed=str(found.seed), top=found.top, n=robust)
    readable = _readable(table, selection, t).assign(**{title: table[column] for column, title in titles.items()})
    return Chart("intervals", "selected", drawing, readable, note + " " + _note(selection, t))


def _with_intervals(table: pd.DataFrame, found: Robustness, t: Texts) -> pd.DataFrame:
    drawn = found.table.loc[table["code"]].reset_index(drop=True)
    words = {True: t("needs.robust.sure"), False: t("needs.robust.unsure")}
    ends = list(zip(drawn["rank_p5"].astype(int), drawn["rank_p95"].astype(int), strict=True))
    return table.assign(
        low=drawn["rank_p5"],
        high=drawn["rank_p95"],
        sure=drawn["is_robust"].astype(bool).map(words),
        span=[t("needs.robust.interval", low=low, high=high) for low, high in ends],
        share=[t.percent(share) for share in drawn["top_share"]],
    )


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
