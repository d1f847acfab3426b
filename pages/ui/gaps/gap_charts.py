"""The charts of the gaps page: the concentration curve, where money lags most, and pairs of projects to ask about."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from data import store
from data.texts import Texts
from geo.gap_needs import WEIGHTED
from geo.gap_selection import GapSelection
from geo.neighbours import bordering
from geo.overlaps import overlaps
from geo.register import OPEN_END
from layers import style
from pages.ui import actions, words
from pages.ui.chart_view import show_chart
from pages.ui.charts import AS_WIDE_AS_ROOM, Chart, directed, label_axis, start_side
from pages.ui.gaps import gap_map
from pages.ui.gaps.gap_sheet import project_link
from pages.ui.knowledge import Held, Knowledge
from pages.ui.marks import mark
from pages.ui.page import show

TENTHS = np.arange(0, 1.01, 0.1)
FURTHEST = 10  # bars on each side
PAIRS = 40
ALMOST_EVEN = 0.05  # an index nearer to 0 says nothing either way
HEIGHT, ROW = 320, 22  # pixels


def concentration(know: Knowledge, found: GapSelection, t: Texts) -> None:
    """Show whether money goes to the neediest, how much would have to move, and where it lags most."""
    if found.gap.curve is None:
        reason = "no_money" if found.need.is_measured else "unmeasured"
        show("note.html", key="no-chart", text=t(f"gaps.curve.{reason}"))
        return
    show("note.html", key="curve-said", text=said(found, t))
    with st.container(key="page-charts"):
        for chart in (_curve(found, t), *(_bars(know, found, side, t) for side in ("behind", "ahead"))):
            on_select = actions.picked(chart.name, chart.filter) if chart.filter else None
            show_chart(chart, t(f"gaps.chart.{chart.name}"), f"chart-{chart.name}", on_select, t)


def said(found: GapSelection, t: Texts) -> str:
    """Say the concentration index with the meaning of its sign, and the share of money that would have to move."""
    index = found.gap.concentration
    side = "even" if abs(index) < ALMOST_EVEN else "pro_need" if index < 0 else "anti_need"
    sentences = [t(f"gaps.curve.{side}", index=gap_map.signed(index, t))]
    if np.isfinite(found.gap.would_have_to_move):
        sentences.append(t("gaps.curve.move", share=t.percent(found.gap.would_have_to_move)))
    half = found.gap.curve.at(0.5) if found.gap.curve else np.nan
    sentences.append(t("gaps.curve.half", share=t.percent(half)))
    return " ".join([*sentences, t("gaps.curve.largest", **_largest(found, t)) if _top_share(found) else ""]).strip()


def _top_share(found: GapSelection) -> float:
    money = found.table["money_mad"].dropna()
    return float(money.max() / money.sum()) if len(money) > 1 and money.sum() > 0 else 0.0


def _largest(found: GapSelection, t: Texts) -> dict[str, str]:
    names = found.need.needs.ground.territories
    code = str(found.table["money_mad"].idxmax())
    return {"place": names.name(code, t.language), "share": t.percent(_top_share(found))}


def _curve(found: GapSelection, t: Texts) -> Chart:
    curve = found.gap.curve
    assert curve is not None  # noqa: S101 - asked only with money
    table = pd.DataFrame({"along": curve.along, "share": curve.share})
    table["said"] = [
        t("gaps.curve.point", people=t.percent(along), money=t.percent(share))
        for along, share in zip(curve.along, curve.share, strict=True)
    ]
    axes = {
        "x": alt.X("along:Q", title=directed(t("gaps.curve.people"), t), axis=alt.Axis(format="%"), scale=_unit()),
        "y": alt.Y(
            "share:Q",
            title=directed(t("gaps.curve.money"), t),
            axis=alt.Axis(format="%", orient=start_side(t)),
            scale=_unit(),
        ),
    }
    even = alt.Chart(pd.DataFrame({"along": [0.0, 1.0], "share": [0.0, 1.0]}))
    diagonal = even.mark_line(strokeDash=[5, 4], color="#8a8172").encode(**axes)
    line = alt.Chart(table).mark_line(color=style.MONEY_COLOUR, strokeWidth=2.5).encode(**axes)
    dots = (
        alt.Chart(table)
        .mark_circle(color=style.MONEY_COLOUR, size=26)
        .encode(**axes, tooltip=[alt.Tooltip("said:N", title=t("chart.figures"))])
    )
    words_at = pd.DataFrame({"along": [0.62], "share": [0.56], "label": [directed(t("gaps.curve.diagonal"), t)]})
    label = alt.Chart(words_at).mark_text(align="left", dx=6, fontSize=12).encode(**axes, text="label:N")
    readable = pd.DataFrame(
        {
            t("gaps.curve.people"): [t.percent(at) for at in TENTHS],
            t("gaps.curve.money"): [t.percent(curve.at(float(at))) for at in TENTHS],
        }
    )
    drawing = (diagonal + line + dots + label).properties(height=HEIGHT)
    return Chart("curve", "", drawing, readable, t("gaps.curve.note"))


def _unit() -> alt.Scale:
    return alt.Scale(domain=[0, 1])


def _bars(know: Knowledge, found: GapSelection, side: str, t: Texts) -> Chart:
    """Return the places where the share of money is farthest below (`behind`) or above (`ahead`) the share of need.

    Each side has its own scale: one dam outweighs the lack of a hundred communes.
    """
    known = found.table.dropna(subset=["mismatch_pp"])
    known = known[known["mismatch_pp"] < 0] if side == "behind" else known[known["mismatch_pp"] > 0]
    furthest = known.reindex(known["mismatch_pp"].abs().sort_values(ascending=False, kind="stable").index)
    table = furthest.head(FURTHEST)[["mismatch_pp", "need_share", "money_share"]]
    names = [know.territories.name(code, t.language) for code in table.index]
    said = [t("needs.unit.pct_points", value=gap_map.signed(value, t)) for value in table["mismatch_pp"]]
    drawn = table.assign(
        code=list(table.index),
        label=[directed(name, t) for name in names],
        said=[directed(one, t) for one in said],
        length=table["mismatch_pp"].abs(),
    )
    rtl = t.direction == "rtl"
    reach = float(drawn["length"].max()) * 1.35 if len(drawn) else 1.0
    picked = alt.selection_point(name="picked", fields=["code"])
    held = alt.FieldOneOfPredicate(field="code", oneOf=_strong(found, drawn))
    base = alt.Chart(drawn).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=label_axis(t)),
        x=alt.X("length:Q", axis=None, scale=alt.Scale(domain=[0, reach], reverse=rtl)),
    )
    colour = style.GAP[0 if side == "behind" else -1]
    bars = base.mark_bar(stroke="#1f2733", strokeWidth=0.5, color=colour).encode(
        opacity=alt.condition(held, alt.value(1), alt.value(0.45))
    )
    labels = base.mark_text(align="right" if rtl else "left", dx=-5 if rtl else 5, fontSize=12).encode(text="said:N")
    drawing = (bars.add_params(picked) + labels).properties(height=ROW * max(1, len(drawn)), autosize=AS_WIDE_AS_ROOM)
    readable = pd.DataFrame(
        {
            t(f"level.{found.level}"): names,
            t("gaps.chart.need_share"): [t.percent(share, 2) for share in table["need_share"]],
            t("gaps.chart.money_share"): [t.percent(share, 2) for share in table["money_share"]],
            t("gaps.column.mismatch"): said,
        }
    )
    note = t("gaps.chart.mismatch_note_weighted" if found.need.counted == WEIGHTED else "gaps.chart.mismatch_note")
    return Chart(side, "selected", drawing, readable, note)


def _strong(found: GapSelection, table: pd.DataFrame) -> list[str]:
    """Return the codes drawn in full colour: the place selected, or all when it is not among them."""
    codes = list(table["code"])
    return [found.state.selected] if found.state.selected in codes else codes


def pairs(know: Knowledge, found: GapSelection, t: Texts) -> dict[str, Any]:
    """Return what `gap_overlaps.html` shows: pairs of projects near in sector, place and time, each as a question."""
    table = overlaps(found.selection, borders(know, found.state.territory))
    listed = [_pair(know, one, t) for one in table.head(PAIRS).itertuples()]
    left = len(table) - len(listed)
    return {
        "intro": t("gaps.overlaps.intro", n=len(table)) if len(table) else t("gaps.overlaps.none"),
        "pairs": listed,
        "more": t("gaps.overlaps.more", n=left) if left else "",
    }


def _pair(know: Knowledge, one: Any, t: Texts) -> dict[str, Any]:
    sector = list(know.catalog.sectors)[one.sector]
    names = [
        know.territories.name(know.territories.commune_codes[number], t.language)
        for number in (one.commune, one.other_commune)
    ]
    same = one.commune == one.other_commune
    when = _when(one.from_year, one.to_year, t)
    about = {"sector": words.option(know, "sector", sector, t), "place": names[0], "other": names[1], "when": when}
    return {
        "mark": mark(know, sector, t),
        "question": t(f"gaps.overlaps.{'same' if same else 'near'}", **about),
        "projects": [_project(know, row, t) for row in (one.first, one.second)],
    }


def _when(first: int, last: int, t: Texts) -> str:
    if last == OPEN_END:
        return t("gaps.overlaps.since", first=str(first))
    return str(first) if first == last else t("range.between", low=str(first), high=str(last))


def _project(know: Knowledge, row: int, t: Texts) -> dict[str, str]:
    project = know.register.projects.iloc[row]
    links = know.register.organisations
    own = links[links["project"] == row]
    bodies = own[own["role"].isin(["implementing", "accountable"])]["organisation_code"]
    bodies = bodies if len(bodies) else own["organisation_code"]
    who = words.shortened([know.organisation_name(code, t) for code in dict.fromkeys(bodies)], t, limit=2)
    notes = [words.years(project, t), words.amount(project, t), who]
    return {
        "title": words.title(project, t),
        "note": " · ".join(note for note in notes if note),
        "link": project_link(str(project["project_code"]), t),
    }


@dataclass(frozen=True)
class _Span:
    first: int
    last: int


def borders(know: Knowledge, territory: str) -> npt.NDArray[np.int64]:
    """Return the pairs of commune numbers of a territory that share a border; drawn up when first asked."""
    return _borders(know.version, _Span(*know.territories.commune_range(territory)), know=Held(know))


@lru_cache(maxsize=16)
def _borders(version: str, span: _Span, *, know: Held) -> npt.NDArray[np.int64]:  # noqa: ARG001 - the version is the key
    outlines = store.load_outlines().set_index("territory_code").geometry
    codes = know.value.territories.commune_codes[span.first : span.last]
    return bordering(outlines.reindex(list(codes)).to_numpy()) + span.first
