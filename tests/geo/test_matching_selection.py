"""What the matching page asks for: its address read back, weights of one's own, bodies found by name."""

from dataclasses import replace

import pandas as pd
import pytest

from data.actors_catalog import CRITERIA
from geo.matching import Asked
from geo.matching_selection import bodies_named, select_matches, weights_in_force, with_whom
from geo.matching_state import ADDRESS, ASSOCIATION, CALLS, FUNDER, MATCHES, NEEDS, MatchingState
from tests.geo.test_matching import HERE, toy

KNOWN = {
    "territory": {"MA", "01", HERE},
    "body": {"water-here"},
    "sector": {"drinking_water", "roads"},
    "criteria": CRITERIA,
    "applicant": {"association"},
    "country": {"FR"},
    "selected": {"water-here"},
}
NEEDS_TABLE = pd.DataFrame(
    {
        "need_code": ["E1", "E2"],
        "territory_code": [HERE, "020010101"],
        "sector_code": ["drinking_water", "roads"],
        "organisation_code": [None, None],
    }
)


def chosen(**fields):
    return select_matches(toy(), NEEDS_TABLE, MatchingState(**{"territory": HERE} | fields))


def test_an_address_is_read_back_as_the_state_it_was_written_from():
    state = MatchingState(
        territory=HERE,
        way=FUNDER,
        body="water-here",
        seek="eau",
        sector="roads",
        amount_mad=1_250_000_000,
        criteria=(("sector", 100), ("need", 0)),
        applicant="association",
        country="FR",
        tab=MATCHES,
        page=2,
        selected="water-here",
        view=(8.5, 30.1, -9.2),
    )
    read, problems = ADDRESS.decode(ADDRESS.encode(state), home="MA", known=KNOWN)
    assert (read, problems) == (state, ())


@pytest.mark.parametrize(
    ("parameter", "value", "why"),
    [
        ("way", "both", "unknown"),
        ("body", "nobody", "unknown"),
        ("amount_mad", "0", "amount_mad"),
        ("amount_mad", "-5", "amount_mad"),
        ("criteria", "sector~101", "criteria"),
        ("criteria", "beauty~5", "criteria"),
    ],
)
def test_what_an_address_says_wrong_is_left_out_and_said(parameter, value, why):
    state, problems = ADDRESS.decode({parameter: value}, home="MA", known=KNOWN)
    assert state == MatchingState(territory="MA")
    assert [problem.why for problem in problems] == [why]


def test_each_way_in_stands_on_a_tab_it_has():
    assert MatchingState("MA", tab=NEEDS).shown == MATCHES
    assert MatchingState("MA", way=ASSOCIATION, tab=CALLS).shown == CALLS
    assert MatchingState("MA", way=FUNDER, tab=CALLS).shown == NEEDS


def test_the_weights_at_rest_are_the_declared_ones_in_hundredths():
    assert weights_in_force(toy(), MatchingState(HERE)) == {
        "sector": 30, "territory": 25, "need": 20, "capacity": 10, "track_record": 10, "partnership": 5,
    }  # fmt: skip
    at_rest = chosen(sector="drinking_water")
    own = toy().actors_for(HERE, Asked(sectors=("drinking_water",)))
    assert list(at_rest.matches.table["organisation_code"][:3]) == list(own.table["organisation_code"][:3])


def test_a_weight_of_ones_own_replaces_the_declared_one_and_the_others_stay():
    weights = weights_in_force(toy(), MatchingState(HERE, criteria=(("need", 60),)))
    assert (weights["need"], weights["sector"]) == (60, 30)


def test_all_weights_at_zero_match_nothing_and_say_so():
    found = chosen(criteria=tuple((name, 0) for name in CRITERIA))
    assert (found.lacks, len(found), found.chosen) == ("weights", 0, None)


def test_a_body_not_chosen_yet_matches_nothing_and_says_so():
    assert (chosen(way=ASSOCIATION).lacks, chosen(way=FUNDER).lacks) == ("body", "body")


def test_the_same_state_gives_the_same_list():
    first, again = (chosen(sector="drinking_water").matches for _ in range(2))
    assert first.table.equals(again.table)
    assert first.excluded == again.excluded


def test_a_funder_sees_the_needs_inside_its_territory_and_sector_only():
    found = chosen(way=FUNDER, body="water-country", territory="01")
    assert list(found.matches.table["need_code"]) == ["E1"]
    assert len(chosen(way=FUNDER, body="water-country", territory="MA", sector="roads")) <= 1


def test_what_is_selected_is_found_by_what_names_a_match():
    assert chosen(selected="water-here").chosen["organisation_code"] == "water-here"
    assert chosen(way=ASSOCIATION, body="water-here", selected=HERE).chosen["territory_code"] == HERE
    assert chosen(selected="persons").chosen is None


def test_a_body_with_neither_place_nor_sector_has_no_match():
    found = chosen(way=ASSOCIATION, body="old-partner", territory="02", sector="roads")
    assert len(found) == 0


def test_with_whom_names_others_never_the_body_itself():
    found = chosen(way=ASSOCIATION, body="water-here")
    others = with_whom(found, found.matches.table.iloc[0])
    assert others
    assert "water-here" not in others


def test_bodies_are_found_by_any_part_of_their_name_accents_aside_and_kinds_are_never_offered():
    matcher = toy()
    bodies = matcher.actors.bodies.assign(name_fr=lambda table: "Élan de " + table["organisation_code"])
    actors = replace(matcher.actors, bodies=bodies)
    assert bodies_named(actors, "ELAN water elsewhere", ASSOCIATION) == ["water-elsewhere"]
    assert bodies_named(actors, "some associations", ASSOCIATION) == []
    assert bodies_named(actors, "zzz", FUNDER) == []
    assert bodies_named(actors, "", FUNDER)[0] == "old-partner"
    assert "old-partner" not in bodies_named(actors, "", ASSOCIATION)
