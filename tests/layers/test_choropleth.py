"""What travels to the map for classes of communes and places, and the legend that says them."""

import json
import zlib

import numpy as np
import pytest

from layers.choropleth import bivariate_row, choropleth_state, class_counts, class_rows, shown
from layers.dots import LARGEST_DOT_PX, SMALLEST_DOT_PX, dot_radii, dots_binary, dots_state
from layers.packing import marked, unpacked
from layers.style import BIVARIATE, FUNDING, GAP, HIDDEN, INSUFFICIENT, NEED, NO_DATA, NOT_APPLICABLE, WITHHELD

CLASSES = np.array([0, 4, 4, NO_DATA, WITHHELD, NOT_APPLICABLE, HIDDEN, 2], "u1")
LABELS = ("0", "1", "2", "3", "4")
SPECIAL = {NO_DATA: "inconnu", WITHHELD: "secret", NOT_APPLICABLE: "sans objet"}


def test_classes_travel_from_the_first_commune_on():
    state = choropleth_state(CLASSES, NEED, first=1300)
    assert state["first"] == 1300
    assert unpacked(state["classes"]).tolist() == [0, 4, 4, 254, 252, 253, 255, 2]
    assert state["palette"] == list(NEED)
    assert "figures" not in state
    assert "over" not in state


def test_a_class_outside_the_palette_is_refused():
    with pytest.raises(ValueError, match=r"\[4\] are not in a palette of 4"):
        choropleth_state(CLASSES, NEED[:4])


def test_a_figure_is_given_for_each_commune_or_for_none():
    assert choropleth_state(CLASSES[:2], NEED, figures=["3 km", "secret"])["figures"] == ["3 km", "secret"]
    with pytest.raises(ValueError, match="1 figures for 2 communes"):
        choropleth_state(CLASSES[:2], NEED, figures=["3 km"])


def test_doubtful_communes_travel_as_marks():
    marks = np.array([True, False, False, True, False, False, False, False])
    assert marked(choropleth_state(CLASSES, NEED, uncertain=marks)["over"]["uncertain"]).tolist() == [0, 3]


def test_all_communes_of_the_country_cross_the_wire_in_a_kilobyte_and_a_half_without_their_figures():
    rng = np.random.default_rng(3)
    state = choropleth_state(rng.choice(CLASSES, 1503), NEED, uncertain=rng.random(1503) < 0.1)
    assert len(zlib.compress(json.dumps(state).encode())) < 1_536


def test_the_legend_counts_each_class_and_what_has_none():
    rows = class_rows(CLASSES, NEED, LABELS, special=SPECIAL, number=str)
    assert [(row.label, row.count) for row in rows] == [
        *(("0", "1"), ("1", "0"), ("2", "1"), ("3", "0"), ("4", "2")),
        *(("inconnu", "1"), ("secret", "1"), ("sans objet", "1")),
    ]
    assert [row.symbol["kind"] for row in rows[5:]] == ["nodata", "withheld", "notapplicable"]


def test_the_no_data_row_stays_at_zero_the_other_special_rows_do_not():
    rows = class_rows(np.array([1, 1], "u1"), NEED, LABELS, special=SPECIAL, number=str)
    assert [(row.label, row.count) for row in rows[5:]] == [("inconnu", "0")]


def test_every_commune_drawn_is_in_one_row_of_the_legend():
    rng = np.random.default_rng(7)
    for _ in range(50):
        classes = rng.choice([0, 1, 2, 3, 4, 252, 253, 254, 255], size=rng.integers(1, 200)).astype("u1")
        rows = class_rows(classes, NEED, LABELS, special=SPECIAL, number=str)
        assert sum(int(row.count) for row in rows) == shown(classes)


def test_counts_leave_out_special_classes_and_keep_empty_ones():
    assert class_counts(CLASSES, 5).tolist() == [1, 0, 1, 0, 2]


def test_the_key_of_two_measures_names_both_edges():
    symbol = bivariate_row(BIVARIATE, right="besoin", up="argent").symbol
    assert (symbol["right"], symbol["up"], len(symbol["palette"])) == ("besoin", "argent", 9)


@pytest.mark.parametrize(("palette", "size"), [(NEED, 5), (FUNDING, 5), (GAP, 5), (BIVARIATE, 9)])
def test_palettes_have_distinct_colours(palette, size):
    assert len(set(palette)) == size
    assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in palette)


def test_places_travel_once_as_positions_and_radii():
    body = dots_binary(np.array([-9.5, -8.25]), np.array([30.0, 29.5]), np.array([1.6, 7.0]))
    assert np.frombuffer(body, "<u4", 1).tolist() == [2]
    assert np.frombuffer(body, "<f4", 4, 4).tolist() == [-9.5, -8.25, 30.0, 29.5]
    assert list(body[20:]) == [6, 28]  # quarters of a pixel


def test_a_place_without_a_position_is_refused_not_drawn_somewhere():
    with pytest.raises(ValueError, match="without longitude"):
        dots_binary(np.array([np.nan]), np.array([30.0]), np.array([2.0]))


def test_circles_of_places_are_true_in_area_and_never_too_small_to_see():
    radii = dot_radii(np.array([1000.0, 250.0, 0.1, np.nan]), greatest=1000.0)
    assert radii.tolist() == [LARGEST_DOT_PX, LARGEST_DOT_PX / 2, SMALLEST_DOT_PX, SMALLEST_DOT_PX]


def test_classes_of_places_travel_as_those_of_communes():
    state = dots_state("/x.bin", CLASSES, NEED, tips="/t.json", selected=3)
    assert unpacked(state["classes"]).tolist() == CLASSES.tolist()
    assert (state["url"], state["tips"], state["selected"]) == ("/x.bin", "/t.json", 3)


def test_the_villages_of_the_region_cross_the_wire_in_two_kilobytes_and_a_half():
    some = np.random.default_rng(3).choice(CLASSES, 5470, p=[0.25, 0.3, 0.2, 0.05, 0.05, 0.05, 0.05, 0.05])
    assert len(zlib.compress(json.dumps(dots_state("/x.bin", some, NEED)).encode())) < 2_560


def test_a_place_of_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match=r"classes \[5\]"):
        dots_state("/x.bin", np.array([5], "u1"), NEED)
    with pytest.raises(ValueError, match=r"classes \[251\]"):
        dots_state("/x.bin", np.array([INSUFFICIENT], "u1"), NEED)  # a place is known or it is not


def test_too_little_known_has_a_row_of_its_own_beside_what_is_unknown():
    classes = np.array([0, INSUFFICIENT, NO_DATA, NO_DATA], "u1")
    special = {NO_DATA: "inconnu", INSUFFICIENT: "insuffisant"}
    rows = class_rows(classes, NEED[:1], ["tout"], special=special, number=str)
    assert [(row.symbol["kind"], row.count) for row in rows[1:]] == [("nodata", "2"), ("insufficient", "1")]


def test_patterns_lie_over_colours_and_only_known_ones():
    marks = np.array([False, True, False, False, False, False, False, False])
    state = choropleth_state(CLASSES, NEED, over={"passing": marks, "silent": ~marks})
    assert {name: marked(text).tolist() for name, text in state["over"].items()} == {
        "passing": [1],
        "silent": [0, *range(2, 8)],
    }
    with pytest.raises(ValueError, match="glitter"):
        choropleth_state(CLASSES, NEED, over={"glitter": marks})
    with pytest.raises(ValueError, match="silent"):
        choropleth_state(CLASSES, NEED, over={"silent": marks[:3]})
