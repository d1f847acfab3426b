"""Pairs of projects near in sector, place and time: a toy worked by hand, and borders of outlines drawn by hand."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.neighbours import bordering
from geo.overlaps import overlaps
from geo.register import OPEN_END, build_register
from geo.selection import select
from geo.state import State
from tests.geo.test_selection import SECTORS, tables, territories

WEST, EAST, SOUTH, FAR = (
    shapely.box(0, 0, 1, 1),
    shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1)]),
    shapely.Polygon([(0, -1), (1, -1), (1, 0), (0, 0)]),
    shapely.box(5, 5, 6, 6),
)
NONE_TOUCH = np.empty((0, 2), np.int64)
CODES = ("091630101", "095410101", "095410103")  # communes 0, 1 and 2 of the toy


def register(projects):
    """Build a register of (code, sector, commune or wider code, start, end, status, part_of) rows."""
    made = tables()
    known = made["projects"].iloc[:1]
    codes = [project[0] for project in projects]
    rows = pd.concat([known] * len(projects), ignore_index=True).assign(
        project_code=codes,
        start_date=[project[3] for project in projects],
        end_date=[project[4] for project in projects],
        status=[project[5] for project in projects],
        part_of=[project[6] for project in projects],
        same_as=None,
    )
    places = pd.concat([made["project_locations"].iloc[:1]] * len(projects), ignore_index=True)
    sectors = pd.concat([made["project_sectors"].iloc[:1]] * len(projects), ignore_index=True)
    made["projects"] = rows
    made["project_locations"] = places.assign(
        project_code=codes, territory_code=[project[2] for project in projects], lon=np.nan, lat=np.nan
    )
    made["project_sectors"] = sectors.assign(
        project_code=codes, sector_code=[project[1] for project in projects], share_pct=100.0
    )
    made["project_organisations"] = made["project_organisations"].iloc[:0]
    return build_register(made, territories=territories(), sector_codes=SECTORS)


def project(code, *, sector="health", place=CODES[0], start="2010", end="2012", status="closed", part_of=None):
    return (code, sector, place, start, end, status, part_of)


def pairs(projects, borders=NONE_TOUCH, **filters):
    return overlaps(select(register(projects), State("MA", **filters)), borders)


def test_same_sector_same_commune_same_years_is_a_question():
    found = pairs([project("A"), project("B", start="2012", end="2015")])
    assert found.to_dict("records") == [
        {
            "first": 0,
            "second": 1,
            "sector": SECTORS.index("health"),
            "commune": 0,
            "other_commune": 0,
            "from_year": 2012,
            "to_year": 2012,
        }
    ]


@pytest.mark.parametrize(
    "other",
    [
        project("B", sector="roads"),
        project("B", place=CODES[1]),
        project("B", place="09163"),
        project("B", start="2013", end="2015"),
        project("B", start=None, end=None),
        project("B", part_of="A"),
    ],
    ids=["another sector", "another commune", "only a province", "other years", "no date", "part of the first"],
)
def test_anything_else_is_no_question(other):
    assert pairs([project("A"), other]).empty


def test_two_parts_of_one_package_are_one_work():
    assert pairs([project("A", part_of="P"), project("B", part_of="P")]).empty


def test_neighbouring_communes_meet_and_come_after_those_of_one_commune():
    three = [project("A"), project("B", place=CODES[1]), project("C", place=CODES[1])]
    found = pairs(three, np.array([[0, 1]]))
    assert found[["first", "second", "commune", "other_commune"]].to_numpy().tolist() == [
        [1, 2, 1, 1],
        [0, 1, 0, 1],
        [0, 2, 0, 1],
    ]


def test_the_first_project_stands_in_the_first_commune_of_the_pair_whatever_the_order_of_communes():
    found = pairs([project("A", place=CODES[1]), project("B")], np.array([[0, 1]]))
    assert found[["commune", "other_commune"]].to_numpy().tolist() == [[1, 0]]


def test_running_projects_meet_without_an_end():
    running = {"start": "2020", "end": None, "status": "implementation"}
    found = pairs([project("A", **running), project("B", **running)])
    assert found[["from_year", "to_year"]].to_numpy().tolist() == [[2020, OPEN_END]]


def test_only_the_sectors_asked_for_make_a_pair():
    both = [project("A"), project("B")]
    assert len(pairs(both, sector=("health",))) == 1
    assert pairs(both, sector=("roads",)).empty


def test_a_project_that_a_filter_leaves_out_meets_nobody():
    both = [project("A"), project("B", status="implementation")]
    assert len(pairs(both)) == 1
    assert pairs(both, status=("closed",)).empty


def test_borders_are_shared_corners_and_lone_places_have_none():
    outlines = np.array([WEST, EAST, FAR, SOUTH], dtype=object)
    # East and south meet in one corner with the west.
    assert bordering(outlines).tolist() == [[0, 1], [0, 3], [1, 3]]
    assert bordering(outlines[[0, 2]]).tolist() == []
    assert bordering(outlines[:0]).tolist() == []
