"""A map on paper: its scale is true where it lies, what was seen is on the page, classes keep apart in grey."""

import itertools
import json
from typing import Any

import numpy as np
import pytest

from layers import style
from layers.choropleth import choropleth_state
from layers.flows import Country, Line, flows_state
from layers.legend import Legend
from layers.paper import look, render
from layers.paper.ground import Ground
from layers.paper.map_frame import leave_corners, map_frame, scale_bar
from layers.paper.marks import Ink, Words
from layers.paper.page import Page
from layers.paper.placing import Room
from layers.paper.projection import Frame, fitted, round_length_km, viewed
from layers.payload import Chosen, Focus, map_state


def state_of(classes: list[int], palette: tuple[str, ...] = style.NEED, **more: Any) -> dict[str, Any]:
    focus = Focus("09", 0, 4, (0.0, 30.0, 4.0, 31.0))
    choropleth = choropleth_state(np.array(classes, np.uint8), palette)
    return map_state(focus=focus, legend=Legend("Légende").as_dict(), choropleth=choropleth, **more)


def test_the_scale_is_true_at_the_latitude_of_the_map():
    # By hand: at 30°N one degree of longitude is 111.3195 km x cos 30° = 96.4055 km. A map 200 mm wide over 4 degrees
    # (margins of 0) draws a degree on 50 mm: 1.92811 km a millimetre.
    frame = fitted((0.0, 29.0, 4.0, 30.99), (0.0, 0.0, 200.0, 200.0), margin_mm=0.0)
    assert frame.mm_per_degree == pytest.approx(50.0)
    assert frame.latitude == pytest.approx(30.0, abs=0.01)
    assert frame.km_per_mm() == pytest.approx(1.92811, rel=2e-4)
    assert round_length_km(frame, 38.0) == 50  # 38 mm are 73.3 km: 50 is the longest round length in them


def test_the_bar_drawn_is_as_long_as_it_says():
    page = Page()
    frame = fitted((0.0, 29.0, 4.0, 30.99), (5.0, 5.0, 200.0, 200.0), margin_mm=0.0)
    km = scale_bar(page, frame, {"unit_km": "km", "unit_m": "m"})
    halves = [mark for mark in page.marks if isinstance(mark, Ink) and mark.edge == look.INK]
    drawn_mm = sum(mark.outline.get_extents().width for mark in halves)
    assert drawn_mm == pytest.approx(50 / 1.92811, rel=2e-4)
    assert (km, page.marks[-1].text) == (50, "50 km")


def test_a_view_of_the_screen_keeps_its_middle_on_paper():
    frame = viewed((8.0, 30.2, -9.5), (10.0, 20.0, 180.0, 120.0))
    x, y = frame.place(-9.5, 30.2)
    assert (float(x), float(y)) == pytest.approx((100.0, 80.0))


def test_what_has_no_class_is_hatched_and_every_class_has_its_colour(toy: Ground):
    page = Page()
    map_frame(page, state_of([0, 4, style.NO_DATA, style.WITHHELD]), toy, (10, 10, 180, 60))
    inks = [mark for mark in page.marks if isinstance(mark, Ink)]
    fills = {mark.fill for mark in inks}
    assert {style.NEED[0], style.NEED[4]} <= fills
    assert {look.PATTERNS[style.NO_DATA], look.PATTERNS[style.WITHHELD]} <= {mark.hatch for mark in inks}


def test_names_are_drawn_as_they_are_written_and_inside_the_map(toy: Ground):
    page = Page()
    frame = map_frame(page, state_of([0, 1, 2, 3]), toy, (10, 10, 180, 60))
    names = {mark.text.strip("\u200e\u200f"): mark for mark in page.marks if isinstance(mark, Words)}
    assert {"Tafraout", "تافراوت", "Aït <b>", "Tata"} <= names.keys()
    left, top, width, height = frame.box
    assert all(left <= mark.x <= left + width and top <= mark.y <= top + height for mark in names.values())


def test_a_map_of_two_senses_carries_letters_when_it_has_no_colour(toy: Ground):
    for palette, wanted in ((style.GAP, {"A", "C", "E"}), (style.NEED, set())):
        page = Page()
        map_frame(page, state_of([0, 2, 4, style.NO_DATA], palette), toy, (10, 10, 180, 60), grey=True, labels=False)
        assert {mark.text for mark in page.marks if isinstance(mark, Words)} == wanted
        fills = [mark.fill for mark in page.marks if isinstance(mark, Ink) and mark.fill]
        assert all(len({fill[1:3], fill[3:5], fill[5:7]}) == 1 for fill in fills)


def test_every_palette_of_the_map_keeps_its_classes_apart_in_grey():
    for palette in (style.NEED, style.FUNDING, style.GAP, style.BIVARIATE):
        light = [look.luminance(colour) for colour in look.greys(palette)]
        assert min(abs(a - b) for i, a in enumerate(light) for b in light[:i]) > 0.05


def test_what_is_chosen_and_out_of_focus_is_drawn_and_the_map_is_the_same_twice(toy: Ground):
    made = []
    for _ in range(2):
        page = Page(direction="rtl")
        state = state_of([0, 1, 2, 3], chosen=Chosen(communes=(1, 2), hatched=((0, 1),)))
        map_frame(page, state | {"focus": state["focus"] | {"last": 3}}, toy, (10, 10, 180, 60))
        made.append(render.pdf([page]))
    assert made[0] == made[1]


def test_countries_beyond_the_map_stand_at_its_edge_none_over_another(toy: Ground):
    flows = flows_state(
        [Country(f"Pays {n}", 2.0 + n / 9, 48.0) for n in range(6)], [Line(n, 1, 3, n == 0) for n in range(6)]
    )
    page = Page()
    frame = map_frame(page, state_of([0, 1, 2, 3], flows=flows), toy, (10, 10, 180, 60), labels=False)
    signs = sorted((m for m in page.marks if isinstance(m, Words) and m.text.startswith("Pays")), key=lambda m: m.x)
    assert len(signs) == 6
    left, top, width, _ = frame.box
    assert all(left < m.x < left + width and top < m.y < top + 8 for m in signs)
    assert all(b.x - a.x > a.hand.width_mm(a.text) for a, b in itertools.pairwise(signs))


def test_names_leave_the_corners_of_scale_and_north_and_the_edge_free(toy: Ground):
    page = Page()
    places = json.loads(toy.fetch("places"))
    places["labels"] += [["Dans le coin", 3.97, 30.02, "town1"], ["Au nord", 3.9, 31.1, "town1"]]
    crowded = Ground(toy.config, lambda url: json.dumps(places).encode() if url == "places" else toy.fetch(url))

    def before(frame: Frame, of: Room) -> None:
        leave_corners(page, frame, of)

    frame = map_frame(page, state_of([0, 1, 2, 3]), crowded, (10, 10, 180, 60), before_names=before)
    names = [mark for mark in page.marks if isinstance(mark, Words)]
    scale_bar(page, frame, {"unit_km": "km", "unit_m": "m"})
    ground = next(mark for mark in page.marks[::-1] if isinstance(mark, Ink) and mark.opacity == 0.82).outline
    corner = ground.get_extents()
    assert {"Tafraout", "Tata"} <= {mark.text for mark in names}
    for mark in names:
        half = mark.hand.width_mm(mark.text) / 2
        assert mark.x - half > 10
        assert mark.x + half < 190
        assert not (mark.x + half > corner.x0 and mark.y > corner.y0)
