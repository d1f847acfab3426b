"""The form that keys in a line of a paper coupon: which sheet, of which date, which cell, what is wrong there."""

import datetime as dt
from typing import Any

import numpy as np
import streamlit as st

from data.records.contract import load_kinds
from data.texts import Texts
from geo.coupon_grid import Grid, NoSuchCell, coupon_grid
from pages.ui.knowledge import Knowledge
from pages.ui.records import record_form
from pages.ui.records.record_fields import Form, filled, options_of, word
from pages.ui.villages import village_words

COUPON = "coupon"
"""Parameter of the address that a sheet's QR code leads to: the date the sheet was made."""
LINE = "coupon-line"
NAMED = 12
WRITTEN = ("said", "evidence")


def ask(subject: str, know: Knowledge, t: Texts) -> dict[str, Any] | None:
    """Show the form; return the content of a report when a line is to be sent.

    Parameters
    ----------
    subject
        Code of the territory or village whose sheet was opened, "" for none.
    """
    st.caption(t("coupon.lead"))
    home = _territory(know, subject)
    places = options_of(Form("coupon", know, know.record_codes, t), "territories")
    territory = st.selectbox(
        t("coupon.sheet"),
        places,
        index=places.index(home) if home else None,
        format_func=lambda code: word(Form("coupon", know, know.record_codes, t), "territories", code),
        placeholder=t("record.search"),
        key=f"coupon-territory-{subject}",
    )
    made = st.date_input(t("field.sheet_date"), _made(), format="DD/MM/YYYY", key="coupon-date")
    line = st.session_state.get(LINE, 0)
    cell = st.number_input(t("field.grid_cell"), min_value=1, max_value=10_000, value=None, step=1, key=f"cell-{line}")
    grid = None if territory is None else grid_of(know, territory)
    place = _place(grid, cell)
    if grid is not None and cell is not None:
        say_cell(know, grid, int(cell), t)
    fields = load_kinds().kinds["correction"]
    form = Form(line_key(), know, know.record_codes, t)
    content = record_form.form_of("correction", {}, form, only=[name for name in WRITTEN if name in fields])
    if not st.button(t("coupon.send"), type="primary", key="coupon-send"):
        return None
    if territory is None:
        st.error(t("coupon.no_sheet"))
        return None
    if cell is not None and place is None:
        return None  # the sentence under the number says what is allowed
    return filled(
        {
            "subject": territory,
            "subject_kind": "territory",
            "territory_code": territory,
            "sheet_date": made.isoformat() if isinstance(made, dt.date) else None,
            "grid_cell": None if cell is None else int(cell),
            **(dict(zip(("lon", "lat"), place, strict=True)) if place else {}),
            **content,
        }
    )


def line_key() -> str:
    """Return the key of the form of this line."""
    return f"coupon-{st.session_state.get(LINE, 0)}"


def forget_line() -> None:
    """Clear what belongs to one line; the sheet and its date stay for the next."""
    st.session_state[LINE] = st.session_state.get(LINE, 0) + 1


def grid_of(know: Knowledge, territory: str) -> Grid:
    """Return the grid printed over the map of a territory."""
    row = know.territories.row(territory)
    west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
    return coupon_grid((west, south, east, north))


def villages_in(know: Knowledge, grid: Grid, cell: int) -> np.ndarray:
    """Return the rows of the villages whose position lies in a cell, those of most people first."""
    west, south, east, north = grid.extent_of(cell)
    known = know.villages
    inside = (known.lon >= west) & (known.lon < east) & (known.lat > south) & (known.lat <= north)
    rows = np.flatnonzero(inside)
    return rows[np.argsort(-known.people[rows], kind="stable")]


def say_cell(know: Knowledge, grid: Grid, cell: int, t: Texts) -> None:
    """Say where a cell lies and which villages are there, to compare with what the villager wrote."""
    try:
        lon, lat = grid.centre_of(cell)
    except NoSuchCell as error:
        st.error(t("coupon.no_cell", cell=error.cell, cells=error.cells))
        return
    rows = villages_in(know, grid, cell)
    names = t("list.separator").join(village_words.name(know, int(row), t) for row in rows[:NAMED])
    said = t("coupon.cell", cell=cell, lat=t.number(lat, 2), lon=t.number(lon, 2))
    st.text(f"{said} {t('coupon.villages', n=len(rows), names=names)}")


def _territory(know: Knowledge, subject: str) -> str | None:
    """Return the territory of a sheet: that of a village is its commune."""
    if subject in know.villages:
        return str(know.territories.commune_codes[know.villages.commune[know.villages.row_of[subject]]])
    return subject if subject in know.territories else None


def _made() -> dt.date | None:
    """Return the date of the sheet that the address says; None where it says none."""
    try:
        return dt.date.fromisoformat(st.query_params.get(COUPON, ""))
    except ValueError:
        return None


def _place(grid: Grid | None, cell: int | None) -> tuple[float, float] | None:
    try:
        return None if grid is None or cell is None else grid.centre_of(int(cell))
    except NoSuchCell:
        return None
