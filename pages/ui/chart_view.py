"""A chart on the page: its title, its drawing in the visitor's language, its note, and the same figures as a table."""

from collections.abc import Callable

import altair as alt
import streamlit as st

from data.texts import Texts
from pages.ui.charts import Chart, Drawing


def show_chart(chart: Chart, title: str, key: str, on_select: Callable[[], None] | None, t: Texts) -> None:
    """Show a chart and its table twin; `on_select` is what a click does, None where it does nothing."""
    with st.container(key=key):
        st.header(title, anchor=False)  # h2: it stands right under the h1 of the page
        st.altair_chart(in_language(chart.drawing, t), key=f"bars-{chart.name}", on_select=on_select or "ignore")
        st.caption(chart.note)
        with st.expander(t("chart.as_table")):
            st.table(chart.table)


def in_language(drawing: Drawing, t: Texts) -> Drawing:
    """Return a drawing whose axes write their numbers as the language does: the browser would write them in English."""
    number = {"grouping": [3], "currency": ["", ""], **t.number_signs}
    said: Drawing = drawing.configure(locale=alt.Locale(number=number))
    return said
