"""What travels to the map for classes of communes and places, and the legend that says them."""

import base64
import json

import numpy as np
import pytest

from layers.choropleth import bivariate_row, choropleth_state, class_counts, class_rows, shown
from layers.dots import LARGEST_DOT_PX, SMALLEST_DOT_PX, dot_radii, dots_binary, dots_state
from layers.style import BIVARIATE, FUNDING, GAP, HIDDEN, INSUFFICIENT, NEED, NO_DATA, NOT_APPLICABLE, WITHHELD

CLASSES = np.array([0, 4, 4, NO_DATA, WITHHELD, NOT_APPLICABLE, HIDDEN, 2], "u1")
LABELS = ("0", "1", "2", "3", "4")
SPECIAL = {NO_DATA: "inconnu", WITHHELD: "secret", NOT_APPLICABLE: "sans objet"}


def unpacked(text: str) -> list[int]:
    return list(base64.b64decode(text))


def nibbles(text: str, count: int) -> list[int]:
    return [half for byte in unpacked(text) for half in (byte & 15, byte >> 4)][:count]


def test_classes_travel_one_byte_each_from_the_first_commune_on():
    state = choropleth_state(CLASSES, NEED, first=1300)
    assert state["first"] == 1300
    assert unpacked(state["classes"]) == [0, 4, 4, 254, 252, 253, 255, 2]
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


def test_doubtful_communes_travel_as_bits_the_first_one_lowest():
    marks = np.array([True, False, False, True, False, False, False, False])
    assert unpacked(choropleth_state(CLASSES, NEED, uncertain=marks)["over"]["uncertain"]) == [0b1001]


def test_all_communes_of_the_country_stay_within_ten_kilobytes_without_their_figures():
    state = choropleth_state(np.zeros(1503, "u1"), NEED, uncertain=np.ones(1503, bool))
    assert len(json.dumps(state)) < 2500


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


def test_classes_of_places_travel_in_half_a_byte():
    state = dots_state("/x.bin", CLASSES[:7], NEED, tips="/t.json", selected=3)
    assert nibbles(state["classes"], 7) == [0, 4, 4, 14, 12, 13, 15]
    assert nibbles(state["classes"], 8)[7] == 15  # the odd one out is filled up with a hidden place
    assert (state["url"], state["tips"], state["selected"]) == ("/x.bin", "/t.json", 3)


def test_the_villages_of_the_region_stay_within_four_kilobytes():
    assert len(json.dumps(dots_state("/x.bin", np.zeros(5470, "u1"), NEED))) < 4096


def test_a_place_of_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match=r"classes \[5\]"):
        dots_state("/x.bin", np.array([5], "u1"), NEED)
    with pytest.raises(ValueError, match="twelve at most"):
        dots_state("/x.bin", np.array([0], "u1"), ["#ffffff"] * 13)


def test_too_little_known_has_a_row_of_its_own_beside_what_is_unknown():
    classes = np.array([0, INSUFFICIENT, NO_DATA, NO_DATA], "u1")
    special = {NO_DATA: "inconnu", INSUFFICIENT: "insuffisant"}
    rows = class_rows(classes, NEED[:1], ["tout"], special=special, number=str)
    assert [(row.symbol["kind"], row.count) for row in rows[1:]] == [("nodata", "2"), ("insufficient", "1")]


def test_patterns_lie_over_colours_and_only_known_ones():
    marks = np.array([False, True, False, False, False, False, False, False])
    state = choropleth_state(CLASSES, NEED, over={"passing": marks, "silent": ~marks})
    assert {name: unpacked(bits) for name, bits in state["over"].items()} == {"passing": [2], "silent": [253]}
    with pytest.raises(ValueError, match="glitter"):
        choropleth_state(CLASSES, NEED, over={"glitter": marks})
    with pytest.raises(ValueError, match="silent"):
        choropleth_state(CLASSES, NEED, over={"silent": marks[:3]})
