"""People of provinces, regions and the country as the sum of their communes, on the small country of the hierarchy."""

import numpy as np
import pytest

from geo.adding_up import add_up, steps
from geo.boundaries import Territories
from tests.geo.test_boundaries import table

NAN = np.nan
TOY = Territories.from_table(table())
# Communes: those concerned and those counted; of the last (20 of 90 in its province) nobody knows how many are.
CONCERNED = {"010010101": 10, "010010201": 5, "010020101": 3, "020010101": 7, "020010201": NAN}
COUNTED = {"010010101": 100, "010010201": 50, "010020101": 30, "020010101": 70, "020010201": 20}
ABOVE = {"01001": (14, 150), "01002": (2, 30), "02001": (9, 90), "01": (16, 180), "02": (9, 90), "MA": (25, 270)}


def added(concerned=CONCERNED, counted=COUNTED):
    number = np.array([concerned.get(code, ABOVE.get(code, (NAN, NAN))[0]) for code in TOY.codes], float)
    about = np.array([counted.get(code, ABOVE.get(code, (NAN, NAN))[1]) for code in TOY.codes], float)
    return dict(zip(TOY.codes, add_up(steps(TOY), number, about).tolist(), strict=True))


def test_a_sum_stands_where_its_parts_hold_nearly_all_who_were_counted():
    found = added()
    assert (found["01001"], found["01002"]) == (15, 3)
    assert found["02001"] == 9  # a fifth of it is not known: its own figure stays
    assert (found["01"], found["02"], found["MA"]) == (18, 9, 27)  # of what stands below
    assert {code: found[code] for code in CONCERNED} == pytest.approx(CONCERNED, nan_ok=True)


def test_parts_that_hold_999_in_a_thousand_are_enough():
    kept = {"020010101": 89.91, "020010201": 0.09}  # exactly 99.9 % of 90
    assert added(counted=COUNTED | kept)["02001"] == 7
    assert added(counted=COUNTED | {"020010101": 89.90, "020010201": 0.10})["02001"] == 9


def test_all_known_is_the_plain_sum():
    found = added(concerned=CONCERNED | {"020010201": 1})
    assert (found["02001"], found["02"], found["MA"]) == (8, 8, 26)
