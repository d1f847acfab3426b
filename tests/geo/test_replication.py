"""Where a project could be repeated: only carried-out projects known by a commune, never where they were already."""

import numpy as np
import pytest

from geo.replication import LEAST_NEED, found_by_words, neighbours_of, realised, replicate, running_in, sectors_of
from geo.replication_state import ADDRESS, ReplicationState
from pages.ui.knowledge import knowledge

WATER = "C014"  # drinking water of six villages of Toubkal, 095410723, closed


@pytest.fixture(scope="module")
def know():
    return knowledge()


def asked(know, **fields):
    state = ReplicationState(**{"territory": "09", "project": WATER} | fields)
    return replicate(
        state,
        register=know.register,
        known=know.realised,
        context=know.context,
        need=know.matcher.need,
        neighbours={},
        territories=know.territories,
    )


def test_an_address_is_read_back_as_the_state_it_was_written_from():
    state = ReplicationState("09", "C014", "095410723", "roads", "eau", 2, "095410723", (8.5, 30.1, -9.2))
    known = {"territory": {"09"}, "project": {"C014"}, "origin": {"095410723"}, "sector": {"roads"}}
    assert ADDRESS.decode(ADDRESS.encode(state), home="MA", known=known | {"selected": {"095410723"}}) == (state, ())


def test_of_the_closed_projects_those_known_by_a_commune_are_offered_and_the_others_counted(know):
    """Of the 151 closed projects of the register, 107 name a commune."""
    known = know.realised
    assert (len(known.rows), known.unplaced) == (107, 44)
    assert set(know.register.projects["status"].iloc[list(known.rows)]) == {"closed"}
    assert known == realised(know.register, know.territories)


def test_projects_are_found_by_words_of_their_title_in_any_language(know):
    codes = know.register.projects["project_code"]
    for text in ("tifnoute villages", "TIFNOUTE", "تيفنوت"):
        assert WATER in [codes.iloc[row] for row in found_by_words(know.register, know.realised, text)]
    assert found_by_words(know.register, know.realised, "zzz") == []


def test_candidates_are_in_need_elsewhere_in_the_territory_and_the_most_alike_first(know):
    found = asked(know).found.table
    assert len(found) == 15
    assert (found["need"] >= LEAST_NEED).all()
    assert found["similarity"].is_monotonic_decreasing
    assert found["territory_code"].str.startswith("09").all()
    assert "095410723" not in set(found["territory_code"])


def test_the_likeness_of_the_first_is_that_worked_by_hand(know):
    """Gower over the traits that water does not change, all of the same weight, ranges of the country."""
    first, context = asked(know).found.table.iloc[0], know.context
    own, other = context.scaled.loc["095410723"], context.scaled.loc[first["territory_code"]]
    parts = []
    for trait in context.traits:
        if "drinking_water" in trait.sectors or own[[trait.code]].isna().any() or other[[trait.code]].isna().any():
            continue
        if trait.kind == "numeric":
            parts.append(1 - min(abs(own[trait.code] - other[trait.code]) / (trait.highest - trait.lowest), 1))
        else:
            parts.append(float(own[trait.code] == other[trait.code]))
    assert np.mean(parts) == pytest.approx(first["similarity"])


def test_a_sector_without_measured_need_leaves_none_out_and_says_that_it_is_not_measured(know):
    codes = know.register.projects["project_code"]
    health = next(codes.iloc[row] for row in know.realised.rows if sectors_of(know.register, row)[0] == "health")
    found = asked(know, project=health)
    assert not found.measured
    assert len(found) == 15


def test_a_commune_or_sector_that_is_not_the_projects_is_replaced_by_its_own(know):
    found = asked(know, origin="010510101", sector="roads")
    assert (found.origin, found.sector) == ("095410723", "drinking_water")


def test_what_runs_in_a_sector_is_listed_by_commune_and_what_was_given_up_is_not(know):
    here = running_in(know.register, "drinking_water")
    assert {"C014", "C016", "C017"} <= set(here["095410723"])
    given_up = know.register.projects.loc[know.register.projects["status"] == "cancelled", "project_code"]
    assert not set(given_up) & {code for codes in here.values() for code in codes}


def test_neighbours_go_both_ways():
    assert neighbours_of(np.array([[0, 1], [1, 2]]), ("a", "b", "c")) == {"a": ["b"], "b": ["c", "a"], "c": ["b"]}


def test_the_same_state_gives_the_same_list_and_no_project_gives_none(know):
    assert asked(know).found.table.equals(asked(know).found.table)
    assert (len(asked(know, project="")), asked(know, project="B003").row) == (0, None)
