"""What each need really decides in the index: its effective importance, and how ranks move without it."""

import altair as alt
import numpy as np
import pandas as pd

from data.texts import Texts
from geo.need_tree import theme_of
from geo.need_view import NeedSelection
from geo.uncertainty import importance
from pages.ui.charts import AS_WIDE_AS_ROOM, Chart, directed, label_axis
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_robustness, need_words

ROW = 30
DECLARED, REAL = "#8a8172", "#993404"


def importance_chart(selection: NeedSelection, t: Texts) -> Chart:
    """Return the weight given to each need beside the share of the ranking it explains."""
    found = importance(need_robustness.inside_score(selection))
    names = [need_words.need(theme_of(str(code)), t) for code in found.index]
    words = {"weight": t("needs.sensitivity.weight"), "r2_share": t("needs.sensitivity.real")}
    said = {
        title: [t.percent(share) if np.isfinite(share) else t("needs.absent.short") for share in found[column]]
        for column, title in words.items()
    }
    long = pd.concat(
        pd.DataFrame({"label": names, "share": found[column].to_numpy(), "what": title, "said": said[title]})
        for column, title in words.items()
    )
    order = [names[number] for number in found["r2_share"].fillna(0).to_numpy().argsort()[::-1]]
    scale = alt.Scale(reverse=t.direction == "rtl", domainMin=0)
    base = alt.Chart(long).encode(
        x=alt.X("share:Q", title=None, axis=alt.Axis(format="%"), scale=scale),
        y=alt.Y("label:N", sort=order, title=None, axis=label_axis(t)),
    )
    kinds = list(words.values())
    legend = alt.Legend(title=None, orient="top", columns=1, labelLimit=320)
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("what:N", scale=alt.Scale(domain=kinds, range=[DECLARED, REAL]), legend=legend),
        shape=alt.Shape("what:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle"])),
        tooltip=[alt.Tooltip("label:N", title=t("needs.sensitivity.need")), "what:N", "said:N"],
    )
    lines = base.mark_line(color=DECLARED, strokeWidth=2, opacity=0.6).encode(detail="label:N")
    readable = pd.DataFrame({t("needs.sensitivity.need"): names} | said)
    drawing = (lines + points).properties(height=ROW * len(names), autosize=AS_WIDE_AS_ROOM)
    return Chart("importance", "", drawing, readable, t("needs.sensitivity.importance_note"))


def left_out_chart(know: Knowledge, selection: NeedSelection, t: Texts) -> Chart:
    """Return how many places ranks move on average when a need is left out."""
    moved = need_robustness.left_out(selection, know.version).mean_shift.sort_values(ascending=False)
    table = pd.DataFrame(
        {
            "label": [need_words.need(theme_of(str(code)), t) for code in moved.index],
            "places": moved.to_numpy(),
            "said": [directed(t("needs.sensitivity.places", n=round(float(places), 1)), t) for places in moved],
        }
    )
    rtl = t.direction == "rtl"
    top = float(table["places"].max() or 1) * 1.5 if len(table) else 1.0
    base = alt.Chart(table).encode(
        y=alt.Y(
            "label:N",
            sort=None,
            title=None,
            axis=label_axis(t),
        ),
        x=alt.X("places:Q", axis=None, scale=alt.Scale(reverse=rtl, domainMax=top)),
    )
    bars = base.mark_bar(color=REAL, opacity=0.8)
    words = base.mark_text(align="right" if rtl else "left", dx=-5 if rtl else 5, fontSize=12).encode(text="said:N")
    readable = pd.DataFrame({t("needs.sensitivity.need"): table["label"], t("needs.sensitivity.moved"): table["said"]})
    drawing = (bars + words).properties(height=ROW * len(table), autosize=AS_WIDE_AS_ROOM)
    return Chart("left_out", "", drawing, readable, t("needs.sensitivity.left_out_note"))
