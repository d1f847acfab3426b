"""The atlas proposes the needs in which a place fares worst, and none that nobody measured."""

from geo.offers import proposed_fields
from geo.standing import Standing


def stands(rank, score=50.0):
    return None if rank is None else Standing(score, rank, 10, 0.5)


def test_the_worst_ranks_come_first_and_unknown_or_better_than_half_are_left_out():
    ranks = {"water": 3, "roads": 1, "schools": 9, "health": None, "power": 3}
    projects = {"water": 2, "power": 0, "roads": 0}
    found = proposed_fields(ranks, lambda theme: stands(ranks[theme]), lambda theme: projects.get(theme, 0))
    assert [one.theme for one in found] == ["roads", "power", "water"]


def test_a_low_need_is_no_field_of_work_however_it_ranks():
    assert proposed_fields(["power"], lambda _theme: stands(1, score=10.0), lambda _theme: 0) == []
