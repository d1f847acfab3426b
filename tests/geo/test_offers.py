"""The atlas proposes the needs in which a place fares worst, and none that nobody measured."""

from geo.offers import proposed_fields
from geo.standing import Standing


def stands(rank, score=50.0, ranked=10):
    return None if rank is None else Standing(score, rank, ranked, 0.5)


def proposed(found):
    return [one.theme for one in proposed_fields(found, found.get, lambda _theme: 0)]


def test_the_worst_ranks_come_first_and_unknown_or_better_than_half_are_left_out():
    ranks = {"water": 3, "roads": 1, "schools": 9, "health": None, "power": 3}
    projects = {"water": 2, "power": 0, "roads": 0}
    found = proposed_fields(ranks, lambda theme: stands(ranks[theme]), lambda theme: projects.get(theme, 0))
    assert [one.theme for one in found] == ["roads", "power", "water"]


def test_a_low_need_is_no_field_of_work_however_it_ranks():
    assert proposed_fields(["power"], lambda _theme: stands(1, score=10.0), lambda _theme: 0) == []


def test_the_first_step_of_the_gaps_page_is_a_need_already():
    assert proposed({"power": stands(1, score=20.0), "water": stands(1, score=19.9)}) == ["power"]


def test_who_stands_in_the_middle_is_proposed_still_and_who_stands_after_it_is_not():
    # Of ten the fifth is in the worse half, the sixth is not; of eleven the sixth is the middle.
    assert proposed({"water": stands(5), "roads": stands(6)}) == ["water"]
    assert proposed({"water": stands(6, ranked=11), "roads": stands(7, ranked=11)}) == ["water"]


def test_ranks_are_compared_as_shares_of_those_ranked_and_three_needs_are_enough():
    # Third of thirty is worse off than second of ten.
    found = {"water": stands(2), "roads": stands(3, ranked=30), "health": stands(4), "power": stands(5)}
    assert proposed(found) == ["roads", "water", "health"]
