"""A printed map, whole: what must stand on it stands on it, in both directions, whatever the title."""

import io
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from geo.placement import CommuneAreas
from layers import style
from layers.choropleth import bivariate_row, choropleth_state, class_rows
from layers.legend import Legend, LegendRow, circles_row
from layers.paper import look
from layers.paper.ground import Ground
from layers.paper.legend_key import LegendKey, columns_of
from layers.paper.map_sheet import MapSheet, fitted
from layers.paper.marks import Ink, Words
from layers.paper.page import Page
from layers.payload import Focus, areas_state, map_state
from layers.symbols import PATHS
from pages.ui.paper.printed_map import SIZES

STATIC = Path(__file__).parents[3] / "layers" / "static"
WORDS = {
    "made": "Atlas solidaire · imprimé le 26 novembre 2026",
    "page": "Page 2 sur 5",
    "sources": "Sources :",
    "locator": "Situation au Maroc",
    "scan": "Rouvrir cette vue",
    "unit_km": "km",
    "unit_m": "m",
    "north": "N",
}


def sheet(toy: Ground, **changes: object) -> MapSheet:
    classes = np.array([0, 1, 4, style.NO_DATA], np.uint8)
    special = {style.NO_DATA: "donnée non publiée"}
    rows = class_rows(classes, style.NEED, list("abcde"), special=special, number=str)
    state = map_state(
        focus=Focus("09", 0, 4, (0.0, 30.0, 4.0, 31.0)),
        legend=Legend("Part des ménages", rows, "Seuils fixes").as_dict(),
        choropleth=choropleth_state(classes, style.NEED),
    )
    own = {
        "state": state,
        "ground": toy,
        "title": "Deux communes sur quatre manquent d'eau",
        "filters": ["Territoire : Souss-Massa"],
        "sources": ["RGPH 2024 (HCP)"],
        "address": "https://example.org/besoins?territory=09",
        "words": WORDS,
        "direction": "ltr",
    }
    return MapSheet(**(own | changes))


def text_of(content: bytes) -> str:
    read = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return re.sub(r"\s+", " ", read.replace("\u200e", "").replace("\u200f", ""))


def test_all_that_a_printed_map_must_say_can_be_read_on_it(toy: Ground):
    said = text_of(sheet(toy).pdf())
    wanted = [*WORDS.values(), "Deux communes sur quatre manquent d'eau", "Territoire : Souss-Massa", "RGPH 2024 (HCP)"]
    wanted += ["Part des ménages", "Seuils fixes", "donnée non publiée"]
    wanted.remove("km")
    assert [one for one in wanted if one.replace("\u00a0", " ") not in said.replace("\u00a0", " ")] == []


def test_the_legend_counts_what_is_not_known_beside_the_classes(toy: Ground):
    page = sheet(toy).page()
    lines = [mark for mark in page.marks if isinstance(mark, Words)]
    row = next(mark for mark in lines if mark.text == "donnée non publiée")
    assert "1" in {mark.text for mark in lines if mark.y == row.y and mark is not row}


@pytest.mark.parametrize("paper", SIZES.values(), ids=SIZES)
def test_a_title_of_three_hundred_signs_leaves_the_map_its_room_on_every_paper(toy: Ground, paper: tuple[str, bool]):
    title = ("<b>كل الحاجيات</b> {{7*7}} Besoin $x$ " * 9)[:300]
    page = sheet(toy, title=title, size=paper[0], landscape=paper[1], direction="rtl").page()
    words = [mark for mark in page.marks if isinstance(mark, Words)]
    for mark in words:
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[mark.anchor] * mark.hand.width_mm(mark.text)
        left = mark.x - shift
        assert left > 0
        assert left + mark.hand.width_mm(mark.text) < page.width
        assert 0 < mark.y < page.height
    sea = next(mark.outline.get_extents() for mark in page.marks if isinstance(mark, Ink) and mark.fill == look.SEA)
    assert sea.height > 0.4 * page.height
    assert "<b>" in "".join(mark.text for mark in words)


def test_every_sign_of_the_living_legend_can_be_printed():
    drawn_on_screen = set(re.findall(r"^    (\w+): \(\) => \[", (STATIC / "legend.js").read_text(), re.MULTILINE))
    assert {"fill", "nodata", "withheld", "notapplicable", "mark", "dot"} <= drawn_on_screen
    page = Page()
    assert drawn_on_screen <= LegendKey(page, Legend("").as_dict())._kinds.keys()


def test_a_key_of_two_measures_and_one_of_circles_take_the_room_they_say():
    rows = [
        bivariate_row(style.BIVARIATE, right="besoin →", up="argent →", counts=[str(n) for n in range(9)]),
        circles_row([100.0, 20.0], [20.0, 9.0], ["100 M DH", "20 M DH"]),
        LegendRow({"kind": "hatch", "apart": True}, "connu plus largement", "3"),
    ]
    for direction in ("ltr", "rtl"):
        page = Page(direction=direction)
        key = LegendKey(page, Legend("Clé", rows, "note").as_dict(), style.BIVARIATE, grey=True)
        assert key.draw(20, 20, 60) == pytest.approx(key.whole_height(60))
        assert {"A 0", "I 8", "100 M DH"} <= {
            mark.text.strip("\u200f").replace("\u00a0", " ") for mark in page.marks if isinstance(mark, Words)
        }


def test_the_same_map_is_the_same_file_twice(toy: Ground):
    for make in (MapSheet.pdf, MapSheet.svg, lambda one: one.png(50)):
        assert make(sheet(toy, grey=True)) == make(sheet(toy, grey=True))


def test_without_colour_each_sector_named_by_the_legend_has_its_letter_on_the_map_too(toy: Ground):
    marks = [{"kind": "mark", "path": PATHS["square"], "colour": colour} for colour in ("#332288", "#88ccee")]
    legend = Legend("Secteurs", [LegendRow(mark, name) for mark, name in zip(marks, ("Routes", "Eau"), strict=True)])
    toy.config["symbols"][:] = [{"path": mark["path"], "colour": mark["colour"]} for mark in marks]
    areas = areas_state(CommuneAreas(np.array([1, 1, 0, 0]), np.array([1, 0, 255, 255]), np.zeros(4)), None)
    state = map_state(focus=Focus("09", 0, 4, (0.0, 30.0, 4.0, 31.0)), legend=legend.as_dict(), areas=areas)
    lines = [mark for mark in sheet(toy, state=state, grey=True).page().marks if isinstance(mark, Words)]
    letters = [mark.text for mark in lines if mark.text in {"A", "B"}]
    assert sorted(letters) == ["A", "A", "B", "B"]  # on the map, in the legend
    coloured = sheet(toy, state=state).page().marks
    assert not [mark for mark in coloured if isinstance(mark, Words) and mark.text in {"A", "B"}]


def test_what_is_not_known_keeps_its_own_sign_where_there_is_no_colour():
    row = LegendRow({"kind": "hollow"}, "distance non publiée", "3")
    drawn = []
    for grey in (False, True):
        page = Page()
        LegendKey(page, Legend("Villages", [row]).as_dict(), style.NEED, grey=grey).draw(10, 10, 60)
        drawn.append([mark for mark in page.marks if isinstance(mark, Ink)][-1])
    hollow, cross = drawn
    assert (hollow.fill, cross.fill) == (look.SURFACE, look.grey(look.EDGE))
    assert len(cross.outline.vertices) == 13  # a cross, not a ring: the palest class is a pale ring too


def test_the_second_column_of_a_legend_begins_without_a_line():
    rows = [LegendRow({"kind": "hollow", "apart": number == 3}, f"rang {number}") for number in range(4)]
    for columns, lines in ((1, 1), (2, 0)):
        page = Page()
        LegendKey(page, Legend("Villages", rows).as_dict()).draw(10, 10, 120, columns)
        assert sum(isinstance(mark, Ink) and len(mark.outline.vertices) == 2 for mark in page.marks) == lines


def test_a_legend_under_a_map_stands_in_as_many_columns_as_its_rows_need():
    for count, columns in ((4, 1), (12, 2), (24, 3)):
        rows = [LegendRow({"kind": "hollow"}, f"rang {number}") for number in range(count)]
        page = Page()
        key = LegendKey(page, Legend("Villages", rows).as_dict())
        assert columns_of(key.legend) == columns
        key.draw(10, 10, 180, columns)
        starts = Counter(round(mark.x) for mark in page.marks if isinstance(mark, Words) and mark.text.startswith("ra"))
        assert [number for _, number in sorted(starts.items())] == [count // columns] * columns


def test_words_beside_a_map_stay_whole_rather_than_stand_in_two_columns():
    rows = [LegendRow({"kind": "hollow"}, f"Assainissement {number}", "12") for number in range(24)]
    key = LegendKey(Page(), Legend("Secteurs", rows).as_dict(), size=9.6)
    assert fitted(key, 66, 130, 5.5) == 1
    assert key.size > 0.75 * 9.6


@pytest.mark.parametrize(("count", "columns"), [(5, 1), (24, 2), (44, 2)])
def test_a_legend_of_any_length_stays_over_what_stands_below_it(count, columns):
    rows = [
        LegendRow({"kind": "fill", "colour": "#ffffff"}, f"Un secteur assez long {n}", f"{n}") for n in range(count)
    ]
    key = LegendKey(Page("16x9"), Legend("Secteurs", rows, "Une note").as_dict(), size=20)
    assert fitted(key, 120, 100, 9) == columns
    assert key.whole_height(120, columns) <= 100
    assert (key.size >= 9) == (count < 44)


@pytest.mark.parametrize("paper", SIZES.values(), ids=SIZES)
def test_the_longest_legend_stands_over_the_locator_and_the_code_never_under_them(toy: Ground, paper: tuple[str, bool]):
    rows = [LegendRow({"kind": "hollow"}, f"Secteur numéro {number}", "12") for number in range(24)]
    state = {**sheet(toy).state, "legend": Legend("Projets par secteur", rows).as_dict()}
    size, landscape = paper
    page = sheet(toy, state=state, size=size, landscape=landscape, title="Un titre assez long " * 6).page()
    lines = [mark for mark in page.marks if isinstance(mark, Words)]
    named = [mark for mark in lines if mark.text.startswith("Secteur")]
    assert len(named) == len(rows)
    (locator,) = (mark for mark in lines if mark.text == WORDS["locator"])
    (foot,) = (mark for mark in lines if mark.text.startswith("Sources"))
    beside = page.width > page.height
    assert max(mark.y for mark in named) < (locator.y if beside else foot.y)
    assert all(mark.x + mark.hand.width_mm(mark.text) < page.width for mark in named)
