"""Which part of a story concerns a place: Souss-Massa, its province Taroudannt, a commune of it, another region."""

import pytest

from data import store
from geo.boundaries import Territories
from geo.story import Chapter, Story
from geo.story_place import around, concerning

REGION, PROVINCE, OTHER_PROVINCE, COMMUNE, ELSEWHERE = "09", "09541", "09551", "095410723", "06"
STORY = Story(
    {"fr": "Eau", "ar": "الماء"},
    (
        Chapter("villages", {"territory": REGION, "km": "20"}, figures={"beyond": 3.0}),
        Chapter("villages", {"territory": PROVINCE, "km": "20"}),
        Chapter("villages", {"territory": OTHER_PROVINCE}),
        Chapter("needs", {}),
        Chapter("territory", {"territory": "0954107230101"}),
    ),
)


@pytest.fixture(scope="module")
def told():
    territories = Territories.from_table(store.load("territories"))
    return lambda place: concerning(STORY, place, territories, home=REGION)


def test_a_story_that_begins_in_a_place_is_told_whole_there_and_not_at_all_elsewhere(told):
    assert told(REGION) is STORY
    assert told("MA") is STORY
    assert len(told(ELSEWHERE)) == 0


@pytest.mark.parametrize("place", [PROVINCE, COMMUNE])
def test_a_story_told_around_a_place_keeps_the_views_of_it_once_each(told, place):
    found = told(place)
    assert [one.address for one in found.chapters] == [f"villages?territory={place}&km=20", f"needs?territory={place}"]
    assert found.chapters[0].figures == {}  # those of the region are no longer what it says
    assert found.title["fr"].startswith("Eau · ")
    assert found.title["ar"] != found.title["fr"]


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([PROVINCE, COMMUNE], PROVINCE),
        ([COMMUNE, OTHER_PROVINCE], REGION),
        ([COMMUNE, ELSEWHERE], "MA"),
        ([COMMUNE, "0954107230101"], COMMUNE),  # of a village, the views of territories say where
        ([], REGION),
    ],
)
def test_the_territory_around_a_story_is_the_smallest_that_holds_all_its_views(places, found):
    territories = Territories.from_table(store.load("territories"))
    story = Story({"fr": "Eau"}, tuple(Chapter("needs", {"territory": place}) for place in places))
    assert around(story, territories, home=REGION) == found
