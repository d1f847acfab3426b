"""Map, table, list beside the map and every exported file are the same selection, to the centime, in 220 states."""

import datetime as dt
import random

import numpy as np
import pytest

from data.exchange.contract import MONEY
from data.exchange.reading import read_export
from data.texts import languages, load_texts
from geo.allocation import CENTIMES
from geo.selection import select
from layers.packing import marked, unpacked
from pages.ui import place_sheet
from pages.ui.files import downloads, file_formats
from pages.ui.knowledge import knowledge
from pages.ui.listing import ROWS_A_PAGE
from pages.ui.maps import map_view
from pages.ui.projects import table
from pages.ui.served import published
from tests.pages.states import some_state

LOTS, STATES_A_LOT = 11, 20
HEAVY = ("xlsx", "geojson", "gpkg")  # one of them for each third state; CSV for all


def centimes(money):
    return round(float(money) * CENTIMES)


def drawn_points(state):
    """Return the projects whose points are drawn, read as `layers/static/marks.js` reads them."""
    binary = published(state["points"]["url"]).body
    count = int.from_bytes(binary[:4], "little")
    projects = np.frombuffer(binary, "<u4", count, offset=4 + 8 * count)
    return projects[marked(state["points"]["visible"])].tolist()


def drawn_areas(state):
    """Return communes and the number of projects outlined in each, read as `layers/static/marks.js` reads them."""
    counts = unpacked(state["areas"]["counts"]).tolist()
    return {state["areas"]["first"] + step: count for step, count in enumerate(counts) if count}


def files(number, made):
    """Write the files of a state and read them back."""
    kinds = ["csv", *([HEAVY[number // 3 % len(HEAVY)]] if number % 3 == 0 else [])]
    return [read_export(file_formats.WRITERS[kind](made), name=kind) for kind in kinds]


@pytest.mark.parametrize("lot", range(LOTS))
def test_map_table_list_and_files_hold_the_same_projects_and_the_same_money(lot):
    know, filled = knowledge(), 0
    codes = know.register.projects["project_code"]
    for number in range(lot * STATES_A_LOT, (lot + 1) * STATES_A_LOT):
        state = some_state(random.Random(1000 + number))  # noqa: S311 - no secret
        t = load_texts(languages()[number % len(languages())])
        selection = select(know.register, state)
        filled += len(selection) > 0
        made = downloads.export(know, selection, t, made_on=dt.date(2025, 3, 1), address="https://atlas.example")
        places, known_by = made.places, made.places["located_by"]

        ids = codes.iloc[table.sorted_rows(know, selection, t)].tolist()
        assert len(ids) == len(set(ids)) == selection.totals.projects
        shown = table.table(know, selection, t)
        first = (shown["page"] - 1) * ROWS_A_PAGE
        assert [row["code"] for row in shown["rows"]] == ids[first : first + ROWS_A_PAGE]

        _, drawn = map_view.drawing(know, selection, t)
        assert sorted(codes.iloc[drawn_points(drawn)]) == sorted(places.loc[known_by == "point", "project_code"])
        by_commune = places[known_by == "commune"].groupby("territory_code")["project_code"].nunique()
        assert {know.territories.commune_codes[c]: n for c, n in drawn_areas(drawn).items()} == by_commune.to_dict()

        beside = place_sheet.area_wide_table(know, selection, t)
        wide = places[known_by == "area"].merge(made.projects[["project_code", "amount_mad"]], on="project_code")
        said = {
            code: t.money(float(rows[MONEY].sum().round(2))) if rows["amount_mad"].any() else t("missing.amount")
            for code, rows in wide.groupby("territory_code")
        }
        assert {row["code"]: row["money"] for row in beside["rows"]} == said
        assert set(places["project_code"]) == set(ids)

        totals = selection.totals
        for back in files(number, made):
            assert sorted(back.projects["project_code"]) == sorted(ids)
            assert centimes(back.projects[MONEY].sum()) == centimes(totals.counted_mad)
            assert centimes(back.provenance.sums["located_mad"]) == centimes(totals.located_mad)
            assert centimes(back.provenance.sums["area_wide_mad"]) == centimes(totals.area_mad)
    assert filled >= STATES_A_LOT // 2


def test_two_hundred_states_are_tried():
    assert LOTS * STATES_A_LOT >= 200
