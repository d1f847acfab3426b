"""What travels to the map, read back as the browser reads it; and the sizes of circles."""

import json

import numpy as np
import pandas as pd
import pytest

from geo.placement import CommuneAreas, Points
from layers.base import map_config
from layers.labels import places_table
from layers.legend import Legend, LegendRow, circles_row
from layers.packing import marked, unpacked
from layers.payload import Chosen, Focus, areas_state, map_state, points_binary, spans, visible_points
from layers.style import LARGEST_RADIUS_PX, SMALLEST_RADIUS_PX, circle_radii, round_values

POINTS = Points(
    place=np.array([0, 2, 3]),
    project=np.array([0, 1, 1]),
    sector=np.array([4, 5, 5]),
    lon=np.array([-9.5, -8.0, -7.25]),
    lat=np.array([30.5, 29.0, 29.5]),
)
FOCUS = Focus("09", 1, 3, (-10.0, 28.5, -6.0, 31.0))


def test_points_travel_as_count_positions_projects_and_sectors():
    body = points_binary(POINTS)
    assert np.frombuffer(body, "<u4", 1).tolist() == [3]
    assert np.frombuffer(body, "<f4", 6, 4).tolist() == [-9.5, -8.0, -7.25, 30.5, 29.0, 29.5]
    assert np.frombuffer(body, "<u4", 3, 28).tolist() == [0, 1, 1]
    assert list(body[40:]) == [4, 5, 5]


def test_which_points_are_shown_travels_as_marks_of_points():
    shown = np.array([True, True, False, True])  # by place of the register; the points are places 0, 2 and 3
    assert marked(visible_points(POINTS, shown)).tolist() == [0, 2]


def test_communes_travel_from_the_first_that_has_something_to_the_last():
    areas = CommuneAreas(
        projects=np.array([0, 2, 0, 1, 0]),
        sector=np.array([255, 255, 255, 3, 255]),
        money_mad=np.array([0.0, 0.0, 4e6, 0.0, 0.0]),
    )
    state = areas_state(areas, np.array([0.0, 0.0, 6.5, 0.0, 0.0]))
    assert state["first"] == 1
    assert unpacked(state["counts"]).tolist() == [2, 0, 1]
    assert unpacked(state["sectors"]).tolist() == [255, 255, 3]
    assert unpacked(state["radii"]).tolist() == [0, 26, 0]  # quarters of a pixel


def test_nothing_selected_travels_as_nothing():
    nothing = CommuneAreas(np.zeros(3, np.int64), np.full(3, 255), np.zeros(3))
    assert areas_state(nothing, None) == {"first": 0, "counts": "", "sectors": ""}


def test_a_map_says_only_what_it_is_given():
    state = map_state(focus=FOCUS, legend=Legend("t").as_dict())
    assert [name for name in ("areas", "points", "choropleth", "dots") if state[name] is not None] == []
    assert state["selection"] == {"projects": [], "communes": [], "hatched": []}
    assert json.loads(json.dumps(state)) == state


def test_what_is_chosen_travels_as_rows_and_ranges():
    state = map_state(focus=FOCUS, legend={}, chosen=Chosen((7,), (1, 2), ((0, 4),)))
    assert state["selection"] == {"projects": [7], "communes": [1, 2], "hatched": [[0, 4]]}


def test_numbers_become_runs():
    assert spans([]) == ()
    assert spans([9, 4, 3, 5, 4]) == ((3, 6), (9, 10))


def test_circles_are_true_in_area_capped_and_never_too_small_to_see():
    radii = circle_radii(np.array([0.0, 1.0, 25e6, 100e6, 900e6]), 100e6)
    assert radii.tolist() == [
        0.0,
        SMALLEST_RADIUS_PX,
        LARGEST_RADIUS_PX / 2,
        LARGEST_RADIUS_PX,
        LARGEST_RADIUS_PX * 1.4,
    ]


def test_without_any_money_there_are_no_circles():
    assert circle_radii(np.array([0.0, 0.0]), 0.0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("greatest", "expected"),
    [(180e6, [100e6, 20e6, 5e6]), (100e6, [100e6, 20e6, 2e6]), (7.0, [5.0, 1.0, 0.2]), (0.0, [])],
)
def test_the_key_of_circles_has_round_values_not_above_the_greatest(greatest, expected):
    assert round_values(greatest) == pytest.approx(expected)


def test_the_key_of_circles_nests_them_largest_first_at_their_size_on_the_map():
    row = circles_row([5.0, 20.0], [3.04, 6.08], ["5 DH", "20 DH"])
    assert row.symbol["circles"] == [{"radius": 6.1, "label": "20 DH"}, {"radius": 3.0, "label": "5 DH"}]


def test_a_legend_travels_with_its_counts_as_they_are_written():
    legend = Legend("Titre", [LegendRow({"kind": "empty"}, "<b>", "1 503")], "note")
    assert legend.as_dict() == {
        "title": "Titre",
        "rows": [{"symbol": {"kind": "empty"}, "label": "<b>", "count": "1 503"}],
        "note": "note",
    }


def test_the_configuration_sorts_the_outlines_of_communes_by_level_and_region():
    shapes = {
        "communes.country": {"url": "/c"},
        "communes.09.region": {"url": "/9r"},
        "communes.09.full": {"url": "/9f"},
        "relief.country": {"url": "/r"},
        "relief.country.dark": {"url": "/rd"},
        "rivers": {"url": "/w"},
    }
    config = map_config(
        shapes=shapes, places="/p", symbols=[], commune_count=4, direction="rtl", texts={"home": "x"}, around={}
    )
    assert config["communes"] == {
        "region": {"09": {"url": "/9r"}},
        "full": {"09": {"url": "/9f"}},
        "country": {"url": "/c"},
    }
    assert config["relief"] == ["relief.country"]
    assert set(config["shapes"]) == {"relief.country", "relief.country.dark", "rivers"}


def test_names_come_in_the_language_and_by_importance():
    territories = pd.DataFrame(
        {
            "territory_code": ["09", "0927", "092701", "092702"],
            "level": ["region", "province", "commune", "commune"],
            "name_fr": ["Région", "Province", "Petite", "Grande"],
            "name_ar": ["جهة", "إقليم", "صغيرة", "كبيرة"],
            "population_2024": [30, 30, 10, 20],
            "lon": [-9.0, -9.0, -9.12344, -9.2],
            "lat": [30.0, 30.0, 30.1, 30.2],
        }
    )
    towns = pd.DataFrame(
        {
            "territory_code": ["092701"],
            "name_fr": ["Ville"],
            "name_ar": ["مدينة"],
            "rank": [1],
            "lon": [-9.1],
            "lat": [30.1],
        }
    )
    table = places_table(territories, towns, "ar")
    assert [row[0] for row in table["communes"]] == ["صغيرة", "كبيرة"]  # in the order of codes
    assert [(row[0], row[3]) for row in table["labels"]] == [
        ("مدينة", "town1"),
        ("جهة", "region"),
        ("إقليم", "province"),
        ("كبيرة", "commune"),
    ]
    assert places_table(territories, towns, "fr")["labels"][0][0] == "Ville"
