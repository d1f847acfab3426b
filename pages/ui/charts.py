"""The charts of the selection, each with its table and each of its bars a filter: by sector, funder, year, place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from data.texts import Texts
from geo import summary
from geo.selection import Selection
from pages.ui import words
from pages.ui.knowledge import Knowledge

OUTLINE = "#1f2733"
LONGEST = 12  # bars; the rest is in the table beside
ROW = 24  # pixels
NAME_PX = alt.ExprRef("containerSize()[0] < 400 ? 130 : 190")
"""Longest name beside a bar: on a phone bars and figures need the room more."""
AS_WIDE_AS_ROOM = alt.AutoSizeParams(type="fit-x", contains="padding")
"""For charts whose height follows from their rows: the theme would have them fit both ways."""


Drawing = alt.Chart | alt.LayerChart | alt.FacetChart


@dataclass(frozen=True)
class Chart:
    """A chart and what its bars mean: `filter` is the filter a click sets, `table` the same figures for reading."""

    name: str
    filter: str
    drawing: Drawing
    table: pd.DataFrame
    note: str


def charts(know: Knowledge, selection: Selection, t: Texts) -> list[Chart]:
    """Return the four charts of a selection."""
    return [make(know, selection, t) for make in (_by_sector, _by_funder, _by_year, _by_place)]


def _by_sector(know: Knowledge, selection: Selection, t: Texts) -> Chart:
    table = summary.by_sector(selection)
    table["label"] = [words.option(know, "sector", code, t) for code in table["sector_code"]]
    colours = {code: know.catalog.sectors[code].colour for code in table["sector_code"]}
    return _bars("sector", table, "sector_code", "counted_mad", selection.state.sector, t, colours=colours)


def _by_funder(know: Knowledge, selection: Selection, t: Texts) -> Chart:
    table = summary.by_funder(selection)
    table["label"] = [words.option(know, "funder", code, t) for code in table["funder_code"]]
    return _bars("funder", table, "funder_code", "contribution_mad", selection.state.funder, t)


def _by_place(know: Knowledge, selection: Selection, t: Texts) -> Chart:
    children = know.territories.children_of(selection.state.territory) or (selection.state.territory,)
    table = summary.by_place(selection, tuple(children))
    table["label"] = [know.territories.name(code, t.language) for code in table["territory_code"]]
    return _bars("territory", table, "territory_code", "counted_mad", (), t)


def _by_year(know: Knowledge, selection: Selection, t: Texts) -> Chart:  # noqa: ARG001 - one signature for all charts
    table = summary.by_year(selection)
    table["code"] = table["year"].astype("string").fillna("")
    table["label"] = table["code"].where(table["code"] != "", t("missing.year"))
    dated = table[table["code"] != ""]
    picked = alt.selection_point(name="picked", fields=["code"])
    drawing = (
        alt.Chart(dated[["code", "label", "projects"]])
        .mark_bar()
        .encode(
            x=alt.X("label:O", title=None, sort=None, axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            y=alt.Y("projects:Q", title=t("chart.projects"), axis=alt.Axis(tickMinStep=1, orient=start_side(t))),
            opacity=alt.condition(picked, alt.value(1), alt.value(0.45)),
            tooltip=[
                alt.Tooltip("label:O", title=t("chart.year")),
                alt.Tooltip("projects:Q", title=t("chart.projects")),
            ],
        )
        .add_params(picked)
        .properties(height=220)
    )
    unknown = int(table.loc[table["code"] == "", "projects"].sum())
    return Chart("years", "years", drawing, _readable(table, "counted_mad", t), t("chart.years_note", n=unknown))


def _bars(
    name: str,
    table: pd.DataFrame,
    code: str,
    money: str,
    chosen: tuple[str, ...],
    t: Texts,
    *,
    colours: Mapping[str, str] | None = None,
) -> Chart:
    shown = table[table["projects"] > 0].head(LONGEST).rename(columns={code: "code"})
    shown["said"] = [
        f"{t.number(n)} · {words.short_sum(mad, t)}" for n, mad in zip(shown["projects"], shown[money], strict=True)
    ]
    shown["label"] = [directed(label, t) for label in shown["label"]]
    if name == "funder":
        shown["said"] = [said.replace(t("missing.amount"), t("chart.own_unknown")) for said in shown["said"]]
    shown["said"] = [directed(said, t) for said in shown["said"]]
    picked = alt.selection_point(name="picked", fields=["code"])
    held = alt.FieldOneOfPredicate(field="code", oneOf=list(chosen) or list(shown["code"]))
    base = alt.Chart(shown[["code", "label", "projects", "said"]]).encode(
        y=alt.Y(
            "label:N",
            sort=None,
            title=None,
            axis=label_axis(t),
        ),
        # The figure stands at the end of each bar: no axis repeats it; room is kept for the longest.
        x=alt.X(
            "projects:Q",
            axis=None,
            scale=alt.Scale(reverse=t.direction == "rtl", domainMax=float(shown["projects"].max() or 1) * 1.9),
        ),
    )
    fill = {}
    if colours:
        codes = list(shown["code"])
        scale = alt.Scale(domain=codes, range=[colours[one] for one in codes])
        fill["color"] = alt.Color("code:N", scale=scale, legend=None)
    bars = base.mark_bar(stroke=OUTLINE, strokeWidth=0.6 if colours else 0).encode(
        **fill,
        opacity=alt.condition(held, alt.value(1), alt.value(0.4)),
        tooltip=[alt.Tooltip("label:N", title=t(f"filter.{name}")), alt.Tooltip("said:N", title=t("chart.figures"))],
    )
    rtl = t.direction == "rtl"
    labels = base.mark_text(align="right" if rtl else "left", dx=-5 if rtl else 5, fontSize=12).encode(text="said:N")
    drawing = (bars.add_params(picked) + labels).properties(height=ROW * len(shown), autosize=AS_WIDE_AS_ROOM)
    left_out = int((table["projects"] > 0).sum()) - len(shown)
    note = t(f"chart.{name}_note") + (" " + t("chart.more", n=left_out) if left_out else "")
    return Chart(name, name, drawing, _readable(table, money, t), note)


def _readable(table: pd.DataFrame, money: str, t: Texts) -> pd.DataFrame:
    """Return the same figures as a table with words for headers."""
    return pd.DataFrame(
        {
            t("chart.name"): table["label"],
            t("chart.projects"): table["projects"].map(t.number),
            t("chart.money"): [t("missing.amount") if pd.isna(mad) else t.money(mad) for mad in table[money]],
        }
    )


def directed(text: str, t: Texts) -> str:
    """Return a text that keeps its order in a drawing laid out from left to right (RLI … PDI)."""
    return f"\u2067{text}\u2069" if t.direction == "rtl" else text


def label_axis(t: Texts) -> alt.Axis:
    """Return the axis of the names beside horizontal bars."""
    return alt.Axis(orient=start_side(t), labelLimit=NAME_PX, labelFlush=False, ticks=False, domain=False)


def start_side(t: Texts) -> Literal["left", "right"]:
    """Return the side a reader starts from."""
    return "right" if t.direction == "rtl" else "left"


CHANGES: Mapping[str, Callable[[str], object]] = {
    "sector": lambda code: [code],
    "funder": lambda code: [code],
    "territory": lambda code: code,
    "selected": lambda code: code,
    "years": lambda code: [int(code), int(code)],
}
"""What a click on a bar changes, by filter."""
