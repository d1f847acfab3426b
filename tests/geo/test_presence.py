"""Where the projects of a place stand and what is known of their money, on the four projects of `test_selection`."""

import numpy as np
import pytest

from geo.presence import presence
from tests.geo.test_selection import register, territories

__all__ = ["register"]  # a fixture
W, V, P, F = range(4)  # water in two communes; a road at a village; health, known by a province; roads, by the region
NAN = np.nan


@pytest.mark.parametrize(
    ("code", "here", "inside", "over", "wider"),
    [
        ("095410101", [W], [], [P], [F]),
        ("091630101", [V], [], [], [F]),
        ("09541", [W], [P], [F], []),
        ("09", [W, V], [P, F], [], []),
    ],
)
def test_each_project_is_told_once_where_it_is_known_best(register, code, here, inside, over, wider):
    found = presence(register, territories(), code)
    assert [found.here.tolist(), found.inside.tolist(), found.over.tolist(), found.wider.tolist()] == [
        here,
        inside,
        over,
        wider,
    ]


@pytest.mark.parametrize(
    ("code", "sectors", "money"),
    [
        ("095410101", None, (750, 0, NAN)),  # what health costs over the province nobody says
        ("095410101", ("health",), (0, 0, NAN)),  # no project here is none, and costs nothing
        ("09541", ("health",), (0, NAN, 0)),
        ("09541", None, (1000, NAN, 0)),  # a framework is shown and counts nothing
        ("09", ("roads",), (200, 0, 0)),
    ],
)
def test_money_nobody_knows_is_not_none_and_where_there_is_no_project_it_is(register, code, sectors, money):
    found = presence(register, territories(), code, sectors)
    assert (found.here_mad, found.inside_mad, found.over_mad) == pytest.approx(money, nan_ok=True)
