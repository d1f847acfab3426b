"""Likely duplicates are asked about, with reasons; what merely lies nearby is not."""

from data.records.duplicates import Described, alike

WELL = Described("a", "Puits au douar Tabia", {"095410723"}, {"water"}, 2014)


def test_the_same_well_told_in_other_words_is_proposed():
    other = Described("b", "Tabia : creusement d'un puits", {"095410723", "095410701"}, {"water"}, 2015)
    (found,) = alike(WELL, [other])
    assert found.reasons == ("place", "sector", "year", "title")


def test_place_sector_and_year_are_enough_without_a_like_title():
    other = Described("b", "Adduction d'eau potable", {"095410723"}, {"water"}, 2014)
    assert [found.reasons for found in alike(WELL, [other])] == [("place", "sector", "year")]


def test_another_place_sector_or_time_is_another_project():
    elsewhere = Described("b", "Puits au douar Tabia", {"095410701"}, {"water"}, 2014)
    later = Described("c", "Adduction d'eau potable", {"095410723"}, {"water"}, 2020)
    undated = Described("d", "Adduction d'eau potable", {"095410723"}, {"water"}, None)
    assert alike(WELL, [WELL, elsewhere, later, undated]) == []
